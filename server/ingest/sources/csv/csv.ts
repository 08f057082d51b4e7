import { type EventSource, type ReadOptions, SourceError, type SourceItem } from '../source.ts'
import { firstTextOf, type SourceFile } from '../source-files.ts'
import { decodeText } from '../decode-text.ts'
import { type Layout, readLayout } from './columns.ts'
import { readEventRow } from './read-event-row.ts'
import { readMemberRow } from './read-member-row.ts'
import { createAcceptResolver } from './resolve-accepts.ts'
import { splitRecords } from '../split-records.ts'

/**
 * Comma-separated values: a list of events (with our field names, or the columns of the public archives) or a list of
 * members (member, name, joined, left). Separator, byte order mark and line ends are found; quotes follow RFC 4180.
 */
export const csv: EventSource = {
  name: 'csv',
  title: 'CSV: a list of events or of members',
  tells: null,
  guide: {
    files: 'a .csv or .tsv file; a list of events and a list of members may come together',
    how_to_get: ['Save the sheet or query as CSV, with the names of the columns in its first row.'],
    reads: [
      'A list of events: one row an event, with its type and time.',
      'A list of members: one row a member, with the days of joining and leaving.',
    ],
    cannot: [],
    says_questions: true,
  },
  recognise: async ({ files }) => {
    for (const file of files) if (!(await isCsv(file))) return false
    return files.length > 0
  },
  read: async function* ({ files }, options) {
    for (const file of files) for await (const item of readFile(file, options)) yield files.length > 1 ? { ...item, file: file.path } : item
  },
}

const isCsv = async (file: SourceFile): Promise<boolean> => {
  if (/\.(csv|tsv)$/i.test(file.path)) return true
  const firstLine = (await firstTextOf(file)).split('\n')[0] ?? ''
  return (
    !/^\ufeff?\s*[<{[]/.test(firstLine) &&
    /[,;\t|]/.test(firstLine) &&
    /(^|[,;\t|"])(type|kind|joined|joined_at)([,;\t|"\r]|$)/i.test(firstLine)
  )
}

async function* readFile(file: SourceFile, options: ReadOptions): AsyncGenerator<SourceItem> {
  let layout: Layout | null = null
  const accepts = createAcceptResolver()
  for await (const record of splitRecords(decodeText(file.open(), options.encoding))) {
    if ('problem' in record) {
      if (layout === null) throw new SourceError(`The first row, which names the columns, cannot be read. ${record.problem.message}`)
      yield { position: record.line, problem: record.problem }
      continue
    }
    const { cells, line: position } = record
    if (layout === null) {
      layout = readLayout(cells, options.columns)
      if (layout.kind === 'members') options.declare?.(layout.at.has('left') ? ['joins', 'leaves'] : ['joins'])
      if (layout.unused.length > 0) options.note?.(`Columns not used: ${layout.unused.join(', ')}.`)
      if (layout.kind === 'events' && !layout.at.has('id'))
        options.note?.('The file has no column of ids: rows are told apart by their content, and equal rows count once.')
      continue
    }
    if (cells.every((cell) => cell === '')) continue
    if (cells.length !== layout.width) {
      const message = `The row has ${cells.length} cells and the first row names ${layout.width} columns: it is cut off, or a separator inside a text is not quoted.`
      yield { position, problem: { pointer: '', code: 'malformed_row', message } }
      continue
    }
    if (layout.kind === 'members') {
      const found = readMemberRow(layout, cells, options)
      if ('problem' in found) yield { position, problem: found.problem }
      else for (const event of found.events) yield { position, event }
      continue
    }
    const found = readEventRow(layout, cells, options)
    if ('problem' in found) {
      yield { position, problem: found.problem }
      continue
    }
    const { event } = found
    if (event.type === 'answer.accepted' && !event.in_reply_to) {
      const answerer = typeof event.target_actor === 'string' ? event.target_actor : event.target_actor?.id
      if (answerer && event.thread_id) yield* accepts.accept({ position, event, answerer })
      else
        yield {
          position,
          problem: {
            pointer: '/in_reply_to',
            code: 'missing_field',
            message: 'An acceptance needs the answer it is about: its id in in_reply_to, or its thread and its author in target_actor.',
          },
        }
      continue
    }
    const item: SourceItem = { position, event }
    yield item
    if (event.type === 'answer.posted' && event.thread_id && event.actor) yield* accepts.answer(event.thread_id, event.actor.id, event.id)
  }
  if (layout === null) throw new SourceError('The file is empty: the first row must name the columns.')
  yield* accepts.rest()
}
