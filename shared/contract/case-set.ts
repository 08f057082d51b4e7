/** What the cases of a number are, in general: the catalogue says it of each metric. */
import { z } from 'zod'

/** What one row of a list of cases is. */
export const CASE_KINDS = ['questions', 'people', 'pairs', 'contributions', 'changes', 'topics', 'threads', 'practices', 'days'] as const

export const COLUMN_FORMATS = [
  'person', // a pseudonym, the same wherever the person is shown in a community
  'time', // an instant
  'day', // a calendar day in the zone of the community
  'hours',
  'days', // a number of days
  'count',
  'number',
  'text',
  'yes_no',
] as const

export const caseColumnSchema = z.object({
  id: z.string(),
  title: z.string(),
  format: z.enum(COLUMN_FORMATS),
})
export type CaseColumn = z.infer<typeof caseColumnSchema>

export const caseSetSchema = z.object({
  kind: z.enum(CASE_KINDS),
  words: z.string().describe('What these cases are, as in "questions at least 7 days old"'),
  amount: z.string().nullable().describe('What each adds, where it is not 1: "answers"'),
})
export type CaseSetDescription = z.infer<typeof caseSetSchema>

/** How a metric's cases make its number: a set whose amounts add up to `equals`, or a numerator and a denominator, or none. */
export const casesDescriptionSchema = z.object({
  equals: z.enum(['value', 'n']).nullable().describe('What the one set adds up to: the value, or the n it rests on'),
  set: caseSetSchema.nullable(),
  numerator: caseSetSchema.nullable(),
  denominator: caseSetSchema.nullable(),
  none: z.string().nullable().describe('Why it has no cases'),
})
export type CasesDescription = z.infer<typeof casesDescriptionSchema>
