/** HealthReport: what a community is found to be over a range of periods. The page, the API, the report and the alert all show this and compute none of it. */
import { z } from 'zod'
import { GRAINS } from '../period.ts'
import { pointSchema } from './metric.ts'
import { verdictSchema } from './verdict.ts'

export const seriesSchema = z.object({
  id: z.string().describe('The metric'),
  category: z.string().nullable().describe('The category, for metrics with one series a category'),
  points: z.array(pointSchema),
})
export type Series = z.infer<typeof seriesSchema>

export const sourceStatusSchema = z.object({
  source: z.string(),
  tells: z.array(z.string()).describe('What this source can tell'),
  cannot_tell: z.array(z.string()),
  first_event_at: z.string().nullable(),
  last_event_at: z.string().nullable(),
  event_count: z.int(),
})
export type SourceStatus = z.infer<typeof sourceStatusSchema>

export const healthReportSchema = z.object({
  community: z.object({
    slug: z.string(),
    name: z.string(),
    time_zone: z.string(),
    is_demo: z.boolean(),
    demo_note: z.string().nullable(),
  }),
  grain: z.enum(GRAINS),
  from: z.string(),
  to: z.string(),
  known_by: z.string().nullable().describe('Nothing later than this time is used; null while the community has no events'),
  computed_at: z.string().nullable(),
  is_stale: z.boolean().describe('Events have arrived that are not in these numbers yet'),
  periods: z.array(z.string()),
  metrics: z.array(seriesSchema),
  verdicts: z.array(verdictSchema.extend({ period: z.string() })).describe('The verdict at the end of each month that the range touches'),
  latest_verdict: verdictSchema.nullable(),
  sources: z.array(sourceStatusSchema),
})
export type HealthReport = z.infer<typeof healthReportSchema>
