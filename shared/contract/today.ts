/** Today's list: what in a community waits for its manager, and what the manager says of each. */
import { z } from 'zod'

export const CARE_KINDS = [
  'unanswered_question', // asked, and nobody else has answered
  'waiting_newcomer', // a first question or post that nobody has replied to
  'quiet_regular', // somebody who used to take part and has not for far longer than is usual for them
  'topic_on_one', // a topic in which one person gives all the answers
] as const
export type CareKind = (typeof CARE_KINDS)[number]

/** What a manager may say of an item. The last two are of questions only, and the numbers follow. */
export const CARE_MARKS = ['done', 'answered_elsewhere', 'not_a_question'] as const
export type CareMark = (typeof CARE_MARKS)[number]

export const shownPersonSchema = z.object({
  pseudonym: z.string(),
  name: z.string().nullable().describe('As the source names them; null for readers who may not see names, or where none is known'),
})
export type ShownPerson = z.infer<typeof shownPersonSchema>

export const careItemSchema = z.object({
  kind: z.enum(CARE_KINDS),
  key: z.string().describe('With the kind, the same item at every time'),
  since: z.string().describe('Since when it waits: asked, posted, last active, or the first answer that only they gave'),
  why: z.string().describe('Why it stands here, in a sentence with its numbers'),
  person: shownPersonSchema.nullable().describe('Who waits, went quiet, or carries the topic; null where not known or not to be told'),
  channel: z.string().nullable(),
  source: z.string().nullable().describe('The place: the source, its own id there, and the address if there is one'),
  id: z.string().nullable(),
  url: z.string().nullable(),
  is_inferred: z.boolean().describe('That it is a question, or that nobody answered, was inferred from the text'),
  marks: z.array(z.enum(CARE_MARKS)).describe('What may be said of it'),
  mark: z
    .object({ as: z.enum(CARE_MARKS), marked_at: z.string(), marked_by: z.string().nullable() })
    .nullable()
    .describe('What a manager said of it; null: it waits'),
})
export type CareItem = z.infer<typeof careItemSchema>

export const openAgeSchema = z.object({
  from_days: z.int(),
  to_days: z.int().nullable().describe('Exclusive; null: older questions, which are no longer listed'),
  count: z.int(),
})

export const todaySchema = z.object({
  known_by: z.string().nullable().describe('What waits is found as known then, wherever the clock stands: an archive ends with its data'),
  counts: z
    .record(z.enum(CARE_KINDS), z.int())
    .describe('How many wait, of each kind, those beyond the list included. A newcomer’s question stands among the newcomers alone'),
  open_by_age: z
    .array(openAgeSchema)
    .describe('All questions nobody answered and no mark takes away, newcomers’ too, by whole days since they were asked'),
  rules: z.record(z.enum(CARE_KINDS), z.string()).describe('By which rule something stands in the list, and why, in a sentence or two'),
  items: z.array(careItemSchema).describe('What waits, the most pressing of each kind first; at most `limit` of a kind'),
  marked: z.array(careItemSchema).describe('What was marked last, the newest first, to be taken back'),
  cannot_tell: z.array(z.object({ kind: z.enum(CARE_KINDS), reason: z.string() })).describe('Kinds that the sources say nothing of'),
})
export type Today = z.infer<typeof todaySchema>

export const careMarkInputSchema = z.object({
  kind: z.enum(CARE_KINDS),
  key: z
    .string()
    .max(200)
    .regex(/^[\w-]*$/, 'give the key of an item as it is'),
  mark: z.enum(CARE_MARKS).nullable().describe('Null takes it back'),
})
