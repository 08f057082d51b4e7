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

export const charterInputSchema = z.strictObject({
  purpose: z.enum(PURPOSES).nullable(),
  note: z.string().max(1000).nullable().default(null),
})
export type CharterInput = z.infer<typeof charterInputSchema>
