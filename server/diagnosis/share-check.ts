import { wilsonInterval } from '../metrics/statistics/wilson-interval.ts'
import type { Check } from './rule.ts'
import { type Noun, sayFewer, sayMore, sayPercent, sayShare, sayShareAgainst } from './say-count.ts'
import {
  changeToFallBelow,
  changeToReach,
  conversionsToFallBelow,
  conversionsToReach,
  isBelowPercent,
  reachesPercent,
  type ShareChange,
  searchShareChange,
} from './smallest-change.ts'

export type ShareCheck = {
  metric: string
  label: string
  alternative: number
  k: number
  n: number
  comparison: 'at_least' | 'below'
  /** The threshold, a whole percentage. */
  percent: number
  /** What the n are. */
  noun: Noun
  /** The beginning of its sentence, around "41 of 60 answers (68 %, 56–79 %)". */
  says: (share: string) => string
  /** Said where n is 0, when no share exists and the test cannot pass. */
  without: string
  /** What is added to or left out of the k, and of the n that are not k. */
  part: Noun
  rest: Noun
  /** The n stand; only which of them are in the part can change (questions that were answered). */
  is_conversion?: boolean
  /**
   * For a deciding share on little data: whether `more` contributions later it is still little. While it is, the lower end
   * of the interval has to reach the threshold.
   */
  isStillLittle?: (more: number) => boolean
}

/** A test of a share against a percentage, exact at the threshold. */
export const checkShare = (input: ShareCheck): Check => {
  const { k, n, percent, comparison } = input
  const isStrict = input.isStillLittle?.(0) ?? false
  return {
    metric: input.metric,
    label: input.label,
    unit: 'share',
    observed: n === 0 ? null : k / n,
    numerator: k,
    denominator: n,
    comparison,
    threshold: percent / 100,
    passed: passesShare(input, k, n),
    alternative: input.alternative,
    has_interval: true,
    says: () => (n === 0 ? input.without : input.says(sayShare(k, n, input.noun, percent))),
    asks: () => {
      const asked = `${comparison === 'below' ? 'less than' : 'at least'} ${sayPercent(percent)}`
      // what does not reach it anyway needs no second hurdle told
      if (!isStrict || !reachesPercent(k, n, percent)) return asked
      const { low } = wilsonInterval(k, n) as { low: number }
      return `${asked}, on so little data even at the lower end of the interval (here ${sayShareAgainst(low, percent, n)})`
    },
    change: () => sayShareChange(input),
  }
}

const passesShare = ({ comparison, percent, isStillLittle, n: now }: ShareCheck, k: number, n: number): boolean => {
  if (comparison === 'below') return isBelowPercent(k, n, percent)
  if (!reachesPercent(k, n, percent)) return false
  // the floating point of the interval must not decide where it meets the threshold exactly
  return !isStillLittle?.(n - now) || (wilsonInterval(k, n)?.low ?? 0) * 100 >= percent - 1e-9
}

/** Far enough for any window that counts as little data. */
const SEARCH_LIMIT = 1000

const sayShareChange = (input: ShareCheck): string | null => {
  const { k, n, percent } = input
  const isMore = passesShare(input, k, n) === (input.comparison === 'below')
  if (input.is_conversion) {
    const amount = isMore ? conversionsToReach(k, n, percent) : conversionsToFallBelow(k, n, percent)
    if (amount === null || amount === 0) return null
    return isMore ? sayMore(amount, input.part) : sayFewer(amount, input.part)
  }
  // a "below" of nothing fails for want of cases: one of the rest makes it a share of 0
  if (n === 0 && input.comparison === 'below') return sayMore(1, input.rest)
  const change = input.isStillLittle?.(0)
    ? searchShareChange(k, n, (a, b) => passesShare(input, a, b), SEARCH_LIMIT)
    : isMore
      ? changeToReach(k, n, percent)
      : changeToFallBelow(k, n, percent)
  return change === null ? null : sayChange(change, input)
}

const sayChange = ({ how, amount }: ShareChange, { part, rest }: ShareCheck): string => {
  if (how === 'add_part') return sayMore(amount, part)
  if (how === 'drop_part') return sayFewer(amount, part)
  return how === 'add_rest' ? sayMore(amount, rest) : sayFewer(amount, rest)
}
