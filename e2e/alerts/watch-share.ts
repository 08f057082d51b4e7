import { followShare } from '../../server/alerts/weekly/follow-share.ts'
import type { ShareLimits } from '../../server/alerts/weekly/read-share.ts'
import type { ShareSeries } from '../../server/alerts/weekly/share-series.ts'
import type { Lived } from './simulated-kind.ts'

/** What would have been told of a share since it began to be watched. */
export const watchShare = (series: ShareSeries, history: number, limits: ShareLimits, strictness: number): Lived => {
  const { weeks } = followShare(series, { limits, strictness, kept: [] })
  const watched = weeks.slice(history)
  return {
    swings: watched.map(({ reading }) => reading.fast?.dispersion ?? null),
    told: watched.flatMap(({ notice }, week) => (notice === 'began' || notice === 'clearly_worse' ? [week] : [])),
    stood: weeks[history - 1]?.is_standing ?? false,
  }
}

/** Two years. */
export const WATCHED = 104

/** Dispersions at which a share is no longer calm, and wild: most of what is pure chance lies below the first (our judgement). */
export const SHARE_CUTS = [1.6, 3] as const
