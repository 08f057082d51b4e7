import { type PeriodSearch, readPeriodSearch, withoutAbsent } from '../period/period-search.ts'

/** Of each side, in days: whole weeks, so that both sides hold the same weekdays. */
export const SPAN_DAYS = [28, 91, 182] as const
export type SpanDays = (typeof SPAN_DAYS)[number]
export const USUAL_DAYS: SpanDays = 91

export type InterventionsSearch = PeriodSearch & {
  /** The day of a note that is about to be written. */
  new?: string
  days?: SpanDays
  /** The one measure compared, in place of those each note names. */
  of?: string
}

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)

/** Reads the address; what it cannot understand is as if it were not there. */
export const readInterventionsSearch = (search: Record<string, unknown>): InterventionsSearch =>
  withoutAbsent({
    ...readPeriodSearch(search),
    new: isDay(search.new) ? search.new : undefined,
    days: SPAN_DAYS.find((days) => days === Number(search.days)),
    of: typeof search.of === 'string' && /^[a-z0-9-]+(:[a-z0-9-]+)?$/.test(search.of) ? search.of : undefined,
  }) as InterventionsSearch
