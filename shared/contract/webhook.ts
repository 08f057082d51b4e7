/** Live feeds: what a place sends as it happens, by webhooks that sign what they send. */
import { z } from 'zod'

export const WEBHOOK_KINDS = ['discourse', 'github'] as const
export type WebhookKind = (typeof WEBHOOK_KINDS)[number]
export const WEBHOOK_TITLES: Record<WebhookKind, string> = { discourse: 'Discourse', github: 'GitHub' }

/** A delivery may not be larger; the longest post with all that stands around it has a tenth of it. Our judgement. */
export const MAX_DELIVERY_BYTES = 4 * 1024 * 1024

const isPlain = (text: string) => text.isWellFormed() && !text.includes('\0')

export const webhookInputSchema = z.strictObject({
  kind: z.enum(WEBHOOK_KINDS, { error: `must be ${WEBHOOK_KINDS.join(' or ')}` }),
  name: z
    .string()
    .trim()
    .min(1, 'give a name')
    .max(200)
    .refine(isPlain, { error: 'leave out the characters that are no text' })
    .describe('What people call the feed'),
  source: z
    .string()
    .trim()
    .min(1)
    .max(512)
    .refine(isPlain, { error: 'leave out the characters that are no text' })
    .optional()
    .describe('The name its events carry as their source; by default that of an imported archive of the same kind'),
})
export type WebhookInput = z.infer<typeof webhookInputSchema>

export const webhookSchema = z.object({
  id: z.guid(),
  kind: z.enum(WEBHOOK_KINDS),
  name: z.string(),
  source: z.string(),
  url: z.url().describe('Where the deliveries go'),
  created_at: z.string(),
  last_delivery_at: z.string().nullable().describe('The last one whose signature was right; null: none came yet'),
  last_event: z.string().nullable().describe('What it was, as its header said'),
  last_status: z.int().nullable().describe('How it was answered'),
  last_outcome: z.string().nullable().describe('What came of it; a sentence'),
  delivery_count: z.int(),
  accepted_count: z.int().describe('Events stored'),
  ignored_count: z.int().describe('Deliveries of which nothing is read, by design'),
  last_refused_at: z.string().nullable(),
  refused_count: z.int().describe('Deliveries whose signature was missing or wrong'),
})
export type Webhook = z.infer<typeof webhookSchema>
export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) })
export const madeWebhookSchema = webhookSchema.extend({ secret: z.string().describe('Shown this once') })
export type MadeWebhook = z.infer<typeof madeWebhookSchema>

export const deliveryAnswerSchema = z.object({
  accepted: z.int(),
  duplicate: z.int(),
  conflict: z.int().describe('Stored already with another content; left as it was'),
  ignored: z.string().nullable().describe('What it is, where nothing of it is read by design'),
})
export type DeliveryAnswer = z.infer<typeof deliveryAnswerSchema>
