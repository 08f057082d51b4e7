/** Sends the reports of a month of all their communities to who wants them on one page: once a person and month, whoever else is at it. */
import type { Database } from '../store/connection.ts'
import { addressKey } from '../../shared/contract/report-subscription.ts'
import { dayInZone } from '../../shared/format.ts'
import { addDays, shiftPeriod } from '../../shared/period.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { composePortfolioMail } from '../mail/portfolio-report-mail.ts'
import { buildPortfolioReport } from '../report/portfolio-report.ts'
import { makeToken } from '../report/signed-token.ts'
import { isMadeByItself } from '../report/value/list-reports.ts'
import { runningMonth } from '../report/value/report-calendar.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { putInOutbox } from '../store/outbox.ts'
import { holdPortfolioReader, listPortfolioReaders, listSeenCommunities, setNextMonth } from '../store/portfolio-subscriptions.ts'
import { listScheduled } from '../store/report-schedule.ts'
import { readLastRevisionNo } from '../store/reports.ts'

export type PortfolioMailParts = { db: Database; secretKey: string; baseUrl: string; now: Date }

/** On this day of the next month, in UTC, it goes out whatever is missing: by then the first has been everywhere for a day (our judgement). */
export const LATEST_DAY = 3

/** The last day on which the mail of a month waits for reports, in UTC. */
export const sentBy = (month: string): string => addDays(`${shiftPeriod(month, 'month', 1)}-01`, LATEST_DAY - 1)

export const makePortfolioUnsubscribeToken = (secretKey: string, userId: string): string => makeToken(secretKey, 'portfolio', [userId])

/** Whether all that is coming has come: a community whose report is neither made nor coming is not waited for. */
const isComplete = async ({ db, now }: PortfolioMailParts, ids: readonly string[], month: string): Promise<boolean> => {
  for (const communityId of ids) {
    if ((await readLastRevisionNo(db.pool, communityId, month)) !== null) continue
    const [scheduled] = await listScheduled(db.pool, communityId)
    if (scheduled === undefined) continue
    const isOver = month < runningMonth(now, scheduled.time_zone)
    if (!isOver || (await isMadeByItself(db.pool, communityId, month, now))) return false
  }
  return true
}

/** The month of one reader that is next; true where another may be due after it. */
const doReader = async (parts: PortfolioMailParts, userId: string, onPut: () => void): Promise<boolean> => {
  const { db, secretKey, baseUrl, now } = parts
  const today = dayInZone(now.toISOString(), 'UTC')
  return inTransaction(db.pool, async (client) => {
    const reader = await holdPortfolioReader(client, userId)
    // where the community lives furthest west, the month may not be over yet
    if (reader === null || reader.next_month >= today.slice(0, 7)) return false
    const month = reader.next_month
    const seen = await listSeenCommunities(client, userId)
    const ids = seen.map(({ community_id }) => community_id)
    if (today < sentBy(month) && !(await isComplete(parts, ids, month))) return false
    await setNextMonth(client, userId, shiftPeriod(month, 'month', 1))
    if (addressKey(reader.email) === null) return true
    const report = await buildPortfolioReport(db.pool, seen, month, now)
    // with no report at all there is nothing to say
    if (report.groups.length === 0) return true
    const unsubscribe = `${baseUrl}/unsubscribe/portfolio/${makePortfolioUnsubscribeToken(secretKey, userId)}`
    const mail = await composePortfolioMail(report, {
      page: `${baseUrl}/report?month=${month}`,
      unsubscribe,
      why: 'You get this because you asked for the reports of all your communities by mail.',
    })
    const isNew = await putInOutbox(
      client,
      {
        mail_key: `portfolio-report:${month}:${userId}`,
        community_id: null,
        kind: 'portfolio-report',
        to: { address: reader.email, name: plainLine(reader.name, 80) },
        ...mail,
        headers: { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      },
      now,
    )
    if (isNew) onPut()
    return true
  })
}

export type PortfolioRound = {
  isStopping?: () => boolean
  /** One reader's mail could not be made; the others' are. */
  onFailure?: (error: unknown) => void
}

/** One round. Returns how many mails were put into the outbox. */
export const doPortfolioMails = async (
  parts: PortfolioMailParts,
  { isStopping = () => false, onFailure = () => {} }: PortfolioRound = {},
): Promise<number> => {
  let count = 0
  for (const userId of await listPortfolioReaders(parts.db.pool, dayInZone(parts.now.toISOString(), 'UTC').slice(0, 7)))
    try {
      while (!isStopping() && (await doReader(parts, userId, () => count++)));
    } catch (error) {
      onFailure(error)
    }
  return count
}
