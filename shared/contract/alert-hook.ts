/** Other ways out for alerts: webhooks signed after Standard Webhooks, and messages to a chat that takes what Slack takes. */
import { z } from 'zod'
import { alertRuleIdSchema } from './alert.ts'
import { MAIL_STATES } from './mail.ts'

export const HOOK_KINDS = ['webhook', 'slack'] as const
export type HookKind = (typeof HOOK_KINDS)[number]
export const HOOK_TITLES: Record<HookKind, string> = { webhook: 'Signed webhook', slack: 'Message to a chat' }

export const LABEL_LENGTH = 80
/** Longer than any chat gives out; our judgement. */
export const ADDRESS_LENGTH = 2000
/** Hooks of a community; our judgement. */
export const MOST_HOOKS = 20
/** For so long the secret before a new one signs as well. */
export const OLD_SECRET_HOURS = 24

const isText = (text: string) => text.isWellFormed() && !text.includes('\0')

const labelSchema = z
  .string()
  .trim()
  .min(1, 'say what it is, such as the channel')
  .max(LABEL_LENGTH, `write at most ${LABEL_LENGTH} characters`)
  .refine(isText, { error: 'leave out the characters that are no text' })

const addressSchema = z
  .string()
  .trim()
  .min(1, 'give the address')
  .max(ADDRESS_LENGTH, `an address has at most ${ADDRESS_LENGTH} characters`)

const rulesSchema = z
  .array(alertRuleIdSchema)
  .min(1, 'choose one alert at least, or switch the hook off')
  .refine((rules) => new Set(rules).size === rules.length, { error: 'name each once' })
  .nullable()
  .describe('Which alerts go there; null: all, also those to come')

export const hookInputSchema = z.strictObject({ kind: z.enum(HOOK_KINDS), label: labelSchema, address: addressSchema, rules: rulesSchema })
export type HookInput = z.infer<typeof hookInputSchema>

export const hookChangeSchema = z.strictObject({
  version: z.int().min(1).describe('The version that was changed: refused with 409 when another stands by now'),
  label: labelSchema,
  address: addressSchema.nullable().describe('null: as it is'),
  rules: rulesSchema,
  is_on: z.boolean(),
})
export type HookChange = z.infer<typeof hookChangeSchema>

export const hookSchema = z.object({
  hook_id: z.guid(),
  kind: z.enum(HOOK_KINDS),
  label: z.string(),
  host: z.string().describe('Of its address, which is not shown again'),
  rules: z.array(alertRuleIdSchema).nullable(),
  is_on: z.boolean(),
  off_reason: z.string().nullable().describe('Why it was switched off by itself'),
  old_secret_until: z.string().nullable().describe('Until then the secret before this one signs as well'),
  created_at: z.string(),
  created_by: z.string().nullable(),
  updated_at: z.string(),
  updated_by: z.string().nullable(),
  version: z.int(),
  last: z
    .object({
      mail_id: z.guid().describe('In the outbox'),
      subject: z.string(),
      is_test: z.boolean(),
      state: z.enum(MAIL_STATES),
      put_at: z.string(),
      tried_at: z.string().nullable(),
      next_try_at: z.string().nullable(),
      settled_at: z.string().nullable(),
      attempt_count: z.int(),
      answer: z.string().nullable(),
    })
    .nullable()
    .describe('What was put in last for it, and what became of it'),
  waiting_count: z.int().describe('How many wait to be sent'),
})
export type Hook = z.infer<typeof hookSchema>

export const hooksSchema = z.object({
  hooks: z.array(hookSchema).describe('The oldest first'),
  to_private: z.boolean().describe('Whether hooks may reach addresses of a private network'),
})
export type Hooks = z.infer<typeof hooksSchema>

export const madeHookSchema = hookSchema.extend({
  secret: z.string().nullable().describe('What it is signed with, shown this once; null: a message to a chat is not signed'),
})
export type MadeHook = z.infer<typeof madeHookSchema>
