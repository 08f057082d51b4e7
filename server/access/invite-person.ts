/** Lets somebody in: an account, roles, and a link to sign in with. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Role } from '../../shared/contract/access.ts'
import { inTransaction } from './in-transaction.ts'
import { linkAddress, makeLinkToken } from './one-time-link.ts'

export const INVITATION_DAYS = 3
/** Where an invited person lands: to set a name and a password. */
const WELCOME_PATH = '/welcome'

export type Invitation = { email: string; name: string; role: Role; slugs: readonly string[] }
export type Invited = { email: string; name: string; link: string; expiresAt: Date; communityNames: string[] }

/** Makes an account or returns the one there is, unchanged; `email` in any case. */
export const ensureUser = async (
  client: pg.ClientBase,
  { email, name, now }: { email: string; name: string; now: Date },
): Promise<{ user_id: string; name: string; email: string }> => {
  // the mailbox counts as its owner's because an administrator says so; better-auth drops the password of an unverified one
  await client.query(
    `insert into "user" (id, name, email, email_verified, created_at, updated_at) values ($1, $2, $3, true, $4, $4) on conflict (email) do nothing`,
    [randomUUID(), name, email.toLowerCase(), now],
  )
  const found = await client.query<{ user_id: string; name: string; email: string }>(
    'select id as user_id, name, email from "user" where email = $1 for update',
    [email.toLowerCase()],
  )
  return found.rows[0]!
}

/** Gives a role in a community, or everywhere with `communityId` null; the role somebody has there already is replaced. */
export const grantRole = async (
  client: pg.ClientBase,
  { userId, role, communityId, now }: { userId: string; role: Role; communityId: string | null; now: Date },
): Promise<void> => {
  await client.query(
    `insert into role_grant (role_grant_id, user_id, role, community_id, created_at) values ($1, $2, $3, $4, $5)
     on conflict (user_id, community_id) do update set role = excluded.role`,
    [randomUUID(), userId, role, communityId, now],
  )
}

/**
 * Invites somebody new, or gives somebody known further roles; either way with a fresh link, good for `INVITATION_DAYS` days.
 * `unknown` lists slugs that no community has: then nothing is done.
 */
export const invitePerson = (
  pool: pg.Pool,
  { email, name, role, slugs }: Invitation,
  { baseUrl, now }: { baseUrl: string; now: Date },
): Promise<{ invited: Invited } | { unknown: string[] }> =>
  inTransaction(pool, async (client) => {
    const found = await client.query<{ community_id: string; slug: string; name: string }>(
      'select community_id, slug, name from community where slug = any($1::text[]) order by name, slug',
      [slugs],
    )
    const known = new Set(found.rows.map((community) => community.slug))
    const unknown = slugs.filter((slug) => !known.has(slug))
    if (unknown.length > 0) return { unknown }
    const user = await ensureUser(client, { email, name, now })
    const communityIds = role === 'administrator' ? [null] : found.rows.map((community) => community.community_id)
    for (const communityId of communityIds) await grantRole(client, { userId: user.user_id, role, communityId, now })
    const { token, expiresAt } = await makeLinkToken(client, user.email, now, INVITATION_DAYS * 24 * 60 * 60)
    return {
      invited: {
        email: user.email,
        name: user.name,
        link: linkAddress(baseUrl, token, WELCOME_PATH),
        expiresAt,
        communityNames: found.rows.map((community) => community.name),
      },
    }
  })
