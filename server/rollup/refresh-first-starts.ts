import type { ClientBase } from 'pg'
import type { PartScope, RollupChange } from './rollup-change.ts'

/** Brings the first starts of people up to date. */
export const refreshFirstStarts = async (_client: ClientBase, _scope: PartScope): Promise<RollupChange> => new Map()
