/** What a community is found to be, with everything the finding rests on. */
import { z } from 'zod'

export const VERDICTS = [
  'dormant',
  'too_little_data',
  'workgroup',
  'newsletter',
  'teaching_platform',
  'blog',
  'community',
  'mixed',
] as const
export type VerdictName = (typeof VERDICTS)[number]
export const TRAJECTORIES = ['forming', 'growing', 'steady', 'declining', 'unknown'] as const

export const testSchema = z.object({
  metric: z.string().describe('The metric, or the fact of the window, that was tested'),
  label: z.string().describe('What was tested, in plain words'),
  unit: z.enum(['share', 'count', 'people', 'weeks', 'probability', 'voices', 'per 100 words']),
  observed: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  comparison: z.enum(['at_least', 'at_most', 'above', 'below']),
  threshold: z.number(),
  passed: z.boolean(),
  alternative: z.int().describe('A rule passes when all tests of one of its alternatives pass; counted from 0'),
  sentence: z
    .string()
    .describe('Observed, k of n, interval, threshold, pass or fail, and the smallest change that would turn it, in words'),
  smallest_change: z.string().nullable().describe('The smallest change that would turn this test, in words'),
})
export type RuleTest = z.infer<typeof testSchema>

export const ruleOutcomeSchema = z.object({
  id: z.string(),
  verdict: z.enum(VERDICTS),
  title: z.string(),
  passed: z.boolean(),
  is_decisive: z.boolean().describe('The first rule that passed'),
  sentence: z.string(),
  tests: z.array(testSchema),
})
export type RuleOutcome = z.infer<typeof ruleOutcomeSchema>

export const flipSchema = z.object({
  to_verdict: z.enum(VERDICTS),
  change: z.string().describe('Stable id of the kind of change, such as more_answers_by_others'),
  amount: z.int().describe('How many contributions, questions or people'),
  sentence: z.string(),
})
export type Flip = z.infer<typeof flipSchema>

export const exclusionsSchema = z.object({
  bot_contributions: z.int(),
  anonymous_contributions: z.int(),
  quarantined_contributions: z.int(),
  deleted_contributions: z.int(),
  feed_gap_days: z.int(),
})

export const verdictSchema = z.object({
  at: z.string().describe('The day at whose end the verdict is as known, in the time zone of the community'),
  verdict: z.enum(VERDICTS),
  support: z.number().nullable().describe('Share of resampled windows that agree; null until resampling is built'),
  standing: z.enum(VERDICTS).nullable().describe('The verdict that stands after hysteresis; null until it is built'),
  trajectory: z.enum(TRAJECTORIES),
  window: z.object({ from: z.string(), to: z.string(), days: z.int() }),
  sentence: z.string().describe('The finding in one sentence'),
  because: z.string().describe('Why, in one or two sentences with the deciding numbers'),
  rules: z.array(ruleOutcomeSchema),
  nearest: z.enum(VERDICTS).nullable().describe('The verdict that the flip leads to'),
  flip: flipSchema.nullable().describe('The smallest change found that leads to another verdict, verified by applying it'),
  exclusions: exclusionsSchema,
  rules_version: z.string(),
})
export type Verdict = z.infer<typeof verdictSchema>
