import { type Exits, fitSurvivalOfCounts } from './kaplan-meier.ts'

/** What a calibration rests on, and what it found. */
export type LapseThreshold = {
  /** Silences that lasted to the horizon, ended later or not. */
  followed_count: number
  /** The shortest silence, in whole days, after which at most `most` of those silent so long come back; null when all come back. */
  threshold_days: number | null
}

/** Shares this close are the same: products of fractions are not exact. */
const TOLERANCE = Math.sqrt(Number.EPSILON)

/**
 * From the lengths of silences (days from one active day to the next, or so far; rising, each longer than `from` days): the
 * smallest g of from … horizon such that of those silent for g days at most the share `most` come back within `horizon`
 * days. S(t), the share not yet back t days after they were last active, is Kaplan–Meier's (return as the event, open
 * silences censored at the length they have); the share that still comes back is 1 − S(horizon)/S(g).
 */
export const findLapseThreshold = (
  silences: readonly Exits[],
  { from, horizon, most }: { from: number; horizon: number; most: number },
): LapseThreshold => {
  const followed_count = silences.reduce((sum, s) => (s.time >= horizon ? sum + s.event_count + s.censored_count : sum), 0)
  const steps = fitSurvivalOfCounts(silences).steps.filter((step) => step.time <= horizon)
  const atHorizon = steps.at(-1)?.survival ?? 1
  if (atHorizon === 0) return { followed_count, threshold_days: null }
  const isGone = (survival: number) => 1 - atHorizon / survival <= most + TOLERANCE
  // after the last return before the horizon nobody comes back, so a step is found
  return { followed_count, threshold_days: isGone(1) ? from : (steps.find((step) => isGone(step.survival))?.time ?? null) }
}
