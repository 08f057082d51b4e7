import { RISE_LIMITS } from '../../../server/alerts/weekly/share-limits.ts'
import type { SimulatedKind, SimulatedRule } from '../simulated-kind.ts'
import { liveTop, RISING_TOPS, STEADY_TOPS, type TopKind } from '../top-kinds.ts'
import { SHARE_CUTS, WATCHED, watchShare } from '../watch-share.ts'

const simulated = (kind: TopKind): SimulatedKind => ({
  name: kind.name,
  live: (watched, seed, strictness) => watchShare(liveTop(kind, watched, seed), kind.history, RISE_LIMITS.top, strictness),
  design: null,
})

export const onePersonKinds: SimulatedRule = {
  rule: 'one-person',
  unit: 'community',
  steady: STEADY_TOPS.map(simulated),
  changing: RISING_TOPS.map(simulated),
  cuts: SHARE_CUTS,
  watched: WATCHED,
}
