import { changeOfRate, expectedFrom, ratioOfRates, type TwoSpans } from './change-of-rate.ts'
import { isBackToNormal } from './recovery.ts'
import {
  KEPT_SHARE,
  KEPT_SHIFT_WEEKS,
  NAMED_Z,
  NAMING_WEEKS,
  RECOVERED_RUN,
  RECOVERY_AFTER_WEEKS,
  SETTLED_WEEKS,
  SLOW_WEEKS,
  WORSE_AFTER_WEEKS,
  WORSE_RATIO,
  WORSE_WEEKS,
  WORSE_Z,
  WORSE_Z_OF_TWO,
} from './limits.ts'
import { isOpening, openingLimits, openingOf, reachOf, seenTwiceAs } from './opening.ts'
import { fastScore, isBeyond, type Judged, type Reading, readSeries, scoreOf, slowScore } from './read-series.ts'
import { type SumWeeks, sumsOf, type WeeklySeries } from './weekly-series.ts'

/** A series named in a change, and the rate that was usual before: it stays as it was then. */
export type Named = {
  rate: number
  /** The way it went. */
  direction: -1 | 1
  /** At least half of those counted were so in one week: people who left together. */
  is_one_event: boolean
  /** Against which the rate was found to be another. */
  judged: Judged
}

/** A change for the worse (or the better) that stands. Weeks are indices. */
export type Change = {
  since: number
  /** The last week in which there was something to tell: when it began, or became clearly worse. */
  told: number
  /** By index of the series. */
  named: ReadonlyMap<number, Named>
  /** Weeks in a row that look like before. */
  calm: number
}

/** What is worth telling: it began, became clearly worse, is over as things are back, an event has passed, or the new level is the usual one. */
export type Notice = 'began' | 'clearly_worse' | 'recovered' | 'passed' | 'settled'
export type WeekOfChange = { change: Change | null; notice: Notice | null }

/** Which way a change goes in a series: for the worse, or for the better. */
export type Way = 'worse' | 'better'

/** An alarm that was told, in weeks as they are counted now. */
export type KeptChange = {
  /** The week at whose end it was told. */
  week: number
  /** The week at whose end it was told to be over; null while it stands. */
  ended?: number | null
  /** Ids of the series that were named. */
  named?: readonly string[]
}

export type FollowOptions = {
  /** Limits of z at which an alarm begins, times this. */
  strictness?: number
  /**
   * What was told before, in order. Late events move the past a little: what was told begins and ends in the weeks in which it was
   * told, as long as something is still so far out (`KEPT_SHARE`) around its week; where that is gone, it does not begin at all. What
   * would by now have begun earlier and still stood then is the same alarm, not one more.
   */
  kept?: readonly KeptChange[]
}

/** `statistics`: how far from an alarm each week is, 1 where one begins (`openingOf`); null where nothing can be judged. */
export type Followed = { weeks: WeekOfChange[]; readings: Reading[][]; statistics: (number | null)[] }

/**
 * Follows a change for the worse, or for the better, through all weeks. Pure, and without anything kept each week rests on weeks up to
 * it alone. All series have the same weeks. Leavers do not make anything grow: that fewer leave is no growth.
 */
