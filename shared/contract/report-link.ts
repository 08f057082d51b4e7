/** Links that open a community's value report without signing in. */
import { z } from 'zod'
import { monthSchema } from './value-report.ts'

/** Days after which a link ends; null: when it is revoked. */
export const LINK_DAYS = [30, 90, 365] as const
/** Of one community; our judgement. */
export const MAX_LINKS = 100

export const linkInputSchema = z.strictObject({
  label: z
    .string()
    .trim()
    .min(1, 'say who it is for')
    .max(200)
    .refine((text) => text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text), { error: 'leave out the characters that are no text' }),
  month: monthSchema.nullable().describe('null: always the latest report'),
  days: z.union([z.literal(LINK_DAYS[0]), z.literal(LINK_DAYS[1]), z.literal(LINK_DAYS[2]), z.null()]),
})
export type LinkInput = z.infer<typeof linkInputSchema>

export const reportLinkSchema = z.object({
  id: z.guid(),
  label: z.string(),
  month: monthSchema.nullable(),
  url: z.url(),
  created_at: z.string(),
  created_by: z.string().nullable(),
  expires_at: z.string().nullable(),
  is_ended: z.boolean(),
  last_opened_on: z.string().nullable().describe('A day; the hour is not kept'),
  open_count: z.int(),
})
export type ReportLink = z.infer<typeof reportLinkSchema>
export const reportLinksSchema = z.object({ links: z.array(reportLinkSchema) })
