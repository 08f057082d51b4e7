import type { Standing, Verdict, VerdictName } from '../../shared/contract/verdict.ts'
import { addDays, daysOfPeriod, periodOfDay, shiftPeriod } from '../../shared/period.ts'
import { sayStanding } from './say-standing.ts'

/** What one evaluation says, as far as it bears on the verdict that stands. */
export type Evaluation = {
  /** The day evaluated. */
  at: string
  verdict: VerdictName
  /** How sure the window makes it; only a clear verdict can displace another. */
  strength: Verdict['support_detail']['strength']
  /** `at` is the last day of its month, and that day is over. */
  is_month_over: boolean
}

/** What stands after an evaluation; `before` is what stood until then, where it changed. */
export type Stand = {
  verdict: VerdictName | null
  since: string | null
  pending: Standing['pending']
  before: VerdictName | null
}

/** Before the first evaluation. */
export const NOTHING_STANDS: Stand = { verdict: null, since: null, pending: null, before: null }

/** These say that nothing can be judged, so there is nothing to be sure of: they stand at once, and defend nothing. */
const AT_ONCE: readonly (VerdictName | null)[] = ['too_little_data', 'dormant']

/**
 * What stands after one more evaluation: another verdict has to be clear at `asked` month ends in a row, the same one each
 * time (house rule, threshold standing_evaluations). Where nothing stands yet, or nothing could be judged before, a clear verdict
 * stands at once and "mixed" does until then. A month that is not over changes nothing, unless nothing can be judged any more.
 */
export const nextStand = (stand: Stand, evaluation: Evaluation, asked: number): Stand => {
  const { at, verdict, is_month_over } = evaluation
  const kept = { ...stand, before: null }
  const stands = (now: VerdictName): Stand =>
    now === stand.verdict ? { ...kept, pending: null } : { verdict: now, since: at, pending: null, before: stand.verdict }
  if (AT_ONCE.includes(verdict)) return stands(verdict)
  if (!is_month_over) return kept
  const isClear = evaluation.strength === 'clear'
  if (stand.verdict === null || AT_ONCE.includes(stand.verdict)) return stands(isClear ? verdict : 'mixed')
  if (verdict === stand.verdict || !isClear) return { ...kept, pending: null }
  const last = stand.pending
  const goesOn = last?.verdict === verdict && monthEndAfter(last.since, last.evaluations) === at
  const pending = goesOn ? { ...last, evaluations: last.evaluations + 1, asked } : { verdict, since: at, evaluations: 1, asked }
  return pending.evaluations >= asked ? stands(verdict) : { ...kept, pending }
}

/** The month end `count` months after the one that holds the day. */
const monthEndAfter = (day: string, count: number): string =>
  addDays(daysOfPeriod(shiftPeriod(periodOfDay(day, 'month'), 'month', count), 'month').to_on, -1)

/** A stand as it is told beside the evaluation it follows. */
export const describeStand = (stand: Stand, evaluation: Evaluation, asked: number): Pick<Verdict, 'standing' | 'standing_detail'> => ({
  standing: stand.verdict,
  standing_detail: { since: stand.since, pending: stand.pending, sentence: sayStanding(stand, evaluation, asked) },
})

/** What stands after each of the evaluations, which come in order of their days. */
export const followStanding = (evaluations: readonly Evaluation[], asked: number): Stand[] => {
  let stand = NOTHING_STANDS
  return evaluations.map((evaluation) => {
    stand = nextStand(stand, evaluation, asked)
    return stand
  })
}

/** Whether a day is the last of its month, and over where days before `overUntil` are. */
export const isMonthOver = (at: string, overUntil: string): boolean =>
  daysOfPeriod(periodOfDay(at, 'month'), 'month').to_on === addDays(at, 1) && at < overUntil