export const followChange = (all: readonly WeeklySeries[], way: Way, { strictness = 1, kept = [] }: FollowOptions = {}): Followed => {
  const directions = all.map(({ worse }): -1 | 1 => (way === 'worse' ? worse : worse < 0 ? 1 : -1))
  const isCounted = (i: number) => way === 'worse' || (all[i] as WeeklySeries).worse < 0
  const sums = all.map(sumsOf)
  const readFrom = (first: number) => all.map((series, i) => readSeries(series, Math.max(first, startOf(series)), sums[i]))
  const limits = openingLimits(strictness)
  // a stricter limit is no reason to take back what was told by another
  const keptLimits = openingLimits(Math.min(1, strictness))
  const namedZ = NAMED_Z * Math.min(1, strictness)
  const weekCount = all[0]?.counts.length ?? 0
  let first = 0
  let read = readFrom(first)
  let change = null as Change | null
  let standing = null as KeptChange | null
  let over = null as number | null
  const weeks: WeekOfChange[] = []
  const readings: Reading[][] = []
  const statistics: (number | null)[] = []

  const readAt = (week: number): Reading[] => {
    // half a year that holds a change which is over would tell of it once more
    const isSlowSpoiled = over !== null && week - over < SLOW_WEEKS
    return read.map((one) => (isSlowSpoiled ? { ...one(week), slow: null } : one(week)))
  }
  const seen = (now: readonly Reading[]) =>
    all.flatMap(({ id, worse }, i) => (isCounted(i) ? [{ id, worse, reading: now[i] as Reading, direction: directions[i] as -1 | 1 }] : []))
  const nameAt = (now: readonly Reading[], week: number, isNamed: (i: number) => boolean): [number, Named][] =>
    now.flatMap((reading, i): [number, Named][] =>
      isCounted(i) && (reading.fast || reading.slow) && isNamed(i)
        ? [[i, nameSeries(all[i] as WeeklySeries, reading, directions[i] as -1 | 1, week)]]
        : [],
    )
  const isFar = (now: readonly Reading[]) => (i: number) => scoreOf(now[i] as Reading, directions[i] as -1 | 1) >= namedZ
  /** What was told of a week, if around it something is still so far out. */
  const openKept = ({ week, named }: KeptChange, now: readonly Reading[]): Change | null => {
    let best = { week, reach: 0 }
    for (let near = Math.max(first, week - KEPT_SHIFT_WEEKS); near <= Math.min(weekCount - 1, week + KEPT_SHIFT_WEEKS); near++) {
      const reach = openingOf(seen(readAt(near)), keptLimits) ?? 0
      if (reach > best.reach) best = { week: near, reach }
    }
    if (best.reach < KEPT_SHARE) return null
    const then = readAt(best.week)
    const isOut = (i: number) => reachOf(then[i] as Reading, directions[i] as -1 | 1, keptLimits.together) >= KEPT_SHARE
    const isTold = (i: number) => named?.includes((all[i] as WeeklySeries).id) ?? isOut(i)
    const found = new Map([...nameAt(then, best.week, isOut), ...nameAt(now, week, (i) => isTold(i) || isFar(now)(i))])
    return { since: week, told: week, named: found, calm: 0 }
  }

  for (let week = 0; week < weekCount; week++) {
    const now = readAt(week)
    readings.push(now)
    const statistic = openingOf(seen(now), limits)
    statistics.push(statistic)
    let notice: Notice | null = null
    const told = kept.find((one) => one.week === week)
    if (told && standing === null) {
      const open = change ? { ...change, since: week, told: week, calm: 0 } : openKept(told, now)
      // it would have begun earlier by what is known now
      if (change) for (let i = change.since; i < week; i++) weeks[i] = { change: null, notice: null }
      if (open) {
        change = open
        standing = told
        notice = 'began'
      }
    } else if (change === null) {
      if (isOpening(seen(now), limits)) {
        change = { since: week, told: week, named: new Map(nameAt(now, week, isFar(now))), calm: 0 }
        notice = 'began'
      }
    } else {
      const { since, told: lastTold } = change
      const named: Change['named'] =
        week - since <= NAMING_WEEKS ? new Map([...nameAt(now, week, isFar(now)), ...change.named]) : change.named
      const isCalm: boolean = week - lastTold >= RECOVERY_AFTER_WEEKS && isBackToNormal(named, { sums, week, first })
      change = { ...change, named, calm: isCalm ? change.calm + 1 : 0 }
      const ended: number | null = standing?.ended ?? null
      const isSettled: boolean = week - lastTold >= SETTLED_WEEKS
      if (ended === null ? change.calm >= RECOVERED_RUN : week >= ended && !isSettled) {
        notice = [...named.values()].every((one) => one.is_one_event) ? 'passed' : 'recovered'
        over = week
      } else if (ended === null ? isSettled : week >= ended) {
        notice = 'settled'
        // the new level is what is usual from here on: what was before it is not looked at again
        first = lastTold + 1
        read = readFrom(first)
      } else if (way === 'worse' && week - lastTold >= WORSE_AFTER_WEEKS && isClearlyWorse(change, { all, sums, week, now })) {
        notice = 'clearly_worse'
        change = { ...change, told: week }
      }
      if (notice !== null && notice !== 'clearly_worse') change = standing = null
    }
    weeks.push({ change, notice })
  }
  return { weeks, readings, statistics }
}

/** The first week of which anything is known. */
const startOf = ({ exposures }: WeeklySeries): number => {
  const first = exposures.findIndex((exposure) => exposure > 0)
  return first === -1 ? exposures.length : first
}

const nameSeries = ({ counts, exposures }: WeeklySeries, reading: Reading, direction: -1 | 1, week: number): Named => {
  const { fast, slow } = reading
  const judged = (fast && (!slow || fastScore(fast, direction) >= slowScore(slow, direction)) ? fast : slow) as Judged
  let most = 0
  for (let i = week - judged.weeks + 1; i <= week; i++) if ((exposures[i] as number) > 0) most = Math.max(most, counts[i] as number)
  return {
    rate: judged.before / judged.exposure_before,
    direction,
    is_one_event: direction > 0 && most >= judged.observed / 2,
    judged,
  }
}

/** The last weeks against all since it was told. */
const isClearlyWorse = (
  { told, named }: Change,
  { all, sums, week, now }: { all: readonly WeeklySeries[]; sums: readonly SumWeeks[]; week: number; now: readonly Reading[] },
): boolean => {
  const far = [...named].flatMap(([i, { direction, judged }]) => {
    const sum = sums[i] as SumWeeks
    const last = sum(week - WORSE_WEEKS + 1, week, false)
    const since = sum(told + 1, week - WORSE_WEEKS, false)
    const spans: TwoSpans = { observed: last.count, exposure: last.exposure, before: since.count, exposure_before: since.exposure }
    if (spans.exposure === 0 || spans.exposure_before === 0 || expectedFrom(spans) === 0) return []
    if (!isBeyond(ratioOfRates(spans), WORSE_RATIO, direction)) return []
    const dispersion = (now[i] as Reading).fast?.dispersion ?? judged.dispersion
    return [{ of: seenTwiceAs((all[i] as WeeklySeries).id), z: direction * (changeOfRate(spans, dispersion) as number) }]
  })
  const ofTwo = new Set(far.filter(({ z }) => z >= WORSE_Z_OF_TWO).map(({ of }) => of))
  return far.some(({ z }) => z >= WORSE_Z) || ofTwo.size >= 2
}
