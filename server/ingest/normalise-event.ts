/** The door: what a sender or an importer gives becomes the row that is kept, or the reasons why not. */
import { type EventInput, type EventType, eventSchema, MAX_ID_LENGTH, MAX_PROPERTIES_BYTES } from '../../shared/contract/event.ts'
import { canonicalJson } from './canonical-json.ts'
import { answersNothing } from './classify/answers-nothing.ts'
import { isAcknowledging } from './classify/is-acknowledging.ts'
import { describeIssues } from './describe-issues.ts'
import type { ActorRow, EventRow, FieldProblem } from './event-row.ts'
import { findUnstorable } from './find-unstorable.ts'
import { emailKey } from './email-key.ts'
import { eventKey, hashKey, identityKey, threadKey } from './keys.ts'
import { parseInstant } from './parse-instant.ts'
import type { InferredLink } from './sources/source.ts'
import { DEFAULT_READING, type TextReading } from './text-reading.ts'

/** An event of these types opens a thread when it answers nothing and names none. */
const OPENING_TYPES: ReadonlySet<EventInput['type']> = new Set<EventInput['type']>([
  'question.asked',
  'post.published',
  'announcement.published',
  'document.edited',
  'task.completed',
  'practice.shared',
])
/** Without the event they speak of, these say nothing; kept, they would be dropped in silence. */
const NEEDS_TARGET: ReadonlySet<EventInput['type']> = new Set<EventInput['type']>([
  'answer.accepted',
  'answer.unaccepted',
  'content.deleted',
])
const NEEDS_ACTOR: ReadonlySet<EventInput['type']> = new Set<EventInput['type']>(['member.joined', 'member.left'])

/**
 * Words of work are counted in what people say to each other. A community that announces its yearly meeting is no workgroup by
 * that, and edits and tasks are work by what they are, whatever they say.
 */
const IS_NO_TALK: ReadonlySet<EventType> = new Set<EventType>(['announcement.published', 'document.edited', 'task.completed'])
const NO_WORK_WORDS = { artefact_word_count: 0, document_word_count: 0, work_words: null }

/** An event with more bad places than this is told of the first ones. */
const MAX_PROBLEMS = 20

export type Normalised = { ok: EventRow; problems?: undefined } | { ok?: undefined; problems: FieldProblem[]; id: string | null }

/** The id of an event that may be anything; null where none can be read. */
const readId = (input: unknown): string | null => {
  if (typeof input !== 'object' || input === null || !('id' in input)) return null
  return typeof input.id === 'string' && input.id.length <= MAX_ID_LENGTH ? input.id || null : null
}

const missing = (field: string, why: string): FieldProblem => ({
  pointer: `/${field}`,
  code: 'missing_field',
  message: `${field} is missing; ${why}.`,
})

/** What no single field shows. */
const checkMeaning = (event: EventInput): FieldProblem[] => {
  const problems: FieldProblem[] = []
  if (NEEDS_TARGET.has(event.type) && !event.in_reply_to)
    problems.push(missing('in_reply_to', `${event.type} needs the id of the event it speaks of`))
  if (NEEDS_ACTOR.has(event.type) && !event.actor) problems.push(missing('actor', `${event.type} needs to say who`))
  return problems
}

/** An account as it is kept. */
export const toActorRow = (source: string, actor: NonNullable<EventInput['actor']>): ActorRow => ({
  identity_key: identityKey(source, actor.id),
  source,
  source_actor_id: actor.id,
  // an empty name is no name
  display_name: actor.name || null,
  is_bot: actor.is_bot === true,
  email_key: emailKey(actor),
})

/** The canonical JSON of a whole event, its names in order: written by JSON.stringify in two pieces, many times as fast as canonicalJson. */
const canonicalEvent = (
  event: EventInput,
  occurredAt: string,
  target: NonNullable<EventInput['actor']> | null,
  properties: string | null,
): string => {
  const before = JSON.stringify({
    actor: event.actor ? canonicalActor(event.actor) : undefined,
    channel: event.channel ?? undefined,
    id: event.id,
    in_reply_to: event.in_reply_to ?? undefined,
    occurred_at: occurredAt,
  })
  const after = JSON.stringify({
    source: event.source,
    target_actor: target === null ? undefined : canonicalActor(target),
    text: event.text ?? undefined,
    thread_id: event.thread_id ?? undefined,
    title: event.title ?? undefined,
    type: event.type,
    url: event.url ?? undefined,
  })
  return `${before.slice(0, -1)}${properties === null ? '' : `,"properties":${properties}`},${after.slice(1)}`
}

const canonicalActor = ({ id, is_bot, name }: NonNullable<EventInput['actor']>) => ({
  id,
  is_bot: is_bot ?? undefined,
  name: name ?? undefined,
})

type Said = Pick<EventRow, 'type' | 'classified_by'> & { is_work: boolean }

