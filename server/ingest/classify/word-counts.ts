/** Counts of words, and of those that talk about work; the text itself is not kept. */
import type { WordFamily } from '../../../shared/work-words.ts'
import { type CompiledWords, compileWords, type ListedWord } from './compile-words.ts'
import { DEFAULT_WORDS, type WordLists } from './word-families.ts'
import { ARTEFACT_LINK } from './word-patterns.ts'

/** How often each listed word was counted, by family: {"artefact": {"merge": 2}}. As it stands in the list, never as it stood in the text. */
export type CountedWorkWords = Partial<Record<WordFamily, Record<string, number>>>

export type WordCounts = {
  word_count: number
  artefact_word_count: number
  document_word_count: number
  /** Null where none was counted. */
  work_words: CountedWorkWords | null
}

/** Counts over title and text together. */
export type WordCounter = (title: string | null | undefined, text: string | null | undefined) => WordCounts

const LINK = /https?:\/\/[^\s<>"')\]]+/giu
/** A run of letters and digits with their marks; apostrophes inside belong to it. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_]*(?:['’][\p{L}\p{N}\p{M}_]+)*/gu
/** Scripts written without spaces between words need a dictionary to be counted. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

const countPlainWords = (text: string): number => {
  if (!UNSPACED.test(text)) return text.match(WORD)?.length ?? 0
  let words = 0
  for (const segment of segmenter.segment(text)) if (segment.isWordLike) words += 1
  return words
}

const countBy = (compiled: CompiledWords, title: string | null | undefined, text: string | null | undefined): WordCounts => {
  const whole = title && text ? `${title}\n${text}` : title || text
  const counts: WordCounts = { word_count: 0, artefact_word_count: 0, document_word_count: 0, work_words: null }
  if (!whole) return counts
  const add = ({ family, word }: ListedWord): void => {
    if (family === 'artefact' || family === 'procedure') counts.artefact_word_count += 1
    else counts.document_word_count += 1
    counts.work_words ??= {}
    counts.work_words[family] ??= Object.create(null) as Record<string, number>
    const words = counts.work_words[family]
    words[word] = (words[word] ?? 0) + 1
  }
  const links = whole.includes('://') ? (whole.match(LINK) ?? []) : []
  const prose = links.length > 0 ? whole.replace(LINK, ' ') : whole
  counts.word_count = countPlainWords(prose) + links.length
  const searched = compiled.wantsComposed ? prose.normalize('NFC') : prose
  for (const { pattern, wordOf } of compiled.searches) {
    const matches = searched.match(pattern)
    if (matches === null) continue
    for (const match of matches) {
      const listed = wordOf(match)
      if (listed !== undefined) add(listed)
    }
  }
  // a link is one word, and an artefact when it leads to one
  const { linkFamily } = compiled
  if (linkFamily !== null) for (const link of links) if (ARTEFACT_LINK.test(link)) add({ family: linkFamily, word: '/pull/…' })
  return counts
}

/** So many communities with words of their own keep theirs compiled. */
const MOST_KEPT = 64
const kept = new Map<string, WordCounter>()

/** A counter by these lists; of the same lists the same one, compiled once. */
export const wordCounterFor = (lists: WordLists): WordCounter => {
  const content = JSON.stringify(lists)
  let counter = kept.get(content)
  if (counter === undefined) {
    const compiled = compileWords(lists)
    counter = (title, text) => countBy(compiled, title, text)
    // the one put in first goes first
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string)
    kept.set(content, counter)
  }
  return counter
}

/** By the words of a community that has set none of its own. */
export const countWords: WordCounter = wordCounterFor(DEFAULT_WORDS)
