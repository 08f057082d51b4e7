import { formatDay, formatPeriod } from '../../../shared/format.ts'
import { addDays, type DayRange, daysBetween, daysOfPeriod, periodOfDay, spanLabel } from '../../../shared/period.ts'

/** The longer spans, taken where a month holds too little: as long as the windows of the verdict and as a benefit counts. */
export const QUARTER_DAYS = 90
export const YEAR_DAYS = 365

export const SPANS = ['month', 'quarter', 'year'] as const
export type SpanName = (typeof SPANS)[number]

/** A span of days a figure may count over, and the one before it; `before` is null where the data do not reach over all of it. */
export type ReportSpan = DayRange & { label: string; when: string; before: DayRange | null }
export type ReportDays = Record<SpanName, ReportSpan>

type Reach = { first_on: string; known_on: string }

/**
 * The month, and the 90 and 365 days up to its end, each cut to the days that the data reach. Null where they reach none of the month.
 * `when` says the days in words: "in December 2025", "in the 90 days to 31 December 2025".
 */
export const findReportDays = (month: string, { first_on, known_on }: Reach): ReportDays | null => {
  const whole = daysOfPeriod(month, 'month')
  const last = earlier(addDays(whole.to_on, -1), known_on)
  if (last < whole.from_on || first_on > last) return null
  const until = addDays(last, 1)
  const spanOf = (from: string, length: number, say: (last: string) => string): ReportSpan => {
    const isCut = from < first_on
    const from_on = isCut ? first_on : from
    const before = { from_on: addDays(from_on, -length), to_on: from_on }
    return {
      from_on,
      to_on: until,
      label: spanLabel(from_on, last),
      when: isCut ? sayRange(from_on, last) : say(last),
      before: isCut || before.from_on < first_on ? null : before,
    }
  }
  const isWhole = until === whole.to_on
  const monthSpan = spanOf(whole.from_on, daysBetween(whole.from_on, until), () =>
    isWhole ? `in ${formatPeriod(month)}` : sayRange(whole.from_on, last),
  )
  return {
    // a month is compared with the month before it, a part of one with nothing
    month: { ...monthSpan, before: isWhole && monthSpan.before !== null ? monthBefore(whole.from_on, first_on) : null },
    quarter: spanOf(addDays(until, -QUARTER_DAYS), QUARTER_DAYS, (day) => `in the ${QUARTER_DAYS} days to ${formatDay(day)}`),
    year: spanOf(addDays(until, -YEAR_DAYS), YEAR_DAYS, (day) => `in the year to ${formatDay(day)}`),
  }
}

const monthBefore = (from_on: string, first_on: string): DayRange | null => {
  const range = daysOfPeriod(periodOfDay(addDays(from_on, -1), 'month'), 'month')
  return range.from_on < first_on ? null : range
}

/** from 1 to 18 December 2025, from 25 November 2025 to 31 October 2026; a single day: on 1 December 2025. */
const sayRange = (from: string, last: string): string => {
  if (from === last) return `on ${formatDay(last)}`
  if (from.slice(0, 7) === last.slice(0, 7)) return `from ${Number(from.slice(8))} to ${formatDay(last)}`
  return `from ${formatPeriod(spanLabel(from, last))}`
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

/** The span before in words, after "than". */
export const sayBefore: Record<SpanName, string> = {
  month: 'in the month before',
  quarter: `in the ${QUARTER_DAYS} days before`,
  year: 'in the year before',
}
