/** When two accounts are called alike. A name alone merges nobody: it is shown to a person who decides. */
import { hashKey } from './keys.ts'

/** Of names that say too little to compare. */
export const NO_NAME_KEY = '00000000-0000-0000-0000-000000000000'

/** Diacritics of Latin, Greek and Cyrillic; vowel signs of Indic and Thai scripts are letters and stay. */
const ACCENTS = /[\u0300-\u036f]/g
/** Letters that carry a stroke and do not come apart into a letter and an accent. */
const STROKES: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', þ: 'th' }
/** Pronouns, firms and nicknames in brackets; what a list adds to who wrote through it. */
const ASIDES = /\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|\svia\s.+$|\s\|\s.+$/giu
/** Not part of a name; after a comma they are no first name either. */
const TITLES = new Set([
  'dr',
  'prof',
  'professor',
  'mr',
  'mrs',
  'ms',
  'mx',
  'herr',
  'frau',
  'phd',
  'md',
  'msc',
  'mba',
  'jr',
  'sr',
  'ii',
  'iii',
  'iv',
])
/** What places call people who have no name there, or none any longer. */
const PLACEHOLDERS = new Set(
  'anonymous anonym anon unknown deleted deactivated former removed inactive suspended ghost nobody user users member account guest visitor team admin administrator moderator support info test bot system staff office null undefined none name'.split(
    ' ',
  ),
)
/** Scripts that write first and last name without a blank between them. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+$/u

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    // upper case first: ß becomes ss
    .toUpperCase()
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(/[łøđðæœþ]/g, (letter) => STROKES[letter] ?? letter)

const splitWords = (text: string): string[] =>
  fold(text)
    .replace(/['’‘`ʼ]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '' && !TITLES.has(word))

const isPlaceholder = (word: string): boolean => PLACEHOLDERS.has(word.replace(/\d+$/, '')) || /^\d+$/.test(word)

export type ComparedName = {
  /** Its words as they are compared, "Silva, Ana" as "ana silva". */
  words: string
  /** full: a first and a last name, or what reads as one; handle: one word that few would choose. */
  kind: 'full' | 'handle'
}

/**
 * A name as names are compared: without case, accents, punctuation, titles and asides, with "Last, First" turned round. Initials stay, since
 * "John A. Smith" is not "John B. Smith". Null where it says too little: a first name, initials, a placeholder, an address. Our judgement:
 * first names are shared by many, so that a single word counts only with a digit in it or from twelve letters on; and three characters
 * make a full name in scripts without blanks.
 */
export const compareName = (name: string | null): ComparedName | null => {
  if (name === null || name.includes('@')) return null
  const plain = name.replace(/[\p{Cf}\p{Cc}\p{Co}]/gu, ' ').replace(ASIDES, ' ')
  const parts = plain
    .split(/[,，、]/u)
    .map(splitWords)
    .filter((words) => words.length > 0)
  const words = parts.length === 2 ? [...(parts[1] ?? []), ...(parts[0] ?? [])] : parts.flat()
  if (words.length === 0 || words.every(isPlaceholder)) return null
  const whole = words.join('')
  if (UNSPACED.test(whole)) return whole.length >= 3 ? { words: whole, kind: 'full' } : null
  const long = words.filter((word) => /\p{L}.*\p{L}/u.test(word))
  if (long.length >= 2) return { words: words.join(' '), kind: 'full' }
  const [only = ''] = words
  if (words.length > 1 || long.length === 0 || isPlaceholder(only)) return null
  return (/\d/.test(only) && /\p{L}.*\p{L}.*\p{L}/u.test(only) && only.length >= 6) || only.length >= 12
    ? { words: only, kind: 'handle' }
    : null
}

/** Hash of a name as it is compared; `NO_NAME_KEY` where it says too little; null without a name. */
export const nameKey = (name: string | null): string | null => {
  if (name === null) return null
  const compared = compareName(name)
  return compared === null ? NO_NAME_KEY : hashKey(`name ${compared.words}`)
}
