import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { sayCountOf, startSentence } from '../../../shared/format.ts'
import { STRENGTH_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'

type Row = Pick<CommunitySummary, 'verdict' | 'standing' | 'strength' | 'intention' | 'own_threshold_count'>

/** What stands under the verdict of a row: how sure, what the last evaluation says where it differs, drift from the charter, own thresholds. */
export const sayBesideRow = ({ verdict, standing, strength, intention, own_threshold_count }: Row): string[] => {
  const lines: string[] = []
  if (verdict !== null && standing !== verdict) {
    const word = VERDICT_WORDS[verdict].word.toLowerCase()
    lines.push(
      strength === null || strength === 'none' ? `this month reads as ${word}` : `this month ${STRENGTH_WORDS[strength].verb} ${word}`,
    )
  } else if (strength !== null) lines.push(STRENGTH_WORDS[strength].word)
  if (intention?.state === 'as_intended') lines.push('as intended')
  if (intention?.state === 'drifting') lines.push(`drifting: meant to be a ${VERDICT_WORDS[intention.purpose].word.toLowerCase()}`)
  if (own_threshold_count > 0) lines.push(`by ${sayCountOf(own_threshold_count, 'threshold')} of its own`)
  return lines.map(startSentence)
}
