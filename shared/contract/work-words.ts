/** The words that talk about work, by which a workgroup is told by its talk: which they are, and which were counted. */
import { z } from 'zod'
import { MAX_WORD_LENGTH, MAX_WORDS_A_FAMILY, refuseWord, tidyWord, WORD_FAMILIES } from '../work-words.ts'

const familySchema = z.enum(WORD_FAMILIES)

export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/, 'give the short name of a language in small letters, such as en, de or pt-br')
  .describe('The short name of a language (BCP 47), in small letters')

const wordSchema = z
  .string()
  .max(MAX_WORD_LENGTH * 4)
  .transform(tidyWord)
  .refine((word) => refuseWord(word) === null, { error: ({ input }) => refuseWord(input as string) ?? '' })

export const wordListSchema = z
  .array(wordSchema)
  .max(MAX_WORDS_A_FAMILY, `at most ${MAX_WORDS_A_FAMILY} words a family`)
  .transform((words) => [...new Set(words)])
  .describe('In any case, unless written in capitals; a space matches any white space or a hyphen. An empty list counts none')

/** Families left out stay as they are; null goes back to the default. */
export const workWordsInputSchema = z.strictObject({
  language: languageSchema,
  families: z.strictObject({
    artefact: wordListSchema.nullable().optional(),
    procedure: wordListSchema.nullable().optional(),
    document: wordListSchema.nullable().optional(),
    build: wordListSchema.nullable().optional(),
  }),
})
export type WorkWordsInput = z.infer<typeof workWordsInputSchema>

export const workWordsSchema = z.object({
  languages: z
    .array(
      z.object({
        language: z.string(),
        families: z.array(
          z.object({
            family: familySchema,
            words: z.array(z.string()).describe('What is counted'),
            default_words: z.array(z.string()).describe('What is counted where nothing of its own is set; empty for most languages'),
            is_own: z.boolean().describe('Whether this community set it'),
          }),
        ),
      }),
    )
    .describe('All are counted together, whatever language a text is in'),
  patterns: z.array(z.object({ word: z.string(), stands_for: z.string() })).describe('Entries that stand for more than themselves'),
  counts_since: z.iso
    .datetime()
    .nullable()
    .describe('When the words last changed; null where they never did. What was received before was counted by the words of then'),
  note: z.string(),
})
export type WorkWords = z.infer<typeof workWordsSchema>

/** At most so many words of a window are listed. */
export const COUNTED_WORDS_LIMIT = 50

export const countedWordsSchema = z.object({
  words: z
    .array(z.object({ word: z.string().describe('As it stands in the list'), family: familySchema, count: z.int() }))
    .describe(`The ${COUNTED_WORDS_LIMIT} counted most often, most often first`),
  different_words: z.int().describe('How many different ones were counted'),
  by_family: z.object({ artefact: z.int(), procedure: z.int(), document: z.int(), build: z.int() }),
  words_not_kept: z.int().describe('Words of work counted before it was kept which they were: no list has them'),
  word_count: z.int().describe('All words of the contributions counted, of whatever kind'),
})
export type CountedWords = z.infer<typeof countedWordsSchema>

const daySchema = z.iso.date().refine((day) => day >= '1900' && day < '3000', { error: 'must lie in the years 1900 to 2999' })

export const countedWordsQuerySchema = z.object({
  from: daySchema.describe('The first day of the window, in the time zone of the community'),
  to: daySchema.describe('Its last day'),
})
