import { decodeText } from '../decode-text.ts'
import { splitRecords } from '../split-records.ts'
import { type Place, type RowProblem, SourceError } from '../source.ts'
import type { SourceFile } from '../source-files.ts'

/** A row by its columns' names; a cell that is empty or says "null" is left out. */
export type Row = ReadonlyMap<string, string>
export type FoundRow = { place: Place; row: Row } | { place: Place; problem: RowProblem }

const nameOf = (cell: string): string =>
  cell
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** The rows of one file of an export, whatever the order of its columns. Throws a SourceError in words when one that is needed is not there. */
export async function* readColumns(file: SourceFile, needed: readonly string[], encoding: string): AsyncGenerator<FoundRow> {
  let names: string[] | null = null
  for await (const record of splitRecords(decodeText(file.open(), encoding))) {
    const place: Place = { position: record.line, file: file.path }
    if ('problem' in record) {
      yield { place, problem: record.problem }
      continue
    }
    if (names === null) {
      names = record.cells.map(nameOf)
      const missing = needed.filter((name) => !names?.includes(name))
      if (missing.length > 0)
        throw new SourceError(
          `${file.path} has no column ${missing.join(', ')}: it has ${names.slice(0, 40).join(', ')}. Export the data again from Viva Engage, and leave the files as they are.`,
        )
      continue
    }
    const row = new Map<string, string>()
    for (const [at, name] of names.entries()) {
      const cell = record.cells[at]?.replaceAll('\0', '').trim() ?? ''
      if (cell !== '' && cell.toLowerCase() !== 'null') row.set(name, cell)
    }
    yield { place, row }
  }
  if (names === null) throw new SourceError(`${file.path} is empty: not even a line of columns is there.`)
}
