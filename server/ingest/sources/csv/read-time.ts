import { Temporal } from 'temporal-polyfill'
import type { RowProblem } from '../source.ts'

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?$/i
const EPOCH_SECONDS = /^(\d{10})(?:\.(\d+))?$/
const EPOCH_MILLISECONDS = /^\d{13}$/
/** Days since 1899-12-30, as spreadsheets store dates: 20000 is in 1954, 80000 in 2119. */
const SPREADSHEET_DAY = /^([2-7]\d{4})(?:[.,](\d+))?$/
const EXAMPLE = 'write it like 2026-01-31T09:00:00Z'

export type TimeZones = {
  /** Where a day without a time begins. */
  dayTimeZone: string
  /** The zone of times without an offset; null: such a time is a problem. */
  timeZone: string | null
}

const problem = (code: string, message: string) => ({ problem: { code, message } })
const inZone = (local: Temporal.PlainDateTime, zone: string) =>
  local.toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' })

/**
 * Reads a time as files hold it: ISO 8601 with an offset; a day alone (its beginning in the community's zone); a time
 * without an offset or a spreadsheet's number of days, when the zone is named; Unix seconds or milliseconds. Days and
 * months in numbers with slashes or dots are refused: 03/04 is two different days. Returns ISO 8601 with an offset.
 */
export const readTime = (text: string, zones: TimeZones): { time: string } | { problem: Omit<RowProblem, 'pointer'> } => {
  const iso = ISO.exec(text)
  if (iso) {
    const [, year, month, day, hour, minute, second = '00', fraction = '', offset] = iso
    const date = { year: Number(year), month: Number(month), day: Number(day) }
    const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
    // the ranges of hour, minute and offset are the door's to check
    if (hour && offset) {
      const zone = /^(z|utc)$/i.test(offset)
        ? 'Z'
        : offset.length === 3
          ? `${offset}:00`
          : offset.includes(':')
            ? offset
            : `${offset.slice(0, 3)}:${offset.slice(3)}`
      return { time: `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${zone}` }
    }
    if (hour && zones.timeZone === null)
      return problem(
        'missing_offset',
        `"${text}" has no offset from UTC: add one (2026-01-31T09:00:00+01:00), or name the zone of the whole file with --time-zone.`,
      )
    try {
      const time = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second), millisecond: Number(milliseconds) }
      const local = Temporal.PlainDateTime.from({ ...date, ...time }, { overflow: 'reject' })
      return { time: inZone(local, hour ? (zones.timeZone ?? zones.dayTimeZone) : zones.dayTimeZone) }
    } catch {
      return problem('invalid_time', `"${text}" is not a day of the calendar or not a time: ${EXAMPLE}.`)
    }
  }
  const seconds = EPOCH_SECONDS.exec(text)
  if (seconds) return { time: new Date(Number(seconds[1]) * 1000 + Number((seconds[2] ?? '').slice(0, 3).padEnd(3, '0'))).toISOString() }
  if (EPOCH_MILLISECONDS.test(text)) return { time: new Date(Number(text)).toISOString() }
  const serial = SPREADSHEET_DAY.exec(text)
  if (serial) {
    const zone = serial[2] ? zones.timeZone : zones.dayTimeZone
    if (zone === null)
      return problem(
        'missing_offset',
        `"${text}" is a spreadsheet's number of days, without a time zone: name the zone of the whole file with --time-zone.`,
      )
    const milliseconds = Math.round(Number(`0.${serial[2] ?? 0}`) * 86_400) * 1000
    return { time: inZone(Temporal.PlainDateTime.from('1899-12-30').add({ days: Number(serial[1]), milliseconds }), zone) }
  }
  return problem('invalid_time', `"${text.slice(0, 40)}" is not a time this program reads without guessing: ${EXAMPLE}.`)
}
