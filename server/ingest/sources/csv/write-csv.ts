import type { EventInput } from '../../../../shared/contract/event.ts'
import { EVENT_COLUMNS } from './columns.ts'

const quoted = (cell: string) => (/[",;\t|\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
/** A row with its line end (RFC 4180). */
export const writeRow = (cells: readonly (string | number | null | undefined)[]): string =>
  `${cells.map((cell) => quoted(String(cell ?? ''))).join(',')}\r\n`

/** A row for people to open in a spreadsheet: what would start a formula there is led by an apostrophe (OWASP, "CSV Injection"). */
export const writeSpreadsheetRow = (cells: readonly (string | number | null | undefined)[]): string =>
  writeRow(cells.map((cell) => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)))

export const EVENT_HEADER = writeRow(EVENT_COLUMNS)

/** One event as a row under EVENT_HEADER; the csv source reads the same event from it. */
export const writeEventRow = (event: EventInput): string => {
  const target = event.target_actor
  return writeRow([
    event.id,
    event.source,
    event.type,
    event.occurred_at,
    event.actor?.id,
    event.actor?.name,
    event.actor?.is_bot == null ? null : String(event.actor.is_bot),
    event.thread_id,
    event.in_reply_to,
    typeof target === 'string' ? target : target?.id,
    typeof target === 'string' ? null : target?.name,
    event.channel,
    event.url,
    event.title,
    event.text,
    event.properties ? JSON.stringify(event.properties) : null,
  ])
}
