/** How the first person gets in, and how the operator lets somebody in again: links that the server prints. */
import type pg from 'pg'
import { inTransaction } from './in-transaction.ts'
import { ensureUser, grantRole } from './invite-person.ts'
import { directLinkAddress, makeLinkToken } from './one-time-link.ts'

/** Reserved by RFC 2606: no mail can ever go there, so nobody else can own it. */
export const FIRST_ADMINISTRATOR_EMAIL = 'administrator@barnraise.invalid'
const LINK_SECONDS = 24 * 60 * 60
/** Any number that no other advisory lock of ours has: two processes may start at once. */
const FIRST_ADMINISTRATOR_LOCK = 7_300_114

export type PrintedLink = { link: string; expiresAt: Date; name: string; email: string }
type LinkParts = { pool: pg.Pool; baseUrl: string; now: Date }
type Administrator = { user_id: string; name: string; email: string; has_been_in: boolean }

const listAdministrators = async (client: pg.Pool | pg.ClientBase): Promise<Administrator[]> => {
  const found = await client.query<Administrator>(
    `select u.id as user_id, u.name, u.email,
       u.last_signed_in_at is not null or exists (select from account a where a.user_id = u.id and a.password is not null) as has_been_in
     from role_grant g join "user" u on u.id = g.user_id
     where g.role = 'administrator' order by g.created_at, u.id`,
  )
  return found.rows
}

/**
 * The link to print at start: a fresh one, good once and for 24 hours, for as long as no administrator has ever been in;
 * afterwards null. The links of earlier starts stop working. Makes the first administrator when there is none.
 */
export const firstAdministratorLink = ({ pool, baseUrl, now }: LinkParts): Promise<PrintedLink | null> =>
  inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [FIRST_ADMINISTRATOR_LOCK])
    const administrators = await listAdministrators(client)
    if (administrators.some((administrator) => administrator.has_been_in)) return null
    let first: { user_id: string; name: string; email: string } | undefined = administrators[0]
    if (first === undefined) {
      first = await ensureUser(client, { email: FIRST_ADMINISTRATOR_EMAIL, name: 'Administrator', now })
      await grantRole(client, { userId: first.user_id, role: 'administrator', communityId: null, now })
    }
    const { token, expiresAt } = await makeLinkToken(client, first.email, now, LINK_SECONDS)
    return { link: directLinkAddress(baseUrl, token, '/'), expiresAt, name: first.name, email: first.email }
  })

/**
 * A new link for somebody who has an account, good once and for 24 hours; without `email` for the first administrator.
 * Null when there is no such person.
 */
export const makeSignInLink = ({ pool, baseUrl, now, email }: LinkParts & { email?: string }): Promise<PrintedLink | null> =>
  inTransaction(pool, async (client) => {
    const found =
      email === undefined
        ? (await listAdministrators(client))[0]
        : (await client.query<{ name: string; email: string }>('select name, email from "user" where email = $1', [email.toLowerCase()]))
            .rows[0]
    if (found === undefined) return null
    const { token, expiresAt } = await makeLinkToken(client, found.email, now, LINK_SECONDS)
    return { link: directLinkAddress(baseUrl, token, '/'), expiresAt, name: found.name, email: found.email }
  })
