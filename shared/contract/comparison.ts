/** Two to five communities side by side, in the order they were asked for. Nothing ranks them. */
import { z } from 'zod'
import { measuredSchema, UNITS } from './metric.ts'

/** Fewer is no comparison; more cannot be read side by side (our judgement). */
export const MIN_COMPARED = 2
export const MAX_COMPARED = 5
/** A quarter as the verdict's window has it, or a year, which holds each season once. */
export const COMPARED_DAYS = ['90', '365'] as const
export type ComparedDays = (typeof COMPARED_DAYS)[number]

export const COMPARED_GROUPS = ['membership', 'helping', 'voices', 'content-mix'] as const
export type ComparedGroup = (typeof COMPARED_GROUPS)[number]

export const comparedCommunitySchema = z.object({
  slug: z.string(),
  name: z.string(),
  time_zone: z.string(),
  period: z.string().nullable().describe('Its last whole days as known, 2025-09-01..2025-11-29 in its zone; null without data'),
  note: z.string().nullable().describe('What sets its span apart from those of the others, such as data that begin within it'),
})
export type ComparedCommunity = z.infer<typeof comparedCommunitySchema>

export const comparedCellSchema = measuredSchema.extend({
  cannot_compare: z.string().nullable().describe('Why it cannot be held against the others; null where it can'),
})
export type ComparedCell = z.infer<typeof comparedCellSchema>

/** Two places in `communities`, a before b. */
const pair = { a: z.int(), b: z.int() }

export const shareDifferenceSchema = z.object({
  ...pair,
  value: z.number().describe('Share of b − share of a'),
  low: z.number(),
  high: z.number(),
  finding: z.enum(['differs', 'may_be_chance']).describe('Differs: the interval leaves out no difference at all'),
})
export type ShareDifference = z.infer<typeof shareDifferenceSchema>

export const comparedRowSchema = z.object({
  key: z.string().describe('The metric, or metric:category'),
  title: z.string(),
  group: z.enum(COMPARED_GROUPS),
  unit: z.enum(UNITS),
  cells: z.array(comparedCellSchema).describe('One a community, in their order'),
  differences: z.array(shareDifferenceSchema).describe('Of each pair that holds enough; empty where none is tested'),
  untested: z.string().nullable().describe('Why no difference is tested; null where some are'),
})
export type ComparedRow = z.infer<typeof comparedRowSchema>

export const RECOGNISED_BY = ['address', 'account'] as const
export const memberOverlapSchema = z.object({
  ...pair,
  state: z
    .enum(['told', 'few', 'cannot_tell'])
    .describe('Few: under five people are in it, or left out of it, and the reader may not be told'),
  by: z.array(z.enum(RECOGNISED_BY)).describe('How people are recognised'),
  a_in_both: z.int().nullable().describe('People active in a who are active in b too'),
  b_in_both: z.int().nullable().describe('The same of b; differs where one of them has two accounts in one of the two'),
  a_recognisable: z.int().nullable().describe('Of those active in a; the others might be in both without our knowing'),
  b_recognisable: z.int().nullable(),
  reason: z.string().nullable(),
})
export type MemberOverlap = z.infer<typeof memberOverlapSchema>

export const overlapSchema = z.object({
  active_people: z.array(z.int().nullable()).describe('People active over the span, one number a community; null without data'),
  also_elsewhere: z.array(z.int().nullable()).describe('Of them, active in another of these too; null where that is not told'),
  pairs: z.array(memberOverlapSchema),
})
export type Overlap = z.infer<typeof overlapSchema>

export const comparisonSchema = z.object({
  days: z.int(),
  communities: z.array(comparedCommunitySchema),
  notes: z.array(z.string()).describe('What to know before comparing'),
  rows: z.array(comparedRowSchema),
  tested: z.int().describe('Pairs tested on the whole; intervals are widened for so many (Bonferroni)'),
  overlap: overlapSchema,
})
export type Comparison = z.infer<typeof comparisonSchema>
