import type { Measured } from '../../shared/contract/metric.ts'
import { countOf, formatPercent } from '../../shared/format.ts'
import { found, notApplicable, notReached, tooFew } from './measured.ts'
import type { Episodes } from './readings/episodes.ts'
import { MIN_QUESTIONS_FOR_TIMES } from './sample-minima.ts'
import { fitSurvival, survivalQuantile, survivalQuantileInterval } from './statistics/kaplan-meier.ts'

const SECONDS_PER_HOUR = 3600
const inHours = (seconds: number | null) => (seconds === null ? null : seconds / SECONDS_PER_HOUR)

/** Hours after which the share `probability` of the questions has a first answer; open questions are censored. */
export const measureWaiting = (row: Pick<Episodes, 'answer_seconds' | 'waiting_seconds'>, probability: number): Measured => {
  const answered = row.answer_seconds.length
  const all = answered + row.waiting_seconds.length
  const counts = { numerator: answered, denominator: all, n: all }
  if (all === 0) return { ...notApplicable('No question was asked.'), ...counts }
  if (all < MIN_QUESTIONS_FOR_TIMES) return tooFew(`${countOf(all, 'question')}; it takes ${MIN_QUESTIONS_FOR_TIMES}.`, counts)
  const curve = fitSurvival(row.answer_seconds, row.waiting_seconds)
  const seconds = survivalQuantile(curve, probability)
  const interval = survivalQuantileInterval(curve, probability)
  const low = inHours(interval.low)
  if (seconds === null)
    return notReached(
      `${answered} of ${all} questions have an answer so far; the waiting of the others does not let the curve fall to ${formatPercent(1 - probability)} open.`,
      { ...counts, low },
    )
  return found(seconds / SECONDS_PER_HOUR, { ...counts, low, high: inHours(interval.high) })
}
