import { declineKinds } from './kinds/decline.ts'
import { answeredShareKinds } from './kinds/answered-share.ts'
import { newcomersUnansweredKinds } from './kinds/newcomers-unanswered.ts'
import { onePersonKinds } from './kinds/one-person.ts'
import { silentFeedKinds } from './kinds/silent-feed.ts'
import { bulkRemovalKinds } from './kinds/bulk-removal.ts'
import { verdictDriftKinds } from './kinds/verdict-drift.ts'
import type { SimulatedRule } from './simulated-kind.ts'

/** The rules whose false alarms are measured by simulation, in the order of their tables. */
export const SIMULATED_RULES: readonly SimulatedRule[] = [
  declineKinds,
  answeredShareKinds,
  newcomersUnansweredKinds,
  onePersonKinds,
  verdictDriftKinds,
  bulkRemovalKinds,
  silentFeedKinds,
]
