/** Who is told of a community's alerts, how, and of which. */
import { z } from 'zod'
import { ROLES } from './access.ts'
import { ALERT_RULES, type AlertRuleId, alertRuleIdSchema } from './alert.ts'
import { mailAddressSchema, personNameSchema } from './report-subscription.ts'

/** Each as it comes, all of a week on Monday, or none. */
export const ALERT_WAYS = ['each', 'digest', 'none'] as const
export type AlertWay = (typeof ALERT_WAYS)[number]

/** Addresses without an account, of one community; our judgement: who needs more uses a mailing list, which is one address. */
export const MAX_ALERT_ADDRESSES = 100

/** The digest comes on Monday, when it is this hour in all communities it is of. Our judgement: read before the week's work begins. */
export const DIGEST_HOUR = 7

const rulesSchema = z
  .array(alertRuleIdSchema)
  .max(ALERT_RULES.length)
  .transform((rules): AlertRuleId[] => ALERT_RULES.filter((rule) => rules.includes(rule)))
  .nullable()
  .describe('Those one is told of; null: those that come by default')

export const alertRecipientSchema = z.object({
  id: z.string().describe('Names an account or an address on the list'),
  address: z.string(),
  name: z.string().nullable(),
  role: z.enum(ROLES).nullable().describe('What the account is in the community; null: an address without account'),
  is_me: z.boolean(),
  how: z.enum(ALERT_WAYS),
  rules: z.array(alertRuleIdSchema).describe('Those they are told of'),
  is_by_default: z.boolean().describe('Because of the role; nobody has set it otherwise'),
  said_no_at: z.string().nullable().describe('They themself wanted none'),
  created_by: z.string().nullable(),
  last_sent_at: z.string().nullable(),
  refusal: z.object({ at: z.string(), answer: z.string() }).nullable().describe('What the mail server said to the last mail'),
  version: z.int().describe('Goes up with every change; 0: never set. A change names the version it was made of'),
})
export type AlertRecipient = z.infer<typeof alertRecipientSchema>

export const alertRecipientsSchema = z.object({
  recipients: z.array(alertRecipientSchema).describe('Empty for who may not see who else is told'),
  me: alertRecipientSchema.nullable().describe('How I am told; null for a key'),
  limit: z.int().describe('Addresses without an account'),
})
export type AlertRecipients = z.infer<typeof alertRecipientsSchema>

export const alertRecipientInputSchema = z.strictObject({
  address: mailAddressSchema,
  name: personNameSchema.nullable().default(null),
  how: z.enum(ALERT_WAYS).exclude(['none']).default('each'),
  rules: rulesSchema.default(null),
  is_again: z.boolean().default(false).describe('Also where this address has said no: the manager knows that the person wants them back'),
})
export type AlertRecipientInput = z.input<typeof alertRecipientInputSchema>

export const alertRecipientChangeSchema = z.strictObject({
  how: z.enum(ALERT_WAYS),
  rules: rulesSchema,
  version: z.int().min(0),
  is_again: z.boolean().default(false).describe('Also where they themself have said no'),
})
export type AlertRecipientChange = z.input<typeof alertRecipientChangeSchema>
