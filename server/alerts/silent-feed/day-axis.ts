import { addDays, daysBetween, periodOfDay } from '../../../shared/period.ts'

/** What holds of every source: local days in a row. */
export type DayAxis = {
  days: readonly string[]
  /** 0: Monday. */
  weekdays: Uint8Array
  /** 0: none, 1: the turn of the year, 2: summer. */
  holidays: Uint8Array
}

export const NO_HOLIDAY = 0
export const YEARS_END = 1
export const SUMMER = 2

/** ISO weeks, as the decline alarm has them. */
const holidayOfWeek = (week: number): number => (week >= 51 || week === 1 ? YEARS_END : week >= 27 && week <= 35 ? SUMMER : NO_HOLIDAY)

/** The local days from `from` to `to`, the last not included. */
export const makeDayAxis = (from: string, to: string): DayAxis => {
  const count = Math.max(0, daysBetween(from, to))
  const days = Array.from({ length: count }, (_, i) => addDays(from, i))
  const first = (new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7
  const weekdays = Uint8Array.from(days, (_, i) => (first + i) % 7)
  let holiday = NO_HOLIDAY
  const holidays = Uint8Array.from(days, (day, i) => {
    if (i === 0 || weekdays[i] === 0) holiday = holidayOfWeek(Number(periodOfDay(day, 'week').slice(6)))
    return holiday
  })
  return { days, weekdays, holidays }
}
