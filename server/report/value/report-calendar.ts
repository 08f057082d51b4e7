/**
 * When reports and drafts are due, by the clock on the wall where a community lives. Times on the wall are compared as texts, so that
 * neither daylight saving nor a skipped day enters here.
 */
import { MADE_AT } from '../../../shared/contract/report-settings.ts'
import { dayInZone } from '../../../shared/format.ts'
import { addDays, periodsBetween, shiftPeriod } from '../../../shared/period.ts'
import { wallTime } from '../../../shared/wall-time.ts'

const monthAfter = (month: string): string => shiftPeriod(month, 'month', 1)
const firstOf = (month: string): string => `${month}-01`

/** The month that is not over yet. */
export const runningMonth = (now: Date, timeZone: string): string => dayInZone(now.toISOString(), timeZone).slice(0, 7)

/** The day on which the report of a month is made. */
export const madeOn = (month: string): string => firstOf(monthAfter(month))

/** The day on which managers get the draft of a month; null where they get none. */
export const draftOn = (month: string, draftDays: number): string | null => (draftDays === 0 ? null : addDays(madeOn(month), -draftDays))

/** Whether the report of a month is due. */
export const isReportDue = (month: string, now: Date, timeZone: string): boolean => wallTime(now, timeZone) >= `${madeOn(month)}T${MADE_AT}`

/** Whether the draft of a month is due and the month not over. */
export const isDraftDue = (month: string, draftDays: number, now: Date, timeZone: string): boolean => {
  const on = draftOn(month, draftDays)
  return on !== null && month === runningMonth(now, timeZone) && wallTime(now, timeZone) >= `${on}T${MADE_AT}`
}

export type ReportSpan = {
  time_zone: string
  created_at: Date
  /** Months that end before this are nobody's wish. */
  made_since: Date | null
  /** The newest month that the schedule made or skipped: it goes forward only. */
  last_month: string | null
}

/** The first month that is made by itself: the first that begins after the community was set up. */
export const firstMonthMade = ({ time_zone, created_at, made_since }: ReportSpan): string => {
  const first = monthAfter(runningMonth(created_at, time_zone))
  const since = made_since === null ? first : runningMonth(made_since, time_zone)
  return since > first ? since : first
}

/** The months whose reports the schedule should have made by now and has not, the oldest first. */
export const dueMonths = (span: ReportSpan, now: Date): string[] => {
  const { time_zone, last_month } = span
  const first = firstMonthMade(span)
  const from = last_month !== null && last_month >= first ? monthAfter(last_month) : first
  const running = runningMonth(now, time_zone)
  return periodsBetween(from, running, 'month').filter((month) => isReportDue(month, now, time_zone))
}

/** The last day of a month. */
export const lastDayOf = (month: string): string => addDays(madeOn(month), -1)
