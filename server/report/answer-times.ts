import type { AnswerMark, AnswerStep, AnswerTimes } from '../../shared/contract/helping.ts'
import type { Measured } from '../../shared/contract/metric.ts'
import { curveOf, type Waiting } from '../metrics/measure-waiting.ts'
import { MIN_QUESTIONS_FOR_TIMES } from '../metrics/sample-minima.ts'
import type { SurvivalCurve, SurvivalStep } from '../metrics/statistics/kaplan-meier.ts'

const HOUR = 3600
/** The times people think in, in hours: a minute, ten, an hour, four, a day, three, a week, thirty days, ninety, a year. */
export const MARK_HOURS = [1 / 60, 1 / 6, 1, 4, 24, 72, 168, 720, 2160, 8760] as const
/** A card is a few hundred points wide: more steps than this cannot be told apart (our judgement). */
const MAX_STEPS = 240

/** How long the questions of a row waited, beside the median and the ninth decile that the metrics found of it. */
export const describeAnswerTimes = (row: Waiting, median: Measured, p90: Measured): AnswerTimes => {
  const { answer_seconds: answered, waiting_seconds: waiting } = row
  // what may not be told, or of which nothing is known, has no curve either
  if (median.denominator === null) return { median, p90, counts: null, marks: [], steps: [], last_hours: null }
  const all = answered.length + waiting.length
  const curve = all < MIN_QUESTIONS_FOR_TIMES ? null : curveOf(row)
  const last = Math.max(answered.at(-1) ?? 0, waiting.at(-1) ?? 0)
  return {
    median,
    p90,
    counts: { question_count: all, answered_count: answered.length, waiting_count: waiting.length },
    marks: MARK_HOURS.map((hours) => markAt(hours, row, curve)),
    steps: curve === null ? [] : thinSteps(curve.steps, MAX_STEPS).map(toAnswered),
    last_hours: all === 0 ? null : last / HOUR,
  }
}

const markAt = (
  hours: number,
  { answer_seconds: answered, waiting_seconds: waiting }: Waiting,
  curve: SurvivalCurve | null,
): AnswerMark => {
  const seconds = hours * HOUR
  const step = curve?.steps.findLast(({ time }) => time <= seconds)
  return {
    hours,
    answered_count: answered.filter((time) => time <= seconds).length,
    at_risk: answered.filter((time) => time >= seconds).length + waiting.filter((time) => time >= seconds).length,
    ...(curve === null ? NO_CURVE : step === undefined ? NONE_YET : shareAfter(step)),
  }
}

const NO_CURVE = { share: null, low: null, high: null }
const NONE_YET = { share: 0, low: null, high: null }

const shareAfter = ({ survival, low, high }: SurvivalStep) => ({
  share: 1 - survival,
  low: high === null ? null : 1 - high,
  high: low === null ? null : 1 - low,
})

const toAnswered = (step: SurvivalStep): AnswerStep => ({ hours: step.time / HOUR, ...shareAfter(step) })

/**
 * At most `count` of the steps, each as it is: the last of every stretch of time, stretches being equally long on a log axis
 * from a second on. The first step stays, so that the curve begins where it does.
 */
export const thinSteps = (steps: readonly SurvivalStep[], count: number): SurvivalStep[] => {
  const [first, last] = [steps[0], steps.at(-1)]
  if (first === undefined || last === undefined || steps.length <= count) return [...steps]
  const place = ({ time }: SurvivalStep) => Math.log(Math.max(time, 1))
  const width = (place(last) - place(first)) / (count - 2)
  const stretchOf = (step: SurvivalStep) => Math.floor((place(step) - place(first)) / width)
  return steps.filter((step, i) => {
    const next = steps[i + 1]
    return i === 0 || next === undefined || stretchOf(step) !== stretchOf(next)
  })
}
