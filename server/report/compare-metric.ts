import type { ComparedMetric } from '../../shared/contract/intervention.ts'
import type { Measured, Point } from '../../shared/contract/metric.ts'
import { sayCountOf } from '../../shared/format.ts'
import { addDays, spanLabel } from '../../shared/period.ts'
import type { MeasuredPeriod, SeriesKey } from '../metrics/measure-periods.ts'
import type { AnyMetric } from '../metrics/metric.ts'
import { compareSpans, MIN_CASES, MIN_DATES, MIN_SPANS, type SpanNumber, type SpanPair } from '../metrics/statistics/compare-spans.ts'
import { spanNumberOf } from './comparable-metrics.ts'
import { NOTHING_KNOWN } from './spans.ts'

const WEEK = 7
/** A year before in whole weeks, so that weekdays stay in place. */
const YEAR_WEEKS = 52
/** How far back the past is asked (our judgement: two years hold each season twice, and what was earlier was another community). */
export const PAST_WEEKS = 104
/** The middle nine of ten. */
const USUAL = { low: 0.05, high: 0.95 }
/** What still grows for questions asked lately: an answer is accepted, an asker thanks, when they come back. */
const STILL_GROWS = /^(accepted-share|acknowledged-share)/

/** A purge of the list is no movement of people: of these, what lies around one is not compared. The level of members is moved by a step after the day alone. */
const MOVED_BY_STEPS = /^(members|net-growth|growth-rate|leave-rate)$/
/** Tell where a step is, and are to be measured beside those. */
export const STEP_METRICS = ['joins', 'leavers'] as const

type Compared = {
  key: SeriesKey
  metric: AnyMetric
  /** What was measured, by how many weeks before the day the span begins: 0 is the one after it. */
  byWeek: ReadonlyMap<number, MeasuredPeriod>
  /** Length of a span. */
  weeks: number
  on: string
}

/** One series before and after a day, by the yardstick of its own past. */
export const compareMetric = ({ key, metric, byWeek, weeks, on }: Compared): ComparedMetric => {
  const length = weeks * WEEK
  const dayAt = (weeksBack: number) => addDays(on, -weeksBack * WEEK)
  const at = (weeksBack: number): Measured | undefined => byWeek.get(weeksBack)?.get(key)
  const pointAt = (weeksBack: number): Point => ({
    ...(at(weeksBack) ?? NOTHING_KNOWN),
    period: spanLabel(dayAt(weeksBack), addDays(dayAt(weeksBack), length - 1)),
    is_unfinished: false,
  })
  const numberAt = (weeksBack: number): SpanNumber | null => {
    const found = at(weeksBack)
    return found === undefined ? null : spanNumberOf(metric, found)
  }
  const stepOf = (weeksBack: number): Measured | undefined =>
    MOVED_BY_STEPS.test(metric.id)
      ? STEP_METRICS.map((id) => byWeek.get(weeksBack)?.get(id)).find((found) => found?.status === 'bulk_step')
      : undefined
  const stepAround = (weeksBack: number) => stepOf(weeksBack) ?? (metric.id === 'members' ? undefined : stepOf(weeksBack + weeks))
  const pairAt = (weeksBack: number): SpanPair | null => {
    if (stepAround(weeksBack) !== undefined) return null
    const [was, is] = [numberAt(weeksBack + weeks), numberAt(weeksBack)]
    return was === null || is === null || was.kind !== is.kind ? null : { at: -weeksBack * WEEK, before: was, after: is }
  }
  const pastWeeks = [...byWeek.keys()].filter((back) => back >= weeks)
  const [before, after] = [pointAt(weeks), pointAt(0)]
  const hasYear = byWeek.has(YEAR_WEEKS) && byWeek.has(YEAR_WEEKS + weeks)
  const category = key.split(':')[1]
  const frame = {
    key,
    title: category === undefined ? metric.title : `${metric.title}: ${category.replaceAll('-', ' ')}`,
    unit: metric.unit,
    before,
    after,
    usual: usualOf(pastWeeks.map((back) => at(back)).map((found) => (found?.status === 'ok' ? found.value : null))),
    year_before: hasYear ? { before: pointAt(YEAR_WEEKS + weeks), after: pointAt(YEAR_WEEKS) } : null,
  }
  const tried = pairAt(0)
  if (tried === null) {
    const side = numberAt(0) === null ? after : before
    const reason = stepAround(0)?.reason ?? side.reason ?? 'One of the two spans holds nothing that could be compared.'
    return { ...frame, before_range: null, after_range: null, change: null, placebo: null, swing: null, finding: 'cannot_tell', reason }
  }
  const { placebo, ...found } = compareSpans(
    tried,
    pastWeeks.map(pairAt).filter((pair) => pair !== null),
    length,
  )
  const why =
    found.finding !== 'cannot_tell'
      ? null
      : found.change === null
        ? sayTooFew(tried)
        : `How much it swings by itself is not known: that takes ${sayCountOf(Math.max(MIN_DATES + 2 * weeks, MIN_SPANS * weeks), 'week')} of data before the day, with enough in them.`
  const caution = STILL_GROWS.test(key) ? 'It still grows for the last weeks: askers come back later.' : null
  return {
    ...frame,
    ...found,
    placebo:
      placebo === null
        ? null
        : { as_large: placebo.as_large, dates: placebo.dates, from_on: addDays(on, placebo.first), to_on: addDays(on, placebo.last) },
    reason: [why, caution, after.reason].filter((part) => part !== null).join(' ') || null,
  }
}

const sayTooFew = ({ before, after }: SpanPair): string => {
  if (before.kind === 'share') return `A share is compared from ${MIN_CASES} cases on each side.`
  if (before.kind === 'count') return `Counts are compared from ${MIN_CASES} together.`
  return after.kind === 'ratio' ? 'One of the two is zero.' : 'There is nothing to compare.'
}

/** Null below as many spans as a comparison takes: nine of ten needs something to count. */
const usualOf = (values: (number | null)[]): ComparedMetric['usual'] => {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (sorted.length < MIN_DATES) return null
  return { low: quantile(sorted, USUAL.low), high: quantile(sorted, USUAL.high), windows: sorted.length }
}

/** Of sorted values, as R's default does it (Hyndman & Fan 1996, type 7). */
const quantile = (sorted: readonly number[], share: number): number => {
  const at = share * (sorted.length - 1)
  const low = sorted[Math.floor(at)] as number
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] as number) - low)
}
