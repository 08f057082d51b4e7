/**
 * How numbers, spans of time and dates are written in English on pages and in mails. Pure: the zone and every value are arguments,
 * and only a page says once which way its reader's region writes a date.
 */
import { addDays, daysOfPeriod, type Grain, grainOfLabel, isSpanLabel } from './period.ts'

/** Keeps a number and its unit on one line. */
export const NO_BREAK = '\u00a0'
export const EN_DASH = '–'
const MINUS = '−'

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
/** The order of a date and the hours of a clock: 31 January 2026, 21:00 or January 31, 2026, 9:00 pm. */
export type Region = { isMonthFirst: boolean; isTwelveHours: boolean }
let region: Region = { isMonthFirst: false, isTwelveHours: false }
/** For pages, once, before anything is shown. A server, whose texts are read in many regions, leaves it as it is. */
export const setRegion = (of: Region): void => {
  region = of
}

const SMALL_NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** A share rests on a percentage only from here on; below it stands the count alone (house rule). */
export const MIN_CASES_FOR_INTERVAL = 10
/** From here on a share is shown as a percentage; between the two the count comes with its interval (house rule). */
export const MIN_CASES_FOR_PERCENT = 30
/** A number from inferred threads is shown of this many questions (house rule): their errors even out only over many. */
export const MIN_INFERRED_QUESTIONS = 30
/** Percentages of fewer people than this have no decimals (house rule). */
const MIN_CASES_FOR_DECIMALS = 1000

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** A whole number with thousands set apart: 12,345; a true minus sign. */
export const formatCount = (value: number): string => grouped.format(Math.abs(value) < 0.5 ? 0 : value).replace('-', MINUS)

/** A number with at most `decimals` decimals and no trailing zeros: 3.8, 12. */
export const formatDecimal = (value: number, decimals = 1): string => {
  const text = new Intl.NumberFormat('en-GB', { maximumFractionDigits: decimals }).format(value)
  return (/^-0(\.0+)?$/.test(text) ? '0' : text).replace('-', MINUS)
}

/** A number with a sign in front, for changes: +3, −2, 0. */
export const formatChange = (value: number, decimals = 0): string => {
  const text = formatDecimal(value, decimals)
  return value > 0 && text !== '0' ? `+${text}` : text
}

const percentNumber = (share: number, cases: number): string => {
  const decimals = cases >= MIN_CASES_FOR_DECIMALS ? 1 : 0
  const rounded = Number((share * 100).toFixed(decimals))
  const step = 10 ** -decimals
  if (share > 0 && rounded === 0) return `under ${step}`
  if (share < 1 && rounded === 100) return `over ${formatDecimal(100 - step, decimals)}`
  return formatDecimal(rounded, decimals)
}

/** A share from 0 to 1 as a percentage: no decimals below a thousand cases, and never 0 % or 100 % for what is not quite that. */
export const formatPercent = (share: number, cases = 0): string => `${percentNumber(share, cases)}${NO_BREAK}%`

/** The interval of a share, as percentages: 59–85 %. */
export const formatPercentInterval = (low: number, high: number): string =>
  `${formatDecimal(low * 100, 0)}${EN_DASH}${formatDecimal(high * 100, 0)}${NO_BREAK}%`

export type ShareParts = {
  value: number | null
  numerator: number | null
  denominator: number | null
  low?: number | null
  high?: number | null
}

/**
 * A share as its number of cases allows: under 10 "4 of 7"; 10 to 29 "12 of 20 (39–78 %)"; from 30 "74 % (59–85 %)".
 * Null where there is nothing to show.
 */
export const formatShare = ({ value, numerator, denominator, low, high }: ShareParts): string | null => {
  const cases = denominator
  const interval = low == null || high == null ? null : formatPercentInterval(low, high)
  if (cases !== null && numerator !== null && cases < MIN_CASES_FOR_PERCENT) {
    if (cases === 0) return null
    const count = `${formatCount(numerator)} of ${formatCount(cases)}`
    return cases < MIN_CASES_FOR_INTERVAL || interval === null ? count : `${count} (${interval})`
  }
  if (value === null) return null
  const percent = formatPercent(value, cases ?? 0)
  return interval === null ? percent : `${percent} (${interval})`
}

/** A span given in hours, in the unit people would use: 24 minutes, 4.5 hours, 3 days. */
export const formatHours = (hours: number): string => {
  const minutes = hours * 60
  if (minutes < 1) return 'under a minute'
  if (minutes < 59.5) return countOf(Math.round(minutes), 'minute')
  if (hours < 47.5) return decimalOf(hours, 'hour')
  return decimalOf(hours / 24, 'day')
}
const decimalOf = (value: number, unit: string): string => {
  const text = formatDecimal(value, value < 9.95 ? 1 : 0)
  return `${text}${NO_BREAK}${unit}${text === '1' ? '' : 's'}`
}

/** Hours that members said something saved, chosen in bands: 48 hours, 2.5 hours, 1 hour. A decimal from ten hours on would be made up. */
export const formatSavedHours = (hours: number): string =>
  `${savedHoursNumber(hours)}${NO_BREAK}${savedHoursNumber(hours) === '1' ? 'hour' : 'hours'}`
export const savedHoursNumber = (hours: number): string => formatDecimal(hours, hours < 10 ? 1 : 0)

