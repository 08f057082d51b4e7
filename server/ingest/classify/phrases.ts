/** The notation of the rules' words, and finding them in sentences. */
import { foldWord, type Sentence } from './sentences.ts'

/**
 * A phrase is words in a row: "a|b" is either, "word?" may be missing, "word*" is how it begins, "…" is up to six words between, "_" one
 * word, whichever. Case, accents and apostrophes are never compared.
 */
export type Phrase = string

/** So many words may stand where a phrase has "…". */
export const GAP_WORDS = 6

type Element = {
  pattern: string
  isOptional: boolean /** The whole words it can be; null: any word may fit. */
  words: readonly string[] | null
}

const elementOf = (element: string): Element => {
  if (element === '…') return { pattern: `(?:[^ ]+ ){0,${GAP_WORDS}}?`, isOptional: true, words: null }
  if (element === '_') return { pattern: '[^ ]+ ', isOptional: false, words: null }
  const isOptional = element.endsWith('?')
  const forms = (isOptional ? element.slice(0, -1) : element).split('|').map((form) => {
    const isBeginning = form.endsWith('*')
    const word = foldWord(isBeginning ? form.slice(0, -1) : form)
    if (!/^[\p{L}\p{N}]+$/u.test(word)) throw new Error(`"${element}" is no word of a phrase`)
    return { word, isBeginning }
  })
  const either = forms.map(({ word, isBeginning }) => (isBeginning ? `${word}[^ ]*` : word)).join('|')
  return {
    pattern: isOptional ? `(?:(?:${either}) )?` : `(?:${either}) `,
    isOptional,
    words: forms.some(({ isBeginning }) => isBeginning) ? null : forms.map(({ word }) => word),
  }
}

/** What a phrase can begin with; null: any word. */
const firstWords = (elements: readonly Element[]): readonly string[] | null => {
  const words: string[] = []
  for (const element of elements) {
    if (element.words === null) return null
    words.push(...element.words)
    if (!element.isOptional) break
  }
  return words
}

/** Words of which nearly every text has some. */
const COMMON = new Set(
  'that this it the to i we me is has been was for now like again much no si ca ya ja es isso eso esto problem problema probleme'.split(
    ' ',
  ),
)
const rarity = (words: readonly string[]): number =>
  Math.min(...words.map(({ length }) => length)) - 100 * words.filter((word) => COMMON.has(word)).length

/** Of each phrase the words of which one must stand in a text that holds it: what has none of them needs no reading. */
export const wordsNeeded = (phrases: readonly Phrase[]): string[] => {
  const needed = phrases.map((phrase) => {
    const required = phrase
      .replaceAll('-', ' ')
      .split(/\s+/)
      .map(elementOf)
      .flatMap(({ words, isOptional }) => (words === null || isOptional ? [] : [words]))
    return required.toSorted((a, b) => rarity(b) - rarity(a))[0] ?? []
  })
  return [...new Set(needed.flat())]
}

export type Finder = (sentence: Sentence) => boolean

/**
 * Phrases by their first word: a text of many words is held against many phrases, of which hardly one begins with any of its words, so
 * a look into a map a word takes the place of a search.
 */
const compile = (phrases: readonly Phrase[], end: '' | '$') => {
  const patterns = new Map<string, string[]>()
  const ofAnyWord: string[] = []
  for (const phrase of phrases) {
    // a hyphen parts words in a text, so it does in a phrase
    const elements = phrase.replaceAll('-', ' ').split(/\s+/).map(elementOf)
    const pattern = elements.map((element) => element.pattern).join('')
    const firsts = firstWords(elements)
    if (firsts === null) ofAnyWord.push(pattern)
    else for (const word of new Set(firsts)) patterns.set(word, [...(patterns.get(word) ?? []), pattern])
  }
  const regex = (some: readonly string[]) => new RegExp(`(?:${some.join('|')})${end}`, 'uy')
  const byWord = new Map([...patterns].map(([word, some]) => [word, regex(some)]))
  const anyWord = ofAnyWord.length > 0 ? regex(ofAnyWord) : null
  /** Whether a phrase begins with the word that begins there. */
  return (words: string, at: number, to: number): boolean => {
    const own = byWord.get(words.slice(at, to))
    if (own !== undefined) {
      own.lastIndex = at
      if (own.test(words)) return true
    }
    if (anyWord === null) return false
    anyWord.lastIndex = at
    return anyWord.test(words)
  }
}

const anywhereFrom = (words: string, from: number, fits: (words: string, at: number, to: number) => boolean): boolean => {
  for (let at = from; at < words.length; ) {
    const to = words.indexOf(' ', at)
    if (to < 0) return false
    if (fits(words, at, to)) return true
    at = to + 1
  }
  return false
}

/** Anywhere in the sentence. */
export const findsAnywhere = (phrases: readonly Phrase[]): Finder => {
  const fits = compile(phrases, '')
  return ({ words }) => anywhereFrom(words, 1, fits)
}
/** As its first words. */
export const findsFirst = (phrases: readonly Phrase[]): Finder => {
  const fits = compile(phrases, '')
  return ({ words }) => fits(words, 1, words.indexOf(' ', 1))
}
/** No phrase is longer. */
const MOST_END_CHARACTERS = 200
/** As its last words. */
export const findsLast = (phrases: readonly Phrase[]): Finder => {
  const fits = compile(phrases, '$')
  return ({ words }) =>
    anywhereFrom(words, words.length <= MOST_END_CHARACTERS ? 1 : words.indexOf(' ', words.length - MOST_END_CHARACTERS) + 1, fits)
}
/** The whole sentence. */
export const findsWhole = (phrases: readonly Phrase[]): Finder => {
  const fits = compile(phrases, '$')
  return ({ words }) => fits(words, 1, words.indexOf(' ', 1))
}
