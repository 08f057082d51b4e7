/** How a community's report is made, and what its managers add to a month. */
import { z } from 'zod'
import { monthSchema, reportStorySchema } from './value-report.ts'

export const MAX_DRAFT_DAYS = 14
/** Characters of what the manager asks of the sponsor; our judgement: one page is read in two minutes. */
export const MAX_ASK_LENGTH = 1_200
export const MAX_STORIES = 3

export const reportSettingsSchema = z.object({
  is_made: z.boolean().describe('Made by itself on the first of each month, and sent to who is subscribed'),
  draft_days: z.int().min(0).max(MAX_DRAFT_DAYS).describe('Days before the first of the month on which managers get the draft; 0: none'),
  version: z.int().describe('Goes up with every change; 0: as by default'),
})
export type ReportSettings = z.infer<typeof reportSettingsSchema>
/** `version`: of what was changed; another that stands by now refuses the change. */
export const reportSettingsInputSchema = reportSettingsSchema

export const reportDraftSchema = z.object({
  month: monthSchema,
  ask: z.string().nullable(),
  story_keys: z.array(z.string()).nullable().describe('The chosen stories; null: the report chooses by itself'),
  version: z.int(),
  updated_at: z.string().nullable(),
  updated_by: z.string().nullable(),
  /** What there is to choose from. */
  stories: z.array(reportStorySchema),
  is_frozen: z.boolean().describe('The report of this month is made: what is written here goes into a correction only'),
})
export type ReportDraft = z.infer<typeof reportDraftSchema>
export const reportDraftInputSchema = z.object({
  ask: z.string().max(MAX_ASK_LENGTH).nullable(),
  story_keys: z.array(z.uuid()).max(MAX_STORIES).nullable(),
  version: z.int(),
})

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
