import { STRICTNESS } from '../../shared/contract/alert.ts'
import type { Budget } from '../../shared/contract/all-alerts.ts'
import type { StoredBudget, WatchedRow } from '../store/alert-budget.ts'
import { BUDGET_STEPS, expectedAt, fitBudget } from './budget.ts'
import { ruleOf } from './catalogue.ts'
import { isStated, pairsOf, type RateOf, watchingOf } from './watched-pairs.ts'

type DelayAt = (strictness: number) => { weeks: number | null; of: string }

/** The budget with what holds by it, over all communities. `rows`: of all of them. `delayAt`: how soon a decline is noticed. */
export const describeBudget = (
  stored: StoredBudget,
  rows: readonly WatchedRow[],
  today: string,
  rateOf: RateOf,
  delayAt: DelayAt,
): Budget => {
  const judged = rows.filter((row) => watchingOf(row, today) === 'judged')
  const pairs = pairsOf(rows, today, rateOf)
  const { without_limits, own } = fitBudget(pairs, null)
  const expected = expectedAt(pairs, stored.strictness)
  return {
    false_alarms: stored.false_alarms,
    strictness: stored.strictness,
    expected,
    is_kept: stored.false_alarms === null || expected <= stored.false_alarms,
    steps: BUDGET_STEPS.map((strictness) => ({ strictness, expected: expectedAt(pairs, strictness), weeks: delayAt(strictness).weeks })),
    weeks_of: delayAt(STRICTNESS.usual).of,
    without_limits,
    own,
    own_count: judged.filter(({ rule, own: set }) => set !== null && ruleOf(rule).has_limits).length,
    unstated_count: judged.filter((row) => !isStated(row, rateOf)).length,
    watched: { communities: new Set(judged.map(({ community_id }) => community_id)).size, rules: judged.length },
    version: stored.version,
    updated_at: stored.updated_at?.toISOString() ?? null,
    updated_by: stored.updated_by,
    tightened_at: stored.tightened_at?.toISOString() ?? null,
  }
}
