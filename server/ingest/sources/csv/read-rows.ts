import { decodeText } from '../decode-text.ts'
import { SourceError } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { splitRecords } from '../split-records.ts'
import { nameColumns } from './columns.ts'

/** A row after the first: its line, and its cells or why it has none. */
export type CsvRow =
  | { line: number; cells: string[]; problem?: undefined }
  | { line: number; cells?: undefined; problem: { pointer: string; code: string; message: string } }

/**
 * The rows of a CSV file under its header, `onHeader` called once before the first; rows of empty cells are left out, and one with
 * more or fewer cells than the header is a problem. Throws a SourceError when there is no header to be read.
 */
export async function* readRows(file: SourceFile, encoding: string, onHeader: (header: string[]) => void): AsyncGenerator<CsvRow> {
  let width = 0
  for await (const record of splitRecords(decodeText(file.open(), encoding))) {
    if ('problem' in record) {
      if (width === 0) throw new SourceError(`The first row, which names the columns, cannot be read. ${record.problem.message}`)
      yield record
    } else if (width === 0) {
      width = record.cells.length
      onHeader(nameColumns(record.cells))
    } else if (record.cells.length !== width) {
      if (record.cells.every((cell) => cell === '')) continue
      const message = `The row has ${record.cells.length} cells and the first row names ${width} columns: it is cut off, or a separator inside a text is not quoted.`
      yield { line: record.line, problem: { pointer: '', code: 'malformed_row', message } }
    } else if (record.cells.some((cell) => cell !== '')) yield record
  }
  if (width === 0) throw new SourceError('The file is empty: the first row must name the columns.')
}
