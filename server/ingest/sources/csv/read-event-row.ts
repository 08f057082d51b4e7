import { createHash } from 'node:crypto'
import type { EventInput } from '../../../../shared/contract/event.ts'
import type { ReadOptions, RowProblem } from '../source.ts'
import { type EventColumn, KNOWN_TYPES, type Layout, readType } from './columns.ts'
import { readTime } from './read-time.ts'

type Found = { event: EventInput } | { problem: RowProblem }
const TRUE = /^(true|yes|y|1)$/i

/** The cell's text without blanks around it; null when empty or not in the file. */
export const cellOf = <Column extends string>(at: ReadonlyMap<Column, number>, cells: string[], column: Column): string | null => {
  const index = at.get(column)
  const text = index === undefined ? '' : (cells[index] ?? '').trim()
  return text === '' ? null : text
}

const idOfRow = (cells: string[]) => `row-${createHash('sha256').update(JSON.stringify(cells)).digest('hex').slice(0, 32)}`

/** What is wrong with a cell that its bytes were no text: the row would carry a name nobody has. */
export const brokenText = (columns: Iterable<[string, string | null]>): RowProblem | null => {
  for (const [column, cell] of columns)
    if (cell?.includes('\ufffd'))
      return {
        pointer: `/${column}`,
        code: 'not_unicode',
        message: `"${column}" holds bytes that are no text: save the file as UTF-8, or name its encoding with --encoding windows-1252.`,
      }
  return null
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
export const readEventRow = (layout: Extract<Layout, { kind: 'events' }>, cells: string[], options: ReadOptions): Found => {
  const cell = (column: EventColumn) => cellOf(layout.at, cells, column)
  const raw = (column: EventColumn) => cells[layout.at.get(column) ?? -1] || null
  const type = cell('type')
  const kind = type === null ? null : readType(type)
  if (kind === null) {
    const message = type === null ? 'The row has no type.' : `"${type.slice(0, 80)}" is not a type of event: use one of ${KNOWN_TYPES}.`
    return { problem: { pointer: '/type', code: type === null ? 'missing_field' : 'invalid_value', message } }
  }
  const time = cell('occurred_at')
  if (time === null) return { problem: { pointer: '/occurred_at', code: 'missing_field', message: 'The row has no time.' } }
  const occurred = readTime(time, options)
  if ('problem' in occurred) return { problem: { pointer: '/occurred_at', ...occurred.problem } }
  const properties = readProperties(cell('properties'), cell('reaction'))
  if ('problem' in properties) return properties
  const broken = brokenText(
    [...layout.at.keys()]
      .filter((column) => column !== 'text' && column !== 'title' && column !== 'properties')
      .map((column) => [column, cell(column)]),
  )
  if (broken) return { problem: broken }
  if (layout.at.has('id') && cell('id') === null)
    return { problem: { pointer: '/id', code: 'missing_field', message: 'The row has no id: every row needs one of its own.' } }
  const actorId = cell('actor_id')
  const actorName = cell('actor_name')
  const isBot = cell('actor_is_bot')
  const targetId = cell('target_actor')
  const targetName = cell('target_actor_name')
  const event: EventInput = {
    id: cell('id') ?? idOfRow(cells),
    source: cell('source') ?? options.source,
    type: kind,
    occurred_at: occurred.time,
  }
  if (actorId !== null)
    event.actor = {
      id: actorId,
      ...(actorName === null ? {} : { name: actorName }),
      ...(isBot === null ? {} : { is_bot: TRUE.test(isBot) }),
    }
  // a name without an id is all that some exports have of a person: it has to stand for them
  else if (actorName !== null) event.actor = { id: actorName, name: actorName }
  if (targetId !== null) event.target_actor = targetName === null ? targetId : { id: targetId, name: targetName }
  for (const column of ['thread_id', 'in_reply_to', 'channel', 'url'] as const) {
    const text = cell(column)
    if (text !== null) event[column] = text
  }
  for (const column of ['title', 'text'] as const) {
    const text = raw(column)
    if (text !== null) event[column] = text
  }
  if (properties.properties) event.properties = properties.properties
  if (event.actor == null && (kind === 'member.joined' || kind === 'member.left'))
    return {
      problem: { pointer: '/actor/id', code: 'missing_field', message: 'A joining or leaving needs the member it is about, in actor_id.' },
    }
  return { event }
}
