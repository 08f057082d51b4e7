/** The accounts part of the server as an app of its own, for tests, with people and keys to call it as. */
import { randomUUID } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type pg from 'pg'
import type { KeyScope, Role } from '../shared/contract/access.ts'
import { createAuth } from '../server/access/create-auth.ts'
import { ensureUser, grantRole } from '../server/access/invite-person.ts'
import { inTransaction } from '../server/access/in-transaction.ts'
import { createKey } from '../server/access/keys.ts'
import { directLinkAddress, makeLinkToken } from '../server/access/one-time-link.ts'
import { accessPolicy, type PolicyParts } from '../server/access/policy.ts'
import { accessRoutes } from '../server/access/routes/access-routes.ts'
import { notFoundHandler, problemHandler } from '../server/api/problem.ts'
import type { SendMail } from '../server/mail/create-mailer.ts'

export const TEST_ORIGIN = 'http://localhost:3000'
export const TEST_SECRET = '9f2d61b7c05e4a83b1d7f60e29c4853ad8'

export type AccessAppParts = {
  pool: pg.Pool
  sendMail?: SendMail | null
  baseUrl?: string
  now?: () => Date
  onMailFailure?: (error: unknown) => void
  onLetIn?: PolicyParts['onLetIn']
  /** Adds further routes behind the same door. */
  routes?: (app: FastifyInstance) => Promise<void>
}

/** An app with the door, the problem handlers and the routes of accounts. */
export const buildAccessApp = async ({
  pool,
  sendMail = null,
  baseUrl = TEST_ORIGIN,
  now = () => new Date(),
  onMailFailure = () => {},
  onLetIn,
  routes,
}: AccessAppParts): Promise<FastifyInstance> => {
  const app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(problemHandler)
  app.setNotFoundHandler(notFoundHandler)
  await app.register(rateLimit, { global: false })
  const auth = createAuth({ pool, secret: TEST_SECRET, baseUrl, sendMail, now, onMailFailure })
  await app.register(accessPolicy, { pool, auth, baseUrl, now, ...(onLetIn === undefined ? {} : { onLetIn }) })
  await app.register(accessRoutes, { pool, auth, baseUrl, now, sendMail })
  if (routes !== undefined) await app.register(routes)
  await app.ready()
  return app
}

export type TestCommunity = { community_id: string; slug: string }

export const addCommunity = async (pool: pg.Pool, slug: string): Promise<TestCommunity> => {
  const community_id = randomUUID()
  await pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $3, 'Europe/Berlin', $4)`, [
    community_id,
    slug,
    `Community ${slug}`,
    new Date('2026-01-01T00:00:00Z'),
  ])
  return { community_id, slug }
}

/** Somebody with a role, of a community unless an administrator; returns their id. */
export const addPerson = (pool: pg.Pool, email: string, role: Role, community: TestCommunity | null): Promise<string> =>
  inTransaction(pool, async (client) => {
    const now = new Date()
    const user = await ensureUser(client, { email, name: email.split('@')[0]!, now })
    await grantRole(client, { userId: user.user_id, role, communityId: community?.community_id ?? null, now })
    return user.user_id
  })

/** The cookies an answer sets, as a browser would send them back. */
export const cookiesOf = (answer: { headers: Record<string, unknown> }): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((set) => String(set).split(';')[0]!)
    .join('; ')

/** Where a link leads on this app. */
export const pathOf = (link: string): string => link.slice(new URL(link).origin.length)

/** Signs somebody in by a one-time link and returns the cookies of the session. */
export const signIn = async (app: FastifyInstance, pool: pg.Pool, email: string): Promise<string> => {
  const { token } = await makeLinkToken(pool, email, new Date(), 60)
  const answer = await app.inject({ url: pathOf(directLinkAddress(TEST_ORIGIN, token, '/')), remoteAddress: someAddress() })
  return cookiesOf(answer)
}

export const addKey = async (pool: pg.Pool, community: TestCommunity, scopes: KeyScope[]): Promise<string> =>
  (await createKey(pool, { communityId: community.community_id, name: scopes.join(' and '), scopes, now: new Date() })).key

/** A client address nobody has used yet: attempts to sign in are limited by address. */
export const someAddress = (): string => `10.${[...Buffer.from(randomUUID().slice(0, 6), 'hex')].join('.')}`

/** A browser on our own page with this session. */
export const asBrowser = (cookie: string): Record<string, string> => ({ cookie, origin: TEST_ORIGIN, host: new URL(TEST_ORIGIN).host })
