import { formatCount, formatDecimal } from '../../shared/format.ts'
import type { Check } from './rule.ts'
import { type Noun, sayFewer, sayMore } from './say-count.ts'

export type RateCheck = {
  metric: string
  label: string
  alternative: number
  /** k of n words. */
  k: number
  n: number
  /** The threshold, per 100. */
  rate: number
  /** The beginning of its sentence, around "1.59 of 100 words (318 of 20,000)" and "was" or "were". */
  says: (rate: string, verb: string) => string
  /** Said where n is 0, when no rate exists and the test cannot pass. */
  without: string
  noun: Noun
}

/**
 * Whether k of n reach so many per 100. Exact at the threshold: a quotient of whole numbers is the double nearest to it, so it
 * equals the double of a decimal number exactly where the two are equal, and never changes sides.
 */
export const reachesRate = (k: number, n: number, rate: number): boolean => n > 0 && (100 * k) / n >= rate

/** How many of the other words must become k for it to reach the rate; null where even all do not. */
export const wordsToReach = (k: number, n: number, rate: number): number | null =>
  leastWhere(0, n - k, (amount) => reachesRate(k + amount, n, rate))

/** How many of k must become other words for it to fall below the rate. */
export const wordsToFallBelow = (k: number, n: number, rate: number): number | null =>
  leastWhere(0, k, (amount) => !reachesRate(k - amount, n, rate))

/** The least whole number in the range for which a condition holds that stays true once it is; null where it never does. */
const leastWhere = (from: number, to: number, holds: (amount: number) => boolean): number | null => {
  let [low, high] = [from, to]
  if (high < low || !holds(high)) return null
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return high
}

/** A rate with two decimals that never reads as though it reached a threshold it does not reach: 0.996 against 1 is 0.99. */
export const sayRateAgainst = (k: number, n: number, rate: number): string => {
  const observed = (100 * k) / n
  const text = formatDecimal(observed, 2)
  if (k > 0 && Number(text) === 0) return 'under 0.01'
  if (reachesRate(k, n, rate) || Number.parseFloat(text.replaceAll(',', '')) < rate) return text
  return formatDecimal(Math.floor(observed * 100) / 100, 2)
}

/** A test of a rate per 100 against a rate. Words are no sample of independent cases, so it carries no interval. */
export const checkRate = ({ metric, label, alternative, k, n, rate, says, without, noun }: RateCheck): Check => {
  const passed = reachesRate(k, n, rate)
  return {
    metric,
    label,
    unit: 'per 100 words',
    observed: n === 0 ? null : (100 * k) / n,
    numerator: k,
    denominator: n,
    comparison: 'at_least',
    threshold: rate,
    passed,
    alternative,
    has_interval: false,
    says: () =>
      n === 0
        ? without
        : k === 0
          ? says(`None of ${formatCount(n)} words`, 'was')
          : says(`${sayRateAgainst(k, n, rate)} of every 100 words (${formatCount(k)} of ${formatCount(n)})`, k === 1 ? 'was' : 'were'),
    asks: () => `at least ${formatDecimal(rate, 3)} of every 100`,
    change: () => {
      const amount = passed ? wordsToFallBelow(k, n, rate) : wordsToReach(k, n, rate)
      if (amount === null || n === 0) return null
      return passed ? sayFewer(amount, noun) : sayMore(amount, noun)
    },
  }
}
