import type { SourceFile } from '../source-files.ts'
import { fileNameOf, firstTextOf } from '../source-files.ts'
import { beginsWithFromLine } from './split-messages.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Names that a file of an archive other than mail has; such files are not opened to see. */
const OTHER = /\.(?:html?|json|csv|xml|png|jpe?g|gif|pdf|zip|ics|vcf|js|css|svg|db|ndjson|jsonl)$/i
/** "2012-January.txt", "2012q1", "Week-of-Mon-20120102", "201201.mbox": pipermail's names say when, never which list. */
const DATE_NAME =
  /(?:^|[-_. ])(?:\d{4}[-_.]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d{4}[-_.]?q[1-4]|week-of-mon-\d{8}|\d{4}[-_.]?\d{2}(?:[-_.]?\d{2})?|\d{4})(?=$|[-_. ])/i

const nameOf = (file: SourceFile): string => fileNameOf(file).replace(/(?:\.(?:txt|mbox|mbx|mail|gz))+$/i, '')

/** When the messages of a file are from, by its name, as a number that sorts; null where it says nothing. */
const monthOf = (file: SourceFile): number | null => {
  const named = DATE_NAME.exec(nameOf(file))?.[0]
    .toLowerCase()
    .replace(/^[-_. ]/, '')
  if (named === undefined) return null
  const digits = named.replace(/\D/g, '')
  const month = MONTHS.findIndex((name) => named.includes(name))
  if (month >= 0) return Number(digits.slice(0, 4)) * 10_000 + (month + 1) * 100
  if (named.includes('q')) return Number(digits.slice(0, 4)) * 10_000 + (Number(digits.at(-1)) * 3 - 2) * 100
  return Number(digits.padEnd(8, '0').slice(0, 8))
}

/** The list, where only the file's name says it: without the month, and without the folders; null when nothing is left. */
export const listOfFile = (file: SourceFile): string | null => {
  const name = nameOf(file)
    .replace(DATE_NAME, '')
    .replace(/^[-_. ]+|[-_. ]+$/g, '')
    .toLowerCase()
  return /[\p{L}\p{N}]/u.test(name) ? name.slice(0, 200).toWellFormed() : null
}

/** The mailboxes among the files, the earliest month first, and how many other files there are. */
export const findMailboxes = async (files: readonly SourceFile[]): Promise<{ mailboxes: SourceFile[]; others: SourceFile[] }> => {
  const mailboxes: { file: SourceFile; month: number | null; order: number }[] = []
  const others: SourceFile[] = []
  for (const [order, file] of files.entries()) {
    const isMailbox = !OTHER.test(file.path) && beginsWithFromLine(await firstTextOf(file))
    if (isMailbox) mailboxes.push({ file, month: monthOf(file), order })
    else others.push(file)
  }
  mailboxes.sort((a, b) => (a.month ?? 0) - (b.month ?? 0) || a.order - b.order)
  return { mailboxes: mailboxes.map(({ file }) => file), others }
}
