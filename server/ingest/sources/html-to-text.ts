import { MAX_TEXT_LENGTH } from '../../../shared/contract/event.ts'
import { cutBetween } from './cut-between.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', hellip: '…' }

/** What a post says, without its markup; blocks of code are left out, for they are not talk. Only good for counting words. */
export const htmlToText = (html: string): string =>
  cutBetween(cutBetween(html.slice(0, 4 * MAX_TEXT_LENGTH), '<pre', '</pre>'), '<', '>')
    .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? characterOf(name) ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT_LENGTH)
    .toWellFormed()

/** `&#8217;` and `&#x2019;`. */
const characterOf = (name: string): string | null => {
  const code = name.startsWith('#x') || name.startsWith('#X') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return name.startsWith('#') && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null
}
