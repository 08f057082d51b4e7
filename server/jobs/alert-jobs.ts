import type { PgBoss } from 'pg-boss'
import { sendDueDigests } from './alert-digests.ts'
import { type AlertWork, type DueAlertParts, doDueAlerts, judgeNow } from './due-alerts.ts'
import { ALERT_CRON, ALERT_QUEUE, JUDGE_QUEUE, REFRESH_QUEUE } from './queues.ts'
import type { ReportJobParts } from './report-jobs.ts'

export type AlertJobs = {
  /** Asks for the rules of a community to be judged by how they are set now; asking again while one waits changes nothing. */
  requestJudgement: (communityId: string) => Promise<void>
  stop: () => Promise<void>
}

/** A round that takes longer than this has died, or the next may begin beside it. */
const ROUND_SECONDS = 900
/** How soon somebody looks again who found it busy or behind. */
const AGAIN_SECONDS = 10

/** Judges every rule of every community when its period is over, and whenever it was set otherwise; sends the digests that are due. */
export const startAlertJobs = async (
  boss: PgBoss,
  { db, secretKey, baseUrl, now, log, requestDelivery }: ReportJobParts,
): Promise<AlertJobs> => {
  let isStopping = false
  let underWay: Promise<void> = Promise.resolve()
  const requestRefresh = async (communityId: string) => {
    await boss.send(REFRESH_QUEUE, { communityId }, { singletonKey: communityId })
  }
  const requestJudgement = async (communityId: string, startAfter = 0) => {
    await boss.send(JUDGE_QUEUE, { communityId }, { singletonKey: communityId, startAfter })
  }
  const partsOf = (): DueAlertParts => ({
    db,
    secretKey,
    baseUrl,
    now: now(),
    requestRefresh,
    onFailure: (error, communityId, rule) =>
      log.error({ err: error, community_id: communityId, rule }, 'a rule of alerts could not be judged; trying again'),
    isStopping: () => isStopping,
  })
  const tellOf = async (work: AlertWork) => {
    if (work.told + work.failed + work.waiting.length + work.left_off > 0) log.info(work, 'alerts')
    if (work.mail_count > 0) await requestDelivery()
  }
  const doRound = async () => {
    await tellOf(await doDueAlerts(partsOf()))
    const digests = await sendDueDigests({
      db,
      secretKey,
      baseUrl,
      now: now(),
      onFailure: (error) => log.error({ err: error }, 'a digest of alerts could not be made; trying again'),
      isStopping: () => isStopping,
    })
    if (digests > 0) await requestDelivery()
  }
  const startRound = (): Promise<void> => {
    // one at a time in this process; the store keeps two processes apart
    underWay = underWay.then(doRound).catch((error: unknown) => log.warn({ err: error }, 'alerts: a round failed; the next tries again'))
    return underWay
  }
  await boss.createQueue(ALERT_QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: ROUND_SECONDS })
  await boss.work(ALERT_QUEUE, { pollingIntervalSeconds: 30 }, startRound)
  await boss.schedule(ALERT_QUEUE, ALERT_CRON)
  // "short": for each community at most one waits; what fails is found by the next round
  await boss.createQueue(JUDGE_QUEUE, { policy: 'short', retryLimit: 0, expireInSeconds: ROUND_SECONDS })
  await boss.work<{ communityId: string }>(JUDGE_QUEUE, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
    if (!job || isStopping) return
    const work = await judgeNow(partsOf(), job.data.communityId)
    await tellOf(work)
    if (work.busy + work.waiting.length > 0) await requestJudgement(job.data.communityId, AGAIN_SECONDS)
  })
  // at once at start, past the queue: there a round may still stand as under way whose process has died
  void startRound()
  return {
    requestJudgement: (communityId) => requestJudgement(communityId),
    stop: async () => {
      isStopping = true
      await underWay
    },
  }
}
