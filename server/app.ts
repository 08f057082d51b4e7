import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Auth } from './access/create-auth.ts'
import { accessPolicy, type PolicyParts } from './access/policy.ts'
import { accessRoutes } from './access/routes/access-routes.ts'
import { alertRulesRoutes } from './api/alert-rules-routes.ts'
import { alertSaysRoutes } from './api/alert-says-routes.ts'
import { alertsRoutes } from './api/alerts-routes.ts'
import { alertHooksRoutes } from './api/alert-hooks-routes.ts'
import { alertRecipientsRoutes } from './api/alert-recipients-routes.ts'
import { alertLinkRoutes } from './api/alert-link-routes.ts'
import { alertTestRoute } from './api/alert-test-route.ts'
import { allAlertsRoutes } from './api/all-alerts-routes.ts'
import { asksRoutes } from './api/asks-routes.ts'
import { charterRoutes } from './api/charter-routes.ts'
import { botsRoutes } from './api/bots-routes.ts'
import { communitiesRoutes } from './api/communities-routes.ts'
import { comparisonRoute } from './api/comparison-route.ts'
import { costsRoutes } from './api/costs-routes.ts'
import { apiReference, describeApi } from './api/description.ts'
import { facilitatorsRoutes } from './api/facilitators-routes.ts'
import { hookRoute } from './api/hook-route.ts'
import { changesRoute } from './api/changes-route.ts'
import { healthRoutes } from './api/health-routes.ts'
import { helpingRoute } from './api/helping-route.ts'
import { identitiesRoutes } from './api/identities-routes.ts'
import { formatsRoute } from './api/formats-route.ts'
import { importsRoutes } from './api/imports-routes.ts'
import { interventionsRoutes } from './api/interventions-routes.ts'
import { type LiveRevisions, liveRoute } from './api/live-route.ts'
import { mailsRoutes } from './api/mails-routes.ts'
import { networkRoutes } from './api/network-routes.ts'
import { type Meters, operationsRoutes } from './api/operations-routes.ts'
import { portfolioReportRoutes, portfolioUnsubscribeRoutes } from './api/portfolio-report-routes.ts'
import { problemHandler, sendProblem } from './api/problem.ts'
import { mySubscriptionRoutes } from './api/my-subscription-routes.ts'
import { reportLinksRoutes } from './api/report-links-routes.ts'
import { reportMailRoute } from './api/report-mail-route.ts'
import { reportPrintRoutes } from './api/report-print-routes.ts'
import { reportSettingsRoutes } from './api/report-settings-routes.ts'
import { reportSubscriptionsRoutes } from './api/report-subscriptions-routes.ts'
import { reportsRoutes } from './api/reports-routes.ts'
import { sharedReportsRoutes } from './api/shared-reports-routes.ts'
import { thresholdsRoutes } from './api/thresholds-routes.ts'
import { todayRoutes } from './api/today-routes.ts'
import { verdictHistoryRoute } from './api/verdict-history-route.ts'
import { verdictRoutes } from './api/verdict-routes.ts'
import { csvMappingsRoutes } from './api/csv-mappings-routes.ts'
import { valueAnswerRoutes } from './api/value-answer-routes.ts'
import { voicesRoute } from './api/voices-route.ts'
import { webhooksRoutes } from './api/webhooks-routes.ts'
import { channelsRoutes } from './api/channels-routes.ts'
import { wordsRoutes } from './api/words-routes.ts'
import { unsubscribeAlertsRoutes } from './api/unsubscribe-alerts-routes.ts'
import { unsubscribeRoutes } from './api/unsubscribe-routes.ts'
import { webPages } from './api/web-pages.ts'
import { loadTextReading } from './store/text-reading.ts'
import { openUploadFolder, type UploadFolder } from './jobs/upload-folder.ts'
import type { ImportId } from './store/import-steps.ts'
import { eventRoute } from './ingest/event-route.ts'
import type { SendMail } from './mail/create-mailer.ts'
import type { Printer } from './print/create-printer.ts'
import { appendEvents } from './store/append-events.ts'
import type { Database } from './store/connection.ts'