/** What the source says it is, or else what its text does: then the rule is kept, never the text. */
const sayType = (event: EventInput, inReplyTo: string | null, link: InferredLink | null, { classify }: TextReading): Said => {
  const { source, type, channel = null, title = null, text = null } = event
  if (type !== 'message.posted') return { type, classified_by: null, is_work: false }
  const reply: Said = { type: 'reply.posted', classified_by: 'reply', is_work: false }
  // in a flat chat a question may follow the greeting that opened its thread
  const mayAsk = link?.is_question === true
  if (inReplyTo !== null && !(mayAsk && link.by !== 'source')) return reply
  if (mayAsk && link.by === 'source') return { type: 'question.asked', classified_by: 'source', is_work: false }
  const { rule, ...found } = classify({ source, channel: channel || null, title, text })
  if (inReplyTo !== null && found.type !== 'question.asked') return reply
  return { ...found, classified_by: rule }
}

const toRow = (event: EventInput, occurredAt: string, reading: TextReading, link: InferredLink | null): EventRow => {
  const { id, source } = event
  const threadId = link?.thread_id ?? event.thread_id
  const inReplyTo = link === null ? (event.in_reply_to ?? null) : link.in_reply_to
  const { type, classified_by, is_work } = sayType(event, inReplyTo, link, reading)
  const target = typeof event.target_actor === 'string' ? { id: event.target_actor } : event.target_actor
  const sentProperties = event.properties ? canonicalJson(event.properties) : '{}'
  const sent = sentProperties === '{}' ? null : sentProperties
  const properties = is_work ? canonicalJson({ ...event.properties, work: true }) : sent
  const key = eventKey(source, id)
  const opens = OPENING_TYPES.has(type) && inReplyTo === null
  return {
    event_key: key,
    source,
    source_event_id: id,
    type,
    occurred_at: occurredAt,
    actor: event.actor ? toActorRow(source, event.actor) : null,
    target_actor: target ? toActorRow(source, target) : null,
    thread_key: threadId ? threadKey(source, threadId) : opens ? key : null,
    target_key: inReplyTo ? eventKey(source, inReplyTo) : null,
    channel: event.channel || null,
    url: event.url ?? link?.url ?? null,
    properties,
    ...reading.countWords(event.title, event.text),
    ...(IS_NO_TALK.has(type) ? NO_WORK_WORDS : undefined),
    is_thanks: answersNothing(event.title, event.text),
    // what opens a thread thanks nobody for an answer in it
    is_acknowledging: (type === 'reply.posted' || type === 'answer.posted') && isAcknowledging(event.title, event.text),
    classified_by,
    inferred_link: link === null || link.by === 'source' ? null : link.by,
    // the same event, however it was written: order of keys, null or absent, the offset of its time; of what was found out about it
    // nothing, or better rules would make a conflict of every message imported again
    body_hash: hashKey(canonicalEvent(event, occurredAt, target ?? null, sent)),
    ...(reading.keepsText && (event.title || event.text)
      ? { kept_text: { title: event.title ?? null, text: event.text ?? null } }
      : undefined),
  }
}

/**
 * Checks one event and gives its row, or one problem for each bad field (RFC 6901 pointer, code, a sentence) and the id, where one could be read.
 * `now` is the clock that "in the future" is held against. Title and text are read here and not kept: `reading` counts their words and
 * says what an untyped message is. `link` is what was inferred of a flat chat.
 */
export const normaliseEvent = (
  input: unknown,
  now: Date,
  reading: TextReading = DEFAULT_READING,
  link: InferredLink | null = null,
): Normalised => {
  const problems = findUnstorable(input)
  const parsed = eventSchema.safeParse(input)
  if (!parsed.success)
    problems.push(
      ...describeIssues(
        parsed.error.issues.filter((issue) => issue.path[0] !== 'occurred_at' || issue.code === 'invalid_type'),
        input,
      ),
    )
  const { occurred_at: time, properties } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  let occurredAt = ''
  if (typeof time === 'string') {
    const isWellFormed = parsed.success || !parsed.error.issues.some((issue) => issue.path[0] === 'occurred_at')
    const instant = parseInstant(time, now, isWellFormed)
    if ('at' in instant) occurredAt = instant.at
    else problems.push({ pointer: '/occurred_at', ...instant })
  }
  if (parsed.success) problems.push(...checkMeaning(parsed.data))
  if (problems.length === 0 && properties) {
    const bytes = Buffer.byteLength(JSON.stringify(properties))
    if (bytes > MAX_PROPERTIES_BYTES)
      problems.push({
        pointer: '/properties',
        code: 'too_long',
        message: `properties is ${bytes} bytes of JSON; at most ${MAX_PROPERTIES_BYTES} are taken, so leave out what is not needed.`,
      })
  }
  if (parsed.success && problems.length === 0) return { ok: toRow(parsed.data, occurredAt, reading, link) }
  const places = new Set<string>()
  const firsts = problems.filter(({ pointer }) => places.size < MAX_PROBLEMS && !places.has(pointer) && places.add(pointer))
  return { problems: firsts, id: readId(input) }
}
