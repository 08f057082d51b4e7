/** Signatures after Standard Webhooks (standardwebhooks.com), version 1: HMAC-SHA256. */
import { createHash, randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

/** 256 bits; the standard asks for 24 to 64 bytes. */
export const makeWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** The same for every try of a message, also when a person sends it again, so that the receiver can drop doubles. */
export const webhookId = (messageKey: string): string => `msg_${createHash('sha256').update(messageKey).digest('base64url').slice(0, 27)}`

/** The headers of a message; it is signed with each secret. `at`: of this try, which the receiver holds against its clock. */
export const signWebhook = (message: { key: string; body: string }, secrets: readonly string[], at: Date): Record<string, string> => {
  const id = webhookId(message.key)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, message.body)).join(' '),
  }
}
