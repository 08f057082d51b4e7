import type { CsvColumns, CsvMapping } from '../../../../shared/contract/import.ts'
import { SourceError } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { findColumn, readType } from './columns.ts'
import { guessMapping } from './guess-mapping.ts'
import { ownText } from './own-text.ts'
import { provenOrder } from './read-time.ts'
import { type CsvRow, readRows } from './read-rows.ts'

/** Rows that columns are guessed by. */
const GUESSED_BY_ROWS = 500
/** Rows whose types and dates are counted: some seconds of reading; what comes later is told row by row. Our judgement. */
const COUNTED_ROWS = 100_000
/** More different values than this are no types. */
const MAX_VALUES = 200

export type Prepared = {
  header: string[]
  /** The first rows. */
  rows: CsvRow[]
  mapping: CsvMapping
  isSaved: boolean
  guesses: string[]
  values: CsvColumns['values']
  rowCount: number
  /** A date that may have its day or its month first, where no date of the file shows which. */
  unclearDate: string | null
}

export type Given = {
  /** What a person said of this file. */
  mapping: CsvMapping | null
  /** What was said before of files with the same header. */
  saved: (header: string[]) => CsvMapping | null | Promise<CsvMapping | null>
  /** Fields that were named alone (field -> column); the others are guessed. */
  named: Readonly<Record<string, string>>
  encoding: string
  /** The values of the column of types are asked for; otherwise no more is read than the guess needs. */
  withValues: boolean
}

/**
 * Reads the beginning of a CSV file and says how it is to be read: as given, as saved, or as guessed. The order of dates is taken
 * from the dates where one of them proves it. Throws a SourceError when there is no header to be read.
 */
export const prepareCsv = async (file: SourceFile, given: Given): Promise<Prepared> => {
  let header: string[] = []
  const rows: CsvRow[] = []
  for await (const row of readRows(file, given.encoding, (names) => (header = names))) {
    rows.push(row)
    if (rows.length >= GUESSED_BY_ROWS) break
  }
  const saved = given.mapping === null && Object.keys(given.named).length === 0 ? await given.saved(header) : null
  const known = given.mapping ?? saved
  const { mapping, guesses } =
    known === null
      ? guessMapping(
          header,
          rows.flatMap(({ cells }) => (cells ? [cells] : [])),
          given.named,
        )
      : { mapping: known, guesses: [] }
  const dates = ['occurred_at', 'joined', 'left'].map((field) => header.indexOf(mapping.columns[field] ?? ''))
  const isDateUnclear = rows.some(({ cells }) => dates.some((index) => provenOrder(cells?.[index]?.trim() ?? '') !== null))
  const counted = given.withValues || isDateUnclear ? await countValues(file, given.encoding, mapping) : NOTHING_COUNTED
  const date_order = mapping.date_order ?? counted.order
  return {
    header,
    rows,
    mapping: { ...mapping, date_order },
    isSaved: saved !== null,
    guesses,
    values: counted.values,
    rowCount: counted.rowCount,
    unclearDate: counted.order === null ? counted.unclearDate : null,
  }
}

type Counted = Pick<Prepared, 'values' | 'rowCount' | 'unclearDate'> & { order: CsvMapping['date_order'] }
const NOTHING_COUNTED: Counted = { values: [], rowCount: 0, unclearDate: null, order: null }

const countValues = async (file: SourceFile, encoding: string, { kind, columns, types }: CsvMapping): Promise<Counted> => {
  let typeAt = -1
  let dateAt: number[] = []
  let rowCount = 0
  let unclearDate: string | null = null
  const orders = new Set<'day_first' | 'month_first'>()
  const counts = new Map<string, number>()
  const onHeader = (header: string[]) => {
    const at = (field: string) => (columns[field] === undefined ? -1 : findColumn(header, columns[field]))
    typeAt = kind === 'events' ? at('type') : -1
    dateAt = (kind === 'events' ? ['occurred_at'] : ['joined', 'left']).map(at).filter((index) => index >= 0)
  }
  for await (const { cells } of readRows(file, encoding, onHeader)) {
    if (++rowCount > COUNTED_ROWS) break
    if (cells === undefined) continue
    const type = cells[typeAt]?.trim() ?? ''
    if (type !== '' && (counts.has(type) || counts.size < MAX_VALUES)) counts.set(ownText(type), (counts.get(type) ?? 0) + 1)
    for (const index of dateAt) {
      const text = (cells[index] ?? '').trim()
      const order = provenOrder(text)
      // 02.02.2024 is no example of two readings
      if (order !== null && (unclearDate === null || /^0?(\d+)\D0?\1\D/.test(unclearDate))) unclearDate = text
      if (order === 'day_first' || order === 'month_first') orders.add(order)
    }
  }
  return {
    rowCount: Math.min(rowCount, COUNTED_ROWS),
    values: [...counts]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([text, count]) => ({ text, count, type: readType(text, types) })),
    unclearDate,
    // two that contradict each other prove nothing
    order: orders.size === 1 ? ([...orders][0] ?? null) : null,
  }
}

/** Whether anything keeps the file from being read; for SourceErrors where nobody can be asked. */
export const refuse = (problem: string): never => {
  throw new SourceError(`${problem} Rename the columns, or say which they are with --map occurred_at=<column>.`)
}
