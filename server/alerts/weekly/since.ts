import { REFERENCE_WEEKS } from '../../diagnosis/direction/limits.ts'
import { changeOfShare } from './change-of-share.ts'
import { SHARE_WINDOWS } from './share-limits.ts'
import type { ShareSeries } from './share-series.ts'

/** A begin closer to the end than this rests on too little (our judgement). */
const LEAST_WEEKS = 2

/**
 * The week from which on the share is most plainly another than in the year before (the likeliest single step), as far as it could be
 * seen at the end of a week; no sooner than a year before that.
 */
export const sinceWhen = (series: ShareSeries, week: number): number => {
  const [block] = SHARE_WINDOWS
  let since = week - block + 1
  let furthest = Number.NEGATIVE_INFINITY
  for (let from = week - LEAST_WEEKS + 1; from > week - REFERENCE_WEEKS && from - block >= series.first; from--) {
    const before = { cases: 0, of: 0 }
    // spans of one length on both sides, since a top person's share of a longer one is smaller
    for (let to = from - 1; to - block + 1 >= Math.max(series.first, from - REFERENCE_WEEKS); to -= block) {
      const part = series.sum(to - block + 1, to, false)
      before.cases += part.cases
      before.of += part.of
    }
    const z = changeOfShare(series.sum(from, week, false), before)
    if (z > furthest) [since, furthest] = [from, z]
  }
  return since
}
