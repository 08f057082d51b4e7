import { dayInZone } from '../../shared/format.ts'
import { addDays, daysOfPeriod, periodOfDay } from '../../shared/period.ts'

/** An instant as day and hour of a zone, `2026-06-29T07`: sorts as text. */
export const localHour = (at: Date, timeZone: string): string => {
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at)
  return `${dayInZone(at.toISOString(), timeZone)}T${hour.padStart(2, '0')}`
}

/** The last Monday whose hour has come in that zone. */
export const lastMonday = (at: Date, timeZone: string, hour: number): string => {
  const local = localHour(at, timeZone)
  const monday = daysOfPeriod(periodOfDay(local.slice(0, 10), 'week'), 'week').from_on
  return local < `${monday}T${String(hour).padStart(2, '0')}` ? addDays(monday, -7) : monday
}
