/** A metric as the catalogue describes it, and one point of its series. */
import { z } from 'zod'
import { casesDescriptionSchema } from './case-set.ts'

export const UNITS = [
  'people',
  'contributions',
  'questions',
  'practices',
  'share',
  'hours',
  'days',
  'people per voice',
  'index',
  'count',
  'voices',
] as const
export const FAMILIES = [
  'membership',
  'retention',
  'newcomers',
  'activity',
  'content-mix',
  'concentration',
  'helping',
  'reciprocity',
  'observing',
  'practices',
  'structure',
  'benefit',
] as const
/** The families as pages and documents head them. */
export const FAMILY_TITLES: Record<(typeof FAMILIES)[number], string> = {
  membership: 'Membership',
  retention: 'Retention',
  newcomers: 'Newcomers',
  activity: 'Activity',
  'content-mix': 'Content mix',
  concentration: 'Concentration',
  helping: 'Helping',
  reciprocity: 'Reciprocity',
  observing: 'Observing',
  practices: 'Practices',
  structure: 'Structure',
  benefit: 'Benefit',
}
export const DIRECTIONS = ['up', 'down', 'none'] as const
/** What a source must be able to tell before a metric can be computed at all. */
export const CAPABILITIES = [
  'joins',
  'leaves',
  'contributions',
  'questions',
  'accepted_answers',
  'views',
  'reactions',
  'practices',
  'value_reports',
] as const
export type Capability = (typeof CAPABILITIES)[number]

export const POINT_STATUSES = [
  'ok', // a value that may be shown with its interval
  'count_only', // under 10: numerator and denominator stand ("4 of 7"), value is null: no percentage
  'too_few', // below the metric's own sample minimum; numerator and denominator stand where there are any
  'not_applicable', // the denominator is zero
  'not_available', // this source cannot tell
  'not_reached', // a median that the data do not reach yet
  'withheld', // too much anonymous content for a per-person metric, or too few questions where threads are inferred
  'bulk_step', // an import or a purge, kept out of trend and alarm
] as const
export type PointStatus = (typeof POINT_STATUSES)[number]

/** What a metric found in one period, before it is tied to the period. */
export const measuredSchema = z.object({
  value: z.number().nullable().describe('null whenever status is neither ok nor bulk_step: never 0 in place of "not known"'),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  n: z.int().nullable().describe('How many cases the value rests on'),
  low: z.number().nullable().describe('Lower end of the 95 % interval'),
  high: z.number().nullable().describe('Upper end of the 95 % interval'),
  status: z.enum(POINT_STATUSES),
  reason: z.string().nullable().describe('Why there is no value, or what to know about it; a sentence'),
  is_inferred: z.boolean().optional().describe('It rests on threads that were inferred: probably a low estimate, never to be compared'),
})
export type Measured = z.infer<typeof measuredSchema>

export const pointSchema = measuredSchema.extend({
  period: z.string().describe('2025-01-31, 2025-W05 or 2025-01, in the time zone of the community'),
  is_unfinished: z.boolean().describe('The period was not over at the time the report is known by'),
})
export type Point = z.infer<typeof pointSchema>

export const thresholdSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(UNITS),
  source: z.string().describe('Where the figure is from, or "house rule"'),
})

/** A small table and the steps from it to the number, to be followed by hand. */
export const workedExampleSchema = z.object({
  given: z.string().describe('What the table holds; a sentence'),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  steps: z.array(z.string()),
  result: z.string().describe('The number as the metric itself finds it'),
})
export type WorkedExample = z.infer<typeof workedExampleSchema>

export const metricDescriptionSchema = z.object({
  id: z.string(),
  family: z.enum(FAMILIES),
  title: z.string(),
  question: z.string().describe('The question it answers, as a manager would ask it'),
  unit: z.enum(UNITS),
  direction: z.enum(DIRECTIONS).describe('Which way is good, where one is'),
  categories: z.array(z.string()).nullable().describe('One series a category, where the metric has them'),
  reads: z.array(z.string()).describe('The rollups it reads'),
  needs: z.array(z.enum(CAPABILITIES)),
  sample_minimum: z.object({ count: z.int(), of: z.string() }).nullable(),
  thresholds: z.array(thresholdSchema),
  explanation: z.string().describe('Formula and rules in words, built from the constants the code uses'),
  citation: z.string(),
  cases: casesDescriptionSchema.describe('What the number is made of, and how to count it again'),
  example: workedExampleSchema.nullable().describe('The number worked out by hand, for one metric of each kind'),
})
export type MetricDescription = z.infer<typeof metricDescriptionSchema>

export const catalogueSchema = z.object({ metrics: z.array(metricDescriptionSchema) })
