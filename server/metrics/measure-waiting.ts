import type { Measured } from '../../shared/contract/metric.ts'
import { countOf, formatPercent } from '../../shared/format.ts'
import { found, notApplicable, notReached, tooFew } from './measured.ts'
import type { Episodes } from './readings/episodes.ts'
import { MIN_QUESTIONS_FOR_TIMES } from './sample-minima.ts'
import { fitSurvival, mayEndLevel, type SurvivalCurve, survivalQuantile, survivalQuantileInterval } from './statistics/kaplan-meier.ts'

export type Waiting = Pick<Episodes, 'answer_seconds' | 'waiting_seconds'>

// two metrics, whoever draws it, and the search for the time of the next change ask for the curve of the same questions
const curves = new WeakMap<readonly number[], SurvivalCurve>()
/** Share of the questions still without an answer, by the seconds since each was asked. */
export const curveOf = ({ answer_seconds, waiting_seconds }: Waiting): SurvivalCurve => {
  const before = curves.get(answer_seconds)
  if (before) return before
  const curve = fitSurvival(answer_seconds, waiting_seconds)
  curves.set(answer_seconds, curve)
  return curve
}

const SECONDS_PER_HOUR = 3600
const inHours = (seconds: number | null) => (seconds === null ? null : seconds / SECONDS_PER_HOUR)

/** Hours after which the share `probability` of the questions has a first answer; open questions are censored. */
export const measureWaiting = (row: Waiting, probability: number): Measured => {
  const answered = row.answer_seconds.length
  const all = answered + row.waiting_seconds.length
  const counts = { numerator: answered, denominator: all, n: all }
  if (all === 0) return { ...notApplicable('No question was asked.'), ...counts }
  if (all < MIN_QUESTIONS_FOR_TIMES) return tooFew(`${countOf(all, 'question')}; it takes ${MIN_QUESTIONS_FOR_TIMES}.`, counts)
  const curve = curveOf(row)
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

/** Shares of the questions whose waiting is told. */
export const WAITING_QUANTILES = [0.5, 0.9] as const

/**
 * When what `measureWaiting` finds may change though nothing happens: a question still open comes to count among those that
 * had waited as long as another was waiting when it was answered. Where the curve ends level on the height of a quantile the
 * time of the last observation is part of the result, and that passes with the clock. Both lists rise.
 */
export const waitingChangesAt = (row: Waiting, knownBy: Date): Date | null => {
  const { answer_seconds: answered, waiting_seconds: waiting } = row
  if (waiting.length === 0 || answered.length === 0) return null
  let least = Number.POSITIVE_INFINITY
  for (let next = 0, i = 0; i < waiting.length; i++) {
    const waited = waiting[i] as number
    while (next < answered.length && (answered[next] as number) <= waited) next++
    if (next === answered.length) break
    least = Math.min(least, (answered[next] as number) - waited)
  }
  if (
    answered.length + waiting.length >= MIN_QUESTIONS_FOR_TIMES &&
    WAITING_QUANTILES.some((probability) => mayEndLevel(curveOf(row), probability))
  )
    return knownBy
  // a millisecond early: seconds are rounded
  return Number.isFinite(least) ? new Date(Math.max(knownBy.getTime(), knownBy.getTime() + Math.floor(least * 1000) - 1)) : null
}

/** The earliest of some times; null where none is given. */
export const earliest = (...times: (Date | null)[]): Date | null =>
  times.reduce((least, time) => (least === null || (time !== null && time < least) ? time : least), null)
