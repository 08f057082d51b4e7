import type { Since } from '../decline/estimate-since.ts'
import { SLOW_WEEKS, YEAR_WEEKS } from '../../diagnosis/direction/limits.ts'
import { changeOfShare, type Share } from './change-of-share.ts'
import { SHARE_WINDOWS } from './share-limits.ts'
import type { ShareSeries } from './share-series.ts'

/** A step of which fewer weeks are on either side is no step that could be told from a swing (our judgement). */
const LEAST_AFTER = 2
const LEAST_BEFORE = 8
/** It is looked for within the weeks judged and the year before them. */
const MOST_BACK = YEAR_WEEKS + SLOW_WEEKS
const TAIL = 0.1
const [BLOCK] = SHARE_WINDOWS

/** Spans of one length on both sides, since a top person's share of a longer one is smaller; a short rest counts too. */
const inSpans = (series: ShareSeries, from: number, to: number): Share => {
  const sum = { cases: 0, of: 0 }
  for (let end = to; end >= from; end -= BLOCK) {
    const part = series.sum(Math.max(from, end - BLOCK + 1), end, false)
    sum.cases += part.cases
    sum.of += part.of
  }
  return sum
}

/**
 * The first week of a rise as far as it could be seen at the end of a week, and those between which it lies four times in five: the
 * profile likelihood of one step between two shares, by its dispersion, every week alike likely before (Hinkley 1970,
 * doi:10.1093/biomet/57.1.1).
 */
export const estimateShareSince = (series: ShareSeries, week: number, dispersion: number): Since => {
  const first = Math.max(series.first, week - MOST_BACK)
  const steps: { at: number; log: number }[] = []
  for (let at = first + LEAST_BEFORE; at <= week - LEAST_AFTER + 1; at++) {
    const z = changeOfShare(inSpans(series, at, week), inSpans(series, first, at - 1), dispersion)
    if (z > 0) steps.push({ at, log: z ** 2 / 2 })
  }
  const best = steps.reduce((most, one) => (one.log > most.log ? one : most), { at: Math.max(0, week - BLOCK + 1), log: 0 })
  const weights = steps.map(({ at, log }) => ({ at, weight: Math.exp(log - best.log) }))
  const whole = weights.reduce((sum, { weight }) => sum + weight, 0)
  let passed = 0
  let low: number | null = null
  let high = best.at
  for (const { at, weight } of weights) {
    passed += weight / whole
    if (low === null && passed >= TAIL) low = Math.min(best.at, at)
    high = Math.max(best.at, at)
    if (passed >= 1 - TAIL) break
  }
  return { week: best.at, low: low ?? best.at, high }
}
