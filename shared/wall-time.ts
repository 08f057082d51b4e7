import { dayInZone } from './format.ts'

/** Date and time on the wall where it is this time zone: 2025-12-01T06:00. As texts they compare without daylight saving or skipped days. */
export const wallTime = (at: Date, timeZone: string): string => {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  return `${dayInZone(at.toISOString(), timeZone)}T${time}`
}
