import type { Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatPeriod, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { addDays, periodOfDay } from '../../../shared/period.ts'
import { withArticle } from '../../diagnosis/name-verdict.ts'
import { VERDICT_AS_READ } from '../../diagnosis/verdict-as-read.ts'

/** What cannot be said to be anything: nothing is held against it. */
export const isJudged = (verdict: VerdictName | null): verdict is VerdictName =>
  verdict !== null && verdict !== 'too_little_data' && verdict !== 'dormant'

const DIRECTION: Record<Verdict['trajectory'], { and: string; alone: string }> = {
  growing: { and: ', and growing', alone: ' It is growing.' },
  steady: { and: ', and steady', alone: ' It is steady.' },
  declining: { and: ', but declining', alone: ' It is declining.' },
  forming: { and: ', still forming', alone: ' It is still forming.' },
  unknown: { and: '', alone: '' },
}

/** The verdict that stands and where it is heading, in one sentence; with the charter where it is drifting from that. */
export const sayHeadline = (name: string, verdict: Verdict, month: string): string => {
  const { standing, trajectory, intention } = verdict
  const { and, alone } = DIRECTION[trajectory]
  const isOver = isMonthEnd(verdict.at)
  const soFar = isOver ? '' : ' so far'
  // what cannot be judged stood at the last month end; the month that is running reads otherwise
  if (standing !== null && !isJudged(standing) && isJudged(verdict.verdict))
    return `${startSentence(name)} ${standing === 'dormant' ? 'had fallen silent' : 'could not be judged for want of data'} until now; ${formatPeriod(month)}${soFar} reads ${VERDICT_AS_READ[verdict.verdict]}.`
  if (standing === 'dormant') return `${startSentence(name)} has fallen silent.`
  if (standing === 'too_little_data') return `There is too little data to say what ${inSentence(name)} is.`
  if (standing === null)
    return isJudged(verdict.verdict)
      ? `${formatPeriod(month)}${soFar} reads ${VERDICT_AS_READ[verdict.verdict]}, but nothing is settled yet about ${inSentence(name)}.`
      : `There is too little data yet to say what ${inSentence(name)} is.`
  if (standing === 'mixed')
    return `${startSentence(name)} shows no one pattern${trajectory === 'unknown' ? '.' : `${and.replace(', and ', ', and is ').replace(', but ', ', and is ').replace(', still', ', and is still')}.`}`
  if (intention?.state === 'drifting')
    return `${startSentence(name)} is meant to be ${withArticle(intention.purpose)}, but reads as ${withArticle(standing)}${trajectory === 'unknown' ? '' : alone.replace(/^ It is (.+)\.$/, ', and is $1')}.`
  return `${startSentence(name)} is ${withArticle(standing)}${and}.`
}

const inSentence = (name: string): string => (name === 'This community' ? 'this community' : name)

/** How sure, and since when it stands: one sentence. */
export const saySure = (verdict: Verdict): string => {
  const { standing, verdict: reads, standing_detail: detail, support_detail: support, at } = verdict
  const since = detail?.since ?? null
  if (standing === null) {
    const asked = detail?.pending
    if (!isJudged(reads)) return ''
    return asked === null || asked === undefined
      ? 'It is settled once the same has been clear at month ends in a row.'
      : `It is settled once the same has been clear at ${sayCountOf(asked.asked, 'month end')} in a row, of which there ${asked.evaluations === 1 ? 'is' : 'are'} ${sayCount(asked.evaluations)}.`
  }
  if (!isJudged(standing) && isJudged(reads)) return 'It is settled once the same has been clear at month ends in a row.'
  if (!isJudged(standing))
    return since === null || since === at ? '' : `That has been so since the end of ${formatPeriod(periodOfDay(since, 'month'))}.`
  const stood =
    since === null ? '' : since === at ? 'it stands from now on' : `it has stood since ${formatPeriod(periodOfDay(since, 'month'))}`
  if (reads !== standing) return `That settles nothing yet${stood === '' ? '' : `; what the headline says ${stood.replace(/^it /, '')}`}.`
  const sure =
    support.strength === 'clear'
      ? 'The finding is clear'
      : support.strength === 'leaning'
        ? 'The finding leans this way without being clear'
        : 'The finding is not a clear one'
  return stood === '' ? `${sure}.` : `${sure}${support.strength === 'clear' ? ', and' : ';'} ${stood}.`
}

const isMonthEnd = (day: string): boolean => periodOfDay(addDays(day, 1), 'month') !== periodOfDay(day, 'month')
