import type { Pool } from 'pg'
import type { ReportList } from '../../../shared/contract/report-settings.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { SERIES_BEGIN_ON } from '../../rollup/data-span.ts'
import { listScheduled, listSkipped } from '../../store/report-schedule.ts'
import { listReports } from '../../store/reports.ts'
import { dueMonths, firstMonthMade, runningMonth } from './report-calendar.ts'

/** A month of which no report can be made, or none yet; the message says why. */
export class MonthRefused extends Error {
  override name = 'MonthRefused'
}

const readFirstMonth = async (pool: Pool, communityId: string): Promise<string | null> => {
  const { rows } = await pool.query<{ first_event_on: string | null }>(
    'select first_event_on from community_state where community_id = $1',
    [communityId],
  )
  return rows[0]?.first_event_on?.slice(0, 7) ?? null
}

export const listReportsOf = async (pool: Pool, community: { community_id: string; time_zone: string }, now: Date): Promise<ReportList> => {
  const { community_id: communityId, time_zone: timeZone } = community
  const reports = await listReports(pool, communityId)
  return {
    reports: reports.map((report) => ({ ...report, made_at: report.made_at.toISOString() })),
    running_month: runningMonth(now, timeZone),
    first_month: await readFirstMonth(pool, communityId),
    skipped: await listSkipped(pool, communityId),
  }
}

/** Throws a MonthRefused on a month that has not begun, or is not over, or lies before the first of which anything is known. */
export const checkMonthOver = async (
  pool: Pool,
  community: { community_id: string; time_zone: string },
  month: string,
  now: Date,
  { isRunningToo = false }: { isRunningToo?: boolean } = {},
): Promise<void> => {
  const running = runningMonth(now, community.time_zone)
  if (month > running) throw new MonthRefused(`${formatPeriod(month)} has not begun where the community lives.`)
  if (isRunningToo) {
    if (month < SERIES_BEGIN_ON.slice(0, 7))
      throw new MonthRefused(`Nothing is counted before ${formatPeriod(SERIES_BEGIN_ON.slice(0, 7))}.`)
    return
  }
  if (month === running)
    throw new MonthRefused(
      `${formatPeriod(month)} is not over where the community lives; its report is made on the first of the month after it.`,
    )
  const first = await readFirstMonth(pool, community.community_id)
  if (first === null) throw new MonthRefused('No data have come yet, so there is nothing to report.')
  if (month < first) throw new MonthRefused(`Nothing is known of ${formatPeriod(month)}: the first event is from ${formatPeriod(first)}.`)
}

/** Whether the schedule would make this report by itself, now or on the first: who makes it by hand is only quicker. */
export const isMadeByItself = async (pool: Pool, communityId: string, month: string, now: Date): Promise<boolean> => {
  const [scheduled] = await listScheduled(pool, communityId)
  if (scheduled === undefined) return false
  const running = runningMonth(now, scheduled.time_zone)
  const { last_month } = scheduled
  if (dueMonths(scheduled, now).includes(month)) return true
  return month < running && month >= firstMonthMade(scheduled) && (last_month === null || month > last_month)
}
