/**
 * A budget of false alarms a year over all communities and rules, and the limits that follow. Pure. Rates are those stated of steady
 * communities that swing alike; they are added, so the number expected is right whether or not alerts of one community come together.
 */
import { STRICTNESS } from '../../shared/contract/alert.ts'

/** A rule that is judged in a community. `rateAt`: false alarms a year at a strictness. */
export type WatchedPair = {
  hasLimits: boolean
  /** As set for the community; null: as the budget takes. */
  own: number | null
  rateAt: (strictness: number) => number
}

/** Fine enough that one step changes little, coarse enough to be said (our judgement). */
const STEP = 0.05
/**
 * From the usual limits on: a budget that is not used up is no reason to be told of less that is sure (our judgement). At the other end
 * alarms would come so late that switching the rule off is more honest.
 */
export const BUDGET_STEPS: readonly number[] = Array.from({ length: Math.round((STRICTNESS.most - STRICTNESS.usual) / STEP) + 1 }, (_, i) =>
  Number((STRICTNESS.usual + i * STEP).toFixed(2)),
)

const follows = ({ hasLimits, own }: WatchedPair): boolean => hasLimits && own === null

/** False alarms a year where all without a setting of their own are that strict. */
export const expectedAt = (pairs: readonly WatchedPair[], strictness: number): number =>
  pairs.reduce((sum, pair) => sum + pair.rateAt(follows(pair) ? strictness : (pair.own ?? STRICTNESS.usual)), 0)

export type BudgetFit = {
  strictness: number
  expected: number
  /** By the usual limits. */
  expected_usual: number
  /** False: even the strictest limits are not enough. */
  is_kept: boolean
  /** What no budget changes: of rules without limits, and of communities with limits of their own. */
  without_limits: number
  own: number
}

/** The smallest common strictness by which the sum is within the budget; null: the usual. Zero asks for more than any limits give. */
export const fitBudget = (pairs: readonly WatchedPair[], budget: number | null): BudgetFit => {
  const sums = BUDGET_STEPS.map((strictness) => ({ strictness, expected: expectedAt(pairs, strictness) }))
  const usual = sums[0] as (typeof sums)[number]
  const found = budget === null ? usual : sums.find(({ expected }) => expected <= budget)
  const sumOf = (chosen: (pair: WatchedPair) => boolean) => expectedAt(pairs.filter(chosen), STRICTNESS.usual)
  return {
    ...(found ?? (sums.at(-1) as (typeof sums)[number])),
    expected_usual: usual.expected,
    is_kept: found !== undefined,
    without_limits: sumOf(({ hasLimits }) => !hasLimits),
    own: sumOf(({ hasLimits, own }) => hasLimits && own !== null),
  }
}
