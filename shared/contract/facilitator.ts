/** Who facilitates in a community: named by its managers, so that answers by others can be told apart. */
import { z } from 'zod'

export const facilitatorSchema = z.object({
  id: z.guid().describe('For taking the name back'),
  source: z.string(),
  actor_id: z.string().describe("The person's id in that source"),
  display_name: z.string().nullable(),
  named_at: z.iso.datetime(),
})
export type Facilitator = z.infer<typeof facilitatorSchema>

export const facilitatorsSchema = z.object({ facilitators: z.array(facilitatorSchema) })
export type Facilitators = z.infer<typeof facilitatorsSchema>

const textSchema = (missing: string) =>
  z
    .string()
    .min(1, missing)
    .max(1000)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })

export const facilitatorInputSchema = z.strictObject({
  source: textSchema('name the source').describe('As its events name it, such as forum'),
  actor_id: textSchema('give the id of the person in the source').describe('As the events of the source name the person in actor.id'),
})
export type FacilitatorInput = z.infer<typeof facilitatorInputSchema>

export const ACCOUNT_LIMIT = 20

/** Accounts to choose a person from. */
export const accountsSchema = z.object({
  accounts: z
    .array(
      facilitatorSchema.pick({ source: true, actor_id: true, display_name: true }).extend({
        is_facilitator: z.boolean().describe('The person behind it is named already'),
      }),
    )
    .describe(`At most ${ACCOUNT_LIMIT}`),
})
export type Account = z.infer<typeof accountsSchema>['accounts'][number]

export const accountQuerySchema = z.object({
  query: textSchema('give a part of the name or id').describe('A part of the name, or of the id in the source'),
})
