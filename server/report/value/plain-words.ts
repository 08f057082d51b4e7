/** What people wrote, made fit to stand in a sentence of ours: page, mail and PDF escape it, each in its own way. */

/** Turn the rest of a line round, hide in it, or end it: controls, bidirectional marks and what has no width. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu
const LONE_SURROGATE = /\p{Cs}/gu

/** One line without characters that could reorder or break what stands beside it. */
export const plainLine = (text: string): string => text.replace(LONE_SURROGATE, '').replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim()

/** The same over several lines, at most one empty line between two. */
export const plainLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(plainLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** Our judgement: a longer name is no name in a headline. */
const LONGEST_NAME = 60
/** Such a name would end our sentence, or begin another. */
const ENDS_A_SENTENCE = /[.!?:;,"“”„«»<>()[\]{}]/

/** A community's name inside a sentence: in quotation marks where it could be taken for a part of the sentence. */
export const sayName = (name: string): string => {
  const plain = plainLine(name)
  if (plain === '') return 'This community'
  const letters = [...new Intl.Segmenter('en').segment(plain)].map(({ segment }) => segment)
  const short = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('').trim()}…` : plain
  return short !== plain || ENDS_A_SENTENCE.test(plain) ? `“${short}”` : short
}

/** Cut at the end of a sentence, else of a word, so that with the mark it is at most `most` characters as people count them. */
export const shorten = (text: string, most: number): { text: string; is_shortened: boolean } => {
  const letters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment)
  if (letters.length <= most) return { text, is_shortened: false }
  const head = letters.slice(0, most - 2).join('')
  const sentence = /^.*[.!?](?=\s)/su.exec(head)?.[0] ?? ''
  if (sentence.length >= head.length / 2) return { text: `${sentence} …`, is_shortened: true }
  const words = head.replace(/\s+\S*$/u, '')
  return { text: `${(words.length >= head.length / 2 ? words : head).trimEnd()} …`, is_shortened: true }
}
