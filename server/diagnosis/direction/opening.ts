import { ALONE_Z, FAST_RATIO, NAMED_Z, SEASON_Z, SLOW_RATIO } from './limits.ts'
import type { Judged, Reading } from './read-series.ts'

/** Of a ratio of rates, in units of its limit: 1 at the limit, more beyond it. */
const ratioReach = (ratio: number, limit: number, direction: -1 | 1): number => (-direction * Math.log(ratio)) / Math.log(limit)

const judgedReach = ({ z, ratio, season_z }: Judged, limits: { z: number; ratio: number }, direction: -1 | 1): number =>
  Math.min(
    (direction * z) / limits.z,
    ratioReach(ratio, limits.ratio, direction),
    season_z === null ? Number.POSITIVE_INFINITY : (direction * season_z) / SEASON_Z,
  )

/**
 * How far out a series is in units of what it takes: the least of z, ratio and season over their limits, so that it reaches 1 where all
 * of them are there, and grows up to it without a jump. 0 where it cannot be judged.
 */
export const reachOf = ({ fast, slow }: Reading, direction: -1 | 1, z: number): number =>
  Math.max(
    0,
    fast ? judgedReach(fast, { z, ratio: FAST_RATIO }, direction) : 0,
    slow ? judgedReach(slow, { z, ratio: SLOW_RATIO }, direction) : 0,
  )

/** One series at a limit, or two at a lower one in the same week. */
export type OpeningLimits = { alone: number; together: number }
export const openingLimits = (strictness: number): OpeningLimits => ({ alone: ALONE_Z * strictness, together: NAMED_Z * strictness })

/**
 * How far all of them are from opening an alarm: 1 where one begins, by one series alone or by two together, whichever is nearer.
 * `reading` null: a series that does not count. Null where none can be judged.
 */
export const openingOf = (
  all: readonly { reading: Reading | null; direction: -1 | 1 }[],
  { alone, together }: OpeningLimits,
): number | null => {
  const judged = all.flatMap(({ reading, direction }) => (reading?.fast || reading?.slow ? [{ reading, direction }] : []))
  if (judged.length === 0) return null
  const one = Math.max(...judged.map(({ reading, direction }) => reachOf(reading, direction, alone)))
  const two = judged.map(({ reading, direction }) => reachOf(reading, direction, together)).sort((a, b) => b - a)[1] ?? 0
  return Math.max(one, two)
}
