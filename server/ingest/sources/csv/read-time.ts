import { Temporal } from 'temporal-polyfill'
import type { CsvMapping } from '../../../../shared/contract/import.ts'
import type { RowProblem } from '../source.ts'

const TIME = String.raw`(?:(?:[T ]|,\s*)\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?)?`
const OFFSET = String.raw`\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?`
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}${OFFSET}$`, 'i')
/** 31/01/2024, 31.1.24, 1/31/2024: which of the first two is the month, the digits alone do not say. */
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d\\d)${TIME}${OFFSET}$`, 'i')
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`
const WEEKDAY = String.raw`^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`
/** 31 Jan 2024 and, as mails write it, Wed, 31 Jan 2024 09:00:00 +0000. */
const NAMED_DAY_FIRST = new RegExp(`${WEEKDAY}(\\d{1,2})[ -]${MONTH}[ -](\\d{4})${TIME}${OFFSET}$`, 'i')
const NAMED_MONTH_FIRST = new RegExp(`${WEEKDAY}${MONTH} (\\d{1,2}),? (\\d{4})${TIME}${OFFSET}$`, 'i')
const EPOCH_SECONDS = /^(\d{10})(?:\.(\d+))?$/
const EPOCH_MILLISECONDS = /^\d{13}$/
/** Days since 1899-12-30, as spreadsheets store dates: 20000 is in 1954, 80000 in 2119. */
const SPREADSHEET_DAY = /^([2-7]\d{4})(?:[.,](\d+))?$/
/** Two digits of a year are of this century up to here, as POSIX strptime reads them. */
const LAST_YEAR_OF_THIS_CENTURY = 68
const EXAMPLE = 'write it like 2026-01-31T09:00:00Z'

export type TimeReading = Partial<Pick<CsvMapping, 'date_order' | 'day_numbers'>> & {
  /** Where a day without a time begins. */
  dayTimeZone: string
  /** The zone of times without an offset; null: such a time is a problem. */
  timeZone: string | null
}

const problem = (code: string, message: string) => ({ problem: { code, message } })
const inZone = (local: Temporal.PlainDateTime, zone: string) =>
  local.toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' })
const two = (text: string) => text.padStart(2, '0')

type Parts = { year: string; month: string; day: string; rest: (string | undefined)[] }

const partsOf = (text: string, order: CsvMapping['date_order'] | undefined): Parts | 'unclear' | null => {
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) return { year: yearFirst[1] ?? '', month: yearFirst[3] ?? '', day: yearFirst[4] ?? '', rest: yearFirst.slice(5) }
  const yearLast = YEAR_LAST.exec(text)
  if (yearLast) {
    const [, first = '', , second = '', digits = ''] = yearLast
    const year = digits.length === 4 ? digits : `${Number(digits) <= LAST_YEAR_OF_THIS_CENTURY ? 20 : 19}${digits}`
    if (!order) return 'unclear'
    return { year, month: order === 'day_first' ? second : first, day: order === 'day_first' ? first : second, rest: yearLast.slice(5) }
  }
  const dayFirst = NAMED_DAY_FIRST.exec(text)
  const named = dayFirst ?? NAMED_MONTH_FIRST.exec(text)
  if (!named) return null
  const [day = '', month = ''] = dayFirst ? [named[1], named[2]] : [named[2], named[1]]
  return { year: named[3] ?? '', month: String(MONTHS.indexOf(month.toLowerCase()) + 1), day, rest: named.slice(4) }
}

/** Which order a date such as 31/01/2024 proves by a number above 12; `unclear` when it proves none, null for any other text. */
export const provenOrder = (text: string): 'day_first' | 'month_first' | 'unclear' | null => {
  const found = YEAR_LAST.exec(text)
  if (!found) return null
  return Number(found[1]) > 12 ? 'day_first' : Number(found[3]) > 12 ? 'month_first' : 'unclear'
}

/** Whether it looks like a time at all, in any of the ways that are read. */
export const looksLikeTime = (text: string): boolean =>
  partsOf(text, 'day_first') !== null || EPOCH_SECONDS.test(text) || EPOCH_MILLISECONDS.test(text) || SPREADSHEET_DAY.test(text)

/**
 * Reads a time as files hold it: ISO 8601 with an offset; a day alone (its beginning in the community's zone); a time
 * without an offset or a spreadsheet's number of days, when the zone is named; months by their English names; Unix seconds or
 * milliseconds. Days and months in numbers, the year last, only when their order is given: 03/04 is two different days.
 * Returns ISO 8601 with an offset.
 */
export const readTime = (text: string, reading: TimeReading): { time: string } | { problem: Omit<RowProblem, 'pointer'> } => {
  const parts = partsOf(text, reading.date_order)
  if (parts === 'unclear')
    return problem('unclear_date', `"${text.slice(0, 40)}" may have its day first or its month first: say which, or ${EXAMPLE}.`)
  if (parts) return readParts(text, parts, reading)
  const seconds = EPOCH_SECONDS.exec(text)
  if (seconds) return { time: new Date(Number(seconds[1]) * 1000 + Number((seconds[2] ?? '').slice(0, 3).padEnd(3, '0'))).toISOString() }
  if (EPOCH_MILLISECONDS.test(text)) return { time: new Date(Number(text)).toISOString() }
  const serial = SPREADSHEET_DAY.exec(text)
  if (serial) {
    const zone = serial[2] ? reading.timeZone : reading.dayTimeZone
    if (zone === null)
      return problem(
        'missing_offset',
        `"${text}" is a spreadsheet's number of days, without a time zone: name the time zone of the file's times.`,
      )
    const milliseconds = Math.round(Number(`0.${serial[2] ?? 0}`) * 86_400) * 1000
    const first = reading.day_numbers === '1904' ? '1904-01-01' : '1899-12-30'
    return { time: inZone(Temporal.PlainDateTime.from(first).add({ days: Number(serial[1]), milliseconds }), zone) }
  }
  return problem('invalid_time', `"${text.slice(0, 40)}" is not a time this program reads without guessing: ${EXAMPLE}.`)
}

const readParts = (text: string, { year, month, day, rest }: Parts, { timeZone, dayTimeZone }: TimeReading) => {
  const [hourText, minute = '00', second = '00', fraction = '', half, offset] = rest
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const isAfternoon = half?.toLowerCase().startsWith('p')
  const hour = hourText === undefined ? null : half === undefined ? Number(hourText) : (Number(hourText) % 12) + (isAfternoon ? 12 : 0)
  // the ranges of hour, minute and offset are the door's to check
  if (hour !== null && offset) {
    const zone = /^(z|utc|gmt)$/i.test(offset)
      ? 'Z'
      : offset.length === 3
        ? `${offset}:00`
        : offset.includes(':')
          ? offset
          : `${offset.slice(0, 3)}:${offset.slice(3)}`
    return { time: `${year}-${two(month)}-${two(day)}T${two(String(hour))}:${minute}:${second}.${milliseconds}${zone}` }
  }
  if (hour !== null && timeZone === null)
    return problem(
      'missing_offset',
      `"${text}" has no offset from UTC: add one (2026-01-31T09:00:00+01:00), or name the time zone of the file's times.`,
    )
  try {
    const local = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: hour ?? 0,
        minute: Number(minute),
        second: Number(second),
        millisecond: Number(milliseconds),
      },
      { overflow: 'reject' },
    )
    return { time: inZone(local, hour === null ? dayTimeZone : (timeZone ?? dayTimeZone)) }
  } catch {
    return problem('invalid_time', `"${text}" is not a day of the calendar or not a time: ${EXAMPLE}.`)
  }
}
