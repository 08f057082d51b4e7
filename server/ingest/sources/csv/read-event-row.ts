import { createHash } from 'node:crypto'
import type { EventInput } from '../../../../shared/contract/event.ts'
import type { CsvMapping } from '../../../../shared/contract/import.ts'
import type { ReadOptions, RowProblem, SourceAccount } from '../source.ts'
import { type EventField, KNOWN_TYPES, type Layout, readType } from './columns.ts'
import { readTime, type TimeReading } from './read-time.ts'

/** The accounts are of people the row names, as far as it says more of them than an id. */
export type FoundRow = { events: EventInput[]; accounts: SourceAccount[] } | { skipped: string } | { problem: RowProblem }
/** How the times of a file are read: as its mapping says, else the import. */
export const readingOf = ({ date_order, day_numbers, time_zone }: CsvMapping, { dayTimeZone, timeZone }: ReadOptions): TimeReading => ({
  dayTimeZone,
  timeZone: time_zone ?? timeZone,
  date_order,
  day_numbers,
})

const TRUE = /^(true|yes|y|1)$/i

/** The cell's text without blanks around it; null when empty or not in the file. */
export const cellOf = (at: Layout['at'], cells: readonly string[], field: string): string | null => {
  const index = at.get(field)
  const text = index === undefined ? '' : (cells[index] ?? '').trim()
  return text === '' ? null : text
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)
const idOfRow = (cells: readonly string[]) => `row-${shortHash(JSON.stringify(cells))}`

/** What is wrong with a cell that its bytes were no text: the row would carry a name nobody has. */
export const brokenText = (fields: Iterable<readonly [string, string | null]>): RowProblem | null => {
  for (const [field, cell] of fields)
    if (cell?.includes('\ufffd'))
      return {
        pointer: `/${field}`,
        code: 'not_unicode',
        message: `"${field}" holds bytes that are no text: save the file as UTF-8, or name its encoding, such as windows-1252 (--encoding).`,
      }
  return null
}

/**
 * Who a row names, by id, address or name, whichever it has; null: nobody. Where an address is all there is, its hash is the id, so
 * that a list of events and a list of members name the same account and the address is not kept.
 */
export const readPerson = ({ id, email, name, isBot }: Record<'id' | 'email' | 'name' | 'isBot', string | null>): SourceAccount | null => {
  const found = id ?? (email === null ? name : `mail-${shortHash(email.toLowerCase())}`)
  if (found === null) return null
  return {
    id: found,
    ...(name === null ? {} : { name }),
    ...(isBot === null ? {} : { is_bot: TRUE.test(isBot) }),
    ...(email === null ? {} : { email }),
  }
}

const readProperties = (
  text: string | null,
  reaction: string | null,
): { properties: Record<string, unknown> | null } | { problem: RowProblem } => {
  if (text === null) return { properties: reaction === null ? null : { reaction } }
  try {
    const properties: unknown = JSON.parse(text)
    if (properties !== null && typeof properties === 'object' && !Array.isArray(properties))
      return { properties: { ...(properties as Record<string, unknown>), ...(reaction === null ? {} : { reaction }) } }
  } catch {
    // said below
  }
  return {
    problem: { pointer: '/properties', code: 'malformed_json', message: 'properties must be a JSON object, such as {"work": true}.' },
  }
}

/** One row of a list of events. Without a column of ids the row's own content names it, so the same file again changes nothing. */
export const readEventRow = (layout: Layout, cells: readonly string[], options: ReadOptions): FoundRow => {
  const { mapping } = layout
  const cell = (field: EventField) => cellOf(layout.at, cells, field)
  const raw = (field: EventField) => cells[layout.at.get(field) ?? -1] || null
  const said = cell('type')
  const type = said === null ? mapping.every_row : readType(said, mapping.types)
  if (type === null) {
    const message =
      said === null
        ? 'The row does not say what it is.'
        : `"${said.slice(0, 80)}" is no kind of event that is known: say what it stands for, or write ${KNOWN_TYPES}.`
    return { problem: { pointer: '/type', code: said === null ? 'missing_field' : 'invalid_value', message } }
  }
  if (type === 'skip') return { skipped: `rows of the kind “${(said ?? '').slice(0, 80)}”` }
  const date = cell('occurred_at')
  if (date === null) return { problem: { pointer: '/occurred_at', code: 'missing_field', message: 'The row has no time.' } }
  const timeOfDay = cell('occurred_time')
  const occurred = readTime(timeOfDay === null ? date : `${date} ${timeOfDay}`, readingOf(mapping, options))
  if ('problem' in occurred) return { problem: { pointer: '/occurred_at', ...occurred.problem } }
  const properties = readProperties(cell('properties'), cell('reaction'))
  if ('problem' in properties) return properties
  const broken = brokenText(
    [...layout.at.keys()]
      .filter((field) => field !== 'text' && field !== 'title' && field !== 'properties')
      .map((field) => [field, cell(field as EventField)] as const),
  )
  if (broken) return { problem: broken }
  if (layout.at.has('id') && cell('id') === null)
    return { problem: { pointer: '/id', code: 'missing_field', message: 'The row has no id: every row needs one of its own.' } }
  const actor = readPerson({ id: cell('actor_id'), email: cell('actor_email'), name: cell('actor_name'), isBot: cell('actor_is_bot') })
  const targetId = cell('target_actor')
  const targetName = cell('target_actor_name')
  const event: EventInput = {
    id: cell('id') ?? idOfRow(cells),
    source: cell('source') ?? options.source,
    type,
    occurred_at: occurred.time,
  }
  // what is said of a person may be said otherwise in the next export, and an account is of the import's own source
  const isOwn = event.source === options.source
  const accounts: SourceAccount[] = []
  if (actor !== null) {
    event.actor = isOwn ? { id: actor.id } : actor
    if (isOwn && Object.keys(actor).length > 1) accounts.push(actor)
  }
  if (targetId !== null) {
    const target = targetName === null ? null : { id: targetId, name: targetName }
    event.target_actor = isOwn || target === null ? targetId : target
    if (isOwn && target !== null) accounts.push(target)
  }
  for (const field of ['thread_id', 'in_reply_to', 'channel', 'url'] as const) {
    const text = cell(field)
    if (text !== null) event[field] = text
  }
  for (const field of ['title', 'text'] as const) {
    const text = raw(field)
    if (text !== null) event[field] = text
  }
  if (properties.properties) event.properties = properties.properties
  if (event.actor == null && (type === 'member.joined' || type === 'member.left'))
    return {
      problem: { pointer: '/actor/id', code: 'missing_field', message: 'A joining or leaving needs the member it is about, in actor_id.' },
    }
  return { events: [event], accounts }
}
