import type { RuleTest } from '../../shared/contract/verdict.ts'
import { wilsonInterval } from '../metrics/statistics/wilson-interval.ts'
import type { Check } from './rule.ts'

/** The evidence of one test: the numbers with their interval, and the sentence that says them. */
export const explainCheck = ({ has_interval, says, asks, change, ...numbers }: Check): RuleTest => {
  const interval = has_interval ? wilsonInterval(numbers.numerator ?? 0, numbers.denominator ?? 0) : null
  const turn = change()
  const smallest_change = turn === null ? null : `It would ${numbers.passed ? 'fail' : 'pass'} with ${turn}.`
  const finding = `${says()}; the rule asks for ${asks()}.`
  return {
    ...numbers,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    smallest_change,
    sentence: smallest_change === null ? finding : `${finding} ${smallest_change}`,
  }
}
