import type { Pool } from 'pg'
import type { VerdictEvidence } from '../../shared/contract/verdict-evidence.ts'
import type { CountedWords } from '../../shared/contract/work-words.ts'
import { countOf, formatCount, formatDecimal } from '../../shared/format.ts'
import { loadWorkWords } from '../diagnosis/readings/work-words.ts'
import type { JudgedWindow } from './judged-window.ts'

/** The words of work that were counted in a window, most frequent first. */
export const readWindowWords = async (
  pool: Pool,
  { community, verdict, view, known_by }: JudgedWindow,
): Promise<VerdictEvidence['words']> => {
  const found = await loadWorkWords(pool, {
    communityId: community.community_id,
    timeZone: community.time_zone,
    from_on: verdict.window.from,
    to_on: verdict.window.to,
    knownBy: known_by,
    view,
  })
  return { sentence: sayWords(found), rows: found.words }
}

/** How many words of work there are among all, and which stand out. */
export const sayWords = ({ words, different_words, by_family, words_not_kept, word_count }: CountedWords): string => {
  if (word_count === 0) return 'No text was sent, so there are no words to count.'
  const listed = by_family.artefact + by_family.procedure + by_family.document + by_family.build
  const all = listed + words_not_kept
  if (all === 0) return `None of ${countOf(word_count, 'word')} is a word of work.`
  const rate = formatDecimal((100 * all) / word_count, 2)
  const counted = `${formatCount(all)} of ${countOf(word_count, 'word')} ${all === 1 ? 'is' : 'are'} of work, ${rate} of every 100.`
  const shown =
    different_words > words.length
      ? ` The ${formatCount(words.length)} counted most often stand here, of ${formatCount(different_words)}.`
      : ''
  const unknown =
    words_not_kept > 0 ? ` Of ${formatCount(words_not_kept)} it is not known which they were: they were counted before that was kept.` : ''
  return `${counted}${shown}${unknown}`
}
