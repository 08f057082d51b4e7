/** The notation of the rules' words, and finding them in sentences. */
import { foldWord, type Sentence } from './sentences.ts'

/**
 * A phrase is words in a row: "a|b" is either, "word?" may be missing, "word*" is how it begins, "…" is up to six words between, "_" one
 * word, whichever. Case, accents and apostrophes are never compared.
 */
export type Phrase = string

/** So many words may stand where a phrase has "…". */
export const GAP_WORDS = 6

const elementOf = (element: string): string => {
  if (element === '…') return `(?:[^ ]+ ){0,${GAP_WORDS}}?`
  if (element === '_') return '[^ ]+ '
  const isOptional = element.endsWith('?')
  const forms = (isOptional ? element.slice(0, -1) : element).split('|').map((form) => {
    const folded = foldWord(form.endsWith('*') ? form.slice(0, -1) : form)
    if (!/^[\p{L}\p{N}]+$/u.test(folded)) throw new Error(`"${element}" is no word of a phrase`)
    return form.endsWith('*') ? `${folded}[^ ]*` : folded
  })
  return isOptional ? `(?:(?:${forms.join('|')}) )?` : `(?:${forms.join('|')}) `
}

const patternOf = (phrases: readonly Phrase[]): string =>
  // a hyphen parts words in a text, so it does in a phrase
  phrases.map((phrase) => phrase.replaceAll('-', ' ').split(/\s+/).map(elementOf).join('')).join('|')

export type Finder = (sentence: Sentence) => boolean

const NEVER: Finder = () => false

/** Anywhere in the sentence. */
export const findsAnywhere = (phrases: readonly Phrase[]): Finder => {
  if (phrases.length === 0) return NEVER
  const pattern = new RegExp(` (?:${patternOf(phrases)})`, 'u')
  return ({ words }) => pattern.test(words)
}
/** As its first words. */
export const findsFirst = (phrases: readonly Phrase[]): Finder => {
  if (phrases.length === 0) return NEVER
  const pattern = new RegExp(`^ (?:${patternOf(phrases)})`, 'u')
  return ({ words }) => pattern.test(words)
}
/** As its last words. */
export const findsLast = (phrases: readonly Phrase[]): Finder => {
  if (phrases.length === 0) return NEVER
  const pattern = new RegExp(` (?:${patternOf(phrases)})$`, 'u')
  // only the end can match: a long sentence is not searched from every word
  return ({ words }) => pattern.test(words.slice(-200))
}
/** The whole sentence. */
export const findsWhole = (phrases: readonly Phrase[]): Finder => {
  if (phrases.length === 0) return NEVER
  const pattern = new RegExp(`^ (?:${patternOf(phrases)})$`, 'u')
  return ({ words }) => pattern.test(words)
}
