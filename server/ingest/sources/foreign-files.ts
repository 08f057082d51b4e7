import { SourceError } from './source.ts'

/** Files that people try and this program does not open, by their first bytes, with what to do instead. */
const KINDS: readonly (readonly [bytes: string, what: string])[] = [
  ['377abcaf271c', 'a 7-Zip archive'],
  ['526172211a07', 'a RAR archive'],
  ['fd377a585a00', 'an xz archive'],
  ['425a68', 'a bzip2 archive'],
  ['28b52ffd', 'a Zstandard archive'],
]
const UNPACK = 'Unpack it, and choose the files that come out of it, or pack them as ZIP.'

/** Throws a SourceError that says what to do with a file of a kind that is not opened here. */
export const refuseForeign = (name: string, magic: Uint8Array): void => {
  const hex = Buffer.from(magic.subarray(0, 16)).toString('hex')
  const found = KINDS.find(([bytes]) => hex.startsWith(bytes))
  if (found) throw new SourceError(`${name} is ${found[1]}, which is not opened here. ${UNPACK}`)
  if (hex.startsWith(Buffer.from('%PDF').toString('hex')))
    throw new SourceError(`${name} is a PDF, made to be looked at: no messages can be read from it. Export the data in another form.`)
  // an old Word or Excel, or an Outlook message
  if (hex.startsWith('d0cf11e0a1b11ae1'))
    throw new SourceError(`${name} is a document of an old Office program: save it as CSV (UTF-8), and choose that file.`)
  // "!BDN"
  if (hex.startsWith('2142444e'))
    throw new SourceError(`${name} is an Outlook data file (PST): export the mails as mbox, and choose that file.`)
  if (hex.startsWith(Buffer.from('SQLite format 3').toString('hex')))
    throw new SourceError(`${name} is an SQLite database: export its tables as CSV, and choose those files.`)
}

/** Throws a SourceError for Office documents, which are ZIPs inside. */
export const refuseOffice = (name: string, paths: readonly string[]): void => {
  if (paths.includes('xl/workbook.xml') || paths.includes('xl/workbook.bin') || paths.includes('content.xml'))
    throw new SourceError(
      `${name} is a spreadsheet's own workbook: save the sheet as CSV (File, Save as, “CSV UTF-8”), and choose that file.`,
    )
  if (paths.includes('word/document.xml'))
    throw new SourceError(`${name} is a Word document: no messages can be read from it. Export the data in another form.`)
}
