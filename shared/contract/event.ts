/** One event as it crosses HTTP: something a member did, in the place where the community lives. */
import { z } from 'zod'

export const EVENT_TYPES = [
  'member.joined',
  'member.left',
  'question.asked',
  'answer.posted',
  'answer.accepted',
  'answer.unaccepted',
  'post.published',
  'reply.posted',
  'announcement.published',
  'reaction.added',
  'reaction.removed',
  'content.viewed',
  'document.edited',
  'task.completed',
  'practice.shared',
  'practice.reused',
  'value.reported',
  'content.deleted',
] as const
export type EventType = (typeof EVENT_TYPES)[number]
/**
 * What a sender may say: besides those, that it does not know. A message that answers nothing is classified by its title, text and
 * channel, and stored as what it is found to be; one with `in_reply_to` is a reply.
 */
export const SENT_TYPES = [...EVENT_TYPES, 'message.posted'] as const

/** A whole event may not be larger than this (UTF-8 bytes of its JSON); our judgement: a long mail fits, an attachment does not. */
export const MAX_EVENT_BYTES = 256 * 1024
/** Limits of one field, in UTF-16 code units; our judgement. */
export const MAX_ID_LENGTH = 512
export const MAX_NAME_LENGTH = 512
export const MAX_URL_LENGTH = 4096
export const MAX_TEXT_LENGTH = 128 * 1024
export const MAX_PROPERTIES_BYTES = 16 * 1024
/** Objects and arrays in `properties` may lie this deep in each other. */
export const MAX_PROPERTIES_DEPTH = 32
/** A JSON batch holds at most this many events and bytes; longer ones are streamed as NDJSON. */
export const MAX_BATCH_EVENTS = 1000
export const MAX_BATCH_BYTES = 1024 * 1024
/** An event may lie this far ahead of our clock, for clocks that run fast. */
export const MAX_AHEAD_MS = 5 * 60 * 1000

const id = (what: string) =>
  z
    .string({ error: `${what} must be a string` })
    .min(1, `${what} must not be empty`)
    .max(MAX_ID_LENGTH, `${what} may have at most ${MAX_ID_LENGTH} characters`)

export const actorSchema = z.strictObject({
  id: id('actor.id').describe("The person's id in that source"),
  name: z.string().max(MAX_NAME_LENGTH).nullish().describe('The name shown there'),
  is_bot: z.boolean().nullish().describe('True when the source itself marks the account as a bot'),
  email: z
    .string()
    .max(MAX_NAME_LENGTH)
    .nullish()
    .describe("The person's address: read to suggest which accounts are one person's, and kept as a hash alone"),
})

/** Strict: a misspelt `thread` in place of `thread_id` would silently change what a community is found to be. */
export const eventSchema = z.strictObject({
  id: id('id').describe("The source's own id of this event; a repeat of it is recognised"),
  source: id('source').describe('Where it happened, for example "slack"'),
  type: z.enum(SENT_TYPES),
  occurred_at: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 time with an offset, such as 2026-01-31T09:00:00Z' })
    .describe('ISO 8601 with an offset'),
  actor: actorSchema.nullish().describe('Who did it; null or absent when the source does not say (anonymous)'),
  thread_id: id('thread_id').nullish().describe('The conversation; an opening event without one opens a thread named by its own id'),
  in_reply_to: id('in_reply_to').nullish().describe('The id of the event answered, accepted, reacted to or deleted, of the same source'),
  target_actor: z
    .union([id('target_actor'), actorSchema])
    .nullish()
    .describe('Who was replied to, where the source says so without saying to which message'),
  channel: z.string().max(MAX_NAME_LENGTH).nullish(),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .max(MAX_URL_LENGTH)
    .nullish(),
  title: z.string().max(MAX_TEXT_LENGTH).nullish().describe('Read to classify and to count words, then dropped'),
  text: z.string().max(MAX_TEXT_LENGTH).nullish().describe('Read to classify and to count words, then dropped'),
  properties: z.record(z.string(), z.unknown()).nullish(),
})
export type EventInput = z.infer<typeof eventSchema>

/** Why one event of a batch was not accepted. */
export const EVENT_PROBLEM_CODES = [
  'malformed_json',
  'invalid_type',
  'missing_field',
  'unknown_field',
  'invalid_value',
  'too_long',
  'missing_offset',
  'invalid_time',
  'in_the_future',
  'not_unicode',
  'too_large',
  'conflict',
  'blocked_identity',
] as const
export const eventProblemSchema = z.object({
  index: z.int().describe('Position of the event in the batch, or of the line in the stream, counted from 0'),
  id: z.string().nullable().describe('Its id, where one could be read'),
  pointer: z.string().describe('JSON pointer (RFC 6901) to the field inside the event; empty for the whole event'),
  code: z.enum(EVENT_PROBLEM_CODES),
  message: z.string().describe('One sentence: what is wrong and what to do'),
})
export type EventProblem = z.infer<typeof eventProblemSchema>

export const ingestAnswerSchema = z.object({
  accepted: z.int(),
  duplicate: z.int(),
  conflict: z.int(),
  rejected: z.int(),
  dry_run: z.boolean(),
  events: z.array(eventProblemSchema).describe('Each event that was not accepted and is not a duplicate'),
})
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>
