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
  /** Clear by its draws, and called less only because it rests on inferred threads or doubtful questions. */
  is_inferred?: boolean | undefined
  /** `at` is the last day of its month, and that day is over. */
  is_month_over: boolean
}

/** What stands after an evaluation; `before` is what stood until then, where it changed. */
export type Stand = {
  verdict: VerdictName | null
  since: string | null
  pending: Standing['pending']
  before: VerdictName | null
  /** The last that stood of those that say what it is. */
  claimed: VerdictName | null
  /** It has just come to stand again, as it did before nothing could be judged. */
  is_resumed: boolean
}

/** Before the first evaluation. */
export const NOTHING_STANDS: Stand = { verdict: null, since: null, pending: null, before: null, claimed: null, is_resumed: false }

/** These say that nothing can be judged, so there is nothing to be sure of: they stand at once, and defend nothing. What it was before is not forgotten over them. */
const AT_ONCE: readonly (VerdictName | null)[] = ['too_little_data', 'dormant']

/**
 * What may come to stand on inferred threads. A chat without threads would else never have a verdict that stands; but an accusation
 * that rests on what was inferred may be false, and one false accusation ends all credit: it is told of its month, and never stands.
 */
const STANDS_INFERRED: readonly VerdictName[] = ['community', 'mixed']

/** Whether an evaluation counts towards another verdict than the one that stands. */
export const countsAsClear = ({ verdict, strength, is_inferred }: Evaluation): boolean =>
  strength === 'clear' || (is_inferred === true && STANDS_INFERRED.includes(verdict))

/**
 * What stands after one more evaluation: another verdict has to be clear at `asked` month ends in a row, the same one each
 * time (house rule, threshold standing_evaluations), the first one too. What stood before nothing could be judged stands again
 * afterwards. A month that is not over changes nothing, unless nothing can be judged any more.
 */
export const nextStand = (stand: Stand, evaluation: Evaluation, asked: number): Stand => {
  const { at, verdict, is_month_over } = evaluation
  const kept: Stand = { ...stand, before: null, is_resumed: false }
  const stands = (now: VerdictName | null): Stand =>
    now === stand.verdict
      ? { ...kept, pending: null }
      : { ...kept, verdict: now, since: now && at, pending: null, before: stand.verdict, claimed: isAtOnce(now) ? stand.claimed : now }
  if (isAtOnce(verdict)) return stands(verdict)
  if (!is_month_over) return kept
  const held = whatHolds(stand)
  const now = { ...stands(held), is_resumed: held !== null && held !== stand.verdict }
  if (verdict === held || !countsAsClear(evaluation)) return now
  const last = stand.pending
  const goesOn = last?.verdict === verdict && monthEndAfter(last.since, last.evaluations) === at
  const pending = goesOn ? { ...last, evaluations: last.evaluations + 1, asked } : { verdict, since: at, evaluations: 1, asked }
  return pending.evaluations >= asked ? stands(verdict) : { ...now, pending }
}

/** What a month that can be judged has to displace. Once it can be, there is no longer too little, and once somebody writes it is not dormant. */
const whatHolds = ({ verdict, claimed }: Stand): VerdictName | null => (isAtOnce(verdict) ? claimed : verdict)

const isAtOnce = (verdict: VerdictName | null): boolean => AT_ONCE.includes(verdict)

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
