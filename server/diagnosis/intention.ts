import type { Purpose } from '../../shared/contract/charter.ts'
import type { Intention, VerdictName } from '../../shared/contract/verdict.ts'
import { startSentence } from '../../shared/format.ts'
import { withArticle } from './name-verdict.ts'

/**
 * Whether what stands is what its managers declared it to be; null where they declared nothing. A course in which people help each
 * other reads as a community, and structure alone cannot tell the two apart: that is as intended too.
 */
export const intentionOf = (purpose: Purpose | null, standing: VerdictName | null): Intention | null => {
  if (purpose === null) return null
  const say = (state: Intention['state'], sentence: string): Intention => ({ purpose, state, sentence })
  const meant = `Meant to be ${withArticle(purpose)}`
  if (standing === null) return say('not_judged', `${meant}; no verdict stands yet.`)
  if (standing === purpose) return say('as_intended', `${startSentence(withArticle(purpose))}, as intended.`)
  if (standing === 'too_little_data') return say('not_judged', `${meant}; there is too little to say whether it is.`)
  if (standing === 'dormant') return say('not_judged', `${meant}; dormant now, so there is nothing to hold against that.`)
  if (standing === 'mixed') return say('not_judged', `${meant}; it shows no clear pattern, so neither that nor another.`)
  if (purpose === 'teaching_platform' && standing === 'community')
    return say('as_intended', 'A teaching platform, as intended: a course whose people help each other reads as a community.')
  return say('drifting', `${meant}, and drifting: it reads as ${withArticle(standing)}.`)
}
