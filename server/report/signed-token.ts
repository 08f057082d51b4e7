/**
 * Tokens of links that open without signing in: what they open, signed. Nothing secret is stored, and a token names its community, so that
 * every lookup by it is by community.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a token is good for: one of another purpose opens nothing. */
export type TokenPurpose = 'report' | 'unsubscribe' | 'value' | 'portfolio' | 'alert' | 'alert-recipient'

const sign = (secret: string, purpose: TokenPurpose, body: string): Buffer =>
  // half of SHA-256 is beyond guessing, and keeps addresses short enough for a mail
  createHmac('sha256', secret).update(`barnraise:${purpose}:${body}`).digest().subarray(0, 16)

/** `parts` are ids, days and numbers without a dot. The token is fit for an address. */
export const makeToken = (secret: string, purpose: TokenPurpose, parts: readonly string[]): string => {
  if (parts.some((part) => !/^[\w:-]+$/.test(part))) throw new RangeError('a part of a token may hold letters, digits, - and : only')
  const body = parts.join('.')
  return `${body}.${sign(secret, purpose, body).toString('base64url')}`
}

/** The parts of a token that is ours and for this purpose, else null. */
export const readToken = (secret: string, purpose: TokenPurpose, token: string): string[] | null => {
  const end = token.lastIndexOf('.')
  if (end < 1 || token.length > 1000) return null
  const [body, given] = [token.slice(0, end), Buffer.from(token.slice(end + 1), 'base64url')]
  const own = sign(secret, purpose, body)
  return given.length === own.length && timingSafeEqual(given, own) ? body.split('.') : null
}
