import type { WorkWords } from '../../../shared/contract/work-words.ts'
import { PATTERN_WORDS, WORD_FAMILIES } from '../../../shared/work-words.ts'
import { DEFAULT_WORDS, type WordLists } from './word-families.ts'

/** Said wherever words are shown: text is not kept, so nothing can be counted again. */
export const WORDS_NOTE =
  'Words are counted in questions, answers, posts and replies as they are received, and the text is not kept. So other words count from then on; what was received before stays as it was counted.'

/** All lists of a community, its own and the default ones, as they cross HTTP. */
export const describeWords = (own: WordLists, changedAt: Date | null): WorkWords => ({
  languages: [...new Set([...Object.keys(DEFAULT_WORDS), ...Object.keys(own)])].sort().map((language) => ({
    language,
    families: WORD_FAMILIES.map((family) => {
      const default_words = [...(DEFAULT_WORDS[language]?.[family] ?? [])]
      const words = own[language]?.[family]
      return { family, words: words === undefined ? default_words : [...words], default_words, is_own: words !== undefined }
    }),
  })),
  patterns: Object.entries(PATTERN_WORDS).map(([word, stands_for]) => ({ word, stands_for })),
  counts_since: changedAt?.toISOString() ?? null,
  note: WORDS_NOTE,
})
