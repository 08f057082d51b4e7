import { countOf, formatDecimal, NO_BREAK } from '../../../shared/format.ts'

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes as people say them, in thousands: 812 kB, 1.4 GB. */
export const saySize = (bytes: number): string => {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return unit === 0 ? countOf(value, 'byte') : `${formatDecimal(value, value < 9.95 ? 1 : 0)}${NO_BREAK}${UNITS[unit]}`
}

/** Seconds that are left, roughly: nobody believes more. */
export const sayTimeLeft = (seconds: number): string => {
  if (seconds < 10) return 'a few seconds left'
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10}${NO_BREAK}seconds left`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `about ${countOf(Math.max(minutes, 1), 'minute')} left`
  return `about ${formatDecimal(seconds / 3600)}${NO_BREAK}hours left`
}
