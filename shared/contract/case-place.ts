/** One case: what it is, what stands around it, and every other number it counts in. */
import { z } from 'zod'
import { CASE_PARTS } from '../case-parts.ts'
import { GRAINS } from '../period.ts'
import { CASE_KINDS, caseColumnSchema, caseSetSchema } from './case-set.ts'
import { caseSchema } from './case.ts'
import { pointSchema } from './metric.ts'

/** Whether numbers count an event, and why not. */
export const CASE_STATES = [
  'counted',
  'removed', // taken back where it was said
  'bot', // by an account that is a bot's
  'quarantined', // an answer whose question is not there
  'no_contribution', // it says something else than a contribution: a reading, a joining, a reaction
] as const

const saidSchema = z.object({
  source: z.string(),
  id: z.string(),
  url: z.string().nullable(),
  occurred_at: z.string(),
  person: z.string().nullable().describe('A pseudonym; null where nobody is named, or the reader may not see who'),
  kind: z.string().nullable().describe('question, answer, reply, post …; null where it is no contribution'),
  is_answer: z.boolean().describe('It counts as an answer to someone else'),
  state: z.enum(CASE_STATES),
})

const eventSchema = saidSchema.extend({
  type: z.string().describe('As it was sent: answer.posted'),
  category: z.string().nullable().describe('What it counts as: help, discussion …'),
  channel: z.string().nullable(),
  removed_at: z.string().nullable(),
  inferred: z.string().nullable().describe('The rule by which it was put into its thread; null where the source says so'),
})

export const casePlaceSchema = z.object({
  time_zone: z.string(),
  grain: z.enum(GRAINS),
  period: z.string().describe('The period of the grain in which it lies'),
  kind: z.enum(CASE_KINDS).nullable().describe('What the case is, where it was asked for by its key'),
  event: eventSchema.nullable().describe('Null for cases that are no single event: a person, a pair'),
  row: z
    .object({ columns: z.array(caseColumnSchema), case: caseSchema })
    .nullable()
    .describe('The case as its list shows it'),
  thread: z
    .object({
      count: z.int().describe('Contributions in it, those that no number counts among them'),
      before: z.int().describe('How many of them lie before the first shown'),
      contributions: z.array(saidSchema.extend({ is_this: z.boolean() })).describe('In order of time, around the event'),
    })
    .nullable(),
  episode: z
    .object({
      source: z.string().describe('The question'),
      id: z.string(),
      asked_at: z.string(),
      first_answered_at: z.string().nullable(),
      accepted_at: z.string().nullable(),
      acknowledged_at: z.string().nullable(),
      helper_count: z.int(),
      answer_count: z.int(),
    })
    .nullable()
    .describe('Of the question that it asks, or belongs to'),
  counts: z
    .array(
      z.object({
        metric: z.string(),
        category: z.string().nullable(),
        part: z.enum(CASE_PARTS).nullable(),
        set: caseSetSchema,
        amount: z.number().describe('What it adds there'),
        point: pointSchema.describe('The number it counts in'),
      }),
    )
    .describe('Every list of cases of the period that holds it: the numerator and the denominator each on its own'),
  hidden: z.string().nullable().describe('Why it, or who is in it, is not shown'),
})
export type CasePlace = z.infer<typeof casePlaceSchema>
export type CaseState = (typeof CASE_STATES)[number]
