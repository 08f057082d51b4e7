/** Who helped whom over a span of days: the graph of help, as arrays of indexes so that thousands of people stay short. */
import { z } from 'zod'
import { pointSchema } from './metric.ts'

const counts = z.array(z.number().int().nonnegative())

export const networkSchema = z.object({
  period: z.string().describe('2025-01-01..2025-12-31, both days in it'),
  known_by: z.string().nullable().describe('Nothing later than this time is used; null while the community has no events'),
  is_unfinished: z.boolean().describe('The span was not over at the time it is known by'),
  is_inferred: z.boolean().describe('Who answers whom was found by names and times, not said by the source'),
  whole: z
    .object({
      people: z.number().int().describe('Who gave or received help'),
      gave: z.number().int(),
      received: z.number().int(),
      both: z.number().int().describe('Who did both'),
      ties: z.number().int().describe('Pairs of helper and helped; two who helped each other are two'),
      helps: z.number().int().describe('Times that somebody helped with a question, each helper and question once'),
    })
    .nullable()
    .describe('Of everyone, however many are left out below; null where nothing may be told'),
  metrics: z
    .array(z.object({ id: z.string(), point: pointSchema }))
    .describe('Two-way share, held together by help and direct reciprocity over the span, as `…/spans` gives them'),
  people: z.object({
    key: z.array(z.string()).describe('The same for the same person at any time'),
    pseudonym: z.array(z.string()),
    name: z.array(z.string().nullable()).nullable().describe('Null unless asked for by somebody who may see names'),
    gave: counts.describe('Questions helped with'),
    received: counts.describe('Help received, each helper and question once'),
  }),
  ties: z.object({
    helper: counts.describe('Place in `people`'),
    helped: counts.describe('Place in `people`'),
    count: counts.describe('Questions helped with'),
  }),
  left_out: z
    .object({ people: z.number().int(), ties: z.number().int(), rule: z.string().describe('Who stays, as a sentence') })
    .nullable(),
  hidden: z.string().nullable().describe('Why nobody is listed, where somebody could be'),
})
export type Network = z.infer<typeof networkSchema>

export const personHelpSchema = z.object({
  total: z.number().int().describe('Times of help in all'),
  helps: z
    .array(
      z.object({
        helper: z.string(),
        helped: z.string(),
        first_at: z.string().describe('When the helper first answered'),
        topic: z.string().nullable(),
        source: z.string(),
        id: z.string().describe('The question, as its source names it'),
        url: z.string().nullable(),
      }),
    )
    .describe('The newest two hundred, people by pseudonym'),
  hidden: z.string().nullable().describe('Why none is listed, where some could be'),
})
export type PersonHelp = z.infer<typeof personHelpSchema>
