/** What was found before and after something was tried, in careful words. */
import type { BeforeAfter, ComparedMetric } from '../../../shared/contract/intervention.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import {
  countOf,
  formatCount,
  formatDay,
  formatDecimal,
  formatPeriod,
  joinWords,
  MIN_CASES_FOR_INTERVAL,
  NO_BREAK,
  sayCount,
  startSentence,
} from '../../../shared/format.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { formatInterval, formatValue } from '../../../shared/unit.ts'

/** Counted one by one: their intervals have no decimals. */
const COUNTED: readonly ComparedMetric['unit'][] = ['people', 'contributions', 'questions', 'practices', 'count']
/** Somebody's own words inside a sentence, in quotation marks, whichever way they are read. */
const quoteApart = (name: string): string => `\u2068${quoteName(name)}\u2069`

const sayInterval = (unit: ComparedMetric['unit'], low: number | null, high: number | null): string | null =>
  low === null || high === null || !COUNTED.includes(unit)
    ? formatInterval(low, high, unit)
    : formatInterval(Math.floor(low), Math.ceil(high), unit)

/** One side as its number of cases allows: 31 of 40 (62–88 %), 120 questions, 4.2 hours (3–6 hours). Null where there is nothing. */
export const saySide = ({ unit }: ComparedMetric, point: Point, range: ComparedMetric['before_range']): string | null => {
  if (unit === 'share' && point.numerator !== null && point.denominator !== null) {
    const count = `${formatCount(point.numerator)} of ${formatCount(point.denominator)}`
    const interval = point.denominator < MIN_CASES_FOR_INTERVAL ? null : sayInterval(unit, range?.low ?? null, range?.high ?? null)
    return interval === null ? count : `${count} (${interval})`
  }
  if (point.value === null) return null
  const interval = sayInterval(unit, range?.low ?? point.low, range?.high ?? point.high)
  return interval === null ? formatValue(point.value, unit) : `${formatValue(point.value, unit)} (${interval})`
}

const points = (value: number): string => formatDecimal(Math.abs(value) * 100, 0)
const times = (value: number): string => formatDecimal(value, value < 0.1 ? 2 : value < 9.95 ? 1 : 0)
const ends = (low: string, high: string): string => `${low}${NO_BREAK}to${NO_BREAK}${high}`

/** 24 points more (3 to 42), 1.3 times as many (1.1 to 1.6), 10 more (2 to 18). Null where nothing was compared. */
export const sayChange = ({ change, unit }: Pick<ComparedMetric, 'change' | 'unit'>): string | null => {
  if (change === null) return null
  const { value, low, high } = change
  if (change.kind === 'ratio') {
    const noun = unit === 'hours' || unit === 'days' ? 'as long' : 'as many'
    const range = low === null && high === null ? '' : ` (${ends(times(low ?? 0), high === null ? 'any number' : times(high))})`
    if (value === null) return `none before${range === '' ? '' : `, so at least ${times(low ?? 0)} times ${noun}`}`
    if (times(value) === '1')
      return `about ${noun} as before${low === null ? '' : ` (${ends(times(low), high === null ? 'any number' : times(high))} times)`}`
    return `${times(value)} times ${noun}${range}`
  }
  const isPoints = unit === 'share'
  const write = (one: number) => (isPoints ? points(one) : formatDecimal(Math.abs(one), unit === 'index' ? 2 : 0))
  const amount = write(value ?? 0)
  const what = isPoints ? `${NO_BREAK}point${amount === '1' ? '' : 's'}` : ''
  const isMore = (value ?? 0) > 0
  // both ends as seen from the way it went: 3 to 42 more, or −5 to 12 more
  const side = (one: number) => ((isMore ? one : -one) < 0 && write(one) !== '0' ? `−${write(one)}` : write(one))
  const range = low === null || high === null ? '' : ` (${isMore ? ends(side(low), side(high)) : ends(side(high), side(low))})`
  if (amount === '0')
    return `no difference${low === null || high === null ? '' : ` (${ends(`${low < 0 && write(low) !== '0' ? '−' : ''}${write(low)}`, write(high))}${what})`}`
  return `${amount}${what} ${isMore ? 'more' : 'less'}${range}`
}

