/** The thresholds of the verdict, as a community's managers may set them: each a house rule, shown with its default. */
import { z } from 'zod'

/** What a threshold is asked for: a rule, or how sure and how lasting a verdict is. */
export const THRESHOLD_GROUPS = [
  'dormant',
  'too_little_data',
  'workgroup',
  'newsletter',
  'teaching_platform',
  'blog',
  'community',
  'support',
  'standing',
  'direction',
] as const
export type ThresholdGroup = (typeof THRESHOLD_GROUPS)[number]

export const thresholdSchema = z.object({
  id: z.string(),
  group: z.enum(THRESHOLD_GROUPS).describe('The rule that asks it'),
  says: z.string().describe('What it is, in words, beginning with its rule'),
  unit: z.string(),
  value: z.number().describe('What this community is judged by'),
  default_value: z.number(),
  least: z.number().nullable().describe('What it may be set to, both ends included; null where it cannot be set'),
  most: z.number().nullable(),
  decimals: z.int().describe('With how many decimals it may be set'),
  is_adjustable: z.boolean(),
  source: z.string().describe('Where the default comes from'),
  set_at: z.iso.datetime().nullable().describe('When this community set it; null where the default holds'),
})
export type ThresholdSetting = z.infer<typeof thresholdSchema>

export const thresholdsSchema = z.object({
  thresholds: z.array(thresholdSchema),
  is_judged_by_these: z
    .boolean()
    .describe('Whether the verdicts shown are judged by these thresholds and this charter; false while the history is judged anew'),
})
export type ThresholdSettings = z.infer<typeof thresholdsSchema>

export const thresholdInputSchema = z.strictObject({ value: z.number() })
export type ThresholdInput = z.infer<typeof thresholdInputSchema>
