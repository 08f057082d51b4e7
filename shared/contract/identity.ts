/** One person, several accounts: which may belong together, which do, and which do not. */
import { z } from 'zod'

const textSchema = (missing: string) =>
  z
    .string()
    .min(1, missing)
    .max(1000)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })

export const accountNameSchema = z.strictObject({
  source: textSchema('name the source').describe('As its events name it, such as forum'),
  actor_id: textSchema('give the id of the account in the source').describe('As the events of the source name it in actor.id'),
})
export type AccountName = z.infer<typeof accountNameSchema>

/** Accounts named in one request; our judgement: nobody has more. */
export const MOST_ACCOUNTS = 100

const accountsOf = (least: number, message: string) => z.array(accountNameSchema).min(least, message).max(MOST_ACCOUNTS)

export const identityAccountSchema = z.object({
  source: z.string(),
  actor_id: z.string().describe('Its id in that source'),
  display_name: z.string().nullable(),
  contributions: z.int().describe('What it wrote, as far as it counts'),
  first_seen_at: z.iso.datetime().nullable().describe('Its first contribution; null where it wrote none'),
  last_seen_at: z.iso.datetime().nullable(),
})
export type IdentityAccount = z.infer<typeof identityAccountSchema>

export const identityPersonSchema = z.object({ accounts: z.array(identityAccountSchema).describe('Said to be one person’s') })
export type IdentityPerson = z.infer<typeof identityPersonSchema>

export const suggestionSchema = z.object({
  strength: z
    .enum(['strong', 'likely', 'possible'])
    .describe(
      '"strong": the same address; "likely": the same full name, in different sources; "possible": what several people may well share',
    ),
  reasons: z.array(z.string()).describe('Why they may be one, a sentence each'),
  people: z.array(identityPersonSchema).describe('Who may be one person, two or more'),
})
export type Suggestion = z.infer<typeof suggestionSchema>

export const suggestionsSchema = z.object({
  suggestions: z.array(suggestionSchema).describe('The most telling first, then those who wrote most'),
  total: z.int().describe('How many there are in all'),
})
export type Suggestions = z.infer<typeof suggestionsSchema>

export const mergedSchema = z.object({ people: z.array(identityPersonSchema), total: z.int().describe('How many there are in all') })
export type Merged = z.infer<typeof mergedSchema>

const shownAccountSchema = identityAccountSchema.pick({ source: true, actor_id: true, display_name: true })
export type ShownAccount = z.infer<typeof shownAccountSchema>

export const dismissedSchema = z.object({
  pairs: z.array(z.object({ accounts: z.array(shownAccountSchema).length(2), dismissed_at: z.iso.datetime() })),
  total: z.int().describe('How many there are in all'),
})
export type Dismissed = z.infer<typeof dismissedSchema>

const TWO = 'name two accounts or more'
export const mergeInputSchema = z.strictObject({ accounts: accountsOf(2, TWO) })

export const mergeAnswerSchema = z.object({
  accounts: z.array(shownAccountSchema).describe('All accounts that are that person’s now'),
  before: z.array(z.array(shownAccountSchema)).describe('How they were people until now: for undoing it'),
})
export type MergeAnswer = z.infer<typeof mergeAnswerSchema>

export const splitInputSchema = z.strictObject({
  accounts: accountsOf(1, 'name the account').describe('Accounts of one person, which become a person of their own'),
  is_remembered: z.boolean().default(true).describe('false: they may be suggested again, as after a merge by mistake'),
})
export const splitAnswerSchema = z.object({
  accounts: z.array(shownAccountSchema).describe('The accounts that stay together without them'),
})
export type SplitAnswer = z.infer<typeof splitAnswerSchema>

export const dismissInputSchema = z.strictObject({
  accounts: accountsOf(2, TWO),
  is_different: z.boolean().default(true).describe('false: takes it back'),
})
export const dismissAnswerSchema = z.object({ pairs: z.int().describe('Pairs of accounts that this was said of') })
