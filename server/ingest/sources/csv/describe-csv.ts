import type { CsvColumns } from '../../../../shared/contract/import.ts'
import type { ReadOptions } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { EVENT_FIELDS, findColumn, findMappingProblem, type Layout, MEMBER_FIELDS, readLayout } from './columns.ts'
import { type Given, type Prepared, prepareCsv } from './prepare-csv.ts'
import { cellOf, readEventRow, readingOf } from './read-event-row.ts'
import { readMemberRow } from './read-member-row.ts'
import { readTime } from './read-time.ts'
import type { CsvRow } from './read-rows.ts'

const SHOWN_ROWS = 5
/** Of a cell so much is shown. */
const SHOWN_LENGTH = 200
const NEEDED: ReadonlySet<string> = new Set(['occurred_at', 'member'])

/**
 * A CSV file as the mapping screen shows it: its columns, the first rows, the mapping (as given, else as saved for its header, else
 * guessed), how the first rows are read by it, and what is missing before all can be read. Throws a SourceError when there is no
 * header to be read.
 */
export const describeCsv = async (
  file: SourceFile,
  { mapping, saved, options }: Pick<Given, 'mapping' | 'saved'> & { options: ReadOptions },
): Promise<CsvColumns> => {
  const prepared = await prepareCsv(file, { mapping, saved, named: options.columns, encoding: options.encoding, withValues: true })
  const { header, rows } = prepared
  const fields: readonly string[] = prepared.mapping.kind === 'members' ? MEMBER_FIELDS : EVENT_FIELDS
  const layout = layoutOf(prepared)
  const needsZone = typeof layout !== 'string' && lacksZone(prepared, layout, options)
  return {
    file: file.path,
    header,
    sample: rows.slice(0, SHOWN_ROWS).flatMap(({ cells }) => (cells ? [cells.map((cell) => cell.slice(0, SHOWN_LENGTH))] : [])),
    mapping: prepared.mapping,
    is_saved: prepared.isSaved,
    guesses: prepared.guesses,
    fields: fields.map((field) => ({ field, is_needed: NEEDED.has(field) })),
    values: prepared.values,
    row_count: prepared.rowCount,
    unclear_date: prepared.unclearDate,
    needs_time_zone: needsZone,
    read: typeof layout === 'string' ? [] : rows.slice(0, SHOWN_ROWS).map((row) => readShown(layout, row, options)),
    problem: typeof layout === 'string' ? layout : findProblem(prepared, needsZone && options.timeZone === null),
  }
}

/** The layout, or why there is none. */
const layoutOf = ({ header, mapping }: Prepared): Layout | string => {
  const gone = Object.values(mapping.columns).filter((column) => findColumn(header, column) < 0)
  if (gone.length > 0) return `The file has no column ${gone.map((column) => `“${column}”`).join(', ')}. Choose another in its place.`
  const problem = findMappingProblem(mapping, header)
  return problem ?? readLayout(header, mapping)
}

/** All that is missing, in sentences. */
const findProblem = ({ mapping, rows, values, unclearDate }: Prepared, isZoneMissing: boolean): string | null => {
  if (rows.length === 0) return 'The file has a first row that names the columns, and no row under it.'
  const problems = [
    ...(unclearDate !== null && mapping.date_order === null
      ? [`It has dates such as ${unclearDate.slice(0, 40)}, and none of them shows whether the day or the month comes first. Say which.`]
      : []),
    ...(mapping.columns.type !== undefined && values.length > 0 && values.every(({ type }) => type === null)
      ? [`No value of “${mapping.columns.type}” is a kind this program knows. Say what each of them means, or choose another column.`]
      : []),
    ...(isZoneMissing && mapping.time_zone === null ? ['Its times have no time zone. Say where its clock stood.'] : []),
  ]
  return problems.length === 0 ? null : problems.join(' ')
}

const TIME_FIELDS = ['occurred_at', 'joined', 'left']

/** Whether no time of the first rows says its offset, whatever order its date has; where some do, the others are rejected one by one. */
const lacksZone = ({ rows, mapping }: Prepared, { at }: Layout, options: ReadOptions): boolean => {
  const reading = { ...readingOf(mapping, options), timeZone: null, date_order: mapping.date_order ?? 'day_first' }
  const codes = rows.flatMap(({ cells = [] }) =>
    TIME_FIELDS.flatMap((field) => {
      const text = cellOf(at, cells, field)
      if (text === null) return []
      const timeOfDay = field === 'occurred_at' ? cellOf(at, cells, 'occurred_time') : null
      const found = readTime(timeOfDay === null ? text : `${text} ${timeOfDay}`, reading)
      return 'problem' in found ? [found.problem.code] : ['ok']
    }),
  )
  return codes.includes('missing_offset') && !codes.includes('ok')
}

const readShown = (layout: Layout, row: CsvRow, options: ReadOptions): CsvColumns['read'][number] => {
  const nothing = { position: row.line, events: [], skipped: null, problem: null }
  if (row.cells === undefined) return { ...nothing, problem: row.problem.message }
  const found = layout.mapping.kind === 'members' ? readMemberRow(layout, row.cells, options) : readEventRow(layout, row.cells, options)
  if ('problem' in found) return { ...nothing, problem: found.problem.message }
  if ('skipped' in found) return { ...nothing, skipped: found.skipped }
  const nameOf = new Map(
    found.accounts.map((account) => [account.id, account.name ?? (account.id.startsWith('mail-') ? account.email : null) ?? account.id]),
  )
  return {
    ...nothing,
    events: found.events.map(({ type, occurred_at, actor, thread_id, in_reply_to, channel, title, text }) => ({
      type,
      occurred_at,
      actor: actor ? (actor.name ?? nameOf.get(actor.id) ?? actor.id) : null,
      thread_id: thread_id ?? null,
      in_reply_to: in_reply_to ?? null,
      channel: channel ?? null,
      title: (title ?? text ?? null)?.slice(0, SHOWN_LENGTH) ?? null,
    })),
  }
}
