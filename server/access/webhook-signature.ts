import { createHmac, timingSafeEqual } from 'node:crypto'

/** Discourse (app/jobs/regular/emit_web_hook_event.rb) and GitHub both write `sha256=` and the HMAC of the body's bytes in hex. */
export const signBody = (secret: string, body: Uint8Array): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** Whether the signature is that of exactly these bytes; compared in constant time. */
export const isSignedBy = (secret: string, body: Uint8Array, signature: unknown): boolean => {
  if (typeof signature !== 'string') return false
  const expected = Buffer.from(signBody(secret, body))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
