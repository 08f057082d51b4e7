/** The threads and people behind a verdict, the cases behind each of its tests, and the verdict with others counted or left out. */
import { z } from 'zod'
import { CASE_PARTS } from '../case-parts.ts'
import { caseColumnSchema, caseSetSchema } from './case-set.ts'
import { VERDICT_VIEWS } from '../verdict-views.ts'
import { caseSchema } from './case.ts'
import { STRENGTHS, testSchema, VERDICTS } from './verdict.ts'

export type { VerdictView } from '../verdict-views.ts'

const windowSchema = z.object({ from: z.string(), to: z.string(), days: z.int() })
const share = z.number().nullable().describe('Null where there is nothing to share')

export const evidencePersonSchema = z.object({
  key: z.string(),
  person: z.string().nullable().describe('Pseudonym; null for all who are anonymous together, and where nobody may be named'),
  is_anonymous: z.boolean().describe('All whose author is not known, in one row'),
  is_facilitator: z.boolean(),
  contributions: z.int(),
  starts: z.int(),
  answers: z.int(),
  questions: z.int(),
  hosted: z.int().describe('Contributions in threads that they started, at any time'),
  share_of_contributions: share,
  share_of_starts: share,
  share_of_answers: share,
  share_of_hosted: share,
})
export type EvidencePerson = z.infer<typeof evidencePersonSchema>

export const EVIDENCE_CATEGORIES = ['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const
const categories = z.object({ help: z.int(), discussion: z.int(), broadcast: z.int(), news: z.int(), work: z.int(), other: z.int() })

export const evidenceThreadSchema = z.object({
  key: z.string(),
  source: z.string().nullable(),
  id: z.string().nullable(),
  url: z.string().nullable().describe('Where it happened'),
  channel: z.string().nullable(),
  kind: z.string().describe('How it opened'),
  opened_by: z.string().nullable().describe('Pseudonym of its host; null where nobody known is'),
  opened_at: z.string().nullable(),
  contributions: z.int().describe('In the window'),
  people: z.int().describe('Who contributed to it in the window; all anonymous ones are one'),
  categories,
})
export type EvidenceThread = z.infer<typeof evidenceThreadSchema>

export const evidenceWordSchema = z.object({ word: z.string(), family: z.string().nullable(), count: z.int() })
export const leftOutAccountSchema = z.object({
  account: z.string().describe('Pseudonym'),
  contributions: z.int().describe('In the window'),
  reasons: z.array(z.string()).describe('In words'),
  is_ruled: z.boolean().describe('A manager said so'),
})

export const caseLinkSchema = z.object({
  rule: z.string(),
  rule_title: z.string(),
  label: z.string().describe('What the test is of, in plain words'),
  passed: z.boolean(),
  metric: z.string(),
  alternative: z.int(),
  parts: z.array(z.enum(CASE_PARTS)).describe('Sides with a list; empty where the number is no fraction'),
  none: z.string().nullable().describe('Why nothing can be listed'),
})

export const verdictEvidenceSchema = z.object({
  at: z.string(),
  view: z.enum(VERDICT_VIEWS),
  verdict: z.enum(VERDICTS),
  window: windowSchema,
  known_by: z.string(),
  time_zone: z.string(),
  totals: z.object({
    contributions: z.int(),
    anonymous: z.int(),
    starts: z.int(),
    answers: z.int(),
    questions: z.int(),
    threads: z.int(),
    people: z.int(),
    helpers: z.int(),
    words: z.int(),
    categories,
  }),
  people: z.object({
    sentence: z.string().describe('How few made most, in words'),
    rows: z.array(evidencePersonSchema).describe('Most contributions first; whoever tops answers, starts or hosting is among them'),
    hidden: z.string().nullable().describe('Why nobody is named'),
  }),
  threads: z.object({ sentence: z.string(), rows: z.array(evidenceThreadSchema).describe('Most contributions first') }),
  words: z.object({
    sentence: z.string(),
    rows: z.array(evidenceWordSchema).describe('Words of work that were counted, most frequent first'),
  }),
  left_out: z.object({ sentence: z.string(), rows: z.array(leftOutAccountSchema) }),
  cases: z.array(caseLinkSchema).describe('What each test of each rule can list'),
})
export type VerdictEvidence = z.infer<typeof verdictEvidenceSchema>

export const verdictCasesSchema = z.object({
  at: z.string(),
  view: z.enum(VERDICT_VIEWS),
  window: windowSchema,
  known_by: z.string(),
  time_zone: z.string(),
  rule: z.object({ id: z.string(), title: z.string(), verdict: z.enum(VERDICTS) }),
  test: testSchema.describe('The test these are the cases of'),
  part: z.enum(CASE_PARTS).nullable(),
  equals: z.enum(['observed', ...CASE_PARTS]).describe('Which field of the test the total is equal to'),
  none: z.string().nullable().describe('Why there is no list'),
  numerator: caseSetSchema.nullable(),
  denominator: caseSetSchema.nullable(),
  shown: caseSetSchema.nullable().describe('The cases of this page; null where there is no list'),
  columns: z.array(caseColumnSchema),
  total: z.number().nullable().describe('What all cases on all pages add up to'),
  count: z.int().describe('Cases on all pages together'),
  cases: z.array(caseSchema),
  next: z.string().nullable().describe('Pass as `after` for the next page; null on the last'),
  hidden: z.string().nullable().describe('Why cases, or the people in them, are not shown'),
})
export type VerdictCases = z.infer<typeof verdictCasesSchema>

const shareOf = z.object({
  observed: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export const COMPARED_METRICS = [
  'answered-share',
  'helpers',
  'top-share-of-answers',
  'effective-voices-n2-of-answers',
  'top-share-of-starts',
  'top-share',
  'host-share',
  'content-mix:help',
] as const
export const verdictComparisonSchema = z.object({
  at: z.string(),
  sentence: z.string().describe('What the views differ in, or why there is nothing to compare'),
  views: z
    .array(
      z.object({
        view: z.enum(VERDICT_VIEWS),
        verdict: z.enum(VERDICTS),
        strength: z.enum(STRENGTHS).nullable(),
        support: z.number().nullable(),
        sentence: z.string(),
        window: windowSchema,
        contributions: z.int(),
        accounts: z.int().describe('Bots counted, or facilitators left out; 0 as found'),
        numbers: z.array(shareOf.extend({ metric: z.enum(COMPARED_METRICS), label: z.string(), unit: testSchema.shape.unit })),
      }),
    )
    .describe('As found, and those views in which somebody is counted or left out'),
  without: z.array(z.object({ view: z.enum(VERDICT_VIEWS), reason: z.string() })).describe('Views that would be the same, and why'),
})
export type VerdictComparison = z.infer<typeof verdictComparisonSchema>
