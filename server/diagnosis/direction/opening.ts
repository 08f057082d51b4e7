import { ALONE_Z, ALONE_Z_OF_MORE, FAST_RATIO, NAMED_Z, SEASON_Z, SLOW_RATIO } from './limits.ts'
import { type Judged, type Reading, scoreOf } from './read-series.ts'
import type { WeeklySeries } from './weekly-series.ts'

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

/** One series at a limit (another where more of it is worse), or two at a lower one in the same week. */
export type OpeningLimits = { alone: number; alone_of_more: number; together: number }
export const openingLimits = (strictness: number): OpeningLimits => ({
  alone: ALONE_Z * strictness,
  alone_of_more: ALONE_Z_OF_MORE * strictness,
  together: NAMED_Z * strictness,
})

/** Questions and their answers are one thing seen twice. */
export const seenTwiceAs = (id: WeeklySeries['id']): WeeklySeries['id'] => (id === 'answered' ? 'questions' : id)

type Seen = { id: WeeklySeries['id']; worse: -1 | 1; reading: Reading; direction: -1 | 1 }

/** The larger of what is furthest out alone, and what the second of two is that are not the same thing. */
const furthest = (all: readonly Seen[], limits: OpeningLimits, reach: (one: Seen, limit: number) => number): number => {
  const alone = all.map((one) => reach(one, one.worse > 0 ? limits.alone_of_more : limits.alone))
  const together = new Map<string, number>()
  for (const one of all) {
    const id = seenTwiceAs(one.id)
    together.set(id, Math.max(together.get(id) ?? 0, reach(one, limits.together)))
  }
  return Math.max(0, ...alone, [...together.values()].sort((a, b) => b - a)[1] ?? 0)
}

/**
 * How far all of them are from opening an alarm: 1 where one begins, by one series alone or by two together, whichever is nearer. Null
 * where none can be judged.
 */
export const openingOf = (all: readonly Seen[], limits: OpeningLimits): number | null => {
  const judged = all.filter(({ reading }) => reading.fast || reading.slow)
  return judged.length === 0 ? null : furthest(judged, limits, ({ reading, direction }, limit) => reachOf(reading, direction, limit))
}

export const isOpening = (all: readonly Seen[], limits: OpeningLimits): boolean =>
  furthest(all, limits, ({ reading, direction }, limit) => scoreOf(reading, direction) / limit) >= 1
