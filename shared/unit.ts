/** How a value of each unit of the catalogue is written. */
import type { MetricDescription, Measured } from './contract/metric.ts'
import {
  countOf,
  EN_DASH,
  formatCount,
  formatDecimal,
  formatHours,
  formatHoursInterval,
  formatPercent,
  formatPercentInterval,
  formatShare,
  NO_BREAK,
} from './format.ts'

export type Unit = MetricDescription['unit']

/** The noun of each unit that counts things, for one and for many. */
const UNIT_NOUNS: Partial<Record<Unit, { one: string; many: string }>> = {
  people: { one: 'person', many: 'people' },
  contributions: { one: 'contribution', many: 'contributions' },
  questions: { one: 'question', many: 'questions' },
  practices: { one: 'practice', many: 'practices' },
  'people per voice': { one: 'person per voice', many: 'people per voice' },
}

/** The unit as an axis names it, once: people, %, hours. */
export const nameUnit = (unit: Unit): string => (unit === 'share' ? '%' : unit === 'index' || unit === 'count' ? '' : unit)

/** A value with its unit: 12 people, 74 %, 4.5 hours, 3.8 voices, 0.53. `cases` is what a share rests on. */
export const formatValue = (value: number, unit: Unit, cases = 0): string => {
  if (unit === 'share') return formatPercent(value, cases)
  if (unit === 'hours') return formatHours(value)
  if (unit === 'days') return `${formatDecimal(value)}${NO_BREAK}day${formatDecimal(value) === '1' ? '' : 's'}`
  if (unit === 'voices') return `${formatDecimal(value)}${NO_BREAK}voice${formatDecimal(value) === '1' ? '' : 's'}`
  if (unit === 'index') return formatDecimal(value, 2)
  const noun = UNIT_NOUNS[unit]
  return noun === undefined ? formatCount(value) : countOf(value, noun.one, noun.many)
}

/** The value alone, as a table cell under a header that names the unit. */
export const formatBareValue = (value: number, unit: Unit, cases = 0): string => {
  if (unit === 'share') return formatPercent(value, cases)
  if (unit === 'hours' || unit === 'days' || unit === 'voices') return formatDecimal(value)
  return unit === 'index' ? formatDecimal(value, 2) : formatCount(value)
}

/** The interval around a value, in the value's unit, or null. */
export const formatInterval = (low: number | null, high: number | null, unit: Unit): string | null => {
  if (low === null || high === null) return null
  if (unit === 'share') return formatPercentInterval(low, high)
  if (unit === 'hours') return formatHoursInterval(low, high)
  const decimals = unit === 'index' ? 2 : 1
  return `${formatDecimal(low, decimals)}${EN_DASH}${formatDecimal(high, decimals)}`
}

/** What was found, as the number of cases allows; null where there is no value, and then its reason says why. */
export const formatMeasured = (found: Measured, unit: Unit): string | null => {
  if (unit === 'share' && (found.status === 'ok' || found.status === 'count_only')) return formatShare(found)
  if (found.value === null) return null
  const interval = formatInterval(found.low, found.high, unit)
  const value = formatValue(found.value, unit, found.denominator ?? 0)
  return interval === null ? value : `${value} (${interval})`
}
