/** What the messages of a channel are: found by their text, or said by the community. */
import { z } from 'zod'
import { MAX_ID_LENGTH, MAX_NAME_LENGTH } from './event.ts'

export const FOUND_TYPES = ['question', 'announcement', 'work', 'post'] as const
export const foundTypeSchema = z.enum(FOUND_TYPES)

export const channelInputSchema = z.strictObject({
  source: z.string().min(1).max(MAX_ID_LENGTH),
  channel: z.string().min(1).max(MAX_NAME_LENGTH),
  finds: foundTypeSchema.nullable().describe('What a message that opens a thread there is; null: its text says it again'),
})
export type ChannelInput = z.infer<typeof channelInputSchema>

const counts = {
  question_count: z.int(),
  announcement_count: z.int(),
  work_count: z.int(),
  post_count: z.int(),
  reply_count: z.int().describe('Answers and other replies'),
}

export const channelsSchema = z.object({
  channels: z
    .array(
      z.object({
        source: z.string(),
        channel: z.string(),
        ...counts,
        unsaid_count: z
          .int()
          .describe('Messages that open a thread and of which the source does not say what they are: for these the mapping counts'),
        finds: foundTypeSchema.nullable().describe('What the community says they are; null: nothing'),
        set_at: z.iso.datetime().nullable(),
      }),
    )
    .describe('The busiest first'),
  channel_count: z.int().describe('All channels; more than are listed where there are many'),
  rules: z
    .array(
      z.object({
        rule: z.string(),
        says: z.string().nullable().describe('What it looks for; null for a rule of an earlier version'),
        is_unsure: z.boolean().describe('Wrong more often than others'),
        message_count: z.int(),
      }),
    )
    .describe('By which rules messages were classified, whose kind the source does not say'),
  note: z.string(),
})
export type Channels = z.infer<typeof channelsSchema>
