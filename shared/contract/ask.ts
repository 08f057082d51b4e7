/** Asking askers whether the answer helped, as managers see it. */
import { z } from 'zod'

/** Lines of addresses taken at once; our judgement: a list of members, pasted. */
export const MAX_CONTACT_LINES = 5_000
export const MAX_CONTACT_TEXT = 512 * 1024

const question = {
  source: z.string(),
  channel: z.string().nullable(),
  url: z.string().nullable().describe('Where the question stands'),
  asker: z.string().describe('As the source names them, else their id there'),
}

export const askerSchema = z.object({
  key: z.string().describe('The question'),
  id: z.string().describe('Its id in the source'),
  ...question,
  asked_at: z.string(),
  answered_at: z.string().describe('The first answer'),
  has_address: z.boolean().describe('A manager gave one, so that a mail can ask'),
  is_inferred: z.boolean().describe('That it is a question, or who answered, was recognised from texts and times: look before you ask'),
})
export type AskerEntry = z.infer<typeof askerSchema>

export const madeAskSchema = z.object({
  ask_id: z.string(),
  ...question,
  question_at: z.string().nullable().describe('Null where the question is gone'),
  how: z.enum(['link', 'mail']),
  state: z
    .enum(['made', 'posted', 'waiting', 'sent', 'not_sent'])
    .describe('A link that was made, or posted; a mail that waits, was sent, or could not be. Whether somebody replied is not said'),
  made_at: z.string(),
  expires_at: z.string(),
  is_expired: z.boolean(),
  link: z.string().nullable().describe('Of a link that is to be posted yet'),
  text: z.string().nullable().describe('Ready to post with it'),
})
export type MadeAsk = z.infer<typeof madeAskSchema>

export const toldStorySchema = z.object({ text: z.string(), by: z.string(), on: z.string() })

export const asksSchema = z.object({
  rules: z.array(z.string()).describe('Who may be asked, in words'),
  askers: z.array(askerSchema).describe('Who may be asked now, one question of each, the newest answer first; at most 200'),
  not_yet: z
    .object({ too_fresh: z.int(), opted_out: z.int(), paused: z.int(), left: z.int() })
    .describe('Answered questions that may not be asked about now'),
  asks: z.array(madeAskSchema).describe('Links to be posted yet, then what was asked, the newest first; at most 100'),
  replies: z.object({
    asked_count: z.int(),
    replied_count: z.int(),
    solved_count: z.int(),
    partly_count: z.int(),
    not_solved_count: z.int(),
    bands: z.array(z.object({ id: z.string(), label: z.string(), count: z.int() })),
  }),
  stories: z.array(toldStorySchema).describe('As their tellers allow them to be shown'),
  opt_out_count: z.int().describe('People who do not want to be asked'),
  contact_count: z.int(),
  can_mail: z.boolean().describe('This server has a mail server to send by'),
  setting: z.object({ is_mailing: z.boolean(), version: z.int() }),
  mail: z.object({ subject: z.string(), text: z.string() }).describe('The mail that asks, as an example'),
})
export type Asks = z.infer<typeof asksSchema>

export const askInputSchema = z.strictObject({
  question: z.guid().describe('The key of a question that may be asked about'),
  how: z.enum(['link', 'mail']),
})
export const askSettingSchema = z.strictObject({ is_mailing: z.boolean(), version: z.int().min(0) })

export const contactSchema = z.object({
  id: z.string(),
  address: z.string(),
  source: z.string(),
  actor_id: z.string(),
  display_name: z.string().nullable(),
  added_at: z.string(),
})
export type Contact = z.infer<typeof contactSchema>
export const contactsSchema = z.object({ contacts: z.array(contactSchema).describe('By name; at most 1,000'), total: z.int() })
export const contactInputSchema = z.strictObject({
  text: z
    .string()
    .max(MAX_CONTACT_TEXT)
    .describe(
      'A line for each person: an address alone, or an id of the source and the address, or source, id and address; parted by comma, semicolon or tab',
    ),
})
export const contactAnswerSchema = z.object({
  added: z.int(),
  same: z.int(),
  left_out: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })).describe('Lines that were not taken; the first 200'),
  left_out_count: z.int(),
})
export type ContactAnswer = z.infer<typeof contactAnswerSchema>
