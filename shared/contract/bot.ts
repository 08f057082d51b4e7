/** Accounts that are programs and not people: found by the source's word, their name or what they do, and ruled on by managers. */
import { z } from 'zod'

/** What is stored of a reason; its words are made when it is shown. Times are ISO, shares from 0 to 1. */
export const botReasonSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('source') }),
  z.object({
    by: z.literal('name'),
    matched: z.string().describe('The part of the name or id that says so'),
    is_sure: z.boolean().describe('Whether people are hardly ever called so'),
  }),
  z.object({
    by: z.literal('behaviour'),
    is_sure: z.boolean().describe('Whether every sign is plain and nothing holds it back'),
    contributions: z.int().describe('The latest ones of the account, of which all this is told'),
    first_at: z.iso.datetime(),
    last_at: z.iso.datetime(),
    clock: z
      .object({
        minutes: z.int().describe('The round of the clock'),
        contributions: z.int().describe('How many fell on the same moment of it'),
      })
      .nullable()
      .describe('Null where most fell anywhere'),
    gap: z
      .object({ seconds: z.int(), gaps: z.int(), of: z.int() })
      .nullable()
      .describe('Gaps that are the usual one or a multiple of it; null where most are not'),
    answered: z.int().describe('How many lie in threads in which somebody else wrote'),
    replies: z.int().describe('How many are replies in threads of others'),
    word_count: z.number().nullable().describe('Words on average; null where no text was sent'),
    word_variation: z.number().nullable().describe('Standard deviation of the number of words over its mean'),
    hours: z.int().describe('Hours of the day, of 24, in which it wrote'),
    news: z.int().describe('How many are announcements'),
    share: z.number().describe('Of all that was written on the days of its time, by it and by others found alike'),
    held_back: z
      .array(z.enum(['few', 'slow', 'news', 'main_author', 'shared_clock']))
      .describe('Why it is not left out of the counts without a manager'),
  }),
])
export type BotReason = z.infer<typeof botReasonSchema>
export type BehaviourReason = Extract<BotReason, { by: 'behaviour' }>

export const BOT_STATES = ['bot', 'person', 'recognised', 'suspected', 'ordinary'] as const

export const botSchema = z.object({
  id: z.guid().describe('For ruling on it'),
  source: z.string(),
  actor_id: z.string().describe('Its id in that source'),
  display_name: z.string().nullable(),
  state: z
    .enum(BOT_STATES)
    .describe(
      '"bot" and "person" as a manager said; "recognised": left out of the counts until a manager says it is a person; "suspected": counted until a manager says it is a bot; "ordinary": nothing was found or said, which only the answer to a ruling taken back can be',
    ),
  is_left_out: z.boolean().describe('Whether what it does is left out of the counts'),
  reasons: z.array(z.object({ by: z.enum(['source', 'name', 'behaviour']), sentence: z.string() })),
  contributions: z.int().describe('All it ever wrote, as far as is known'),
  recent_contributions: z.int().describe('In the 90 days up to the end of the data'),
  first_seen_at: z.iso.datetime().nullable().describe('Its first contribution; null where it wrote none'),
  last_seen_at: z.iso.datetime().nullable(),
  other_accounts: z.int().describe('Accounts that are said to be of the same person'),
  ruled_at: z.iso.datetime().nullable(),
})
export type Bot = z.infer<typeof botSchema>

export const botsSchema = z.object({ bots: z.array(botSchema) })
export type Bots = z.infer<typeof botsSchema>

export const botRulingSchema = z.strictObject({
  ruling: z.boolean().nullable().describe('true: a bot; false: a person; null: takes it back'),
})
export type BotRuling = z.infer<typeof botRulingSchema>

const textSchema = (missing: string) =>
  z
    .string()
    .min(1, missing)
    .max(1000)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })

export const accountRulingSchema = botRulingSchema.extend({
  source: textSchema('name the source').describe('As its events name it, such as forum'),
  actor_id: textSchema('give the id of the account in the source').describe('As the events of the source name it in actor.id'),
})
export type AccountRuling = z.infer<typeof accountRulingSchema>
