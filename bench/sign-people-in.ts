/** People of the benchmark's community with a session each, as if they had come by their links. */
import { createHmac, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { inTransaction } from '../server/access/in-transaction.ts'
import { ensureUser, grantRole } from '../server/access/invite-person.ts'
import { BENCH_COMMUNITY_ID } from './event-files.ts'

const DAY_MS = 86_400_000

/** The cookies their browsers would send. Signed as better-auth signs: the value, a dot, its HMAC-SHA256 in base64. */
export const signPeopleIn = (
  pool: Pool,
  secret: string,
  count: number,
  now: Date,
  role: 'viewer' | 'manager' = 'viewer',
): Promise<string[]> =>
  inTransaction(pool, async (client) => {
    const cookies: string[] = []
    for (let n = 1; n <= count; n++) {
      const user = await ensureUser(client, { email: `reader-${n}@example.org`, name: `Reader ${n}`, now })
      await grantRole(client, { userId: user.user_id, role, communityId: BENCH_COMMUNITY_ID, now })
      const token = randomUUID()
      await client.query(
        'insert into session (id, user_id, token, expires_at, created_at, updated_at, is_by_link) values ($1, $2, $3, $4, $5, $5, true)',
        [randomUUID(), user.user_id, token, new Date(now.getTime() + 30 * DAY_MS), now],
      )
      const signature = createHmac('sha256', secret).update(token).digest('base64')
      cookies.push(`barnraise.session_token=${encodeURIComponent(`${token}.${signature}`)}`)
    }
    return cookies
  })
