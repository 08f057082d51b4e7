import type { StatedRate } from '../../../shared/contract/alert.ts'

/**
 * False alarms a year of a source, by the worst of the steady kinds (npm run validate:alerts prints them all): bursts with gaps of very
 * unlike lengths, of which a new longest is always to come. Stricter limits are hardly ever reached by others.
 */
const STATED = [
  { strictness: 0.8, a_year: 0.3, standard_error: 0.04 },
  { strictness: 1, a_year: 0.17, standard_error: 0.03 },
  { strictness: 1.5, a_year: 0.06, standard_error: 0.02 },
  { strictness: 2, a_year: 0.03, standard_error: 0.01 },
] as const

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
