import type { EventInput } from '../../../shared/contract/event.ts'
import type { InferredLink, RowProblem, SourceAccount } from './source.ts'

/**
 * An event as a live feed tells of it.
 * `add`: like any event. `renew`: what is stored under its id is an older version. `first`: the feed does not say when it happened,
 * so its time is that of its arrival; repeated, it is the one that is stored, unless that one lies at `void_at` and says nothing.
 * `undo`: takes the place of what is stored under its id; where nothing is, there is nothing to undo.
 */
export type DeliveredEvent = {
  event: EventInput
  mode: 'add' | 'renew' | 'first' | 'undo'
  void_at?: string
  link?: InferredLink
  /** It answers the post of that number in its thread, whose id the feed does not give. */
  answers_number?: number
  /** Where it stands, as it follows from the address of the place. */
  url?: string
}

/** What one delivery says. `ignored` names what is left out by design; null where something is taken. */
export type Delivery = {
  events: DeliveredEvent[]
  accounts: SourceAccount[]
  ignored: string | null
  problems: RowProblem[]
}

export const ignore = (what: string): Delivery => ({ events: [], accounts: [], ignored: what, problems: [] })
export const refuseRow = (problem: RowProblem): Delivery => ({ events: [], accounts: [], ignored: null, problems: [problem] })
