/** Finds out who sends a request: the key in `Authorization: Bearer`, else the person of the session cookie. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { ApiKey, Grant, Nobody, Person } from './caller.ts'
import type { Auth } from './create-auth.ts'
import { recogniseKey } from './keys.ts'
import { readSession } from './read-session.ts'

/** What a person may do, in the order of the communities' names. */
export const grantsOf = async (client: pg.Pool | pg.ClientBase, userId: string): Promise<Grant[]> => {
  const found = await client.query<Grant>(
    `select g.role, g.community_id, c.slug
     from role_grant g left join community c on c.community_id = g.community_id
     where g.user_id = $1 order by c.name nulls first, c.slug`,
    [userId],
  )
  return found.rows
}

const BEARER = /^Bearer +(\S+) *$/i

/** The person of a request's session cookie. A session about to expire is prolonged: its new cookie goes out with the reply. */
const recognisePerson = async (
  parts: { pool: pg.Pool; auth: Auth; now: () => Date },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Person | Nobody> => {
  const cookie = request.headers.cookie
  if (cookie === undefined || !cookie.includes('barnraise.session_token')) return { kind: 'nobody' }
  const known = await readSession(parts, cookie)
  if (known !== null) return known
  const { response, headers } = await parts.auth.api
    .getSession({ headers: new Headers({ cookie }), returnHeaders: true })
    .catch((error: unknown) => {
      // better-auth wraps what it met: the error handler must see that the database is away, not a wrapper
      throw (error as { cause?: unknown }).cause ?? error
    })
  for (const set of headers?.getSetCookie() ?? []) reply.header('set-cookie', set)
  if (response === null) return { kind: 'nobody' }
  const { user, session } = response
  const grants = await grantsOf(parts.pool, user.id)
  return {
    kind: 'person',
    user_id: user.id,
    name: user.name,
    email: user.email,
    session_id: session.id,
    is_administrator: grants.some((grant) => grant.role === 'administrator'),
    grants,
  }
}

/** `'bad_key'` when a key was sent that is none: a wrong key must not quietly fall back to a session. */
export const recogniseCaller = async (
  parts: { pool: pg.Pool; auth: Auth; now: () => Date },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Person | Nobody | ApiKey | 'bad_key'> => {
  const authorization = request.headers.authorization
  // another scheme is a proxy's before us, not ours
  if (authorization !== undefined && /^Bearer\b/i.test(authorization)) {
    const text = BEARER.exec(authorization)?.[1]
    return (text === undefined ? null : await recogniseKey(parts.pool, text, parts.now())) ?? 'bad_key'
  }
  return recognisePerson(parts, request, reply)
}
