/** Mail that waits, was sent or was not: what managers and administrators see of the outbox. */
import { z } from 'zod'

/** `sending`: a process is at it. `uncertain`: it broke while it was handed over, so that nobody knows whether it arrived. */
export const MAIL_STATES = ['waiting', 'sending', 'sent', 'refused', 'uncertain', 'cancelled'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** By what it leaves: mail, or a hook of alerts. */
export const CHANNELS = ['mail', 'webhook', 'slack'] as const
export type Channel = (typeof CHANNELS)[number]

export const MAILS_A_PAGE = 50

export const mailSchema = z.object({
  mail_id: z.guid(),
  community: z.object({ slug: z.string(), name: z.string() }).nullable().describe('null: it speaks of several communities, or of none'),
  kind: z.string().describe('What it is, such as value-report'),
  channel: z.enum(CHANNELS),
  to: z.object({
    address: z.string().describe('Of a hook, the host alone'),
    name: z.string().nullable(),
    is_shortened: z.boolean().describe('Addresses of members are not shown whole'),
  }),
  subject: z.string(),
  state: z.enum(MAIL_STATES),
  put_at: z.string(),
  attempt_count: z.int().describe('How often it was begun to be sent'),
  tried_at: z.string().nullable(),
  next_try_at: z.string().nullable().describe('Of a mail that waits: not before then'),
  settled_at: z.string().nullable().describe('When it came into its state, where that is an end'),
  answer: z.string().nullable().describe('What the mail server said last, or what happened'),
  changed_by: z.string().nullable().describe('Who took it back, where it is cancelled; else who had it sent again'),
  again_of: z.guid().nullable().describe('The mail that this one is a copy of, sent again by a person'),
  sent_again_as: z.guid().nullable().describe('Its copy, where a person has had it sent again'),
  can_resend: z.boolean(),
  can_cancel: z.boolean(),
})
export type Mail = z.infer<typeof mailSchema>

export const mailsSchema = z.object({
  mails: z.array(mailSchema).describe('The newest first'),
  next: z.guid().nullable().describe('`before` for the next page; null: this is the last'),
  counts: z.partialRecord(z.enum(MAIL_STATES), z.int()).describe('How many there are in each state, whatever is filtered'),
  has_server: z.boolean().describe('false: no mail server is set, and no mail leaves; hooks need none'),
  try_days: z.int().describe('How long a mail is tried before it is given up'),
  text_days: z.int().describe('How long the text of a mail is kept after its end'),
})
export type Mails = z.infer<typeof mailsSchema>

export const mailTextSchema = mailSchema.extend({
  text: z
    .string()
    .nullable()
    .describe('As the recipient gets it, but links that act for the recipient do not work here; null: dropped after its time'),
  html: z.string().nullable(),
})
export type MailText = z.infer<typeof mailTextSchema>
