import type { Pool } from 'pg'
import type { ReportSettings } from '../../../shared/contract/report-settings.ts'
import { DEFAULT_DRAFT_DAYS } from '../../../shared/contract/report-settings.ts'
import { listScheduled, readSchedule } from '../../store/report-schedule.ts'
import { isStillSilent } from './report-readiness.ts'
import { draftOn, dueMonths, firstMonthMade, madeOn, runningMonth } from './report-calendar.ts'

/** What the schedule does next for a community; null where it is switched off. */
export const nextOfSchedule = async (pool: Pool, community: { community_id: string }, now: Date): Promise<ReportSettings['next']> => {
  const [scheduled] = await listScheduled(pool, community.community_id)
  if (scheduled === undefined) return null
  const { time_zone: timeZone } = scheduled
  const running = runningMonth(now, timeZone)
  const first = firstMonthMade(scheduled)
  // what is due waits for its numbers, or for the next round
  const [due] = dueMonths(scheduled, now)
  const month = due ?? (first > running ? first : running)
  const { drafted_at, waiting_since } = await readSchedule(pool, community.community_id, month)
  return {
    month,
    made_on: madeOn(month),
    draft_on: due === undefined ? draftOn(month, scheduled.draft_days ?? DEFAULT_DRAFT_DAYS) : null,
    drafted_at: drafted_at?.toISOString() ?? null,
    is_silent: await isStillSilent(pool, scheduled, month),
    waiting:
      due === undefined
        ? null
        : waiting_since === null
          ? 'It is due, and made within minutes.'
          : 'It is due, and waits until all events are counted.',
  }
}