export type AppParts = {
  db: Database
  auth: Auth
  now: () => Date
  logger: FastifyBaseLogger
  meters: Meters
  live: LiveRevisions
  /** what secrets that must be had again are sealed with */
  secretKey: string
  /** where people reach this server, without a slash at the end */
  baseUrl: string
  version: string
  sendMail: SendMail | null
  /** makes PDFs; without one, reports can be read and not saved as such */
  printer?: Printer
  /** addresses of the proxies in front, whose word on the reader's address is taken; by default nobody's */
  trustProxy?: string | undefined
  /** folder of the built dashboard */
  webRoot: string
  /** asked after each stored batch, and when house rules have changed; must not throw */
  requestRefresh: (communityId: string) => void
  /** asked after something was put into the outbox; must not throw */
  requestDelivery?: () => void
  /** asked after alerts of a community were set otherwise; must not throw */
  requestJudgement?: (communityId: string) => void
  /** whether hooks of alerts may reach addresses of a private network; by default not */
  hooksToPrivate?: boolean
  removeDemo: () => Promise<number>
  /** where files of imports lie, by default a folder of the system's for such; how much they may take; and who is to work on them */
  imports?: { folder: UploadFolder; maxBytes: number; request: (id: ImportId) => void }
  onLetIn?: PolicyParts['onLetIn']
  /** of one key or address; `REQUESTS_PER_MINUTE` unless said otherwise */
  requestsPerMinute?: number
}

/** Requests a minute from one key or address; far above what a page or a careful sender needs (our judgement). */
const REQUESTS_PER_MINUTE = 1200

