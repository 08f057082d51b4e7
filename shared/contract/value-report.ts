/**
 * The sponsor's monthly value report. Its content holds what is shown, word for word and figure for figure as it was written: page, PDF and
 * mail only lay it out, so that they agree, and read the same years later.
 */
import { z } from 'zod'
import { TRAJECTORIES, VERDICTS } from './verdict.ts'

/** Goes up when the shape of the content changes; what is frozen keeps its own. */
export const REPORT_FORMAT = 1

export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'write a month as 2025-12')

/** One number in its words. Exactly one of `value` and `reason` is there: what is not measured says why, and is never 0. */
export const reportFigureSchema = z.object({
  id: z.string().describe('Stable within its part of the report'),
  label: z.string(),
  value: z.string().nullable().describe('As it is to be read: "31 of 42 (74 %, 59–85 %)"'),
  reason: z.string().nullable().describe('Why there is no value'),
  metric: z.string().nullable().describe('The metric whose cases it counts, where one is'),
  period: z.string().nullable().describe('The span of days it counts over, as 2025-12-01..2025-12-31'),
  when: z
    .string()
    .nullable()
    .describe('The same in words: "in December 2025", "in the 90 days to 31 December 2025"; null where the label says it'),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  note: z.string().nullable().describe('The mark of a footnote'),
})
export type ReportFigure = z.infer<typeof reportFigureSchema>

export const reportBenefitSchema = z.object({
  id: z.enum(['help', 'observing', 'experience', 'practices']),
  title: z.string(),
  when: z.string().nullable().describe('The days that all its measured figures count over, in words: stands once, over them'),
  sentence: z.string().describe('What members got, in one or two sentences'),
  measured: z.array(reportFigureSchema),
  confirmed: z.array(reportFigureSchema).describe('What members themselves said'),
  unmeasured: z.array(z.object({ label: z.string(), reason: z.string() })),
})
export type ReportBenefit = z.infer<typeof reportBenefitSchema>

export const reportStorySchema = z.object({
  key: z.string().describe('The event that tells it'),
  text: z.string(),
  by: z.string().describe('A name, a role, or "A member", as its teller allowed'),
  on: z.string().describe('Local day'),
  is_shortened: z.boolean(),
})
export type ReportStory = z.infer<typeof reportStorySchema>

/** Low, central and high hours that members claimed; outliers stand apart, nobody else is extrapolated from them. */
export const reportClaimsSchema = z.object({
  sentence: z.string(),
  claim_count: z.int().nullable().describe('How many claims the sums hold; null where too few members made them to be told'),
  asked_count: z.int().nullable().describe('How many were asked; null where claims came otherwise too'),
  low_hours: z.number().nullable(),
  central_hours: z.number().nullable(),
  high_hours: z.number().nullable(),
  outliers: z.array(z.string()).describe('Claims that stand apart, each in words'),
  note: z.string().nullable(),
})
export type ReportClaims = z.infer<typeof reportClaimsSchema>

const sentenceWithFigures = z.object({ sentence: z.string(), figures: z.array(reportFigureSchema) })

/** A month of the growth table: as read, or why not. */
const cell = z.object({ value: z.string().nullable(), reason: z.string().nullable() })

export const reportContentSchema = z.object({
  format: z.literal(REPORT_FORMAT),
  community: z.object({
    slug: z.string(),
    name: z.string(),
    time_zone: z.string(),
    is_demo: z.boolean(),
    demo_note: z.string().nullable(),
  }),
  month: monthSchema,
  title: z.string().describe('December 2025'),
  days: z.object({ from: z.string(), to: z.string() }).describe('The local days of the month, both in it'),
  known_by: z.string().nullable().describe('Nothing later than this time is used; null where no data have come'),
  is_month_whole: z.boolean().describe('The data reach the end of the month'),
  rules_version: z.string(),
  caveats: z.array(z.string()).describe('What to know before reading on: data that end early, a community that was not there yet'),
  opening: z.object({
    headline: z.string().describe('The verdict and the trajectory in one sentence'),
    verdict: z.enum(VERDICTS).nullable(),
    trajectory: z.enum(TRAJECTORIES).nullable(),
    sentences: z.array(z.string()).describe('Why, how sure, what stands, what was intended'),
    note: z.string().nullable().describe('The mark of the footnote that says how a verdict is found; stands behind the last sentence'),
  }),
  benefits: z.array(reportBenefitSchema),
  pays: z.object({
    sentence: z.string(),
    benefited: reportFigureSchema,
    retention: sentenceWithFigures.extend({ caveat: z.string() }),
    break_even: sentenceWithFigures,
    claims: reportClaimsSchema,
  }),
  growth: z.object({
    sentence: z.string(),
    columns: z.tuple([z.string(), z.string(), z.string()]).describe('This month, the month before, the same month a year before'),
    rows: z.array(
      z.object({
        id: z.enum(['joined', 'first_seen', 'left', 'lapsed', 'net', 'members']),
        label: z.string(),
        cells: z.tuple([cell, cell, cell]).describe('A reason that all three share is shown once'),
        note: z.string().nullable().describe('The mark of a footnote'),
      }),
    ),
    trend: z
      .array(
        z.object({
          month: z.string(),
          joined: z.number().nullable(),
          left: z.number().nullable(),
          members: z.number().nullable(),
          is_step: z.boolean().describe('An import or a purge: who joined and left is told in words and kept out of the chart'),
        }),
      )
      .describe('Thirteen months up to this one; null is not known, or a step'),
  }),
  stories: z.array(reportStorySchema),
  stories_note: z.string().nullable().describe('Why there are none, or how they were chosen'),
  ask: z.object({ text: z.string(), by: z.string().nullable() }).nullable(),
  footnotes: z.array(z.object({ mark: z.string(), text: z.string() })),
})
export type ReportContent = z.infer<typeof reportContentSchema>

/** A report as it is read: its content, and what has become of it. */
export const valueReportSchema = z.object({
  status: z.enum(['frozen', 'preview']).describe('A preview is of numbers as they are now, and is nowhere kept'),
  revision: z.int().nullable(),
  last_revision: z.int().nullable().describe('A later one says what it corrected'),
  made_at: z.string(),
  made_by: z.string().nullable().describe('Null where it was made by itself'),
  corrections: z.array(z.object({ revision: z.int(), made_at: z.string(), reason: z.string(), changes: z.array(z.string()) })),
  /** Stories whose tellers took their consent back since are gone from `content.stories`; this says how many. */
  withdrawn_story_count: z.int(),
  content: reportContentSchema,
})
export type ValueReport = z.infer<typeof valueReportSchema>
