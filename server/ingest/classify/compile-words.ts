/** Lists of words as something that finds them in a text. */
import { PATTERN_WORDS, type PatternWord, tidyWord, WORD_FAMILIES, type WordFamily } from '../../../shared/work-words.ts'
import type { WordLists } from './word-families.ts'
import { patternOf, TEXT_PATTERNS, WORD_CHARACTERS } from './word-patterns.ts'

/** A word as it stands in its list, and the family of the list. */
export type ListedWord = { word: string; family: WordFamily }

export type CompiledWords = {
  searches: readonly {
    /** Finds what the lists hold, each place once. */
    pattern: RegExp
    /** The listed word behind a match of it. */
    wordOf: (match: string) => ListedWord | undefined
  }[]
  /** The family that links to changes and issues count in; null where they count in none. */
  linkFamily: WordFamily | null
  /** Some word has letters that a text may hold in pieces, as a letter and its mark. */
  wantsComposed: boolean
}

/** PR, CI, PRs: "Mr Smith" is no merge request, so what is written in capitals counts only in capitals. */
const CAPITALS = /^\p{Lu}[\p{Lu}\p{N}]+s?$/u
/** Scripts written without spaces between words: what stands beside a word there says nothing. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const ASCII = /^[\x20-\x7e]*$/
const GAP = /[\s-]+/gu

const escapeWord = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '[\\s-]+')
const isPattern = (word: string): word is PatternWord => Object.hasOwn(PATTERN_WORDS, word)

/**
 * An entry counts in any case, one in capitals only in capitals; a space in it matches any white space or hyphen, a hyphen only
 * itself. A word of two families counts in the first of them. Nothing in an entry is read as a pattern but the names of
 * PATTERN_WORDS.
 */
export const compileWords = (lists: WordLists): CompiledWords => {
  const entries: ListedWord[] = []
  for (const family of WORD_FAMILIES)
    for (const language of Object.keys(lists).sort())
      for (const listed of lists[language]?.[family] ?? []) {
        const word = tidyWord(listed)
        if (word !== '') entries.push({ word, family })
      }
  const strict = new Map<string, ListedWord>()
  const loose = new Map<string, ListedWord>()
  const named = new Map<PatternWord, ListedWord>()
  const capitals: string[] = []
  const words: string[] = []
  const setFirst = <Key>(map: Map<Key, ListedWord>, key: Key, entry: ListedWord): boolean => {
    if (map.has(key)) return false
    map.set(key, entry)
    return true
  }
  for (const entry of entries) {
    const { word } = entry
    if (isPattern(word)) setFirst(named, word, entry)
    else if (CAPITALS.test(word)) {
      if (setFirst(strict, word, entry)) capitals.push(word)
    } else {
      const small = word.toLowerCase()
      if (!setFirst(strict, small, entry)) continue
      setFirst(loose, small.replace(GAP, ' '), entry)
      words.push(small)
    }
  }
  const searches: CompiledWords['searches'][number][] = []
  if (words.length > 0) {
    // what a language folds in a way of its own, such as a long s, is looked for one by one
    const folded = (match: string) => loose.entries().find(([word]) => new RegExp(`^${escapeWord(word)}$`, 'iu').test(match))?.[1]
    searches.push({
      pattern: new RegExp(wholeWords(words).join('|'), 'giu'),
      wordOf: (match) => {
        const small = match.toLowerCase()
        return strict.get(small) ?? loose.get(small.replace(GAP, ' ')) ?? folded(match)
      },
    })
  }
  const written = (Object.keys(TEXT_PATTERNS) as (keyof typeof TEXT_PATTERNS)[])
    .filter((name) => named.has(name))
    .map((name) => TEXT_PATTERNS[name])
    .concat(wholeWords(capitals))
  const number = named.get('#…')
  if (written.length > 0)
    searches.push({
      pattern: new RegExp(written.join('|'), 'gu'),
      // no word in capitals begins so
      wordOf: (match) => (match.startsWith('#') ? number : (strict.get(match) ?? named.get(patternOf(match)))),
    })
  return {
    searches,
    linkFamily: named.get('/pull/…')?.family ?? null,
    wantsComposed: words.concat(capitals).some((word) => !ASCII.test(word)),
  }
}

/** Longest first, so that "pull requests" is not cut to "pull request"; whole words where the script has spaces between them. */
const wholeWords = (words: readonly string[]): string[] => {
  const ordered = words.toSorted((a, b) => b.length - a.length)
  const spaced = ordered.filter((word) => !UNSPACED.test(word)).map(escapeWord)
  const unspaced = ordered.filter((word) => UNSPACED.test(word)).map(escapeWord)
  return [...(spaced.length > 0 ? [`(?<![${WORD_CHARACTERS}])(?:${spaced.join('|')})(?![${WORD_CHARACTERS}])`] : []), ...unspaced]
}
