/** Counts of words, and of those that talk about work; the text itself is not kept. */
import { ARTEFACT, ARTEFACT_LINK, BUILD, DOCUMENT, PROCEDURE, type WordFamilies } from './word-families.ts'

export type WordCounts = { word_count: number; artefact_word_count: number; document_word_count: number }

const LINK = /https?:\/\/[^\s<>"')\]]+/giu
/** A run of letters and digits with their marks; apostrophes inside belong to it. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_]*(?:['’][\p{L}\p{N}\p{M}_]+)*/gu
/** Scripts written without spaces between words need a dictionary to be counted. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const countPlainWords = (text: string): number => {
  if (!UNSPACED.test(text)) return count(text, WORD)
  let words = 0
  for (const segment of segmenter.segment(text)) if (segment.isWordLike) words += 1
  return words
}

/** Two patterns, as flags hold for a whole one: words in any case, and what counts only as written. */
const compile = (families: WordFamilies[]): RegExp[] => {
  const whole = (alternatives: string[]) => `(?<![\\p{L}\\p{N}_])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}_])`
  // longest first, so that "pull requests" is not cut to "pull request"; "to do" counts only with its hyphen: "what to do" is no task
  const words = families.flatMap((f) => f.words).sort((a, b) => b.length - a.length)
  const spaced = words.map((word) => (word.startsWith('to do') ? word.replace(' ', '-') : word.replace(' ', '[\\s-]+')))
  const exact = families.flatMap((f) => f.patterns)
  const capitals = families.flatMap((f) => f.capitals)
  if (capitals.length > 0) exact.push(whole(capitals))
  return [new RegExp(whole(spaced), 'giu'), ...(exact.length > 0 ? [new RegExp(exact.join('|'), 'gu')] : [])]
}

const ARTEFACT_AND_PROCEDURE = compile([ARTEFACT, PROCEDURE])
const DOCUMENT_AND_BUILD = compile([DOCUMENT, BUILD])
const countAny = (text: string, patterns: RegExp[]): number => patterns.reduce((sum, pattern) => sum + count(text, pattern), 0)

/** Counts over title and text together. A link is one word, and an artefact when it leads to one. */
export const countWords = (title: string | null | undefined, text: string | null | undefined): WordCounts => {
  const whole = title && text ? `${title}\n${text}` : title || text
  if (!whole) return { word_count: 0, artefact_word_count: 0, document_word_count: 0 }
  const links = whole.includes('://') ? (whole.match(LINK) ?? []) : []
  const prose = links.length > 0 ? whole.replace(LINK, ' ') : whole
  return {
    word_count: countPlainWords(prose) + links.length,
    artefact_word_count: countAny(prose, ARTEFACT_AND_PROCEDURE) + links.filter((link) => ARTEFACT_LINK.test(link)).length,
    document_word_count: countAny(prose, DOCUMENT_AND_BUILD),
  }
}
