import type { ClientBase } from 'pg'
import type { PartScope, RollupChange } from './rollup-change.ts'

/** What changed, and whose days of benefit; null: anybody's may have (everything was derived again). */
export type ObservingChange = { change: RollupChange; benefitPeople: string[] | null }

export const refreshObserving = async (_client: ClientBase, scope: PartScope): Promise<ObservingChange> => ({
  change: new Map(),
  benefitPeople: scope.events && [],
})
