import { RISE_LIMITS } from '../../../server/alerts/weekly/share-limits.ts'
import { liveShare, RISING_SHARES, type ShareKind, STEADY_SHARES } from '../share-kinds.ts'
import type { SimulatedKind, SimulatedRule } from '../simulated-kind.ts'
import { SHARE_CUTS, WATCHED, watchShare } from '../watch-share.ts'

const simulated = (kind: ShareKind): SimulatedKind => ({
  name: kind.name,
  live: (watched, seed, strictness) => watchShare(liveShare(kind, watched, seed), kind.history, RISE_LIMITS.unanswered, strictness),
  design: null,
})

export const answeredShareKinds: SimulatedRule = {
  rule: 'answered-share',
  unit: 'community',
  steady: STEADY_SHARES.map(simulated),
  changing: RISING_SHARES.map(simulated),
  cuts: SHARE_CUTS,
  watched: WATCHED,
}
