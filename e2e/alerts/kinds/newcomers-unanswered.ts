import { NEW_WEEKS, RISE_LIMITS } from '../../../server/alerts/weekly/share-limits.ts'
import { FALLING_REPLIES, liveShare, type ShareKind, STEADY_REPLIES } from '../share-kinds.ts'
import type { SimulatedKind, SimulatedRule } from '../simulated-kind.ts'
import { SHARE_CUTS, WATCHED, watchShare } from '../watch-share.ts'

const simulated = (kind: ShareKind): SimulatedKind => ({
  name: kind.name,
  live: (watched, seed, strictness) =>
    watchShare(liveShare(kind, watched, seed, NEW_WEEKS), kind.history, RISE_LIMITS.unanswered, strictness),
  design: null,
})

export const newcomersUnansweredKinds: SimulatedRule = {
  rule: 'newcomers-unanswered',
  unit: 'community',
  steady: STEADY_REPLIES.map(simulated),
  changing: FALLING_REPLIES.map(simulated),
  cuts: SHARE_CUTS,
  watched: WATCHED,
}
