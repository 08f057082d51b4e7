import { EVENT_TYPES, type EventType } from '../../../../shared/contract/event.ts'
import { SourceError } from '../source.ts'

/** The fields of an event as columns, in the order in which they are written. */
export const EVENT_COLUMNS = [
  'id',
  'source',
  'type',
  'occurred_at',
  'actor_id',
  'actor_name',
  'actor_is_bot',
  'thread_id',
  'in_reply_to',
  'target_actor',
  'target_actor_name',
  'channel',
  'url',
  'title',
  'text',
  'properties',
] as const
const MEMBER_COLUMNS = ['member', 'name', 'joined', 'left'] as const
export type EventColumn = (typeof EVENT_COLUMNS)[number] | 'reaction'
export type MemberColumn = (typeof MEMBER_COLUMNS)[number] | 'source'

/** Other names under which public archives and common exports hold the same. */
const EVENT_ALIASES: Readonly<Record<string, EventColumn>> = {
  event_id: 'id',
  kind: 'type',
  time: 'occurred_at',
  timestamp: 'occurred_at',
  created_at: 'occurred_at',
  actor: 'actor_id',
  user_id: 'actor_id',
  author_id: 'actor_id',
  author: 'actor_id',
  user_name: 'actor_name',
  author_name: 'actor_name',
  thread: 'thread_id',
  target_member: 'target_actor',
  reaction: 'reaction',
}
const MEMBER_ALIASES: Readonly<Record<string, MemberColumn>> = {
  id: 'member',
  member_id: 'member',
  user_id: 'member',
  member_name: 'name',
  joined_at: 'joined',
  joined_on: 'joined',
  left_at: 'left',
  left_on: 'left',
  source: 'source',
}

/** Kinds as the public archives name them. */
const KINDS: Readonly<Record<string, EventType>> = {
  question: 'question.asked',
  answer: 'answer.posted',
  reply: 'reply.posted',
  post: 'post.published',
  announcement: 'announcement.published',
  document_edit: 'document.edited',
  task: 'task.completed',
  accept: 'answer.accepted',
  reaction: 'reaction.added',
  view: 'content.viewed',
  join: 'member.joined',
  leave: 'member.left',
}
const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES)

/** The event type a cell names, by our name or an archive's; null when it is neither. */
export const readType = (text: string): EventType | null => (TYPES.has(text) ? (text as EventType) : (KINDS[text.toLowerCase()] ?? null))
export const KNOWN_TYPES = `${EVENT_TYPES.join(', ')}, or ${Object.keys(KINDS).join(', ')}`

/** Where each field lies in a row, what the file is, and the columns nothing reads. */
export type Layout =
  | { kind: 'events'; at: ReadonlyMap<EventColumn, number>; width: number; unused: string[] }
  | { kind: 'members'; at: ReadonlyMap<MemberColumn, number>; width: number; unused: string[] }

const plain = (header: string) =>
  header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

const place = <Column extends string>(
  header: string[],
  names: readonly string[],
  aliases: Readonly<Record<string, Column>>,
  mapped: Readonly<Record<string, string>>,
) => {
  const at = new Map<Column, number>()
  const taken = new Set<number>()
  for (const [field, column] of Object.entries(mapped)) {
    const index = header.findIndex((cell) => cell.trim() === column || plain(cell) === plain(column))
    if (index < 0) throw new SourceError(`The file has no column "${column}". Its columns are: ${header.join(', ')}.`)
    if (!names.includes(field)) throw new SourceError(`"${field}" is not a field to map a column to. Fields are: ${names.join(', ')}.`)
    at.set(field as Column, index)
    taken.add(index)
  }
  // our own names first, so that an archive's name never displaces them
  for (const isExact of [true, false])
    header.forEach((cell, index) => {
      const name = plain(cell)
      const field = isExact ? (names.includes(name) ? (name as Column) : undefined) : aliases[name]
      if (!field || at.has(field) || taken.has(index)) return
      at.set(field, index)
      taken.add(index)
    })
  return { at, width: header.length, unused: header.filter((_, index) => !taken.has(index)) }
}

/** Reads the header row. `mapped` is field -> column name. Throws a SourceError that says which column is missing and what was found. */
export const readLayout = (header: string[], mapped: Readonly<Record<string, string>>): Layout => {
  const names = new Set([...header.map(plain), ...Object.keys(mapped)])
  const hasType = names.has('type') || names.has('kind')
  const hasMember = ['joined', 'joined_at', 'joined_on', 'left', 'left_at', 'left_on'].some((name) => names.has(name))
  if (!hasType && hasMember) {
    const found = place<MemberColumn>(header, [...MEMBER_COLUMNS, 'source'], MEMBER_ALIASES, mapped)
    if (!found.at.has('member'))
      throw new SourceError(
        `This looks like a list of members, but no column is named "member" or "id". Its columns are: ${header.join(', ')}.`,
      )
    return { kind: 'members', ...found }
  }
  const found = place<EventColumn>(header, [...EVENT_COLUMNS, 'reaction'], EVENT_ALIASES, mapped)
  const missing = (['type', 'occurred_at'] as const).filter((field) => !found.at.has(field))
  if (missing.length > 0)
    throw new SourceError(
      `The file has no column for ${missing.map((field) => `"${field}"`).join(' and ')}. Its columns are: ${header.join(', ') || 'none'}. ` +
        `Rename them, or say which they are with --map ${missing[0]}=<column>. A list of members has the columns member, name, joined, left.`,
    )
  return { kind: 'events', ...found }
}
