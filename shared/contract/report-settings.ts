/** How a community's report is made, and what its managers add to a month. */
import { z } from 'zod'
import { monthSchema, reportStorySchema } from './value-report.ts'

/**
 * Local time at which drafts and reports are made; our judgement: before the working day, and late enough that what came in over
 * midnight has been counted.
 */
export const MADE_AT = '06:00'
export const DEFAULT_DRAFT_DAYS = 3
export const MAX_DRAFT_DAYS = 14
/** Characters of what the manager asks of the sponsor; our judgement: one page is read in two minutes. */
export const MAX_ASK_LENGTH = 1_200
/** Characters of why a report is corrected; our judgement: a sentence or two. */
export const MAX_REASON_LENGTH = 500
export const MAX_STORIES = 3

/** What would turn the text round, or a terminal's page; line ends and tabs are text. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const plainText = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `write at most ${maxLength} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })
    .transform((text) =>
      text
        .replaceAll(/\r\n?/g, '\n')
        .replace(CONTROLS, (found) => (found === '\n' || found === '\t' ? found : ''))
        .trim(),
    )

const settings = {
  is_made: z.boolean().describe('Made by itself on the first of each month, and sent to who is subscribed'),
  draft_days: z
    .int(`write a whole number of days from 0 to ${MAX_DRAFT_DAYS}`)
    .min(0, `write 0 to ${MAX_DRAFT_DAYS} days`)
    .max(MAX_DRAFT_DAYS, `write 0 to ${MAX_DRAFT_DAYS} days`)
    .describe('Days before the first of the month on which managers get the draft; 0: none'),
}
export const reportSettingsSchema = z.object({
  ...settings,
  version: z.int().describe('Goes up with every change; 0: as by default'),
  next: z
    .object({
      month: monthSchema.describe('The month it will be of'),
      made_on: z.string().describe('Local day'),
      draft_on: z.string().nullable().describe('Local day; null where no draft will be sent'),
      drafted_at: z.string().nullable().describe('When the draft was sent'),
      waiting: z.string().nullable().describe('What a report that is due waits for'),
      is_silent: z.boolean().describe('Nothing was heard in that month so far, nor in the one before: as it stands, none is made'),
    })
    .nullable()
    .describe('What the schedule does next; null where it is switched off'),
})
export type ReportSettings = z.infer<typeof reportSettingsSchema>
/** `version`: of what was changed; another that stands by now refuses the change. */
export const reportSettingsInputSchema = z.strictObject({ ...settings, version: z.int().min(0) })
export type ReportSettingsInput = z.infer<typeof reportSettingsInputSchema>

export const reportDraftSchema = z.object({
  month: monthSchema,
  ask: z.string().nullable(),
  story_keys: z.array(z.string()).nullable().describe('The chosen stories; null: the report chooses by itself'),
  version: z.int(),
  updated_at: z.string().nullable(),
  updated_by: z.string().nullable(),
  /** What there is to choose from. */
  stories: z.array(reportStorySchema),
  is_frozen: z.boolean().describe('The report of this month is made: what is written in it changes by a correction only'),
})
export type ReportDraft = z.infer<typeof reportDraftSchema>

const words = {
  ask: plainText(MAX_ASK_LENGTH)
    .transform((text) => text || null)
    .nullable(),
  story_keys: z
    .array(z.guid())
    .max(MAX_STORIES, `choose at most ${MAX_STORIES} stories`)
    .refine((keys) => new Set(keys).size === keys.length, { error: 'choose each story once' })
    .nullable(),
}
export const reportDraftInputSchema = z.strictObject({ ...words, version: z.int().min(0) })
export type ReportDraftInput = z.infer<typeof reportDraftInputSchema>

/** Makes the report of a month that is over. */
export const makeReportInputSchema = z
  .strictObject({
    is_mailed: z.boolean().optional().describe('Sent to who is subscribed; left out: where the schedule would have sent it'),
  })
  .nullish()

export const reportRevisionInputSchema = z.strictObject({
  reason: plainText(MAX_REASON_LENGTH).refine((text) => text !== '', { error: 'say why it is corrected: it stands on the report' }),
  is_mailed: z.boolean().default(false).describe('Sent again to who is subscribed'),
  revision: z.int().min(1).describe('The revision that is corrected: refused with 409 when there is a later one by now'),
  ask: words.ask.optional().describe('Left out: as it stands'),
  story_keys: words.story_keys.optional().describe('Left out: as it stands'),
})
export type ReportRevisionInput = z.infer<typeof reportRevisionInputSchema>

/** What a correction would change if it were made now. */
export const reportCorrectionSchema = z.object({
  month: monthSchema,
  revision: z.int().describe('The last revision, which it would correct'),
  changes: z.array(z.string()).describe('Each in words; none: nothing would change'),
  ask: z.string().nullable(),
  story_keys: z.array(z.string()).nullable().describe('The stories chosen for it; null: the report chose by itself'),
  stories: z.array(reportStorySchema).describe('What there is to choose from'),
})
export type ReportCorrection = z.infer<typeof reportCorrectionSchema>

export const reportListSchema = z.object({
  reports: z
    .array(
      z.object({
        month: monthSchema,
        revision: z.int(),
        made_at: z.string(),
        headline: z.string(),
      }),
    )
    .describe('Frozen reports, the newest month first'),
  running_month: monthSchema.describe('The month that is not over yet where the community lives'),
  first_month: monthSchema.nullable().describe('The month of the first event'),
  skipped: z.array(z.object({ month: monthSchema, reason: z.string() })).describe('Months for which none was made by itself, and why'),
})
export type ReportList = z.infer<typeof reportListSchema>
