import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import { createAuth } from './access/create-auth.ts'
import { firstAdministratorLink, type PrintedLink } from './access/first-administrator.ts'
import { createLiveRevisions } from './api/live-route.ts'
import { createMeters } from './api/operations-routes.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError, keepSecretKey, readConfig } from './config.ts'
import { loadDemo, removeDemo } from './jobs/load-demo.ts'
import { type Jobs, startJobs } from './jobs/start-jobs.ts'
import { openUploadFolder } from './jobs/upload-folder.ts'
import { listenWhenFree } from './listen-when-free.ts'
import { createMailer } from './mail/create-mailer.ts'
import { createPrinter } from './print/create-printer.ts'
import { stopWithParent } from './stop-with-parent.ts'
import { openDatabase } from './store/connection.ts'
import { startOrJoinEmbedded } from './store/embedded-postgres.ts'
import { migrate, MigrationError } from './store/migrate.ts'

const now = () => new Date()
const webRoot = new URL('../web/dist', import.meta.url).pathname
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** The only wiring: settings, database, jobs, app; and the way down, in the opposite order. */
const main = async () => {
  const config = readConfig(process.env, process.cwd())
  const logger = createLogger(config)
  const undo: (() => Promise<unknown>)[] = []
  let isStopping = false
  const stop = async (code: number) => {
    if (isStopping) return
    isStopping = true
    // a refresh cut short is taken up again from its stale marks: nobody waits a minute for it after Ctrl-C
    const patience = () => wait(4000, undefined, { ref: false })
    for (const step of undo.reverse())
      await Promise.race([step(), patience()]).catch((error: unknown) => logger.error({ err: error }, 'while stopping'))
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  if (process.env.npm_lifecycle_event === 'start') stopWithParent(() => void stop(0))
  try {
    const database = await prepareDatabase(config, logger, undo)
    const db = openDatabase(database.url)
    undo.push(db.close)
    const meters = createMeters()
    const live = createLiveRevisions(db.pool, logger)
    undo.push(async () => live.stop())
    const sendMail = config.smtpUrl ? createMailer({ smtpUrl: config.smtpUrl, from: config.mailFrom as string }) : null
    const secretKey = keepSecretKey(config)
    const auth = createAuth({
      pool: db.pool,
      secret: secretKey,
      baseUrl: config.baseUrl,
      sendMail,
      now,
      onMailFailure: (error) => logger.error({ err: error }, 'a mail could not be sent'),
    })
    const printer = createPrinter({
      chromium: { path: config.chromiumPath, env: config.chromiumEnv, otherFolder: config.dataDir },
      webRoot,
    })
    undo.push(printer.stop)
    let jobs: Jobs | undefined
    const uploads = openUploadFolder(join(config.dataDir, 'uploads'))
    const app = await buildApp({
      db,
      auth,
      secretKey,
      now,
      logger,
      meters,
      live,
      baseUrl: config.baseUrl,
      version,
      sendMail,
      printer,
      hooksToPrivate: config.hooksToPrivate,
      trustProxy: config.trustProxy,
      webRoot,
      // the stale marks are stored with the events: a request lost here is made again by the sweep
      requestRefresh: (communityId) =>
        void jobs?.requestRefresh(communityId).catch((error: unknown) => logger.warn({ err: error }, 'refresh not queued; the sweep will')),
      // what is in the outbox is found by the next round as well
      requestDelivery: () =>
        void jobs?.requestDelivery().catch((error: unknown) => logger.warn({ err: error }, 'delivery not queued; the next round will')),
      // a round judges by what is set, at the latest the next morning
      requestJudgement: (communityId) =>
        void jobs
          ?.requestJudgement(communityId)
          .catch((error: unknown) => logger.warn({ err: error }, 'judgement not queued; the next round will')),
      imports: {
        folder: uploads,
        maxBytes: config.maxUploadBytes,
        // the step is stored: one lost here is taken up at the next start or by the hourly sweep
        request: (id) =>
          void jobs?.requestImport(id).catch((error: unknown) => logger.warn({ err: error }, 'import not queued; the sweep will')),
      },
      removeDemo: () => removeDemo(db, { now: now() }),
    })
    undo.push(() => app.close())
    await listenWhenFree(
      () => app.listen({ port: config.port, host: config.host }),
      (line) => logger.warn(line),
    )
    const link = await firstAdministratorLink({ pool: db.pool, baseUrl: config.baseUrl, now: now() })
    announce(config, link)
    if (config.isDemo && !isStopping) await loadDemo(db, { now: now(), log: (line) => logger.info(line) })
    jobs = await startJobs({
      db,
      databaseUrl: database.url,
      uploads,
      smtp: config.smtpUrl ? { url: config.smtpUrl, from: config.mailFrom as string } : null,
      hooksToPrivate: config.hooksToPrivate,
      secretKey,
      baseUrl: config.baseUrl,
      now,
      log: logger,
      onRefreshed: (seconds) => meters.refreshes.observe(seconds),
      onMails: (outcome, count) => meters.mails.inc({ outcome }, count),
    })
    undo.push(jobs.stop)
  } catch (error) {
    if (isStopping) return
    explain(error, config)
    await stop(1)
  }
}

/** Logs go to standard error, one JSON object a line (for people, set in words); standard output is for what a person reads. */
const createLogger = (config: Config) => {
  const options = {
    level: config.logLevel,
    redact: ['req.headers.authorization', 'req.headers.cookie', 'err.parameters', 'err.detail'],
  }
  const destination = process.stderr.isTTY
    ? pretty({ destination: 2, ignore: 'pid,hostname,reqId', translateTime: 'SYS:HH:MM:ss', sync: true })
    : pino.destination({ dest: 2, sync: true })
  return pino(options, destination)
}

const prepareDatabase = async (config: Config, logger: Pick<Logger, 'info'>, undo: (() => Promise<unknown>)[]) => {
  let url = config.databaseUrl
  if (url === undefined) {
    const embedded = await startOrJoinEmbedded(config.dataDir, { log: (line) => logger.info(line) })
    undo.push(embedded.stop)
    url = embedded.url
  }
  const applied = await migrate(config.migrationDatabaseUrl ?? url)
  if (applied.length > 0) logger.info({ applied }, 'migrated')
  return { url }
}

const announce = (config: Config, first: PrintedLink | null) => {
  const lines = ['', `  Barnraise is at ${config.baseUrl}`, '']
  if (first) lines.push('  Sign in as the first administrator with this link. It works once, within 24 hours:', '', `  ${first.link}`)
  else lines.push('  For a new sign-in link:  npm run cli -- sign-in-link')
  process.stdout.write(`${lines.join('\n')}\n\n`)
}

/** What a person at the terminal can act on is said in words; anything else shows where it happened. */
const explain = (error: unknown, config: Config) => {
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (error instanceof MigrationError) process.stderr.write(`\n${message}\n`)
  else if (code === 'EADDRINUSE')
    process.stderr.write(
      `\nPort ${config.port} on ${config.host} is in use, perhaps by a Barnraise that is running already. Stop that program, or choose another port:  PORT=${config.port + 1} npm start\n`,
    )
  else if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    process.stderr.write(`\nThis server may not listen on ${config.host}:${config.port} (${code}). Choose another HOST or PORT.\n`)
  else process.stderr.write(`\nBarnraise could not start: ${stack ?? String(error)}\n`)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
