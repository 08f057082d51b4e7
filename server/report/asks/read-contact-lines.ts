/** Addresses as managers paste them: pure. */
import type { GivenContact } from '../../store/member-contacts.ts'

/** RFC 5321: the longest address there can be. */
const MAX_ADDRESS = 254
// no control, no blank, nothing that a header or a list of addresses would read otherwise
const ADDRESS = /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+\.[^\s\p{C}@<>()[\]\\,;:".]+$/u
const ANGLED = /^(.*)<([^<>]+)>$/u

export type LineProblem = { line: number; text: string; reason: string }

/** Each line as an address with whose it is, or why it cannot be read. Empty lines and a heading say nothing. */
export const readContactLines = (text: string): { contacts: GivenContact[]; problems: LineProblem[] } => {
  const contacts: GivenContact[] = []
  const problems: LineProblem[] = []
  text.split(/\r\n?|\n/u).forEach((whole, index) => {
    const line = index + 1
    const parts = whole.split(/[,;\t]/u).map(unquote)
    if (parts.every((part) => part === '')) return
    const at = parts.findIndex((part) => part.includes('@') && readAddress(part) !== null && part === lastWithAt(parts))
    const address = at === -1 ? null : readAddress(parts[at] ?? '')
    if (address === null) {
      if (index === 0 && !whole.includes('@')) return
      problems.push({
        line,
        text: shorten(whole),
        reason: whole.includes('@') ? 'This is no address that mail can be sent to.' : 'There is no address in it.',
      })
      return
    }
    const before = parts.slice(0, at).filter((part) => part !== '')
    if (before.length > 2) {
      problems.push({ line, text: shorten(whole), reason: 'Write at most source, id and address.' })
      return
    }
    const account = before.at(-1) ?? null
    contacts.push({ line, address, account, source: before.length === 2 ? (before[0] ?? null) : null })
  })
  return { contacts, problems }
}

const unquote = (part: string): string =>
  part
    .trim()
    .replace(/^"(.*)"$/su, '$1')
    .trim()
/** The address stands last: ids of mailing lists are addresses, too. */
const lastWithAt = (parts: readonly string[]): string | undefined => parts.findLast((part) => part.includes('@'))
const shorten = (text: string): string => {
  const plain = [...text.toWellFormed().replace(/\p{C}/gu, ' ').trim()]
  return plain.length > 80 ? `${plain.slice(0, 80).join('')}…` : plain.join('')
}

const readAddress = (part: string): string | null => {
  const address = (ANGLED.exec(part)?.[2] ?? part).trim()
  return address.length <= MAX_ADDRESS && ADDRESS.test(address) && !address.includes('..') ? address : null
}
