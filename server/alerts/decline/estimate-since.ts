/** Since when a change shows: the week of the likeliest single step, and how exactly that is known. Pure. */
import { formatDay, formatPeriod } from '../../../shared/format.ts'
import { addDays, daysBetween, periodOfDay } from '../../../shared/period.ts'
import { YEAR_WEEKS } from '../../diagnosis/direction/limits.ts'
import { sumsOf, type WeeklySeries } from '../../diagnosis/direction/weekly-series.ts'

/** Weeks are indices: the likeliest first week of the change, and those between which it lies four times in five. */
export type Since = { week: number; low: number; high: number }

/** A step of which fewer weeks are on either side is no step that could be told from a swing (our judgement). */
const LEAST_AFTER = 2
const LEAST_BEFORE = 8
/** It is looked for within the weeks judged and the year before them: the half year of the slow test lies within that too. */
const MOST_BACK = YEAR_WEEKS + 26
const TAIL = 0.1

type Stepped = { series: WeeklySeries; direction: -1 | 1; dispersion: number }

const term = (count: number, exposure: number): number => (count === 0 ? 0 : count * Math.log(count / exposure))

/**
 * Two rates with a step between them, over all series that are named: the profile likelihood of the week of the step, by its dispersion,
 * with every week alike likely before (Hinkley 1970, doi:10.1093/biomet/57.1.1). Null where nothing can be told.
 * `latest`: the week in which it was noticed, before which it began.
 */
export const estimateSince = (all: readonly Stepped[], week: number, latest = week): Since | null => {
  const first = Math.max(0, week - MOST_BACK)
  const weights: { at: number; log: number }[] = []
  const sums = all.map(({ series }) => sumsOf(series))
  for (let at = first + LEAST_BEFORE; at <= Math.min(latest, week - LEAST_AFTER + 1); at++) {
    let log = 0
    let isKnown = false
    all.forEach(({ direction, dispersion }, i) => {
      const sum = sums[i] as (typeof sums)[number]
      const [before, after] = [sum(first, at - 1, false), sum(at, week, false)]
      if (before.heard < LEAST_BEFORE || after.heard < LEAST_AFTER) return
      const count = before.count + after.count
      const exposure = before.exposure + after.exposure
      const isThatWay = direction * (after.count / after.exposure - before.count / before.exposure) > 0
      if (count === 0 || !isThatWay) return
      isKnown = true
      log += (term(before.count, before.exposure) + term(after.count, after.exposure) - term(count, exposure)) / dispersion
    })
    if (isKnown) weights.push({ at, log })
  }
  const best = weights.reduce<(typeof weights)[number] | null>((most, one) => (most === null || one.log > most.log ? one : most), null)
  if (best === null) return null
  const shares = weights.map(({ log }) => Math.exp(log - best.log))
  const all_ = shares.reduce((sum, share) => sum + share, 0)
  let passed = 0
  let low = best.at
  let high = best.at
  let isLowFound = false
  for (const [i, { at }] of weights.entries()) {
    passed += (shares[i] as number) / all_
    if (!isLowFound && passed >= TAIL) {
      low = Math.min(best.at, at)
      isLowFound = true
    }
    if (passed >= 1 - TAIL) {
      high = Math.max(best.at, at)
      break
    }
  }
  return { week: best.at, low, high }
}

/** Known to a week or so, to a month or so, or less. */
const EXACT_WEEKS = 2
const MONTH_WEEKS = 9
/** From so many days on a month needs its year. */
const YEAR_NEEDED_DAYS = 300

const monthNameOf = (day: string, on: string): string => {
  const month = formatPeriod(periodOfDay(day, 'month'))
  return daysBetween(day, on) < YEAR_NEEDED_DAYS ? month.replace(/ \d+$/, '') : month
}

export type SinceWords = {
  /** After a change, in a subject: "since March", "over the last half year". */
  short: string
  /** As a sentence of its own. */
  sentence: string
  /** The month, where there is one, for "from about March to July". */
  month: string
  /** The first day, for links. */
  from_on: string
  /** Known to some weeks. */
  is_exact: boolean
}

/** In words as exact as it is known. `mondayOf`: the first day of a week by its index; `on`: the day it is told. */
export const saySince = ({ week, low, high }: Since, mondayOf: (week: number) => string, on: string): SinceWords => {
  const from_on = mondayOf(week)
  // the month that most of the week lies in
  const month = monthNameOf(addDays(from_on, 3), on)
  const full = formatPeriod(periodOfDay(addDays(from_on, 3), 'month'))
  const width = high - low
  if (width <= EXACT_WEEKS)
    return {
      short: `since ${month}`,
      sentence: `The change shows since ${width === 0 ? '' : 'about '}the week of ${formatDay(from_on)}.`,
      month: full,
      from_on,
      is_exact: true,
    }
  if (width <= MONTH_WEEKS)
    return {
      short: `since ${month}`,
      sentence: `The change shows since about ${full}, give or take some weeks.`,
      month: full,
      from_on,
      is_exact: true,
    }
  const [earliest, latest] = [formatPeriod(periodOfDay(mondayOf(low), 'month')), formatPeriod(periodOfDay(mondayOf(high), 'month'))]
  return {
    short: `since about ${month}`,
    sentence: `It came on slowly or unevenly: by these numbers it began between ${earliest} and ${latest}, most likely around ${full}.`,
    month: full,
    from_on,
    is_exact: false,
  }
}