/** After it 31 of 40 (62–88 %), before 22 of 41 (39–68 %): 24 points more (3 to 42). */
export const sayCompared = (metric: ComparedMetric): string => {
  const [after, before] = [saySide(metric, metric.after, metric.after_range), saySide(metric, metric.before, metric.before_range)]
  if (after === null && before === null) return 'Nothing to compare.'
  const change = sayChange(metric)
  return `After it ${after ?? 'nothing known'}, before ${before ?? 'nothing known'}${change === null ? '.' : `: ${change}.`}`
}

/** What the community's own past says of a change as large. */
export const sayYardstick = ({ finding, placebo, reason, swing }: ComparedMetric): string => {
  if (finding === 'cannot_tell' || placebo === null) return `Cannot tell. ${reason ?? ''}`.trim()
  const often = placebo.as_large === 0 ? 'at none' : `at ${formatCount(placebo.as_large)}`
  const past = `A change as large${swing === null ? '' : ' for its number of cases'} came by itself ${often} of ${countOf(placebo.dates, 'earlier date')}`
  return `${past}: ${finding === 'not_unusual' ? 'nothing unusual here' : 'unusual here'}.${reason === null ? '' : ` ${reason}`}`
}

/** A year before, over the same weeks: 20 of 38, then 22 of 40. Null where no data reach so far back. */
export const sayYearBefore = (metric: ComparedMetric): string | null => {
  if (metric.year_before === null) return null
  const [was, then] = [metric.year_before.before, metric.year_before.after].map((point) =>
    saySide(metric, { ...point, low: null, high: null }, null),
  )
  return was == null || then == null ? null : `The same weeks a year before: ${was}, then ${then}.`
}

const named = (metrics: readonly ComparedMetric[]): string => joinWords(metrics.map(({ title }) => `“${title}”`))

/** The whole answer: what stood out, what else was tried, and what it does not show. */
export const sayBeforeAfter = (found: BeforeAfter): string => {
  if (found.status !== 'compared') return found.reason ?? 'There is nothing to compare.'
  const { metrics } = found
  const [more, less, told] = [
    metrics.filter(({ finding }) => finding === 'more'),
    metrics.filter(({ finding }) => finding === 'less'),
    metrics.filter(({ finding }) => finding !== 'cannot_tell'),
  ]
  const unknown = metrics.length - told.length
  const parts: string[] = []
  if (told.length === 0) parts.push('Whether anything changed more than it does by itself cannot be told.')
  else {
    const of = `Of ${sayCount(told.length)} ${told.length === 1 ? 'measure' : 'measures'} that can be told`
    if (more.length + less.length === 0)
      parts.push(`${of}, none changed more than it does by itself. A smaller effect would not stand out.`)
    else {
      const up = more.length === 0 ? '' : `${named(more)} rose`
      const down = less.length === 0 ? '' : `${named(less)} fell`
      parts.push(
        `${of}, ${[up, down].filter(Boolean).join(' and ')}, by more than came by itself in nearly all of the past. That it came after does not make it the cause.`,
      )
    }
    if (unknown > 0) parts.push(`Of ${sayCount(unknown)} more it cannot be told.`)
  }
  return parts.join(' ')
}

/** The days compared, what else was tried in them, and how far chance alone goes. */
export const sayFrame = (found: BeforeAfter): string | null => {
  if (found.status !== 'compared' || found.before === null || found.after === null) return null
  const parts = [
    `${startSentence(formatPeriod(found.after))}, held against the same number of days before${found.is_unfinished ? `; not over yet: ${formatCount(found.days_each)} of ${formatCount(found.days)} days so far` : ''}.`,
  ]
  if (found.reason !== null) parts.push(found.reason)
  if (found.also_count > 0) {
    const titles = found.also.slice(0, 3).map(({ title }) => quoteApart(title))
    const rest = found.also_count - titles.length
    parts.push(
      `Also changed in these days: ${joinWords(rest > 0 ? [...titles, `${formatCount(rest)} more`] : titles)}; what came of which cannot be told apart.`,
    )
  }
  const earliest = found.metrics.flatMap(({ placebo }) => placebo?.from_on ?? []).sort()[0]
  if (earliest !== undefined) parts.push(`Earlier dates: a week apart, from ${formatDay(earliest)} on.`)
  if (earliest !== undefined) parts.push('By chance alone each measure stands out in up to 1 of 20 comparisons.')
  return parts.join(' ')
}
