import type { VerdictName } from '../../shared/contract/verdict.ts'
import { formatPeriod, sayCount, startSentence } from '../../shared/format.ts'
import { periodOfDay } from '../../shared/period.ts'
import { bareName, withArticle } from './name-verdict.ts'
import { countsAsClear, type Evaluation, type Stand } from './standing.ts'

/** What stands and what this evaluation says beside it, in words a manager would use. `asked`: month ends in a row that a change takes. */
export const sayStanding = (stand: Stand, evaluation: Evaluation, asked: number): string => {
  const { verdict } = stand
  if (verdict === null) return sayNothing(stand, evaluation, asked)
  if (cannotJudge(verdict)) return sayUnjudged(verdict, stand, evaluation)
  return `${sayWhatStands(verdict, stand, evaluation, asked)} ${sayMonth(verdict, stand, evaluation, asked)}`.trim()
}

const cannotJudge = (verdict: VerdictName | null) => verdict === 'too_little_data' || verdict === 'dormant'

const sayNothing = (stand: Stand, evaluation: Evaluation, asked: number): string =>
  evaluation.is_month_over
    ? `Nothing stands yet. ${sayFirst(stand, evaluation, asked)}`
    : `Nothing stands yet: that takes the end of a month. This month so far ${reads(evaluation)}.`

/** A month beside nothing. */
const sayFirst = ({ pending }: Stand, evaluation: Evaluation, asked: number): string =>
  pending
    ? `This month ${reads(evaluation)}; not confirmed yet: ${sayCount(pending.evaluations)} of ${sayCount(asked)} month ends in a row.`
    : `This month ${reads(evaluation)}; ${whatItTakes(evaluation, asked)}.`

const sayUnjudged = (verdict: VerdictName, stand: Stand, evaluation: Evaluation): string => {
  const { since, before } = stand
  const title = startSentence(bareName(verdict))
  if (evaluation.verdict !== verdict)
    return `${title} at the last month end. This month so far ${reads(evaluation)}; what stands is decided when it is over.`
  if (before !== null) return `${title}: that stands at once. Before, ${bareName(before)} stood.`
  return since === null || since === evaluation.at ? `${title}, so no verdict stands.` : `${title} since ${sayMonthOf(since)}.`
}

const sayWhatStands = (verdict: VerdictName, { since, before, is_resumed }: Stand, evaluation: Evaluation, asked: number): string => {
  const { at } = evaluation
  const title = startSentence(bareName(verdict))
  if (since !== at) return `${title}${since === null ? '' : ` since ${sayMonthOf(since)}`}.`
  if (is_resumed) return `${title} again, as before ${before === 'dormant' ? 'it fell silent' : 'there was too little to judge'}.`
  const instead = before === null || cannotJudge(before) ? '' : ` Before, ${bareName(before)} stood.`
  return `${title}, from now on: ${clear(evaluation)} ${atMonthEnds(asked)}.${instead}`
}

/** What the month says beside what stands; nothing where that is what it has just come to stand for. */
const sayMonth = (verdict: VerdictName, stand: Stand, evaluation: Evaluation, asked: number): string => {
  const { at, strength, is_month_over } = evaluation
  const month = is_month_over ? 'This month' : 'This month so far'
  if (stand.since === at && !stand.is_resumed) return ''
  if (evaluation.verdict === verdict) return `${month} ${readsTheSame(evaluation)}.`
  if (!is_month_over) return `${month} ${reads(evaluation)}; only a whole month counts.`
  if (stand.pending)
    return `${month} is ${isInferred(evaluation) ? 'by its draws' : 'clearly'} ${withArticle(evaluation.verdict)}; not confirmed yet: ${sayCount(stand.pending.evaluations)} of ${sayCount(asked)} month ends in a row.`
  if (evaluation.is_inferred) return `${month} ${reads(evaluation)}, and that does not come to stand.`
  if (strength === 'leaning') return `${month} leans ${bareName(evaluation.verdict)}; not confirmed yet.`
  return `${month} reads ${bareName(evaluation.verdict)}, but without a clear pattern; that changes nothing.`
}

/** Less than clear only because of what was inferred, and enough to come to stand. */
const isInferred = (evaluation: Evaluation): boolean => evaluation.strength !== 'clear' && countsAsClear(evaluation)
const clear = (evaluation: Evaluation): string => (isInferred(evaluation) ? 'clear but for resting on what was inferred,' : 'clear')
/** What lacks for a first verdict to stand. */
const whatItTakes = (evaluation: Evaluation, asked: number): string =>
  evaluation.is_inferred && !countsAsClear(evaluation)
    ? 'that does not come to stand'
    : `a verdict stands once it is clear ${atMonthEnds(asked)}`

const reads = (evaluation: Evaluation): string => {
  const { verdict, strength } = evaluation
  if (verdict === 'mixed') return 'shows no one pattern'
  if (evaluation.is_inferred) return `leans ${bareName(verdict)}, resting on what was inferred`
  if (strength === 'clear') return `clearly reads ${bareName(verdict)}`
  if (strength === 'leaning') return `leans ${bareName(verdict)}`
  return `reads ${bareName(verdict)} without a clear pattern`
}

const readsTheSame = ({ strength, is_inferred }: Evaluation): string => {
  if (is_inferred) return 'reads the same, resting on what was inferred'
  if (strength === 'clear') return 'clearly reads the same'
  if (strength === 'leaning') return 'leans the same way'
  return 'reads the same, without a clear pattern'
}

const atMonthEnds = (asked: number): string => (asked === 1 ? 'at one month end' : `at ${sayCount(asked)} month ends in a row`)
const sayMonthOf = (day: string): string => `the end of ${formatPeriod(periodOfDay(day, 'month'))}`
