import { followShare } from '../../server/alerts/weekly/follow-share.ts'
import type { ShareLimits } from '../../server/alerts/weekly/read-share.ts'
import type { ShareSeries } from '../../server/alerts/weekly/share-series.ts'

export type ShareOutcome = {
  /** Mails of an alarm a community-year: that it began, or became clearly worse. */
  alarms_a_year: number
  standard_error: number
  /** The median; null where most are not noticed. */
  weeks_to_notice: number | null
  share_noticed: number
  /** Median variance over that of pure chance, where it was judged last. */
  swing: number | null
}

/** Many communities of a kind, watched for so many weeks. */
export const simulateShare = (
  live: (watched: number, seed: number) => ShareSeries,
  limits: ShareLimits,
  {
    communities,
    watched,
    seed,
    history,
    strictness,
  }: { communities: number; watched: number; seed: number; history: number; strictness: number },
): ShareOutcome => {
  const alarms: number[] = []
  const noticed: number[] = []
  const swings: number[] = []
  for (let i = 0; i < communities; i++) {
    const { weeks } = followShare(live(watched, seed * 100_003 + i), { limits, strictness, kept: [] })
    const told = weeks.flatMap(({ notice }, week) =>
      week >= history && (notice === 'began' || notice === 'clearly_worse') ? [week - history + 1] : [],
    )
    alarms.push(told.length / (watched / 52))
    if (told[0] !== undefined) noticed.push(told[0])
    const last = weeks.at(-1)?.reading.fast
    if (last) swings.push(last.dispersion)
  }
  const mean = alarms.reduce((sum, one) => sum + one, 0) / communities
  const variance = alarms.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, communities - 1)
  const medianOf = (values: number[], of: number) => values.sort((a, b) => a - b)[Math.floor(of / 2)] ?? null
  return {
    alarms_a_year: mean,
    standard_error: Math.sqrt(variance / communities),
    weeks_to_notice: medianOf(noticed, communities),
    share_noticed: noticed.length / communities,
    swing: medianOf(swings, swings.length),
  }
}
