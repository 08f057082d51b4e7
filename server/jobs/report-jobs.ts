import type { FastifyBaseLogger } from 'fastify'
import type { PgBoss } from 'pg-boss'
import type { Database } from '../store/connection.ts'
import { type DueWork, doDueReports } from './due-reports.ts'
import { REFRESH_QUEUE, REPORT_CRON, REPORT_QUEUE } from './queues.ts'

export type ReportJobParts = {
  db: Database
  secretKey: string
  baseUrl: string
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  requestDelivery: () => Promise<void>
}
export type ReportJobs = { stop: () => Promise<void> }

/** A round that takes longer than this has died, or the next may begin beside it. */
const ROUND_SECONDS = 900

/** Makes the monthly reports and their drafts when they are due, whatever was missed while nothing ran first. */
export const startReportJobs = async (
  boss: PgBoss,
  { db, secretKey, baseUrl, now, log, requestDelivery }: ReportJobParts,
): Promise<ReportJobs> => {
  let isStopping = false
  let underWay: Promise<void> = Promise.resolve()
  const requestRefresh = async (communityId: string) => {
    await boss.send(REFRESH_QUEUE, { communityId }, { singletonKey: communityId })
  }
  const doRound = async () => {
    const work = await doDueReports({
      db,
      secretKey,
      baseUrl,
      now: now(),
      requestRefresh,
      onFailure: (error, communityId) => log.error({ err: error, community_id: communityId }, 'a report could not be made; trying again'),
      isStopping: () => isStopping,
    })
    if (isWorthTelling(work)) log.info(work, 'reports')
    if (work.mail_count > 0) await requestDelivery()
  }
  const startRound = (): Promise<void> => {
    // one at a time in this process; the store keeps two processes apart
    underWay = underWay.then(doRound).catch((error: unknown) => log.warn({ err: error }, 'reports: a round failed; the next tries again'))
    return underWay
  }
  await boss.createQueue(REPORT_QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: ROUND_SECONDS })
  await boss.work(REPORT_QUEUE, { pollingIntervalSeconds: 30 }, startRound)
  await boss.schedule(REPORT_QUEUE, REPORT_CRON)
  // at once at start, past the queue: there a round may still stand as under way whose process has died
  void startRound()
  return {
    stop: async () => {
      isStopping = true
      await underWay
    },
  }
}

const isWorthTelling = ({ made, skipped, drafted, waiting }: DueWork): boolean =>
  made.length + skipped.length + drafted.length + waiting.length > 0
