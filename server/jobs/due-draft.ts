import { DEFAULT_DRAFT_DAYS } from '../../shared/contract/report-settings.ts'
import { addDays } from '../../shared/period.ts'
import { previewReport } from '../report/value/preview-report.ts'
import { draftOn, firstMonthMade, isDraftDue, runningMonth } from '../report/value/report-calendar.ts'
import { isStillSilent } from '../report/value/report-readiness.ts'
import { isUpToDate } from '../rollup/is-up-to-date.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { noteDrafted, readSchedule, type ScheduledCommunity } from '../store/report-schedule.ts'
import { lockReport, readLastRevisionNo } from '../store/reports.ts'
import type { DueParts } from './due-reports.ts'
import { addDraftMails } from './report-mails.ts'

/**
 * Sends managers the draft of the running month where it is due, once. Null where there is nothing to send. A draft that was missed
 * until the month was over is not sent any more: then its report is due.
 */
export const sendDueDraft = async (
  { db, now, requestRefresh, secretKey, baseUrl, build, addDrafts = addDraftMails }: DueParts,
  scheduled: ScheduledCommunity,
): Promise<{ month: string; mail_count: number } | null> => {
  const { community_id: communityId, time_zone: timeZone, draft_days } = scheduled
  const month = runningMonth(now, timeZone)
  const draftDays = draft_days ?? DEFAULT_DRAFT_DAYS
  const on = draftOn(month, draftDays)
  if (on === null || month < firstMonthMade(scheduled) || !isDraftDue(month, draftDays, now, timeZone)) return null
  if ((await readSchedule(db.pool, communityId, month)).drafted_at !== null) return null
  if (!(await isUpToDate(db.pool, scheduled, addDays(on, -1)))) {
    await requestRefresh(communityId)
    return null
  }
  if (await isStillSilent(db.pool, scheduled, month)) return null
  const draft = await previewReport(db.pool, scheduled, month, now, build && { build })
  return inTransaction(db.pool, async (client) => {
    if (!(await lockReport(client, communityId, month))) return null
    if ((await readLastRevisionNo(client, communityId, month)) !== null) return null
    if (!(await noteDrafted(client, communityId, month, now))) return null
    return { month, mail_count: await addDrafts(client, scheduled, draft, { secretKey, baseUrl, now }) }
  })
}
