/** Links that sign in once, in the form better-auth's magic-link plugin reads: a row whose identifier is the hash of the token. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'

export const AUTH_BASE_PATH = '/api/auth'
/** Served by this server, so that the preview of a chat or the scanner of a mail system does not use the link up. */
export const CONFIRM_PATH = '/sign-in/link'
const TOKEN_BYTES = 32
const IDENTIFIER_PREFIX = 'magic-link:'

/** Only the hash of a one-time token is stored. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

const queryOf = (token: string, landing: string): string =>
  new URLSearchParams({ token, callbackURL: landing, errorCallbackURL: '/sign-in' }).toString()

/** The address that signs in at once when it is fetched, and goes on to the path `landing`; for terminals. */
export const directLinkAddress = (baseUrl: string, token: string, landing: string): string =>
  `${new URL(baseUrl).origin}${AUTH_BASE_PATH}/magic-link/verify?${queryOf(token, landing)}`

/** The address of a page whose button signs in; for mails and chats, where machines fetch links before people do. */
export const linkAddress = (baseUrl: string, token: string, landing: string): string =>
  `${new URL(baseUrl).origin}${CONFIRM_PATH}?${new URLSearchParams({ token, to: landing })}`

/** Makes every unused link of an address worthless. */
export const withdrawLinks = async (client: pg.Pool | pg.ClientBase, email: string): Promise<void> => {
  await client.query(`delete from verification where identifier like $1 and value::jsonb ->> 'email' = $2`, [
    `${IDENTIFIER_PREFIX}%`,
    email.toLowerCase(),
  ])
}

/**
 * Makes the one link of a person that works, and withdraws the older ones. The person must exist: a link to nobody signs
 * nobody in. Returns its token.
 */
export const makeLinkToken = async (
  client: pg.Pool | pg.ClientBase,
  email: string,
  now: Date,
  lifetimeSeconds: number,
): Promise<{ token: string; expiresAt: Date }> => {
  await withdrawLinks(client, email)
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = new Date(now.getTime() + lifetimeSeconds * 1000)
  await client.query(
    'insert into verification (id, identifier, value, expires_at, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)',
    [
      randomUUID(),
      IDENTIFIER_PREFIX + hashToken(token),
      JSON.stringify({ type: 'magic-link', email: email.toLowerCase() }),
      expiresAt,
      now,
    ],
  )
  return { token, expiresAt }
}
