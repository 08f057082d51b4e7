/** What became of the questions of a span of days, taken together: how far each came, how long they waited, and in which topics. */
import { z } from 'zod'
import { CASE_PARTS } from '../case-parts.ts'
import { measuredSchema } from './metric.ts'

export const HELPING_STEPS = [
  'asked',
  'answered', // by someone else, however late, of all asked
  'old_enough', // 7 days at least: those of which the next can be told
  'answered_in_time', // by someone else within 7 days
  'accepted', // or confirmed
  'thanked',
] as const
export type HelpingStepId = (typeof HELPING_STEPS)[number]

export const helpingStepSchema = z.object({
  id: z.enum(HELPING_STEPS),
  found: measuredSchema.describe('How many, of how many (numerator, denominator), and the share with its interval where there are enough'),
  cases: z
    .object({ metric: z.string(), part: z.enum(CASE_PARTS).nullable() })
    .describe('With the period of the answer: the cases that are counted here (GET …/cases)'),
})
export type HelpingStep = z.infer<typeof helpingStepSchema>

const shareAnswered = {
  share: z.number().describe('Share answered by then, by Kaplan–Meier: who still waits counts for as long as they have waited'),
  low: z.number().nullable().describe('95 % band; null where the share is 0 or 1'),
  high: z.number().nullable(),
}
export const answerStepSchema = z.object({ hours: z.number(), ...shareAnswered })
export type AnswerStep = z.infer<typeof answerStepSchema>

export const answerMarkSchema = z.object({
  hours: z.number(),
  answered_count: z.int().describe('Questions answered by someone else within this many hours'),
  at_risk: z.int().describe('Questions that had waited at least as long, answered later or not yet'),
  ...shareAnswered,
  share: shareAnswered.share.nullable().describe('As in the curve; null where there is none'),
})
export type AnswerMark = z.infer<typeof answerMarkSchema>

export const answerTimesSchema = z.object({
  median: measuredSchema.describe('Hours; the metric time-to-first-answer'),
  p90: measuredSchema.describe('Hours; the metric time-to-first-answer-p90'),
  counts: z
    .object({ question_count: z.int(), answered_count: z.int(), waiting_count: z.int() })
    .nullable()
    .describe('Null where nothing may be told'),
  marks: z.array(answerMarkSchema).describe('How many within an hour, four, a day …'),
  steps: z
    .array(answerStepSchema)
    .describe('The curve: where it rises, thinned to what can be drawn. Empty with fewer questions than it takes'),
  last_hours: z.number().nullable().describe('The longest that any question has waited or waited for its answer'),
})
export type AnswerTimes = z.infer<typeof answerTimesSchema>

/** More (many) or no more (few) than the median topic, questions first. As the categories of the metric topic-quadrant. */
export const TOPIC_QUARTERS = [
  'many-asked-many-answered',
  'many-asked-few-answered',
  'few-asked-many-answered',
  'few-asked-few-answered',
] as const
export type TopicQuarter = (typeof TOPIC_QUARTERS)[number]

export const topicSchema = z.object({
  channel: z.string(),
  questions: z.int(),
  answered: z.int().describe('Of these questions, by someone else, however late'),
  answers: z.int(),
  helpers: z.int().describe('Distinct people who answered; all anonymous ones are one'),
  quarter: z.enum(TOPIC_QUARTERS).nullable().describe('Null with too few topics to set them against each other'),
  hangs_on_one: z
    .boolean()
    .nullable()
    .describe('One person gave all the answers; null with too few answered questions to tell, or too much that is anonymous'),
})
export type Topic = z.infer<typeof topicSchema>

export const topicsSchema = z.object({
  quarters: z.record(z.enum(TOPIC_QUARTERS), measuredSchema).describe('The metric topic-quadrant'),
  on_one_helper: measuredSchema.describe('The metric topics-on-one-helper'),
  topic_count: z.int(),
  named_question_count: z.int().describe('Questions that say in which topic they were asked'),
  boundary: z
    .object({ questions: z.number(), answers: z.number() })
    .nullable()
    .describe('The median topic; many is more than that. Null with too few topics'),
  topics: z.array(topicSchema).describe('The most asked first'),
  others: z
    .object({ topic_count: z.int(), questions: z.int(), answered: z.int(), answers: z.int() })
    .nullable()
    .describe('All further topics together; null where every one is listed'),
})
export type Topics = z.infer<typeof topicsSchema>

export const helpingSchema = z.object({
  known_by: z.string().nullable().describe('Nothing later than this time is used; null while the community has no events'),
  period: z.string().describe('The span, both days in it, as GET …/cases takes it: 2025-01-01..2025-12-31'),
  is_unfinished: z.boolean().describe('The span was not over at the time it is known by'),
  left_out_count: z.int().describe('Questions asked in chats without threads, which are left out where most have threads'),
  elsewhere_count: z.int().describe('Questions answered elsewhere, as a manager says: asked, and in no other number here'),
  steps: z.array(helpingStepSchema),
  times: answerTimesSchema,
  topics: topicsSchema,
})
export type Helping = z.infer<typeof helpingSchema>
