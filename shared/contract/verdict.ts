/** What a community is found to be, with everything the finding rests on. */
import { z } from 'zod'
import { PURPOSES } from './charter.ts'

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
  is_decisive: z.boolean().describe('The first rule that passed, and that nothing overrules'),
  overruled: z.string().nullable().describe('Why it does not decide although it passed and comes first, in words; null elsewhere'),
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
  bot_accounts: z.int().describe('Accounts these are by'),
  anonymous_contributions: z.int(),
  quarantined_contributions: z.int(),
  deleted_contributions: z.int(),
  feed_gap_days: z.int(),
})

export const STRENGTHS = ['clear', 'leaning', 'none'] as const
/** How sure the window's own threads make its verdict. */
export const supportSchema = z.object({
  strength: z.enum(STRENGTHS).nullable().describe('Clear, leaning, or no clear pattern; null where nothing is resampled'),
  resamples: z.int().describe('How often the threads were drawn anew; 0 where they were not'),
  threads: z.int().describe('Threads with contributions in the window'),
  found: z
    .array(z.object({ verdict: z.enum(VERDICTS), share: z.number() }))
    .describe('What the resampled windows read as, most frequent first; the shares sum to 1'),
  caps: z.array(z.string()).describe('Why it is called less sure than its share says, in words'),
  is_inferred: z
    .boolean()
    .optional()
    .describe('Clear by its draws, and called less only because it rests on inferred threads or doubtful questions'),
  sentence: z.string().describe('How sure, in words, or why that is not told'),
})
export type Support = z.infer<typeof supportSchema>

/** The verdict that stands: one that changes only when another has been clear at month end after month end. */
export const standingSchema = z.object({
  since: z.string().nullable().describe('The month end at which it came to stand'),
  pending: z
    .object({
      verdict: z.enum(VERDICTS),
      since: z.string().describe('The first of the month ends in a row at which it was clear'),
      evaluations: z.int().describe('How many month ends so far'),
      asked: z.int().describe('How many it takes'),
    })
    .nullable()
    .describe('Another verdict on its way to stand'),
  sentence: z.string().describe('What stands, and what this evaluation says beside it'),
})
export type Standing = z.infer<typeof standingSchema>

export const DIRECTION_SERIES = ['joins', 'active-people', 'questions', 'answered', 'leavers'] as const
/** One weekly series against its own past. */
export const directionSeriesSchema = z.object({
  id: z.enum(DIRECTION_SERIES),
  state: z.enum(['down', 'up', 'level', 'cannot_judge']).describe('Down is worse and up is better, so more leavers are "down"'),
  ratio: z.number().nullable().describe('Rate of the last weeks over the rate of the weeks before'),
  z: z.number().nullable().describe('How far outside its own past swings; negative is downward'),
  observed: z.number().nullable().describe('Count in the last weeks'),
  expected: z.number().nullable().describe('Count that the weeks before would lead one to expect'),
  weeks: z.int().nullable().describe('How many last weeks'),
  reason: z.string().nullable().describe('Why it cannot be judged, in words'),
})
export type DirectionSeries = z.infer<typeof directionSeriesSchema>
export const directionSchema = z.object({
  since: z.string().nullable().describe('The Monday of the week in which it was noticed; null for none or for steady'),
  series: z.array(directionSeriesSchema),
  sentence: z.string(),
})
export type Direction = z.infer<typeof directionSchema>

/** Whether it is what its managers declared it to be. */
export const intentionSchema = z.object({
  purpose: z.enum(PURPOSES),
  state: z.enum(['as_intended', 'drifting', 'not_judged']),
  sentence: z.string(),
})
export type Intention = z.infer<typeof intentionSchema>

/** A threshold that this community sets otherwise than by default. */
export const ownThresholdSchema = z.object({
  id: z.string(),
  says: z.string(),
  unit: z.string(),
  value: z.number(),
  default_value: z.number(),
})
export type OwnThreshold = z.infer<typeof ownThresholdSchema>

export const verdictSchema = z.object({
  at: z.string().describe('The day at whose end the verdict is as known, in the time zone of the community'),
  verdict: z.enum(VERDICTS).describe('What this window reads as'),
  support: z.number().nullable().describe('Share of resampled windows that agree; null where nothing is resampled'),
  support_detail: supportSchema,
  standing: z
    .enum(VERDICTS)
    .nullable()
    .describe(
      'The verdict that stands after hysteresis; null where none has been clear long enough yet, or the history before is not at hand',
    ),
  standing_detail: standingSchema.nullable(),
  trajectory: z.enum(TRAJECTORIES),
  trajectory_detail: directionSchema.nullable(),
  intention: intentionSchema.nullable().describe('Null where no charter is declared'),
  window: z.object({ from: z.string(), to: z.string(), days: z.int() }),
  sentence: z.string().describe('The finding in one sentence'),
  because: z.string().describe('Why, in one or two sentences with the deciding numbers'),
  rules: z.array(ruleOutcomeSchema),
  nearest: z.enum(VERDICTS).nullable().describe('The verdict that the flip leads to'),
  flip: flipSchema.nullable().describe('The smallest change found that leads to another verdict, verified by applying it'),
  exclusions: exclusionsSchema,
  own_thresholds: z.array(ownThresholdSchema).describe('Thresholds that this community sets otherwise than by default'),
  rules_version: z.string(),
})
export type Verdict = z.infer<typeof verdictSchema>
