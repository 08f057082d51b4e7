import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth } from '../server/access/create-auth.ts'
import { createLiveRevisions } from '../server/api/live-route.ts'
import { createMeters } from '../server/api/operations-routes.ts'
import { buildApp } from '../server/app.ts'
import { buildAccessApp, TEST_ORIGIN } from './access-app.ts'
import { type Callers, makeCallers } from './callers.ts'
import { createTestDatabase } from './test-database.ts'
import { endTheWalk, walkRoutes } from './walk-routes.ts'

// the callers, in this order: nobody, administrator, manager, sponsor, viewer; manager and viewer elsewhere; read key,
// ingest key; read key and ingest key elsewhere; revoked key
const ANYONE = '    in  in  in  in  in    in  in    in  in    in  in    in'
const SIGNED_IN = ' 401 in  in  in  in    in  in    403 403   403 403   401'
const ADMIN = '     401 in  403 403 403   403 403   403 403   403 403   401'
const RUNS_SOMETHING = '401 in in 403 403    in  403   403 403   403 403   401'
const ADMIN_OF_IT = '401 in 403 403 403   404 404   403 403   404 404   401'
const MANAGES_IT = '401 in  in  403 403   404 404   403 403   404 404   401'
const PERSON_OF_IT = '401 in in in  in    404 404   403 403   404 404   401'
const READS_IT = '  401 in  in  in  in    404 404   in  403   404 404   401'

