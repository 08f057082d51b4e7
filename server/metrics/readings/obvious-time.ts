import { Temporal } from 'temporal-polyfill'
import type { ReadPeriod } from '../reading.ts'

/** For tests: a period as instants in milliseconds, worked out without the database. */
export type Span = { starts_at: number; ends_at: number; known_by: number }

/** The first instant of a local day. */
export const startOfDay = (day: string, timeZone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds

export const spanOf = (period: ReadPeriod, timeZone: string, knownBy: number): Span => {
  const ends_at = startOfDay(period.to_on, timeZone)
  return {
    starts_at: startOfDay(period.from_on, timeZone),
    ends_at,
    known_by: period.is_as_known_then ? Math.min(knownBy, ends_at) : knownBy,
  }
}

/** Local days around which clocks change, or do something odd with midnight. */
export const ODD_DAYS = [
  { timeZone: 'UTC', day: '2024-02-29' },
  { timeZone: 'Asia/Kolkata', day: '2023-06-15' },
  // midnight of the 4th does not happen
  { timeZone: 'America/Sao_Paulo', day: '2018-11-04' },
  // the last hour of the 17th happens twice
  { timeZone: 'America/Sao_Paulo', day: '2018-02-18' },
  { timeZone: 'Europe/Berlin', day: '2024-03-31' },
  { timeZone: 'Europe/Berlin', day: '2024-10-27' },
  // the first hour of the day happens twice, midnight included
  { timeZone: 'Atlantic/Azores', day: '2023-10-29' },
  { timeZone: 'America/Havana', day: '2023-11-05' },
  // the 30th does not happen at all
  { timeZone: 'Pacific/Apia', day: '2011-12-31' },
  { timeZone: 'Asia/Kathmandu', day: '1986-01-01' },
] as const
