/** What both sides know of words of work, without the schemas. */

export const WORD_FAMILIES = ['artefact', 'procedure', 'document', 'build'] as const
export type WordFamily = (typeof WORD_FAMILIES)[number]

export const MAX_WORDS_A_FAMILY = 500
export const MAX_WORD_LENGTH = 60
export const MAX_LANGUAGES = 10
/** Of a community's own, in all languages together. */
export const MAX_WORDS = 2000

/** Entries of a list that stand for more than themselves, and what they stand for. */
export const PATTERN_WORDS = {
  '#…': 'the number of a ticket, such as #123',
  'ABC-…': 'the key of a ticket, such as ABC-123',
  '/pull/…': 'a link to a change, an issue or a commit',
  minutes: 'minutes of a meeting, not "ten minutes ago"',
} as const
export type PatternWord = keyof typeof PATTERN_WORDS

/** Marks that steer the direction of writing: they come along when a word is copied, and nobody sees them. */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** A word as it is kept: composed letters, single spaces, nothing unseen. */
export const tidyWord = (text: string): string => text.normalize('NFC').replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim()

/** Why a tidy word cannot stand in a list, as the end of a sentence about it; null where it can. */
export const refuseWord = (word: string): string | null => {
  if (word.length > MAX_WORD_LENGTH) return `is longer than ${MAX_WORD_LENGTH} characters`
  if (!word.isWellFormed() || /\p{Cc}/u.test(word)) return 'holds characters that are no text'
  return Object.hasOwn(PATTERN_WORDS, word) || /[\p{L}\p{N}]/u.test(word) ? null : 'has no letter and no figure'
}
