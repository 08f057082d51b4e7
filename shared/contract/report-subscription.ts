/** Who gets a community's value report by mail. */
import { z } from 'zod'

/** Of one community; our judgement: who needs more uses a mailing list, which is one address. */
export const MAX_SUBSCRIPTIONS = 500
/** Tests to one address within an hour; our judgement: enough to look at it twice and mend, too few to pester anybody. */
export const MAX_TESTS_AN_HOUR = 3

/** In octets, as RFC 5321 counts them. */
const MAX_LOCAL = 64
const MAX_ADDRESS = 254
const octets = (text: string): number => new TextEncoder().encode(text).length

/** No quoted local parts, which nobody has; every letter of every script (RFC 6531), and nothing that turns text round or hides. */
const LOCAL = /^(?:[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u

/** The domain as the domain name system spells it, null where it cannot be one that takes mail. */
const domainToAscii = (domain: string): string | null => {
  // what a URL would take for something else than a name
  if (!/^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u.test(domain)) return null
  try {
    const host = new URL(`http://${domain}/`).hostname
    const labels = host.split('.')
    const isName = labels.length > 1 && labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
    // RFC 2606: no mail ever goes there; an administrator has such an address until they set their own
    return isName && /\D/.test(labels.at(-1) as string) && labels.at(-1) !== 'invalid' ? host : null
  } catch {
    return null
  }
}

/** The one spelling of an address by which it is recognised: no capitals, the domain in ASCII. Null for what is no address that mail can go to. */
export const addressKey = (address: string): string | null => {
  const plain = address.trim().normalize('NFC')
  const at = plain.lastIndexOf('@')
  const local = plain.slice(0, at)
  const domain = at < 1 ? null : domainToAscii(plain.slice(at + 1))
  if (domain === null || !LOCAL.test(local) || octets(local) > MAX_LOCAL || octets(plain) > MAX_ADDRESS) return null
  return `${local.toLowerCase().normalize('NFC')}@${domain}`
}

/** As it is kept and written to: what was typed, without what surrounds it. */
export const mailAddressSchema = z
  .string()
  .max(1000)
  .refine((text) => addressKey(text) !== null, { error: 'give one e-mail address, such as ana@example.org' })

export const personNameSchema = z
  .string()
  .trim()
  .max(200)
  .refine((text) => text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text), { error: 'leave out the characters that are no text' })

export const subscriptionInputSchema = z.strictObject({
  address: mailAddressSchema,
  name: personNameSchema.nullable().default(null),
  is_again: z
    .boolean()
    .default(false)
    .describe('Also where this address has unsubscribed: the manager knows that the person wants it back'),
})

export const SUBSCRIPTION_STATES = ['active', 'unsubscribed', 'refused'] as const

export const subscriptionSchema = z.object({
  id: z.guid(),
  address: z.string(),
  name: z.string().nullable(),
  state: z.enum(SUBSCRIPTION_STATES).describe('refused: still subscribed, but the mail server would not take the last mail'),
  is_own: z.boolean().describe('Subscribed themself, and only as long as they may see the community'),
  created_at: z.string(),
  created_by: z.string().nullable(),
  unsubscribed_at: z.string().nullable(),
  last_sent_at: z.string().nullable(),
  refusal: z.object({ at: z.string(), answer: z.string() }).nullable().describe('What the mail server said to the last mail'),
})
export type Subscription = z.infer<typeof subscriptionSchema>
export const subscriptionsSchema = z.object({
  subscriptions: z.array(subscriptionSchema),
  limit: z.int(),
})
export type Subscriptions = z.infer<typeof subscriptionsSchema>

/** What a person may know of their own subscription. */
export const mySubscriptionSchema = z.object({
  address: z.string().describe('Where the report goes, or would go'),
  is_active: z.boolean(),
  since: z.string().nullable(),
  unsubscribed_at: z.string().nullable(),
})
export type MySubscription = z.infer<typeof mySubscriptionSchema>

export const testAnswerSchema = z.object({ address: z.string(), subject: z.string() })

/** A report as the mail it would be sent as. */
export const reportMailSchema = z.object({ subject: z.string(), text: z.string(), html: z.string() })
export type ReportMail = z.infer<typeof reportMailSchema>
