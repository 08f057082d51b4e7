import type { CsvMapping } from '../../../../shared/contract/import.ts'
import { EVENT_NAMES, MEMBER_NAMES, MEMBER_SIGNS, NAME_LIKE } from './column-names.ts'
import { EVENT_FIELDS, findColumn, MEMBER_FIELDS, plainName } from './columns.ts'
import { looksLikeTime } from './read-time.ts'
import { SourceError } from '../source.ts'

/** A column is taken for what this share of its filled cells looks like; our judgement. */
const ALIKE_SHARE = 0.8
/** Text of this mean length is what people write, and no name or number; our judgement. */
const TEXT_LENGTH = 25
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export type Guess = { mapping: CsvMapping; guesses: string[] }

/**
 * What the columns hold: by their names, then by what stands in them. `named` are fields that a person has named (field -> column),
 * which win. `guesses` says what was found by content alone. Throws a SourceError for a named column or field that is not there.
 */
export const guessMapping = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  named: Readonly<Record<string, string>> = {},
): Guess => {
  const kind = guessKind(header, named)
  const fields: readonly string[] = kind === 'members' ? MEMBER_FIELDS : EVENT_FIELDS
  const columns: Record<string, string> = {}
  const taken = new Set<string>()
  const take = (field: string, column: string) => {
    columns[field] = column
    taken.add(column)
  }
  for (const [field, column] of Object.entries(named)) {
    const found = header[findColumn(header, column)]
    if (found === undefined) throw new SourceError(`The file has no column "${column}". Its columns are: ${header.join(', ')}.`)
    if (!fields.includes(field))
      throw new SourceError(`"${field}" is not a field to map a column to. Fields are: ${[...fields].sort().join(', ')}.`)
    take(field, found)
  }
  const names: Readonly<Record<string, readonly string[]>> = kind === 'members' ? MEMBER_NAMES : EVENT_NAMES
  const free = (name: string) => header.find((column) => plainName(column) === name && !taken.has(column))
  // our own names first, so that an archive's name never displaces them
  for (const field of fields) {
    const column = columns[field] === undefined ? free(field) : undefined
    if (column !== undefined) take(field, column)
  }
  for (const field of fields)
    for (const name of names[field] ?? []) {
      const column = columns[field] === undefined ? free(name) : undefined
      if (column !== undefined) take(field, column)
    }
  const guesses: string[] = []
  guessByContent(header, rows, { kind, columns, taken, take, guesses })
  if (!named.actor_id) preferAddress(columns)
  // a time of day beside a time that has its own would be said twice
  if (columns.occurred_time && hasTimeOfDay(header, rows, columns.occurred_at)) delete columns.occurred_time
  const hasText = columns.text !== undefined || columns.title !== undefined
  const every_row = kind === 'events' && columns.type === undefined && hasText ? 'message.posted' : null
  if (every_row) guesses.push('No column says what each row is, so every row is taken for a message and its text says which kind.')
  return { mapping: { kind, columns, types: {}, every_row, date_order: null, day_numbers: '1900', time_zone: null }, guesses }
}

/** A list of members has times of joining or leaving, or addresses with a date and nothing that anybody wrote. */
const guessKind = (header: readonly string[], named: Readonly<Record<string, string>>): CsvMapping['kind'] => {
  const names = new Set([...header.map(plainName), ...Object.keys(named)])
  const holds = (...lists: (readonly string[])[]) => lists.some((list) => list.some((name) => names.has(name)))
  if (holds(['type', 'kind', 'event_type', 'occurred_at'])) return 'events'
  if ([...MEMBER_SIGNS].some((name) => names.has(name))) return 'members'
  const isWritten = holds(['text', 'title', 'thread_id', 'channel'], EVENT_NAMES.text, EVENT_NAMES.title, EVENT_NAMES.thread_id)
  return !isWritten && holds(['email'], MEMBER_NAMES.email) && holds(['created_at', 'created', 'since']) ? 'members' : 'events'
}

/**
 * Beside an address a column such as "Author" is the person's name, and the address says who they are: so a list of members with
 * the same addresses names the same people.
 */
const preferAddress = (columns: Record<string, string>): void => {
  const { actor_id: id, actor_email, actor_name } = columns
  if (id === undefined || actor_email === undefined || actor_name !== undefined || !NAME_LIKE.has(plainName(id))) return
  delete columns.actor_id
  columns.actor_name = id
}

type Guessing = {
  kind: CsvMapping['kind']
  columns: Readonly<Record<string, string>>
  taken: ReadonlySet<string>
  take: (field: string, column: string) => void
  guesses: string[]
}

const guessByContent = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { kind, columns, taken, take, guesses }: Guessing,
): void => {
  const cellsOf = (index: number) => rows.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '')
  const isAlike = (cells: string[], looks: (cell: string) => boolean, share = ALIKE_SHARE) =>
    cells.length > 0 && cells.filter(looks).length >= cells.length * share
  const find = (looks: (cells: string[]) => boolean) => header.find((name, index) => !taken.has(name) && looks(cellsOf(index)))
  const guess = (field: string, says: string, column: string | undefined) => {
    if (column === undefined) return
    take(field, column)
    guesses.push(`“${column}” holds ${says}.`)
  }
  const timeField = kind === 'members' ? 'joined' : 'occurred_at'
  if (!columns[timeField] && !columns.left)
    guess(
      timeField,
      'times',
      find((cells) => isAlike(cells, (cell) => looksLikeTime(cell) && /\D/.test(cell))),
    )
  const emailField = kind === 'members' ? 'email' : 'actor_email'
  if (!columns[emailField])
    guess(
      emailField,
      'e-mail addresses',
      find((cells) => isAlike(cells, (cell) => EMAIL.test(cell))),
    )
  if (kind === 'events' && !columns.text && !columns.title)
    guess(
      'text',
      'what people wrote',
      find((cells) => isAlike(cells, (cell) => /\s/.test(cell), 0.5) && cells.join('').length >= cells.length * TEXT_LENGTH),
    )
}

const hasTimeOfDay = (header: readonly string[], rows: readonly (readonly string[])[], column: string | undefined): boolean => {
  const index = column === undefined ? -1 : header.indexOf(column)
  return rows.some((row) => /\d:\d\d/.test(row[index] ?? ''))
}
