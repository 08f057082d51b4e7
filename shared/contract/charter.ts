/** What a group is meant to be, as its managers declare: the verdict then says whether it is what was intended. */
import { z } from 'zod'

export const PURPOSES = ['community', 'newsletter', 'workgroup', 'teaching_platform', 'blog'] as const
export type Purpose = (typeof PURPOSES)[number]

export const charterSchema = z.object({
  purpose: z.enum(PURPOSES).nullable().describe('Null where nothing is declared'),
  note: z.string().nullable().describe('In the words of who declared it'),
  declared_at: z.iso.datetime().nullable(),
})
export type Charter = z.infer<typeof charterSchema>

export const NOTE_LENGTH = 1000

const noteSchema = z
  .string()
  .trim()
  .max(NOTE_LENGTH, `write at most ${NOTE_LENGTH} characters`)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })
  .transform((text) => text || null)

export const charterInputSchema = z
  .strictObject({
    purpose: z.enum(PURPOSES).nullable().describe('Null takes the declaration back'),
    note: noteSchema.nullable().default(null),
    made_of: z.iso
      .datetime()
      .nullable()
      .optional()
      .describe(
        'The declared_at of the charter that was changed: refused with 409 when another stands by now. Left out: the last word counts',
      ),
  })
  .refine(({ purpose, note }) => purpose !== null || note === null, { error: 'a note needs a purpose that it is about', path: ['note'] })
export type CharterInput = z.infer<typeof charterInputSchema>
