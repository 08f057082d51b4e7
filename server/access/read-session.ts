/** Who a session cookie names, in one query: better-auth takes three and ten times the work, and every request of a page asks. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type pg from 'pg'
import type { Grant, Person } from './caller.ts'
import type { Auth } from './create-auth.ts'

/** The value of the first cookie of that name, decoded; null when there is none that can be. */
const cookieValue = (header: string, name: string): string | null => {
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at === -1 || part.slice(0, at).trim() !== name) continue
    try {
      return decodeURIComponent(part.slice(at + 1).trim())
    } catch {
      return null
    }
  }
  return null
}

/** The token of a cookie signed as better-auth signs: the value, a dot, its HMAC-SHA256 in base64; null for any other. */
export const readSignedToken = (value: string, secret: string): string | null => {
  const dot = value.lastIndexOf('.')
  if (dot < 1) return null
  const token = value.slice(0, dot)
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  const given = Buffer.from(value.slice(dot + 1))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

type Row = { session_id: string; expires_at: Date; user_id: string; name: string; email: string; grants: Grant[] }

/**
 * The person of a session that is good and needs nothing done. Null for everything else, which better-auth is to judge: a cookie
 * that is not signed by us, a session that is over or due to be prolonged.
 */
export const readSession = async (
  { pool, auth, now }: { pool: pg.Pool; auth: Auth; now: () => Date },
  cookieHeader: string,
): Promise<Person | null> => {
  const { authCookies, secret, sessionConfig } = await auth.$context
  const value = cookieValue(cookieHeader, authCookies.sessionToken.name)
  const token = value === null ? null : readSignedToken(value, secret)
  // PostgreSQL has no text with this character
  if (token === null || token.includes('\0')) return null
  const { rows } = await pool.query<Row>(
    `select s.id as session_id, s.expires_at, u.id as user_id, u.name, u.email, coalesce((
       select json_agg(json_build_object('role', g.role, 'community_id', g.community_id, 'slug', c.slug) order by c.name nulls first, c.slug)
       from role_grant g left join community c on c.community_id = g.community_id
       where g.user_id = u.id), '[]') as grants
     from session s join "user" u on u.id = s.user_id
     where s.token = $1`,
    [token],
  )
  const row = rows[0]
  if (row === undefined) return null
  const leftMs = row.expires_at.getTime() - now().getTime()
  // prolonged once it is older than updateAge: as better-auth reckons
  if (leftMs <= 0 || leftMs <= (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000) return null
  const { session_id, user_id, name, email, grants } = row
  return { kind: 'person', user_id, name, email, session_id, is_administrator: grants.some(({ role }) => role === 'administrator'), grants }
}
