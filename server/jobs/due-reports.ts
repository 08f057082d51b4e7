import { formatPeriod } from '../../shared/format.ts'
import { dueMonths, lastDayOf } from '../report/value/report-calendar.ts'
import { isStillSilent } from '../report/value/report-readiness.ts'
import { isUpToDate } from '../rollup/is-up-to-date.ts'
import { listScheduled, type ScheduledCommunity, skipMonth, waitSince } from '../store/report-schedule.ts'
import { readLastRevisionNo } from '../store/reports.ts'
import { makeReport, type ReportParts } from './make-report.ts'
import { sendDueDraft } from './due-draft.ts'
import type { addDraftMails } from './report-mails.ts'

/** A report waits this long for events to be counted; our judgement: longer, and something is broken that a sponsor need not wait for. */
export const MAX_WAIT_HOURS = 6

export type DueParts = ReportParts & {
  requestRefresh: (communityId: string) => Promise<void>
  /** Puts a draft into the outbox in the transaction that notes it; by default for the managers. */
  addDrafts?: typeof addDraftMails
  /** What went wrong with a community: the others get theirs, and this one is tried again in the next round. */
  onFailure: (error: unknown, communityId: string) => void
  /** True: nothing more is begun. */
  isStopping?: () => boolean
}

type Done = { community_id: string; month: string }
/** What a round did, by community and month. */
export type DueWork = { made: Done[]; skipped: Done[]; drafted: Done[]; waiting: Done[]; mail_count: number }

/**
 * Does what is due by now: of each community the missed months in order, then the draft of the running one. What is due is found from
 * the store, and each report and draft is noted in the transaction that makes it: any number of processes may do this at once, be killed
 * and begin again.
 */
export const doDueReports = async (parts: DueParts): Promise<DueWork> => {
  const work: DueWork = { made: [], skipped: [], drafted: [], waiting: [], mail_count: 0 }
  for (const scheduled of await listScheduled(parts.db.pool)) {
    if (parts.isStopping?.()) break
    try {
      if (!(await makeDueReports(parts, scheduled, work))) continue
      const drafted = await sendDueDraft(parts, scheduled)
      if (drafted === null) continue
      work.drafted.push({ community_id: scheduled.community_id, month: drafted.month })
      work.mail_count += drafted.mail_count
    } catch (error) {
      parts.onFailure(error, scheduled.community_id)
    }
  }
  return work
}

/** False where one waits: what comes after it waits as well. */
const makeDueReports = async (parts: DueParts, scheduled: ScheduledCommunity, work: DueWork): Promise<boolean> => {
  const { db, now } = parts
  const { community_id } = scheduled
  for (const month of dueMonths(scheduled, now)) {
    if (parts.isStopping?.()) return false
    // a manager was quicker
    if ((await readLastRevisionNo(db.pool, community_id, month)) !== null) continue
    const done = { community_id, month }
    if (await hasToWait(parts, scheduled, month)) {
      work.waiting.push(done)
      return false
    }
    if (await isStillSilent(db.pool, scheduled, month)) {
      if (await skipMonth(db.pool, community_id, month, reasonToSkip(month), now)) work.skipped.push(done)
      continue
    }
    const made = await makeReport(parts, scheduled, month, { userId: null, isMailed: true })
    if (made === null) return false
    if (!made.is_new) continue
    work.made.push(done)
    work.mail_count += made.mail_count
  }
  return true
}

/** Fresh numbers are asked for and waited for, but not for ever. */
const hasToWait = async ({ db, now, requestRefresh }: DueParts, scheduled: ScheduledCommunity, month: string): Promise<boolean> => {
  const { community_id } = scheduled
  if (await isUpToDate(db.pool, scheduled, lastDayOf(month))) return false
  const since = await waitSince(db.pool, community_id, month, now)
  if (now.getTime() - since.getTime() >= MAX_WAIT_HOURS * 3_600_000) return false
  await requestRefresh(community_id)
  return true
}

const reasonToSkip = (month: string): string =>
  `Nothing was heard of the community in ${formatPeriod(month)}, nor in the month before. No report was made, and nobody was mailed about nothing.`
