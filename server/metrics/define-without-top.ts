import type { Measured, MetricDescription } from '../../shared/contract/metric.ts'
import { formatPercent, joinWords, sayCountOf, startSentence } from '../../shared/format.ts'
import { defineMetric, type Metric } from './metric.ts'
import { TOP_COUNTS, type TopCount } from './readings/without-top-ctes.ts'
import { type LeftWithout, leftWithout, type WithoutTopHelpers, withoutTopHelpers } from './readings/without-top-helpers.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from './sample-minima.ts'

export type WithoutTopCategory = `top-${TopCount}`
/** How many top people a category leaves out. */
export const topCountOf = (category: string): TopCount => Number(category.slice('top-'.length)) as TopCount
const CATEGORIES = TOP_COUNTS.map((k): WithoutTopCategory => `top-${k}`)

/** One helping metric once more, as its own file words it. */
export type WithoutTopMeasure = Omit<MetricDescription, 'reads' | 'categories' | 'cases' | 'example' | 'direction' | 'thresholds'> &
  Pick<Metric, 'cases'> & {
    measureLeft: (left: LeftWithout, row: WithoutTopHelpers, k: TopCount) => Measured
  }

/** A stress test: what helping would have been left had those who answered most not been there. Descriptive, without thresholds. */
export const defineWithoutTop = ({ measureLeft, ...words }: WithoutTopMeasure): Metric<WithoutTopHelpers> =>
  defineMetric({
    ...words,
    direction: words.unit === 'hours' ? 'down' : 'up',
    reading: withoutTopHelpers,
    categories: CATEGORIES,
    is_per_person: true,
    thresholds: [],
    explanation:
      `${words.explanation} Measured without the ${joinWords(TOP_COUNTS.map(String), 'or')} people who gave most answers in the period (at the same number the smaller id goes first: arbitrary, but always the same); ` +
      'all that they contributed is left out: their answers, whenever given, and their questions. Where fewer people answered, all of them are left out. ' +
      'A test of how much hangs on a few, not a forecast: had they been silent, others might have answered. ' +
      `Withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the period’s contributions are anonymous (${HOUSE_RULE}).`,
    measure: (row): Record<WithoutTopCategory, Measured> =>
      Object.fromEntries(TOP_COUNTS.map((k) => [`top-${k}`, sayWhoIsLeftOut(measureLeft(leftWithout(row, k), row, k), row, k)])) as Record<
        WithoutTopCategory,
        Measured
      >,
  })

const sayWhoIsLeftOut = (measured: Measured, { helper_count }: WithoutTopHelpers, k: TopCount): Measured => {
  if (helper_count >= k || helper_count === 0 || measured.reason !== null) return measured
  const who = `${sayCountOf(helper_count, 'person', 'people')} answered`
  return { ...measured, reason: `${startSentence(who)}: ${helper_count === 1 ? 'that one is' : 'all of them are'} left out.` }
}