/** A span from one number of hours to another, the unit once where both have it: 4.9–8.7 hours, 40 minutes to 2 hours. */
export const formatHoursInterval = (low: number, high: number): string => {
  const [from, to] = [formatHours(low), formatHours(high)]
  const [number, unit] = from.split(NO_BREAK)
  return unit !== undefined && to.includes(NO_BREAK) && unit.replace(/s$/, '') === to.split(NO_BREAK)[1]?.replace(/s$/, '')
    ? `${number}${EN_DASH}${to}`
    : `${from} to ${to}`
}

/** A number and its noun: 0 members, 1 member, 2 members. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}${NO_BREAK}${Math.abs(count) === 1 ? one : many}`

/** The same inside a sentence, with numbers under ten in words: no members, one member, 12 members. */
export const sayCountOf = (count: number, one: string, many = `${one}s`): string =>
  `${sayCount(count)}${NO_BREAK}${count === 1 ? one : many}`

/** A whole number inside a sentence: under ten in words; 0 is "no". */
export const sayCount = (count: number): string => (Number.isInteger(count) && SMALL_NUMBERS[count]) || formatCount(count)

/** How often, inside a sentence: never, once, twice, three times. */
export const sayTimes = (count: number): string =>
  count === 0 ? 'never' : count === 1 ? 'once' : count === 2 ? 'twice' : `${sayCount(count)} times`

/** Joins words as a sentence does: a, b and c. */
export const joinWords = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

/** The sentence with its first letter large. */
export const startSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A calendar day: 31 January 2026. */
export const formatDay = (day: string): string => {
  const year = Number(day.slice(0, 4))
  return region.isMonthFirst ? `${formatDayOfYear(day)}, ${year}` : `${formatDayOfYear(day)} ${year}`
}
const formatDayOfYear = (day: string, month = monthName(day)): string => {
  const dayOfMonth = Number(day.slice(8, 10))
  return region.isMonthFirst ? `${month} ${dayOfMonth}` : `${dayOfMonth} ${month}`
}
const monthName = (label: string): string => MONTH_NAMES[Number(label.slice(5, 7)) - 1] ?? label

/** A period as people name it: March 2025, the week of 3 March 2025, 3 March 2025, 3 March to 4 May 2025. A label that names no period comes back as it is. */
export const formatPeriod = (label: string): string => {
  const grain = grainOfLabel(label)
  if (grain === 'month') return `${monthName(label)} ${Number(label.slice(0, 4))}`
  if (grain === 'week') return `the week of ${formatDay(daysOfPeriod(label, 'week').from_on)}`
  if (isSpanLabel(label)) return formatPeriodRange(label.slice(0, 10), label.slice(12), 'day')
  return grain === 'day' ? formatDay(label) : label
}

/** A period with the word that fits before it: in March 2025, in the week of …, on 3 March 2025. */
export const sayWhen = (label: string): string =>
  `${grainOfLabel(label) === 'day' ? 'on' : isSpanLabel(label) ? 'from' : 'in'} ${formatPeriod(label)}`

/** A period in the room of an axis: Mar 2025, 3 Mar. The year stands where `withYear` asks for it. */
export const formatPeriodShort = (label: string, withYear = true): string => {
  const grain = grainOfLabel(label)
  if (grain === null) return label
  const day = daysOfPeriod(label, grain).from_on
  const month = monthName(day).slice(0, 3)
  const year = withYear ? ` ${Number(day.slice(0, 4))}` : ''
  if (grain === 'month') return `${month}${year}`
  return `${formatDayOfYear(day, month)}${withYear && region.isMonthFirst ? ',' : ''}${year}`
}

/** The first and last period of a range, both included: January to December 2025, 3 March to 4 May 2025. */
export const formatPeriodRange = (from: string, to: string, grain: Grain): string => {
  if (from === to) return formatPeriod(from)
  if (grain === 'month') {
    const sameYear = from.slice(0, 4) === to.slice(0, 4)
    return `${sameYear ? monthName(from) : formatPeriod(from)} to ${formatPeriod(to)}`
  }
  const first = daysOfPeriod(from, grain).from_on
  const last = addDays(daysOfPeriod(to, grain).to_on, -1)
  return `${first.slice(0, 4) === last.slice(0, 4) ? formatDayOfYear(first) : formatDay(first)} to ${formatDay(last)}`
}

/** The local calendar day of an instant, YYYY-MM-DD. */
export const dayInZone = (instant: string, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    new Date(instant),
  )
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** An instant as a day and time in a zone: 31 January 2026, 09:00. */
export const formatInstant = (instant: string, timeZone: string): string => {
  const hours = region.isTwelveHours ? ({ hour: 'numeric', hourCycle: 'h12' } as const) : ({ hour: '2-digit', hourCycle: 'h23' } as const)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, minute: '2-digit', ...hours }).format(new Date(instant))
  return `${formatDay(dayInZone(instant, timeZone))}, ${time}`
}

/** A zone as the page names it: Europe/Berlin time, America/Sao Paulo time, UTC. */
export const formatZone = (timeZone: string): string => (/^(Etc\/)?UTC$/.test(timeZone) ? 'UTC' : `${timeZone.replaceAll('_', ' ')} time`)

/** The last local day of which anything is known: data known by a midnight hold nothing of the day that begins then. */
export const lastKnownDay = (knownBy: string, timeZone: string): string =>
  dayInZone(new Date(Date.parse(knownBy) - 1).toISOString(), timeZone)
