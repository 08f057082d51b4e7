/**
 * Periods as labels: days 2025-01-31, ISO weeks 2025-W05, months 2025-01. A label is a calendar fact without a zone;
 * the database turns its first day into an instant in the community's time zone, so daylight saving never enters here.
 */
export const GRAINS = ['day', 'week', 'month'] as const
export type Grain = (typeof GRAINS)[number]

/** Local calendar days, `to_on` exclusive, both as YYYY-MM-DD. */
export type DayRange = { from_on: string; to_on: string }

const DAY_MS = 86_400_000
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const pad = (n: number) => String(n).padStart(2, '0')

export const addDays = (day: string, count: number): string => dayOf(utc(day) + count * DAY_MS)
/** Whole days from `a` to `b`. */
export const daysBetween = (a: string, b: string): number => Math.round((utc(b) - utc(a)) / DAY_MS)

/** First day of month `offset` months away from the month of `day`. */
const firstOfMonth = (day: string, offset = 0): string => {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + offset
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${pad((months % 12) + 1)}-01`
}
const mondayOf = (day: string): string => addDays(day, -((new Date(utc(day)).getUTCDay() + 6) % 7))
/** Monday of ISO week 1: the week with 4 January in it (ISO 8601). */
const firstMonday = (year: number): string => mondayOf(`${String(year).padStart(4, '0')}-01-04`)

/** The label of the period that holds the local day. */
export const periodOfDay = (day: string, grain: Grain): string => {
  if (grain === 'day') return day
  if (grain === 'month') return day.slice(0, 7)
  const monday = mondayOf(day)
  const year = Number(addDays(monday, 3).slice(0, 4))
  return `${String(year).padStart(4, '0')}-W${pad(daysBetween(firstMonday(year), monday) / 7 + 1)}`
}

const LABELS: Record<Grain, RegExp> = { day: /^\d{4}-\d\d-\d\d$/, week: /^\d{4}-W\d\d$/, month: /^\d{4}-\d\d$/ }

/** The days of a period. Throws a RangeError on a label that names no period (month 13, week 53 of a short year). */
export const daysOfPeriod = (label: string, grain: Grain): DayRange => {
  const broken = () => new RangeError(`"${label}" is not a ${grain}`)
  if (!LABELS[grain].test(label)) throw broken()
  let range: DayRange
  if (grain === 'day') range = { from_on: label, to_on: Number.isNaN(utc(label)) ? label : addDays(label, 1) }
  else if (grain === 'month') range = { from_on: `${label}-01`, to_on: firstOfMonth(`${label}-01`, 1) }
  else {
    const from_on = addDays(firstMonday(Number(label.slice(0, 4))), (Number(label.slice(6)) - 1) * 7)
    range = { from_on, to_on: addDays(from_on, 7) }
  }
  if (Number.isNaN(utc(range.from_on)) || periodOfDay(range.from_on, grain) !== label || dayOf(utc(range.from_on)) !== range.from_on)
    throw broken()
  return range
}

/** The grain a label is written in, or null. */
export const grainOfLabel = (label: string): Grain | null => GRAINS.find((grain) => LABELS[grain].test(label)) ?? null

/** The labels from `from` to `to`, both included, in order; none when `to` lies before `from`. */
export const periodsBetween = (from: string, to: string, grain: Grain): string[] => {
  const labels: string[] = []
  const last = daysOfPeriod(to, grain).from_on
  for (let day = daysOfPeriod(from, grain).from_on; day <= last; day = daysOfPeriod(periodOfDay(day, grain), grain).to_on)
    labels.push(periodOfDay(day, grain))
  return labels
}

/** The label `count` periods after (or before, when negative). */
export const shiftPeriod = (label: string, grain: Grain, count: number): string => {
  const { from_on } = daysOfPeriod(label, grain)
  if (grain === 'month') return firstOfMonth(from_on, count).slice(0, 7)
  return periodOfDay(addDays(from_on, count * (grain === 'week' ? 7 : 1)), grain)
}

/** A span of days by its first and its last, both in it: 2025-09-01..2025-11-30. */
export const spanLabel = (first: string, last: string): string => `${first}..${last}`

const SPAN = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/
/** Whether the label is written as a span of days. */
export const isSpanLabel = (label: string): boolean => SPAN.test(label)

/** The days of a day, week, month or span. Throws a RangeError on a label that names none, or a span that ends before it begins. */
export const daysOfLabel = (label: string): DayRange => {
  const grain = grainOfLabel(label)
  if (grain !== null) return daysOfPeriod(label, grain)
  const [, first, last] = SPAN.exec(label) ?? []
  if (first === undefined || last === undefined) throw new RangeError(`"${label}" is no period`)
  const range = { from_on: daysOfPeriod(first, 'day').from_on, to_on: daysOfPeriod(last, 'day').to_on }
  if (range.to_on <= range.from_on) throw new RangeError(`"${label}" ends before it begins`)
  return range
}
