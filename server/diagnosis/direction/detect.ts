import { changeOfRate, expectedFrom, ratioOfRates, type TwoSpans } from './change-of-rate.ts'
import { isBackToNormal } from './recovery.ts'
import {
  ALONE_Z,
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

/**
 * Follows a change for the worse, or for the better, through all weeks. Pure, and each week rests on weeks up to it alone. All
 * series have the same weeks. Leavers do not make anything grow: that fewer leave is no growth.
 */
export const followChange = (all: readonly WeeklySeries[], way: Way): { weeks: WeekOfChange[]; readings: Reading[][] } => {
  const directions = all.map(({ worse }): -1 | 1 => (way === 'worse' ? worse : worse < 0 ? 1 : -1))
  const sums = all.map(sumsOf)
  const readFrom = (first: number) => all.map((series, i) => readSeries(series, Math.max(first, startOf(series)), sums[i]))
  let first = 0
  let read = readFrom(first)
  let change = null as Change | null
  let over = null as number | null
  const weeks: WeekOfChange[] = []
  const readings: Reading[][] = []
  for (let week = 0; week < (all[0]?.counts.length ?? 0); week++) {
    // half a year that holds a change which is over would tell of it once more
    const isSlowSpoiled = over !== null && week - over < SLOW_WEEKS
    const now = read.map((one) => (isSlowSpoiled ? { ...one(week), slow: null } : one(week)))
    readings.push(now)
    const isCounted = (i: number) => way === 'worse' || (all[i] as WeeklySeries).worse < 0
    const scores = now.map((reading, i) => (isCounted(i) ? scoreOf(reading, directions[i] as -1 | 1) : 0))
    const name = (named: Change['named']): Change['named'] =>
      new Map([
        ...scores.flatMap((score, i): [number, Named][] =>
          score >= NAMED_Z ? [[i, nameSeries(all[i] as WeeklySeries, now[i] as Reading, directions[i] as -1 | 1, week)]] : [],
        ),
        ...named,
      ])
    let notice: Notice | null = null
    if (change === null) {
      if (Math.max(0, ...scores) >= ALONE_Z || scores.filter((score) => score >= NAMED_Z).length >= 2) {
        change = { since: week, told: week, named: name(new Map()), calm: 0 }
        notice = 'began'
      }
    } else {
      const named: Change['named'] = week - change.since <= NAMING_WEEKS ? name(change.named) : change.named
      const isCalm: boolean = week - change.told >= RECOVERY_AFTER_WEEKS && isBackToNormal(named, { sums, week, first })
      change = { ...change, named, calm: isCalm ? change.calm + 1 : 0 }
      if (change.calm >= RECOVERED_RUN) {
        notice = [...named.values()].every((one) => one.is_one_event) ? 'passed' : 'recovered'
        change = null
        over = week
      } else if (week - change.told >= SETTLED_WEEKS) {
        notice = 'settled'
        // the new level is what is usual from here on: what was before it is not looked at again
        first = change.told + 1
        read = readFrom(first)
        change = null
      } else if (way === 'worse' && week - change.told >= WORSE_AFTER_WEEKS && isClearlyWorse(change, { sums, week, now })) {
        notice = 'clearly_worse'
        change = { ...change, told: week }
      }
    }
    weeks.push({ change, notice })
  }
  return { weeks, readings }
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
  { sums, week, now }: { sums: readonly SumWeeks[]; week: number; now: readonly Reading[] },
): boolean => {
  const far = [...named].flatMap(([i, { direction, judged }]) => {
    const sum = sums[i] as SumWeeks
    const last = sum(week - WORSE_WEEKS + 1, week, false)
    const since = sum(told + 1, week - WORSE_WEEKS, false)
    const spans: TwoSpans = { observed: last.count, exposure: last.exposure, before: since.count, exposure_before: since.exposure }
    if (spans.exposure === 0 || spans.exposure_before === 0 || expectedFrom(spans) === 0) return []
    if (!isBeyond(ratioOfRates(spans), WORSE_RATIO, direction)) return []
    const dispersion = (now[i] as Reading).fast?.dispersion ?? judged.dispersion
    return [direction * (changeOfRate(spans, dispersion) as number)]
  })
  return far.some((z) => z >= WORSE_Z) || far.filter((z) => z >= WORSE_Z_OF_TWO).length >= 2
}
