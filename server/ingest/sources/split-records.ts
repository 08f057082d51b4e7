import type { RowProblem } from './source.ts'

/** A record with the line it starts on, counted from 1. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; problem: RowProblem }

/** A record longer than this has an open quote somewhere before (a whole event may have 256 KiB); our judgement. */
const MAX_RECORD_LENGTH = 512 * 1024
const OPEN_QUOTE = `A quote is opened in this row and never closed, or the row has more than ${MAX_RECORD_LENGTH / 1024} Ki characters: close the quote, or double one that is part of the text.`
const DELIMITERS = [',', ';', '\t', '|'] as const

const countOutsideQuotes = (line: string, delimiter: string): number => {
  let count = 0
  let isQuoted = false
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted
    else if (char === delimiter && !isQuoted) count++
  }
  return count
}

/** The delimiter that splits the header into most cells; a comma when none does. */
const detectDelimiter = (header: string): string => {
  const counts = DELIMITERS.map((delimiter) => countOutsideQuotes(header, delimiter))
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

type Found = { cells: string[]; end: number; newlines: number } | { malformed: string; end: number; newlines: number } | 'more'

/** Parses the record at `start` of `text` by RFC 4180. 'more': it does not end within `text`. `end` is where the next begins. */
const parseRecord = (text: string, start: number, delimiter: string, newline: string, isLast: boolean): Found => {
  const lineEnd = text.indexOf(newline, start)
  if (lineEnd < 0 && !isLast) return 'more'
  const stop = lineEnd < 0 ? text.length : lineEnd
  const quote = text.indexOf('"', start)
  if (quote < 0 || quote >= stop) {
    const line = text.slice(start, text[stop - 1] === '\r' && stop > start ? stop - 1 : stop)
    return { cells: line.split(delimiter), end: stop + 1, newlines: 1 }
  }
  const cells: string[] = []
  let at = start
  let newlines = 1
  for (;;) {
    let cellEnd: number
    if (text[at] === '"') {
      let cell = ''
      let from = at + 1
      for (;;) {
        const close = text.indexOf('"', from)
        if (close < 0 || (close === text.length - 1 && !isLast)) return 'more'
        cell += text.slice(from, close)
        from = close + 1
        if (text[from] !== '"') break
        cell += '"'
        from++
      }
      for (let n = text.indexOf(newline, at); n >= 0 && n < from; n = text.indexOf(newline, n + 1)) newlines++
      cellEnd = from
      if (text[cellEnd] === '\r' && (text[cellEnd + 1] === newline || cellEnd + 1 === text.length)) {
        if (cellEnd + 1 === text.length && !isLast) return 'more'
        cellEnd++
      }
      if (cellEnd < text.length && text[cellEnd] !== delimiter && text[cellEnd] !== newline) {
        const next = text.indexOf(newline, cellEnd)
        if (next < 0 && !isLast) return 'more'
        return { malformed: 'text follows a closing quote', end: next < 0 ? text.length : next + 1, newlines }
      }
      cells.push(cell)
    } else {
      const nextDelimiter = text.indexOf(delimiter, at)
      const nextLine = text.indexOf(newline, at)
      if (nextLine < 0 && !isLast) return 'more'
      cellEnd = Math.min(nextDelimiter < 0 ? text.length : nextDelimiter, nextLine < 0 ? text.length : nextLine)
      const isRowEnd = cellEnd === text.length || text[cellEnd] === newline
      cells.push(text.slice(at, isRowEnd && cellEnd > at && text[cellEnd - 1] === '\r' ? cellEnd - 1 : cellEnd))
    }
    if (cellEnd >= text.length && !isLast) return 'more'
    if (cellEnd >= text.length || text[cellEnd] === newline) return { cells, end: cellEnd + 1, newlines }
    at = cellEnd + 1
  }
}

/**
 * Splits CSV text (RFC 4180) into records in constant memory. Blank lines are left out; the delimiter is found on the first
 * line, or named there as spreadsheets do (`sep=;`). A quote that is never closed costs its own line only: what follows
 * is read again from the next line, where a plain reader would swallow the rest of the file.
 */
export async function* splitRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let rest = ''
  let line = 1
  let delimiter: string | null = null
  let newline = '\n'
  // in the rest of a line already reported, too long to be held
  let isInBrokenLine = false
  const records = function* (isLast: boolean): Generator<CsvRecord> {
    let at = 0
    if (isInBrokenLine) {
      const end = rest.indexOf(newline)
      isInBrokenLine = end < 0
      at = end < 0 ? rest.length : end + 1
    }
    while (at < rest.length) {
      if (delimiter === null) {
        // a file without any line feed has lines that end as on old Macintoshes
        if (!rest.includes('\n') && rest.includes('\r') && (isLast || rest.indexOf('\r') < rest.length - 1)) newline = '\r'
        const end = rest.indexOf(newline)
        if (end < 0 && !isLast) break
        const header = rest.slice(0, end < 0 ? rest.length : end).replace(/\r$/, '')
        const named = /^sep=(.)$/.exec(header)
        delimiter = named?.[1] ?? detectDelimiter(header)
        if (named) {
          at = end < 0 ? rest.length : end + 1
          line++
          continue
        }
      }
      const found = parseRecord(rest, at, delimiter, newline, isLast)
      if (found === 'more' && rest.length - at < MAX_RECORD_LENGTH && !isLast) break
      if (found === 'more') {
        const next = rest.indexOf(newline, at)
        yield { line, problem: { pointer: '', code: 'malformed_row', message: OPEN_QUOTE } }
        isInBrokenLine = next < 0
        at = next < 0 ? rest.length : next + 1
        line++
      } else {
        if ('malformed' in found)
          yield {
            line,
            problem: {
              pointer: '',
              code: 'malformed_row',
              message: `In this row ${found.malformed}: double a quote that is part of the text.`,
            },
          }
        else if (found.cells.length > 1 || found.cells[0] !== '') yield { line, cells: found.cells }
        at = found.end
        line += found.newlines
      }
    }
    rest = rest.slice(at)
  }
  for await (const chunk of text) {
    rest += chunk
    yield* records(false)
  }
  yield* records(true)
}
