import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAccessApp, TEST_ORIGIN } from '../../e2e/access-app.ts'
import { type Callers, makeCallers } from '../../e2e/callers.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { endTheWalk, walkRoutes } from '../../e2e/walk-routes.ts'
import { type Access, READERS } from './access-rule.ts'
import type { Auth } from './create-auth.ts'
import { accessPolicy } from './policy.ts'

const ANYONE = 'in  in    in  in   in    in    in      in   in     in   in      in'
const ADMIN = ' 401 in    403 403  403   403   403     403  403    403  403     401'
const MANAGED = '401 in    in  403  403   404   404     403  403    404  404     401'
const SIGNED = '401 in    in  in   in    in    in      403  403    403  403     401'

/** Who may what, of the accounts' own routes and one stand-in for each other rule. */
const TABLE: Record<string, string> = {
  //                                           nobody admin mgr spons viewer else-m else-v  read ingest else-r else-i revoked
  'POST /api/auth/sign-in/email': ANYONE,
  'POST /api/auth/sign-in/magic-link': ANYONE,
  'POST /api/auth/sign-out': ANYONE,
  'GET /api/auth/magic-link/verify': ANYONE,
  'GET /sign-in/link': ANYONE,
  'GET /api/v1/sign-in-options': ANYONE,
  'GET /api/v1/me': SIGNED,
  'POST /api/v1/me': SIGNED,
  'GET /api/v1/people': ADMIN,
  'POST /api/v1/invitations': ADMIN,
  'DELETE /api/v1/people/:user_id': ADMIN,
  'GET /api/v1/communities/:slug/keys': MANAGED,
  'POST /api/v1/communities/:slug/keys': MANAGED,
  'DELETE /api/v1/communities/:slug/keys/:key_id': MANAGED,
  'GET /api/v1/communities/:slug/health': '    401    in    in  in    in     404    404     in   403    404    404    401',
  'GET /api/v1/metrics': '                     401    in    in  in    in     in     in      in   403    in     403    401',
  'POST /api/v1/events': '                     401    401   401 401   401    401    401     403  in     403    in     401',
}
for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) TABLE[`${method} /api/auth/*`] = ANYONE

const standIns = async (app: FastifyInstance): Promise<void> => {
  const answer = async () => 'here'
  app.get('/api/v1/communities/:slug/health', { config: { access: READERS } }, answer)
  app.get('/api/v1/metrics', { config: { access: { signed_in: true, scope: 'read' } } }, answer)
  app.post('/api/v1/events', { config: { access: { scope: 'ingest' } } }, answer)
}

describe('every route', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let callers: Callers
  let walked: FastifyInstance

  beforeAll(async () => {
    database = await createTestDatabase()
    const app = await buildAccessApp({ pool: database.pool })
    callers = await makeCallers(app, database.pool)
    await app.close()
    walked = await buildAccessApp({ pool: database.pool, onLetIn: endTheWalk, routes: standIns })
  })
  afterAll(async () => {
    await walked.close()
    await database.close()
  })

  it('lets in whom the table names, and nobody else', async () => {
    expect(await walkRoutes({ app: walked, callers: callers.headers, table: TABLE, params: { slug: callers.here.slug } })).toEqual([])
  })

  it('is found missing when it does not stand in the table, and a row without a route as well', async () => {
    const { 'GET /api/v1/me': _, ...rest } = TABLE
    const faults = await walkRoutes({
      app: walked,
      callers: callers.headers,
      table: { ...rest, 'GET /api/v1/gone': ANYONE },
      params: { slug: callers.here.slug },
    })
    expect(faults).toEqual([
      'GET /api/v1/gone stands in the table and is no route',
      'GET /api/v1/me is a route and does not stand in the table',
    ])
  })

  it('answers for a community that does not exist as for one that is none of yours, word for word', async () => {
    for (const name of ['manager', 'viewer', 'read key']) {
      const headers = callers.headers[name]!
      const unseen = await walked.inject({ url: `/api/v1/communities/${callers.elsewhere.slug}/health`, headers })
      const unknown = await walked.inject({ url: '/api/v1/communities/no-such-community/health', headers })
      expect(unseen.statusCode).toBe(404)
      expect(unseen.body).toBe(unknown.body)
    }
  })

  it('takes an address nobody would give a community for an unknown one', async () => {
    for (const slug of ['%00', "' or 1=1 --", '..', '%F0%9F%90%84', 'x'.repeat(90)]) {
      const answer = await walked.inject({
        url: `/api/v1/communities/${encodeURI(slug).replace('%2500', '%00')}/keys`,
        headers: callers.headers.administrator!,
      })
      expect(answer.statusCode, slug).toBe(404)
    }
  })

  it.each([
    ['none at all', undefined],
    ['a community and no :slug', { community: ['viewer'] } as Access],
  ])('keeps the server from starting when its rule is %s', async (_what, access) => {
    const building = buildAccessApp({
      pool: database.pool,
      routes: async (app) => {
        app.get('/open', access === undefined ? {} : { config: { access } }, async () => 'open')
      },
    })
    await expect(building).rejects.toThrow('GET /open')
  })

  it('keeps the server from starting when it is there before the door', async () => {
    const app = Fastify()
    app.get('/early', async () => 'early')
    await expect(
      app.register(accessPolicy, { pool: database.pool, auth: {} as Auth, baseUrl: TEST_ORIGIN, now: () => new Date() }),
    ).rejects.toThrow('early (GET')
  })
})
