import type { PgBoss } from 'pg-boss'
import { doPortfolioMails } from './portfolio-mails.ts'
import type { ReportJobParts, ReportJobs } from './report-jobs.ts'
import { PORTFOLIO_CRON, PORTFOLIO_QUEUE } from './queues.ts'

/** Sends what is due of the reports of all communities, whatever was missed first. */
export const startPortfolioJobs = async (
  boss: PgBoss,
  { db, secretKey, baseUrl, now, log, requestDelivery }: ReportJobParts,
): Promise<ReportJobs> => {
  let isStopping = false
  let underWay: Promise<void> = Promise.resolve()
  const doRound = async () => {
    const onFailure = (error: unknown) => log.error({ err: error }, 'a portfolio report could not be mailed; trying again')
    const mail_count = await doPortfolioMails({ db, secretKey, baseUrl, now: now() }, { isStopping: () => isStopping, onFailure })
    if (mail_count === 0) return
    log.info({ mail_count }, 'portfolio reports')
    await requestDelivery()
  }
  const startRound = (): Promise<void> => {
    // one at a time in this process; the store keeps two processes apart
    underWay = underWay
      .then(doRound)
      .catch((error: unknown) => log.warn({ err: error }, 'portfolio reports: a round failed; the next tries again'))
    return underWay
  }
  await boss.createQueue(PORTFOLIO_QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: 900 })
  await boss.work(PORTFOLIO_QUEUE, { pollingIntervalSeconds: 30 }, startRound)
  await boss.schedule(PORTFOLIO_QUEUE, PORTFOLIO_CRON)
  void startRound()
  return {
    stop: async () => {
      isStopping = true
      await underWay
    },
  }
}
