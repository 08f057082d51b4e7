/** What is watched in communities, for the number of false alarms to expect. */
import { type AlertRuleId, type StatedRate, STRICTNESS } from '../../shared/contract/alert.ts'
import { addDays, daysBetween } from '../../shared/period.ts'
import type { WatchedRow } from '../store/alert-budget.ts'
import type { WatchedPair } from './budget.ts'
import { ruleOf } from './catalogue.ts'

/** A rule whose last period lies further back can tell nothing any more: nothing new comes in. Our judgement: two periods, and their waiting. */
const LIVE_DAYS = { day: 14, week: 35, month: 100 }

export type Watching = 'off' | 'not_judged_yet' | 'cannot_judge' | 'no_longer_fed' | 'judged'

/** Whether a rule can tell anything in a community now. `today`: a day. */
export const watchingOf = (row: WatchedRow, today: string): Watching => {
  const rule = ruleOf(row.rule)
  if (!(row.is_on ?? rule.is_on_by_default)) return 'off'
  if (row.watched_from === null) return 'not_judged_yet'
  if (row.cannot_judge !== null) return 'cannot_judge'
  if (row.judged_on === null || row.judged_on < addDays(today, -LIVE_DAYS[rule.grain])) return 'no_longer_fed'
  return 'judged'
}

/** How often a rule is false; `swing` null: of the worst kind. */
export type RateOf = (rule: AlertRuleId, strictness: number, swing: number | null) => StatedRate
/** As the rules state it. */
export const statedRate: RateOf = (rule, strictness, swing) => ruleOf(rule).stateRate(strictness, swing)

/** Whether anybody has measured how often it is false: what was not is no 0. */
export const isStated = ({ rule, swing }: WatchedRow, rateOf: RateOf): boolean => {
  const { a_year, standard_error } = rateOf(rule, STRICTNESS.usual, swing)
  return a_year > 0 || standard_error !== null
}

/** The pairs that can tell anything now and whose rate is known. */
export const pairsOf = (rows: readonly WatchedRow[], today: string, rateOf: RateOf): WatchedPair[] =>
  rows
    .filter((row) => watchingOf(row, today) === 'judged' && isStated(row, rateOf))
    .map(({ rule, own, swing }) => ({
      hasLimits: ruleOf(rule).has_limits,
      own,
      rateAt: (strictness) => rateOf(rule, strictness, swing).a_year,
    }))

const DAYS_OF_YEAR = 365.25

/** For how long a rule was watched, and how many false alarms that makes by what is stated. */
export const watchedYears = (row: WatchedRow): number =>
  row.watched_from === null || row.judged_on === null ? 0 : Math.max(0, daysBetween(row.watched_from, row.judged_on) / DAYS_OF_YEAR)

/** How strict it is now. */
export const strictnessOf = ({ rule, own }: WatchedRow, budget: number): number =>
  own ?? (ruleOf(rule).has_limits ? budget : STRICTNESS.usual)
