import { type EventType, SENT_TYPES } from '../../../../shared/contract/event.ts'
import type { CsvMapping } from '../../../../shared/contract/import.ts'
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

/** What a column of a list of events can hold, in the order in which people are asked. */
export const EVENT_FIELDS = [
  'occurred_at',
  'occurred_time',
  'actor_id',
  'actor_name',
  'actor_email',
  'type',
  'title',
  'text',
  'channel',
  'thread_id',
  'in_reply_to',
  'id',
  'target_actor',
  'target_actor_name',
  'reaction',
  'url',
  'actor_is_bot',
  'source',
  'properties',
] as const
export type EventField = (typeof EVENT_FIELDS)[number]

/** What a column of a list of members can hold. */
export const MEMBER_FIELDS = ['member', 'name', 'email', 'joined', 'left', 'is_bot', 'source'] as const
export type MemberField = (typeof MEMBER_FIELDS)[number]

export type CsvField = EventField | MemberField

/** Kinds as the public archives and people name them. */
const KINDS: Readonly<Record<string, (typeof SENT_TYPES)[number]>> = {
  question: 'question.asked',
  answer: 'answer.posted',
  reply: 'reply.posted',
  comment: 'reply.posted',
  post: 'post.published',
  article: 'post.published',
  announcement: 'announcement.published',
  message: 'message.posted',
  document_edit: 'document.edited',
  task: 'task.completed',
  accept: 'answer.accepted',
  reaction: 'reaction.added',
  like: 'reaction.added',
  view: 'content.viewed',
  join: 'member.joined',
  joined: 'member.joined',
  leave: 'member.left',
  left: 'member.left',
  frage: 'question.asked',
  antwort: 'answer.posted',
  kommentar: 'reply.posted',
  beitrag: 'post.published',
  ankündigung: 'announcement.published',
  beitritt: 'member.joined',
  austritt: 'member.left',
  pregunta: 'question.asked',
  respuesta: 'answer.posted',
  comentario: 'reply.posted',
  anuncio: 'announcement.published',
  réponse: 'answer.posted',
  commentaire: 'reply.posted',
  annonce: 'announcement.published',
  pergunta: 'question.asked',
  resposta: 'answer.posted',
  comentário: 'reply.posted',
  anúncio: 'announcement.published',
}
const TYPES: ReadonlySet<string> = new Set(SENT_TYPES)

export type SentType = (typeof SENT_TYPES)[number]

/** The type a cell names: as mapped, by our name or an archive's; null when it is none of them. */
export const readType = (text: string, types: CsvMapping['types'] = {}): SentType | 'skip' | null =>
  (Object.hasOwn(types, text) ? types[text] : undefined) ??
  (TYPES.has(text) ? (text as EventType) : Object.hasOwn(KINDS, text.toLowerCase()) ? (KINDS[text.toLowerCase()] ?? null) : null)
/** As much of it as a sentence holds. */
export const KNOWN_TYPES = 'question, answer, reply, post, announcement, message, reaction, join, leave or another type of docs/events.md'

/** A column's name as it is compared. */
export const plainName = (name: string) =>
  name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s.:/-]+/g, '_')
    .replace(/^_+|_+$/g, '')

/** The names of the columns, told apart: a nameless one by its number, a second one of the same name by its count. */
export const nameColumns = (cells: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  return cells.map((cell, index) => {
    const name = cell.trim() || `column ${index + 1}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

/** Where each field lies in a row, how its cells are read, and the columns nothing reads. */
export type Layout = { at: ReadonlyMap<string, number>; width: number; unused: string[]; mapping: CsvMapping }

/** Finds the columns of a mapping. Throws a SourceError that says which column is missing and what was found. */
export const readLayout = (header: readonly string[], mapping: CsvMapping): Layout => {
  const fields: readonly string[] = mapping.kind === 'members' ? MEMBER_FIELDS : EVENT_FIELDS
  const at = new Map<string, number>()
  for (const [field, column] of Object.entries(mapping.columns)) {
    if (!fields.includes(field))
      throw new SourceError(`"${field}" is not a field to map a column to. Fields are: ${[...fields].sort().join(', ')}.`)
    const index = findColumn(header, column)
    if (index < 0) throw new SourceError(`The file has no column "${column}". Its columns are: ${header.join(', ')}.`)
    at.set(field, index)
  }
  const taken = new Set(at.values())
  return { at, width: header.length, unused: header.filter((_, index) => !taken.has(index)), mapping }
}

export const findColumn = (header: readonly string[], column: string): number => {
  const exact = header.indexOf(column)
  return exact >= 0 ? exact : header.findIndex((name) => plainName(name) === plainName(column))
}

/** What keeps a file from being read by this mapping, in words; null when nothing does. */
export const findMappingProblem = ({ kind, columns, every_row }: CsvMapping, header: readonly string[]): string | null => {
  const found = `The columns are: ${header.join(', ') || 'none'}.`
  if (kind === 'members') {
    if (!columns.member && !columns.email && !columns.name)
      return `No column says who the member is: choose the one with the member’s id, address or name. ${found}`
    if (!columns.joined && !columns.left) return `No column says when a member joined or left. ${found}`
    return null
  }
  if (!columns.occurred_at) return `No column says when it happened ("occurred_at"). ${found}`
  if (!columns.type && every_row === null) return `No column says what each row is ("type"): choose one, or say what every row is. ${found}`
  return null
}
