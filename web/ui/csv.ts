import { saveFile } from './save-file.ts'

export type Cell = string | number | null

/** Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"). */
const guard = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const writeCell = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = guard(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as RFC 4180 text: numbers unformatted, an empty cell for what is not known. */
export const writeCsv = (rows: readonly (readonly Cell[])[]): string => rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('')

/** Hands the text to the reader as a file; the mark in front tells spreadsheets that it is UTF-8. */
export const downloadCsv = (fileName: string, rows: readonly (readonly Cell[])[]): void => {
  saveFile(fileName, new Blob([`\ufeff${writeCsv(rows)}`], { type: 'text/csv;charset=utf-8' }))
}
