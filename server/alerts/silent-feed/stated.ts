import type { StatedRate } from '../../../shared/contract/alert.ts'

/**
 * False alarms a year of a source, by the worst of the steady kinds (npm run validate:alerts prints them all): bursts with gaps of very
 * unlike lengths, of which a new longest is always to come. Stricter limits are hardly ever reached by others.
 */
const STATED = [
  { strictness: 0.8, a_year: 0.41, standard_error: 0.03 },
  { strictness: 1, a_year: 0.2, standard_error: 0.02 },
  { strictness: 1.5, a_year: 0.08, standard_error: 0.01 },
  { strictness: 2, a_year: 0.035, standard_error: 0.006 },
] as const

/** Of sources that send on most days, by the worst of these: closed in August, which the first year cannot know. */
export const MOST_DAYS_A_YEAR = 0.04

/** Between the strictnesses simulated it is drawn as a straight line. */
export const statedOfFeed = (strictness: number): StatedRate => {
  const above = STATED.findIndex((row) => row.strictness >= strictness)
  const high = STATED[above === -1 ? STATED.length - 1 : above] as (typeof STATED)[number]
  const low = STATED[Math.max(0, (above === -1 ? STATED.length : above) - 1)] as (typeof STATED)[number]
  const part = high.strictness === low.strictness ? 0 : (strictness - low.strictness) / (high.strictness - low.strictness)
  return {
    a_year: low.a_year + (high.a_year - low.a_year) * part,
    standard_error: Math.max(low.standard_error, high.standard_error),
    of: 'a source that sends in bursts with pauses of very unlike lengths, the worst of all; one that sends on most days is hardly ever wrongly called silent',
  }
}
