import { MAX_LANGUAGES, MAX_WORDS } from '../../../shared/work-words.ts'
import type { WordLists } from './word-families.ts'

/** Each word makes every event of the community dearer to receive, so there is an end to them. */
export const refuseWords = (lists: WordLists): { reason: 'too-many-languages' | 'too-many-words'; says: string } | null => {
  const families = Object.values(lists).map((language) => Object.values(language))
  if (families.filter((own) => own.length > 0).length > MAX_LANGUAGES)
    return {
      reason: 'too-many-languages',
      says: `A community lists words in at most ${MAX_LANGUAGES} languages; take those of another language back first.`,
    }
  const words = families.flat().reduce((sum, list) => sum + list.length, 0)
  return words > MAX_WORDS
    ? {
        reason: 'too-many-words',
        says: `A community lists at most ${MAX_WORDS} words of its own in all languages together, and these would be ${words}.`,
      }
    : null
}