/** Who may what. A route that is missing here fails the walk, and so does a row without a route. */
const TABLE: Record<string, string> = {
  'GET /healthz': ANYONE,
  'GET /readyz': ANYONE,
  'GET /metrics': ANYONE,
  'GET /api/v1/openapi.json': ANYONE,
  'GET /*': ANYONE,
  'GET /assets/*': ANYONE,
  'GET /sign-in/link': ANYONE,
  'GET /robots.txt': ANYONE,
  'GET /unsubscribe/:token': ANYONE,
  'POST /unsubscribe/:token': ANYONE,
  'GET /api/v1/communities/:slug/alert-recipients': PERSON_OF_IT,
  'POST /api/v1/communities/:slug/alert-recipients': MANAGES_IT,
  'PUT /api/v1/communities/:slug/alert-recipients/me': PERSON_OF_IT,
  'PUT /api/v1/communities/:slug/alert-recipients/:id': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/alert-recipients/:id': MANAGES_IT,
  'POST /api/v1/communities/:slug/alert-recipients/:id/test': MANAGES_IT,
  'GET /unsubscribe-alerts/:token': ANYONE,
  'POST /unsubscribe-alerts/:token': ANYONE,
  'GET /alert/:token': ANYONE,
  'POST /alert/:token': ANYONE,
  'GET /api/v1/shared-reports/:token': ANYONE,
  'GET /api/v1/shared-reports/:token/pdf': ANYONE,
  'POST /api/auth/sign-in/email': ANYONE,
  'POST /api/auth/sign-in/magic-link': ANYONE,
  'POST /api/auth/sign-out': ANYONE,
  'GET /api/auth/magic-link/verify': ANYONE,
  'GET /api/auth/*': ANYONE,
  'POST /api/auth/*': ANYONE,
  'PUT /api/auth/*': ANYONE,
  'PATCH /api/auth/*': ANYONE,
  'DELETE /api/auth/*': ANYONE,
  'GET /api/v1/sign-in-options': ANYONE,
  'GET /api/v1/me': SIGNED_IN,
  'POST /api/v1/me': SIGNED_IN,
  'GET /api/v1/people': ADMIN,
  'POST /api/v1/invitations': ADMIN,
  'DELETE /api/v1/people/:user_id': ADMIN,
  'GET /api/v1/communities': SIGNED_IN,
  'GET /api/v1/comparison': SIGNED_IN,
  'GET /api/v1/alerts': SIGNED_IN,
  'GET /api/v1/alert-budget': RUNS_SOMETHING,
  'PUT /api/v1/alert-budget': ADMIN,
  'GET /api/v1/portfolio-report/:month': SIGNED_IN,
  'GET /api/v1/portfolio-report/subscription': SIGNED_IN,
  'PUT /api/v1/portfolio-report/subscription': SIGNED_IN,
  'GET /unsubscribe/portfolio/:token': ANYONE,
  'POST /unsubscribe/portfolio/:token': ANYONE,
  'POST /api/v1/communities': ADMIN,
  'DELETE /api/v1/demo': ADMIN,
  'DELETE /api/v1/communities/:slug': ADMIN_OF_IT,
  'GET /api/v1/communities/:slug': READS_IT,
  'GET /api/v1/communities/:slug/health': READS_IT,
  'GET /api/v1/communities/:slug/spans': READS_IT,
  'GET /api/v1/communities/:slug/helping': READS_IT,
  'GET /api/v1/communities/:slug/changes': READS_IT,
  'GET /api/v1/communities/:slug/retention': READS_IT,
  'GET /api/v1/communities/:slug/voices': READS_IT,
  'GET /api/v1/communities/:slug/network': READS_IT,
  'GET /api/v1/communities/:slug/network/:person': READS_IT,
  'GET /api/v1/communities/:slug/verdict': READS_IT,
  'GET /api/v1/communities/:slug/verdict/history': READS_IT,
  'GET /api/v1/communities/:slug/verdict/evidence': READS_IT,
  'GET /api/v1/communities/:slug/verdict/cases': READS_IT,
  'GET /api/v1/communities/:slug/verdict/comparison': READS_IT,
  'GET /api/v1/communities/:slug/episodes': READS_IT,
  'GET /api/v1/communities/:slug/today': READS_IT,
  'PUT /api/v1/communities/:slug/today/marks': MANAGES_IT,
  'GET /api/v1/communities/:slug/reports/:month.pdf': READS_IT,
  'GET /api/v1/communities/:slug/cases': READS_IT,
  'GET /api/v1/communities/:slug/case': READS_IT,
  'GET /api/v1/communities/:slug/live': READS_IT,
  'GET /api/v1/communities/:slug/interventions': READS_IT,
  'POST /api/v1/communities/:slug/interventions': MANAGES_IT,
  'PUT /api/v1/communities/:slug/interventions/:id': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/interventions/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/interventions/:id/before-after': READS_IT,
  'GET /api/v1/communities/:slug/alerts': READS_IT,
  'GET /api/v1/communities/:slug/alerts/rules/:rule/course': READS_IT,
  'PUT /api/v1/communities/:slug/alerts/rules/:rule': MANAGES_IT,
  'POST /api/v1/communities/:slug/alerts/rules/:rule/snooze': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/alerts/rules/:rule/snooze': MANAGES_IT,
  'POST /api/v1/communities/:slug/alerts/:alertId/acknowledgement': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/alerts/:alertId/acknowledgement': MANAGES_IT,
  'PUT /api/v1/communities/:slug/alerts/:alertId/ruling': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/alerts/:alertId/ruling': MANAGES_IT,
  'GET /api/v1/communities/:slug/costs': MANAGES_IT,
  'POST /api/v1/communities/:slug/costs': MANAGES_IT,
  'PUT /api/v1/communities/:slug/costs/:id': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/costs/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/keys': MANAGES_IT,
  'POST /api/v1/communities/:slug/keys': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/keys/:key_id': MANAGES_IT,
  'GET /api/v1/communities/:slug/reports': READS_IT,
  'GET /api/v1/communities/:slug/reports/:month': READS_IT,
  'POST /api/v1/communities/:slug/reports/:month': MANAGES_IT,
  'GET /api/v1/communities/:slug/reports/:month/correction': MANAGES_IT,
  'POST /api/v1/communities/:slug/reports/:month/revisions': MANAGES_IT,
  'GET /api/v1/communities/:slug/reports/:month/draft': MANAGES_IT,
  'PUT /api/v1/communities/:slug/reports/:month/draft': MANAGES_IT,
  'GET /api/v1/communities/:slug/report-settings': MANAGES_IT,
  'PUT /api/v1/communities/:slug/report-settings': MANAGES_IT,
  'GET /api/v1/communities/:slug/facilitators': MANAGES_IT,
  'PUT /api/v1/communities/:slug/facilitators': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/facilitators/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/accounts': MANAGES_IT,
  'GET /api/v1/communities/:slug/identities/suggestions': MANAGES_IT,
  'GET /api/v1/communities/:slug/identities/merged': MANAGES_IT,
  'GET /api/v1/communities/:slug/identities/dismissed': MANAGES_IT,
  'POST /api/v1/communities/:slug/identities/merge': MANAGES_IT,
  'POST /api/v1/communities/:slug/identities/split': MANAGES_IT,
  'POST /api/v1/communities/:slug/identities/dismiss': MANAGES_IT,
  'GET /api/v1/communities/:slug/bots': MANAGES_IT,
  'PUT /api/v1/communities/:slug/bots': MANAGES_IT,
  'PUT /api/v1/communities/:slug/bots/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/charter': READS_IT,
  'PUT /api/v1/communities/:slug/charter': MANAGES_IT,
  'GET /api/v1/communities/:slug/thresholds': READS_IT,
  'PUT /api/v1/communities/:slug/thresholds/:id': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/thresholds/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/csv-mappings': MANAGES_IT,
  'PUT /api/v1/communities/:slug/csv-mappings': MANAGES_IT,
  'GET /api/v1/communities/:slug/words': READS_IT,
  'PUT /api/v1/communities/:slug/words': MANAGES_IT,
  'GET /api/v1/communities/:slug/words/counted': READS_IT,
  'GET /api/v1/communities/:slug/channels': READS_IT,
  'PUT /api/v1/communities/:slug/channels': MANAGES_IT,
  'GET /api/v1/communities/:slug/mails': MANAGES_IT,
  'GET /api/v1/communities/:slug/mails/:mail_id': MANAGES_IT,
  'POST /api/v1/communities/:slug/mails/:mail_id/resend': MANAGES_IT,
  'POST /api/v1/communities/:slug/mails/:mail_id/cancel': MANAGES_IT,
  'GET /api/v1/mails': ADMIN,
  'GET /api/v1/mails/:mail_id': ADMIN,
  'POST /api/v1/mails/:mail_id/resend': ADMIN,
  'POST /api/v1/mails/:mail_id/cancel': ADMIN,
  'GET /api/v1/communities/:slug/subscriptions': MANAGES_IT,
  'POST /api/v1/communities/:slug/subscriptions': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/subscriptions/:id': MANAGES_IT,
  'POST /api/v1/communities/:slug/subscriptions/:id/test': MANAGES_IT,
  'GET /api/v1/communities/:slug/my-subscription': PERSON_OF_IT,
  'PUT /api/v1/communities/:slug/my-subscription': PERSON_OF_IT,
  'DELETE /api/v1/communities/:slug/my-subscription': PERSON_OF_IT,
  'GET /api/v1/communities/:slug/reports/:month/mail': MANAGES_IT,
  'GET /api/v1/communities/:slug/report-links': MANAGES_IT,
  'POST /api/v1/communities/:slug/report-links': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/report-links/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/alert-hooks': MANAGES_IT,
  'POST /api/v1/communities/:slug/alert-hooks': MANAGES_IT,
  'PUT /api/v1/communities/:slug/alert-hooks/:id': MANAGES_IT,
  'POST /api/v1/communities/:slug/alert-hooks/:id/secret': MANAGES_IT,
  'POST /api/v1/communities/:slug/alert-hooks/:id/test': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/alert-hooks/:id': MANAGES_IT,
  'GET /api/v1/communities/:slug/webhooks': MANAGES_IT,
  'POST /api/v1/communities/:slug/webhooks': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/webhooks/:id': MANAGES_IT,
  'POST /api/v1/hooks/:hook_id': ANYONE,
  'GET /api/v1/communities/:slug/asks': MANAGES_IT,
  'POST /api/v1/communities/:slug/asks': MANAGES_IT,
  'PUT /api/v1/communities/:slug/asks/setting': MANAGES_IT,
  'PUT /api/v1/communities/:slug/asks/:ask_id/posted': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/asks/:ask_id': MANAGES_IT,
  'GET /api/v1/communities/:slug/contacts': MANAGES_IT,
  'PUT /api/v1/communities/:slug/contacts': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/contacts': MANAGES_IT,
  'DELETE /api/v1/communities/:slug/contacts/:id': MANAGES_IT,
  'GET /v/:token': ANYONE,
  'POST /v/:token': ANYONE,
  'GET /v/:token/stop': ANYONE,
  'POST /v/:token/stop': ANYONE,
  'GET /api/v1/communities/:slug/imports': MANAGES_IT,
  'POST /api/v1/communities/:slug/imports': MANAGES_IT,
  'GET /api/v1/communities/:slug/imports/:import_id': MANAGES_IT,
  'PUT /api/v1/communities/:slug/imports/:import_id/files/:no': MANAGES_IT,
  'POST /api/v1/communities/:slug/imports/:import_id/check': MANAGES_IT,
  'POST /api/v1/communities/:slug/imports/:import_id/start': MANAGES_IT,
  'POST /api/v1/communities/:slug/imports/:import_id/cancel': MANAGES_IT,
  'GET /api/v1/communities/:slug/imports/:import_id/rejections': MANAGES_IT,
  'GET /api/v1/communities/:slug/imports/:import_id/rejections.csv': MANAGES_IT,
  'GET /api/v1/formats': SIGNED_IN,
  'GET /api/v1/metrics': ' 401 in in in in    in in    in 403    in 403    401',
  'POST /api/v1/events': ' 401 401 401 401 401  401 401   403 in   403 in   401',
}

