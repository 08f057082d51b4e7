/** What managers tried, by day, and what became of the numbers after it. */
import { z } from 'zod'
import { pointSchema, UNITS } from './metric.ts'

export const TITLE_LENGTH = 120
export const INTERVENTION_NOTE_LENGTH = 4000
/** Metrics one note may name. */
export const MOST_METRICS = 6
/** Notes one community may keep (our judgement: two a week for ten years). */
export const MOST_INTERVENTIONS = 1000
/** What is planned may lie so far ahead; a day beyond is rather a slip of the pen (our judgement). */
export const MOST_DAYS_AHEAD = 366
export const EARLIEST_ON = '1970-01-01'

const isText = (text: string) => text.isWellFormed() && !text.includes('\0')
const NO_TEXT = { error: 'leave out the characters that are no text' }

export const interventionInputSchema = z.object({
  on: z.iso.date('write the day as 2025-12-31').describe('The local day it began'),
  title: z
    .string()
    .trim()
    .min(1, 'say in a few words what was tried')
    .max(TITLE_LENGTH, `write at most ${TITLE_LENGTH} characters`)
    .refine(isText, NO_TEXT),
  note: z
    .string()
    .trim()
    .max(INTERVENTION_NOTE_LENGTH, `write at most ${INTERVENTION_NOTE_LENGTH} characters`)
    .refine(isText, NO_TEXT)
    .transform((text) => text || null)
    .nullable(),
  metrics: z
    .array(z.string().max(80))
    .max(MOST_METRICS, `name at most ${MOST_METRICS} measures`)
    .describe('What it was meant to change: metrics, or metric:category, of which before and after are shown first'),
})
export type InterventionInput = z.infer<typeof interventionInputSchema>

export const interventionChangeSchema = interventionInputSchema.extend({
  version: z.int().min(1).describe('The version that was changed: refused with 409 when another stands by now'),
})

export const interventionSchema = z.object({
  intervention_id: z.string(),
  on: z.string().describe('The local day it began, or is to begin'),
  title: z.string(),
  note: z.string().nullable(),
  metrics: z.array(z.string()),
  version: z.int().describe('Goes up with every change; a change names the version it was made of'),
  created_at: z.string(),
  updated_at: z.string(),
  updated_by: z.string().nullable().describe('Name of who changed it last, for managers'),
})
export type Intervention = z.infer<typeof interventionSchema>

export const interventionsSchema = z.object({
  interventions: z.array(interventionSchema).describe('The newest first'),
  choices: z.array(z.string()).describe('Metrics, or metric:category, that can be compared before and after'),
})
export type Interventions = z.infer<typeof interventionsSchema>

/** Why something was not compared at all. */
export const BEFORE_AFTER_STATUSES = [
  'compared',
  'planned', // it has not begun
  'too_soon', // under a week of days lie after it
  'no_data', // no data reach the days before it, or none the days after
] as const

export const FINDINGS = ['more', 'less', 'not_unusual', 'cannot_tell'] as const
export type Finding = (typeof FINDINGS)[number]

const rangeSchema = z.object({ low: z.number().nullable(), high: z.number().nullable() })

export const comparedMetricSchema = z.object({
  key: z.string().describe('The metric, or metric:category'),
  title: z.string(),
  unit: z.enum(UNITS),
  before: pointSchema,
  after: pointSchema,
  before_range: rangeSchema.nullable().describe('95 % interval of the number before, as widely as this community swings'),
  after_range: rangeSchema.nullable(),
  change: z
    .object({
      kind: z.enum(['difference', 'ratio']).describe('after − before of shares and stocks, after ÷ before of counts and times'),
      value: z.number().nullable().describe('Null where nothing was before, so that no ratio can be told'),
      low: z.number().nullable().describe('Null: no lower, or no upper end'),
      high: z.number().nullable(),
    })
    .nullable(),
  usual: z
    .object({ low: z.number(), high: z.number(), windows: z.int() })
    .nullable()
    .describe('Nine of ten spans of the same length before it lay within; spans begin a week apart'),
  placebo: z
    .object({
      as_large: z.int().describe('At how many of the dates the change was at least as large, for its number of cases'),
      dates: z.int().describe('Days in the past, a week apart, taken as if something had been tried'),
      from_on: z.string(),
      to_on: z.string(),
    })
    .nullable(),
  swing: z
    .number()
    .nullable()
    .describe('How much more it swings between neighbouring spans than chance alone would make it: a ratio of variances, 1 for chance'),
  finding: z.enum(FINDINGS),
  reason: z.string().nullable().describe('Why it cannot be told, or what to know; a sentence'),
  year_before: z.object({ before: pointSchema, after: pointSchema }).nullable().describe('The same weeks a year before, where data reach'),
})
export type ComparedMetric = z.infer<typeof comparedMetricSchema>

export const beforeAfterSchema = z.object({
  intervention_id: z.string(),
  on: z.string(),
  status: z.enum(BEFORE_AFTER_STATUSES),
  reason: z.string().nullable(),
  known_by: z.string().nullable(),
  days: z.int().describe('What was asked for, in whole weeks, so that both sides hold the same weekdays'),
  days_each: z.int().describe('Length of each side: less than `days` while the time after is not over'),
  is_unfinished: z.boolean(),
  before: z.string().nullable().describe('A span of days'),
  after: z.string().nullable(),
  also: z
    .array(z.object({ intervention_id: z.string(), on: z.string(), title: z.string() }))
    .describe('What else was tried in the days compared'),
  also_count: z.int(),
  metrics: z.array(comparedMetricSchema),
})
export type BeforeAfter = z.infer<typeof beforeAfterSchema>
