/** How what is written in a span of days is shared out among its people: the curve, without a name. */
import { z } from 'zod'
import { pointSchema } from './metric.ts'

/** What is shared out: all contributions, answers to someone else, or thread starts. */
export const VOICES_OF = ['contributions', 'answers', 'starts'] as const
export type VoicesOf = (typeof VOICES_OF)[number]

export const voicesCurveSchema = z.object({
  people: z.int().describe('People known who made any'),
  amount: z.int().describe('What they made together'),
  anonymous: z.int().describe('Made by nobody known, and left out of the curve'),
  steps: z
    .array(
      z.object({
        people: z.int().describe('The first so many, those who made most first'),
        amount: z.int().describe('What they made together'),
        share: z.number().describe('amount / the amount of all'),
      }),
    )
    .describe('The corners of the curve: between two of them everyone made equally many, so that it runs straight and leaves nobody out'),
  marks: z
    .array(
      z.object({
        least: z.number().describe('0.5 or 0.8'),
        people: z.int().describe('The fewest people who made at least this share'),
        amount: z.int().describe('What they made together'),
        share: z.number().describe('amount / the amount of all'),
      }),
    )
    .describe('Where half and 80 % are reached'),
})
export type VoicesCurve = z.infer<typeof voicesCurveSchema>

export const voicesSchema = z.object({
  of: z.enum(VOICES_OF),
  period: z.string().describe('2025-01-01..2025-12-31, both days in it'),
  known_by: z.string().nullable().describe('Nothing later than this time is used; null while the community has no events'),
  is_unfinished: z.boolean().describe('The span was not over at the time it is known by'),
  metrics: z
    .array(z.object({ id: z.string(), point: pointSchema }))
    .describe(
      'top-share, absence-factor, effective-voices, effective-voices-n2, concentration-hhi and gini of what is shared out, over the span',
    ),
  curve: voicesCurveSchema.nullable().describe('Null where it may not be told, or there is none; the reason of absence-factor says why'),
})
export type Voices = z.infer<typeof voicesSchema>
