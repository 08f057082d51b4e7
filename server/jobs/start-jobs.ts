import type { FastifyBaseLogger } from 'fastify'
import { PgBoss } from 'pg-boss'
import { ALIVE_DAYS } from '../rollup/data-span.ts'
import type { Database } from '../store/connection.ts'
import type { ImportId } from '../store/import-steps.ts'
import { startAlertJobs } from './alert-jobs.ts'
import { startAskJobs } from './ask-jobs.ts'
import { startBudgetJob } from './budget-job.ts'
import { startHookJobs } from './hook-jobs.ts'
import { createImportProcesses, createImportWork } from './import-job.ts'
import { judgeDemo } from './demo-alerts.ts'
import { makeDemoReport } from './demo-report.ts'
import {
  IDLE_REFRESH_MINUTES,
  IMPORT_AGAIN_SECONDS,
  IMPORT_QUEUE,
  IMPORT_SWEEP_CRON,
  IMPORT_SWEEP_QUEUE,
  IMPORTS_AT_A_TIME,
  REFRESH_QUEUE,
  SWEEP_CRON,
  SWEEP_QUEUE,
} from './queues.ts'
import { type MailJobParts, type Smtp, startMailJobs } from './mail-jobs.ts'
import { startPortfolioJobs } from './portfolio-jobs.ts'
import { refreshCommunity } from './refresh-community.ts'
import { startReportJobs } from './report-jobs.ts'
import type { UploadFolder } from './upload-folder.ts'

export type Jobs = {
  /** Asks for a refresh; asking again while one waits changes nothing. */
  requestRefresh: (communityId: string) => Promise<void>
  /** Asks for an import to be checked or run, whichever it is due. */
  requestImport: (id: ImportId) => Promise<void>
  /** Asks for the outbox to be emptied soon. */
  requestDelivery: () => Promise<void>
  /** Asks for the rules of alerts of a community to be judged by how they are set now. */
  requestJudgement: (communityId: string) => Promise<void>
  stop: () => Promise<void>
}

type Parts = {
  db: Database
  databaseUrl: string
  uploads: UploadFolder
  smtp: Smtp
  /** Whether hooks of alerts may reach addresses of a private network. */
  hooksToPrivate?: boolean
  secretKey: string
  baseUrl: string
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  onRefreshed: (seconds: number) => void
  /** Mails of the outbox, by what came of them. */
  onMails?: MailJobParts['onOutcome']
}

