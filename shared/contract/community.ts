/** A community as lists and the portfolio show it. */
import { z } from 'zod'
import { alertRuleIdSchema } from './alert.ts'
import { intentionSchema, STRENGTHS, TRAJECTORIES, VERDICTS } from './verdict.ts'

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, such as pump-engineers')
  .max(63)

export const communitySchema = z.object({
  slug: z.string(),
  name: z.string(),
  time_zone: z.string(),
  is_demo: z.boolean(),
  demo_note: z.string().nullable().describe('For a demo: synthetic, or which archive under which licence'),
  created_at: z.string(),
})
export type Community = z.infer<typeof communitySchema>

/** Why a community needs somebody, the first that stands first. */
export const NEED_REASONS = ['drifting', 'declining', 'silent', 'unanswered', 'no_data'] as const
export type NeedReason = (typeof NEED_REASONS)[number]
export const communityNeedSchema = z.object({ reason: z.enum(NEED_REASONS), sentence: z.string() })
export type CommunityNeed = z.infer<typeof communityNeedSchema>

/** One row of the portfolio. */
export const communitySummarySchema = communitySchema.extend({
  verdict: z.enum(VERDICTS).nullable().describe('What its last evaluation reads as'),
  strength: z.enum(STRENGTHS).nullable().describe('How sure its own threads make that; null where nothing is resampled'),
  standing: z.enum(VERDICTS).nullable().describe('The verdict that stands after hysteresis'),
  intention: intentionSchema.nullable().describe('Whether it is what its managers declared it to be; null without a charter'),
  own_threshold_count: z.int().describe('Thresholds that it sets otherwise than by default'),
  verdict_sentence: z.string().nullable(),
  trajectory: z.enum(TRAJECTORIES),
  verdict_at: z.string().nullable(),
  member_count: z.int().nullable(),
  answered_share: z
    .object({ value: z.number().nullable(), numerator: z.number().nullable(), denominator: z.number().nullable() })
    .nullable(),
  is_answering_inferred: z
    .boolean()
    .optional()
    .describe('Its threads are inferred, so its answered share is not told beside those of others'),
  last_alert: z
    .object({
      alert_id: z.string(),
      rule: alertRuleIdSchema,
      is_standing: z.boolean().describe('It stands, by data that go on, and nobody called it a false alarm'),
      is_false: z.boolean().describe('It was called a false alarm'),
      stood_on: z.string().nullable().describe('It stood when the data ended, on this day; nothing later is known'),
      began_on: z.string(),
      told_at: z.string().describe('When the last was told of it'),
      headline: z.string().describe('The last that was told of it'),
    })
    .nullable()
    .describe('The alert that stands, else the last one told; null where none was'),
  contributions_by_month: z
    .array(z.object({ period: z.string(), count: z.int() }))
    .describe('The last twelve months with data, for the sparkline'),
  needs: z.array(communityNeedSchema).describe('Why somebody should look at it now; empty where nothing asks for it'),
  known_by: z.string().nullable(),
  role: z.enum(['administrator', 'manager', 'sponsor', 'viewer']).describe('What the reader is here'),
})
export type CommunitySummary = z.infer<typeof communitySummarySchema>