/** The whole HTTP side, not listening yet. Tests build it with the same parts. */
export const buildApp = async (parts: AppParts): Promise<FastifyInstance> => {
  const { db, auth, now, meters, baseUrl } = parts
  const app = Fastify({
    loggerInstance: parts.logger,
    // one line a request, by the hook below: Fastify's own two name addresses and hosts
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    // a stream of events may take hours; a client that sends nothing is cut off
    requestTimeout: 0,
    connectionTimeout: 120_000,
    forceCloseConnections: 'idle',
    // else whoever asks could name any address as theirs
    trustProxy: parts.trustProxy ?? false,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(problemHandler)
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      type: 'not-found',
      title: 'There is nothing here',
      detail: `${request.method} ${request.url.split('?')[0]} is no address of this server; /docs lists them.`,
    }),
  )
  measureRequests(app, meters)

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        // only where the server itself is reached by https: else a browser would ask a plain server for TLS
        'upgrade-insecure-requests': baseUrl.startsWith('https:') ? [] : null,
      },
    },
    hsts: baseUrl.startsWith('https:'),
  })
  await app.register(compress, { globalDecompression: false })
  await app.register(underPressure, { maxEventLoopDelay: 5000, retryAfter: 5, exposeStatusRoute: false })
  await app.register(rateLimit, {
    max: parts.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    // a key by its own text, anyone else by address; the text stays in memory and is not logged
    keyGenerator: (request) => request.headers.authorization ?? request.ip,
  })
  await app.register(accessPolicy, {
    pool: db.pool,
    auth,
    baseUrl,
    now,
    foreignRoutes: { '/docs': 'public' },
    onLetIn: parts.onLetIn,
  })
  await app.register(describeApi(parts.version))

  await app.register(operationsRoutes({ pool: db.pool, meters }))
  await app.register(accessRoutes, { pool: db.pool, auth, baseUrl, now, sendMail: parts.sendMail })
  await app.register(communitiesRoutes({ db, now, removeDemo: parts.removeDemo }))
  const imports = parts.imports ?? { folder: openUploadFolder(join(tmpdir(), 'barnraise-uploads')), maxBytes: 0, request: () => {} }
  await app.register(importsRoutes({ db, now, uploads: imports.folder, maxUploadBytes: imports.maxBytes, requestImport: imports.request }))
  await app.register(formatsRoute)
  await app.register(identitiesRoutes({ db, now, requestRefresh: parts.requestRefresh }))
  const settings = { pool: db.pool, now, requestRefresh: parts.requestRefresh }
  for (const routes of [botsRoutes, facilitatorsRoutes, charterRoutes, thresholdsRoutes, todayRoutes]) await app.register(routes(settings))
  await app.register(healthRoutes({ pool: db.pool, now }))
  await app.register(helpingRoute({ pool: db.pool }))
  await app.register(networkRoutes({ pool: db.pool }))
  await app.register(wordsRoutes({ pool: db.pool, now }))
  await app.register(interventionsRoutes({ pool: db.pool, now }))
  await app.register(alertsRoutes({ pool: db.pool, now }))
  await app.register(allAlertsRoutes({ pool: db.pool, now, requestJudgement: (id) => parts.requestJudgement?.(id) }))
  await app.register(alertRulesRoutes({ pool: db.pool, now, requestJudgement: (id) => parts.requestJudgement?.(id) }))
  await app.register(alertSaysRoutes({ pool: db.pool, now }))
  await app.register(costsRoutes({ pool: db.pool, now }))
  await app.register(portfolioReportRoutes({ pool: db.pool, now }))
  await app.register(portfolioUnsubscribeRoutes({ pool: db.pool, secretKey: parts.secretKey, now }))
  await app.register(channelsRoutes({ pool: db.pool, now }))
  const { secretKey, requestRefresh, requestDelivery = () => {} } = parts
  await app.register(reportsRoutes({ db, now, secretKey, baseUrl, requestRefresh, requestDelivery }))
  await app.register(reportSettingsRoutes({ db, now }))
  await app.register(mailsRoutes({ pool: db.pool, now, hasMailServer: parts.sendMail !== null, requestDelivery }))
  const toPrivate = parts.hooksToPrivate ?? false
  await app.register(alertHooksRoutes({ pool: db.pool, secretKey, baseUrl, toPrivate, now, requestDelivery }))
  await app.register(reportPrintRoutes({ pool: db.pool, printer: parts.printer ?? null, secretKey, now }))
  await app.register(csvMappingsRoutes({ pool: db.pool, now }))
  await app.register(verdictRoutes({ pool: db.pool, now }))
  await app.register(verdictHistoryRoute({ pool: db.pool }))
  await app.register(changesRoute({ pool: db.pool }))
  await app.register(voicesRoute({ pool: db.pool }))
  await app.register(comparisonRoute({ pool: db.pool }))
  await app.register(liveRoute({ live: parts.live }))
  await app.register(
    eventRoute({
      append: (batch) => appendEvents(db, { batchId: randomUUID(), ...batch }),
      readingOf: (communityId) => loadTextReading(db.pool, communityId),
      now,
      spoolDirectory: tmpdir(),
      communityOf: (request) => (request.community as { community_id: string }).community_id,
      onAppended: (communityId, acceptedCount) => {
        meters.acceptedEvents.inc(acceptedCount)
        parts.requestRefresh(communityId)
      },
    }),
  )
  await app.register(valueAnswerRoutes({ db, secretKey: parts.secretKey, baseUrl, now, requestRefresh: parts.requestRefresh }))
  await app.register(
    asksRoutes({
      db,
      secretKey: parts.secretKey,
      baseUrl,
      hasMailServer: parts.sendMail !== null,
      now,
      requestDelivery: () => parts.requestDelivery?.(),
    }),
  )
  await app.register(webhooksRoutes({ db, secretKey: parts.secretKey, baseUrl, now }))
  await app.register(
    hookRoute({
      db,
      secretKey: parts.secretKey,
      now,
      onAppended: (communityId, acceptedCount) => {
        meters.acceptedEvents.inc(acceptedCount)
        parts.requestRefresh(communityId)
      },
    }),
  )
  await app.register(reportSubscriptionsRoutes({ db, now, secretKey, baseUrl, requestDelivery }))
  await app.register(mySubscriptionRoutes({ pool: db.pool, now }))
  await app.register(reportMailRoute({ pool: db.pool, now, baseUrl }))
  await app.register(reportLinksRoutes({ pool: db.pool, now, secretKey, baseUrl }))
  await app.register(unsubscribeRoutes({ pool: db.pool, secretKey, now }))
  await app.register(alertRecipientsRoutes({ pool: db.pool, now }))
  await app.register(alertTestRoute({ pool: db.pool, now, secretKey, baseUrl, requestDelivery }))
  await app.register(unsubscribeAlertsRoutes({ pool: db.pool, secretKey, now }))
  await app.register(alertLinkRoutes({ pool: db.pool, secretKey, now }))
  await app.register(sharedReportsRoutes({ pool: db.pool, secretKey: parts.secretKey, now }))
  await app.register(apiReference)
  await app.register(webPages({ root: parts.webRoot }))
  return app
}

/** One structured line a request, with the route and never the address itself: it may hold a one-time token or a name. */
const measureRequests = (app: FastifyInstance, meters: Meters) => {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const seconds = reply.elapsedTime / 1000
    meters.requests.observe({ method: request.method, route, status: reply.statusCode }, seconds)
    if (request.routeOptions.logLevel !== 'warn')
      request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
}
