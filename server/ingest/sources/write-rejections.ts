import { writeSpreadsheetRow } from './csv/write-csv.ts'
import type { RowProblem } from './source.ts'

/** The first line of a sheet of rejected rows; the byte order mark tells a spreadsheet that it is UTF-8. */
export const REJECTIONS_HEADER = `\ufeff${writeSpreadsheetRow(['file', 'place', 'field', 'code', 'reason'])}`

/** A rejected row: the file of the archive, empty where there is only one, its line or number there, and why. */
export const writeRejection = ({
  file,
  position,
  pointer,
  code,
  message,
}: RowProblem & { position: number; file?: string | null }): string => writeSpreadsheetRow([file, position, pointer, code, message])