/** Starts the workers on their own small pool. A refresh that fails is tried again; its stale marks are still there. */
export const startJobs = async (parts: Parts): Promise<Jobs> => {
  const { db, databaseUrl, uploads, now, log, onRefreshed } = parts
  const boss = new PgBoss({ connectionString: databaseUrl, max: 4, application_name: 'barnraise jobs' })
  boss.on('error', (error) => log.warn({ err: error }, 'jobs: an error that will be tried again'))
  await boss.start()
  // "stately": for each community at most one refresh waits while one runs
  await boss.createQueue(REFRESH_QUEUE, { policy: 'stately', retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 3600 })
  await boss.createQueue(SWEEP_QUEUE, { policy: 'stately', retryLimit: 0 })
  const requestRefresh = async (communityId: string) => {
    await boss.send(REFRESH_QUEUE, { communityId }, { singletonKey: communityId })
  }
  const sweep = async () => {
    for (const communityId of await communitiesToRefresh(db, now())) await requestRefresh(communityId)
  }
  await boss.work<{ communityId: string }>(REFRESH_QUEUE, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
    if (!job) return
    const started = performance.now()
    const result = await refreshCommunity(db, job.data.communityId, { now: now() })
    const seconds = (performance.now() - started) / 1000
    onRefreshed(seconds)
    if (result) log.info({ community_id: job.data.communityId, total_seconds: seconds, ...result }, 'refreshed')
    // the numbers stand without it: it is tried again with the next refresh
    await makeDemoReport({ db, secretKey: parts.secretKey, baseUrl: parts.baseUrl, now: now() }, job.data.communityId).catch(
      (error: unknown) => log.warn({ err: error, community_id: job.data.communityId }, 'the report of a demo community could not be made'),
    )
    const onFailure = (error: unknown, community_id: string, rule: string | null) =>
      log.warn({ err: error, community_id, rule }, 'the past of a demo community could not be judged')
    await judgeDemo(
      { db, secretKey: parts.secretKey, baseUrl: parts.baseUrl, now: now(), requestRefresh, onFailure },
      job.data.communityId,
    ).catch((error: unknown) => onFailure(error, job.data.communityId, null))
  })
  await boss.work(SWEEP_QUEUE, { pollingIntervalSeconds: 30 }, sweep)
  await boss.schedule(SWEEP_QUEUE, SWEEP_CRON)
  const imports = createImportWork({ db, steps: createImportProcesses(databaseUrl), folder: uploads, now, log, requestRefresh })
  // "short": for each import at most one job waits; whoever holds the import in the store works on it
  await boss.createQueue(IMPORT_QUEUE, { policy: 'short', retryLimit: 10, retryDelay: 5, expireInSeconds: 86_399 })
  await boss.createQueue(IMPORT_SWEEP_QUEUE, { policy: 'stately', retryLimit: 0 })
  const requestImport = async (id: ImportId, startAfter = 0) => {
    await boss.send(IMPORT_QUEUE, id, { singletonKey: id.importId, startAfter })
  }
  await boss.work<ImportId>(
    IMPORT_QUEUE,
    { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: IMPORTS_AT_A_TIME },
    async ([job]) => {
      if (job && (await imports.work(job.data)) === 'again') await requestImport(job.data, IMPORT_AGAIN_SECONDS)
    },
  )
  const sweepImports = async () => {
    for (const id of await imports.sweep()) await requestImport(id)
  }
  await boss.work(IMPORT_SWEEP_QUEUE, { pollingIntervalSeconds: 30 }, sweepImports)
  await boss.schedule(IMPORT_SWEEP_QUEUE, IMPORT_SWEEP_CRON)
  await sweepImports()
  const mails = await startMailJobs(boss, { db, smtp: parts.smtp, now, log, onOutcome: parts.onMails })
  const hooks = await startHookJobs(boss, { db, secretKey: parts.secretKey, toPrivate: parts.hooksToPrivate ?? false, now, log })
  const requestDelivery = async () => {
    await Promise.all([mails.requestDelivery(), hooks.requestDelivery()])
  }
  const reportParts = { db, secretKey: parts.secretKey, baseUrl: parts.baseUrl, now, log, requestDelivery }
  const reports = await startReportJobs(boss, reportParts)
  const portfolios = await startPortfolioJobs(boss, reportParts)
  const alerts = await startAlertJobs(boss, reportParts)
  await startBudgetJob(boss, { db, now, log, requestJudgement: alerts.requestJudgement })
  await startAskJobs(boss, {
    db,
    secretKey: parts.secretKey,
    baseUrl: parts.baseUrl,
    hasMailServer: parts.smtp !== null,
    now,
    log,
    requestDelivery,
  })
  // another version of the program may measure or judge otherwise: each community looks once whether it is up to date
  for (const communityId of await everyCommunity(db)) await requestRefresh(communityId)
  return {
    requestRefresh,
    requestImport,
    requestDelivery,
    requestJudgement: alerts.requestJudgement,
    stop: async () => {
      // side by side: whoever stops the program waits a few seconds for all of it
      await Promise.all([imports.stop(), reports.stop(), portfolios.stop(), alerts.stop(), mails.stop(), hooks.stop()])
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

const everyCommunity = async (db: Database): Promise<string[]> =>
  (await db.pool.query<{ community_id: string }>('select community_id from community')).rows.map((row) => row.community_id)

const communitiesToRefresh = async (db: Database, now: Date): Promise<string[]> => {
  const { rows } = await db.pool.query<{ community_id: string }>(
    `select c.community_id
     from community c
     left join community_state s on s.community_id = c.community_id
     where exists (select from stale_day d where d.community_id = c.community_id)
       or (s.known_by > $1::timestamptz - make_interval(days => $2) and s.refreshed_at < $1::timestamptz - make_interval(mins => $3))`,
    [now, ALIVE_DAYS, IDLE_REFRESH_MINUTES],
  )
  return rows.map((row) => row.community_id)
}
