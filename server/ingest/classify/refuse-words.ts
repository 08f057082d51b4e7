import { MAX_LANGUAGES } from '../../../shared/work-words.ts'
import type { WordLists } from './word-families.ts'

/** Each language makes every event dearer to receive, so there is an end to them. */
export const refuseTooManyLanguages = (lists: WordLists): { says: string } | null => {
  const count = Object.values(lists).filter((families) => Object.keys(families).length > 0).length
  return count > MAX_LANGUAGES
    ? { says: `A community lists words in at most ${MAX_LANGUAGES} languages; take those of another language back first.` }
    : null
}