describe('the whole application', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let app: FastifyInstance
  let callers: Callers
  let webRoot: string

  beforeAll(async () => {
    database = await createTestDatabase()
    const doors = await buildAccessApp({ pool: database.pool })
    callers = await makeCallers(doors, database.pool)
    await doors.close()
    webRoot = mkdtempSync(join(tmpdir(), 'barnraise-web-'))
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Barnraise</title>')
    const now = () => new Date()
    const auth = createAuth({
      pool: database.pool,
      secret: '9f2d61b7c05e4a83b1d7f60e29c4853ad8',
      baseUrl: TEST_ORIGIN,
      sendMail: null,
      now,
      onMailFailure: () => {},
    })
    const logger = pino({ level: 'silent' })
    app = await buildApp({
      db: database,
      auth,
      secretKey: '9f2d61b7c05e4a83b1d7f60e29c4853ad8',
      now,
      logger,
      meters: createMeters(),
      live: createLiveRevisions(database.pool, logger),
      baseUrl: TEST_ORIGIN,
      version: 'test',
      sendMail: null,
      webRoot,
      requestRefresh: () => {},
      removeDemo: async () => 0,
      onLetIn: endTheWalk,
    })
    await app.ready()
  })
  afterAll(async () => {
    await app.close()
    await database.close()
    rmSync(webRoot, { recursive: true })
  })

  it('lets everyone do at every route what the table says, and nothing else', async () => {
    // the page that describes the API is a package's: all of it is for anyone
    const description = app.declaredRoutes
      .filter((route) => route.url === '/docs' || route.url.startsWith('/docs/'))
      .map((route) => [`${route.method === 'HEAD' ? 'GET' : route.method} ${route.url}`, ANYONE])
    const faults = await walkRoutes({
      app,
      callers: callers.headers,
      table: { ...TABLE, ...Object.fromEntries(description) },
      params: { slug: callers.here.slug },
    })
    expect(faults).toEqual([])
  })
})
