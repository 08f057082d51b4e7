import type { CommunitySummary, NeedReason } from '../../../shared/contract/community.ts'
import { formatCount, joinWords, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { VERDICT_WORDS } from '../verdict/verdict-words.ts'
import { VERDICT_NAMES } from './verdict-names.ts'

type Row = Pick<CommunitySummary, 'standing' | 'verdict' | 'needs'>

const NEED_WORDS: Record<NeedReason, [one: string, many: string]> = {
  drifting: ['drifts from its charter', 'drift from their charters'],
  declining: ['declines', 'decline'],
  silent: ['has sent nothing for four weeks', 'have sent nothing for four weeks'],
  unanswered: ['leaves many questions unanswered', 'leave many questions unanswered'],
  no_data: ['has no data yet', 'have no data yet'],
}
const REASONS = Object.keys(NEED_WORDS) as NeedReason[]

/** How many read as communities, and how many need somebody for what. */
export const sayNeeds = (rows: readonly Row[]): string => {
  const communities = rows.filter(({ standing }) => standing === 'community').length
  const needing = rows.filter(({ needs }) => needs.length > 0).length
  const read =
    rows.length === 1
      ? `The one community here ${communities === 1 ? 'reads as a community' : 'does not read as a community'}`
      : `Of ${formatCount(rows.length)} communities ${communities === 0 ? 'none' : sayCount(communities)} ${communities < 2 ? 'reads as a community' : 'read as communities'}`
  if (needing === 0) return `${read}; none needs you now.`
  const reasons = REASONS.flatMap((reason) => {
    const count = rows.filter(({ needs }) => needs.some((need) => need.reason === reason)).length
    return count === 0 ? [] : [`${sayCount(count)} ${NEED_WORDS[reason][count === 1 ? 0 : 1]}`]
  })
  return `${read}; ${sayCount(needing)} ${needing === 1 ? 'needs' : 'need'} you: ${joinWords(reasons)}.`
}

/** How many of each verdict stand, in one sentence. */
export const saySummary = (communities: readonly Row[]): string => {
  const parts = VERDICT_NAMES.flatMap((name) => {
    const count = communities.filter(({ standing }) => standing === name).length
    const word = VERDICT_WORDS[name].word.toLowerCase()
    if (count === 0) return []
    if (name === 'mixed' || name === 'dormant') return [sayCountOf(count, word, word)]
    if (name === 'too_little_data') return [sayCountOf(count, 'with too little data', 'with too little data')]
    return [sayCountOf(count, word, name === 'community' ? 'communities' : `${word}s`)]
  })
  const unsettled = communities.filter(({ standing, verdict }) => standing === null && verdict !== null).length
  if (unsettled > 0) parts.push(sayCountOf(unsettled, 'where nothing stands yet', 'where nothing stands yet'))
  const waiting = communities.filter(({ verdict }) => verdict === null).length
  if (waiting > 0) parts.push(sayCountOf(waiting, 'still without a verdict', 'still without a verdict'))
  return `${startSentence(joinWords(parts))}.`
}
