/**
 * Every figure of the detector, once: found by simulation of steady and of declining communities (docs/direction.md), and our
 * judgement where the simulation left a choice. Weeks are closed ISO weeks.
 */

/** The last weeks that are judged: the first of these lengths in which enough would be usual. */
export const WINDOWS = [
  { weeks: 8, expected: 16 },
  { weeks: 13, expected: 16 },
  { weeks: 26, expected: 8 },
] as const
/** What they are set against: up to so many weeks before them, and at least so many, or twice as many as are judged. */
export const REFERENCE_WEEKS = 52
const LEAST_REFERENCE_WEEKS = 26
export const leastReference = (weeks: number): number => Math.max(LEAST_REFERENCE_WEEKS, 2 * weeks)
/** History without which no window can be judged. */
export const LEAST_HISTORY_WEEKS = WINDOWS[0].weeks + LEAST_REFERENCE_WEEKS

/** A change counts from this ratio of rates down (and from its inverse up). */
export const FAST_RATIO = 0.75
export const SLOW_RATIO = 0.7

/** Own past swings: how far back, the least reference each past window needs, and where a single one is cut off. */
export const SWING_WEEKS = 104
export const SWING_REFERENCE_WEEKS = 8
export const SWING_CLIP = 3
/**
 * What swings are taken to be before the past tells: variance over mean, growing with what is expected, as a swing of the rate does; it
 * weighs as much as so many windows. Steeper than at first (1.5 + 0.0144·expected): large communities sent most of their false alarms
 * in their first year, before their own past could tell how much they swing.
 */
export const swingBefore = (expected: number): number => Math.max(1.5, 0.65 + 0.03 * expected)
export const SWING_BEFORE_WEIGHT = 4

/** The season: the same weeks of earlier years, of which at least so many weeks of reference are known, three years at most. */
export const YEAR_WEEKS = 52
export const SEASON_REFERENCE_WEEKS = 26
export const SEASON_YEARS = 3
export const SEASON_Z = 2

/** The slow test: half a year against the same half a year earlier. */
export const SLOW_WEEKS = 26
export const SLOW_EXPECTED = 16
export const SLOW_FACTOR = 0.85

/**
 * One series this far out is noticed, or two this far out in the same week; those this far out are named, then or for so long after.
 * One that counts more as worse has to be further out alone: counts that swing are lopsided upward, and leavers alone were a third of
 * all false alarms. Questions and their answers rise and fall together, so they are one of two.
 */
export const ALONE_Z = 3
export const ALONE_Z_OF_MORE = 3.5
export const NAMED_Z = 2.1
export const NAMING_WEEKS = 8

/**
 * What was told stands while this much of what it takes is still there within so many weeks of it. A tenth of a week's events that come
 * late move the week of one alarm in six; none of 300 was taken back so, and 85 % of those that missing events had made (docs/validation.md).
 */
export const KEPT_SHARE = 0.7
export const KEPT_SHIFT_WEEKS = 4

/** It is over when, so many weeks on, the named series are back near their level before, for so many weeks in a row. */
export const RECOVERY_AFTER_WEEKS = 8
export const RECOVERED_RATIO = 0.9
export const RECOVERED_LEAST = 0.7
export const RECOVERED_MOST = 1.5
export const RECOVERED_RUN = 4
/** Weeks averaged for it, and where fewer than so many a week were usual. */
export const RECOVERY_WEEKS = 8
export const RECOVERY_WEEKS_FEW = 26
export const FEW_A_WEEK = 2

/** Clearly worse: so long after the last notice, against all weeks since it. */
export const WORSE_AFTER_WEEKS = 16
export const WORSE_WEEKS = 8
export const WORSE_RATIO = 0.7
export const WORSE_Z = 2.5
export const WORSE_Z_OF_TWO = 1.8

/** After this long the new level is what is usual, and it ends without a word. */
export const SETTLED_WEEKS = 52

/** Weeks of the year, counted from 0, in which few are at work: they do not count until a year ago can be compared with. Week 53 is one of them. */
export const HOLIDAY_WEEKS: readonly number[] = [26, 27, 28, 29, 30, 31, 32, 33, 34, 50, 51, 52, 0]
