import { formatCount } from '../../shared/format.ts'
import type { Check } from './rule.ts'
import { type Noun, sayFewer, sayMore } from './say-count.ts'

export type CountCheck = {
  metric: string
  label: string
  alternative: number
  unit: 'count' | 'people' | 'weeks'
  observed: number
  comparison: 'at_least' | 'at_most' | 'above' | 'below'
  threshold: number
  says: () => string
  /** What the threshold is, where a bare number does not say it: "more than broadcast (12)". */
  asks?: () => string
  noun: Noun
}

const WORDS = { at_least: 'at least', at_most: 'at most', above: 'more than', below: 'fewer than' } as const

/** A test of a whole number against a whole number. */
export const checkCount = (input: CountCheck): Check => {
  const { observed, threshold, comparison, noun } = input
  const isUpward = comparison === 'at_least' || comparison === 'above'
  // the least number on the upper side of the threshold
  const first = comparison === 'at_least' || comparison === 'below' ? threshold : threshold + 1
  const isUpper = observed >= first
  return {
    metric: input.metric,
    label: input.label,
    unit: input.unit,
    observed,
    comparison,
    threshold,
    alternative: input.alternative,
    says: input.says,
    numerator: null,
    denominator: null,
    passed: isUpward === isUpper,
    has_interval: false,
    asks: input.asks ?? (() => `${WORDS[comparison]} ${formatCount(threshold)}`),
    change: () => {
      const amount = isUpper ? observed - first + 1 : first - observed
      // nothing can be fewer than none
      return isUpper ? (amount > observed ? null : sayFewer(amount, noun)) : sayMore(amount, noun)
    },
  }
}
