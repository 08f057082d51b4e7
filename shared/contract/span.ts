/** Every metric over a span of days taken as one period: a quarter, the 90 days before something was tried. */
import { z } from 'zod'
import { pointSchema } from './metric.ts'

export const spanSchema = z.object({
  period: z.string().describe('2025-09-01..2025-11-30, both days in it'),
  is_unfinished: z.boolean().describe('The span was not over at the time it is known by'),
  metrics: z.array(z.object({ id: z.string(), category: z.string().nullable(), point: pointSchema })),
})
export type Span = z.infer<typeof spanSchema>

export const spansSchema = z.object({
  known_by: z.string().nullable().describe('Nothing later than this time is used; null while the community has no events'),
  spans: z.array(spanSchema).describe('In the order they were asked for'),
})
export type Spans = z.infer<typeof spansSchema>
