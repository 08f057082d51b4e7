import type { MeasureContext } from '../metrics/metric.ts'
import type { AnyMetric } from '../metrics/metric.ts'
import { metrics } from '../metrics/catalogue.ts'
import type { SeriesKey } from '../metrics/measure-periods.ts'
import type { Measured } from '../../shared/contract/metric.ts'
import type { SpanNumber } from '../metrics/statistics/compare-spans.ts'

/** What says nothing of the days of a span alone: lapses are provisional for as long as a span lasts, and a threshold is no finding. */
const NOT_COMPARED = new Set(['lapsed-members', 'lapse-threshold', 'topic-quadrant'])
/** Levels, and what can be negative: only the step from one to the other tells. */
const BY_DIFFERENCE = /^(members|net-growth|growth-rate|leave-rate|absence-factor.*)$/

/** Metrics that can be measured over a span of days and compared with another. */
export const comparableMetrics: readonly AnyMetric[] = metrics.filter(
  ({ id, reading }) => reading.grains === undefined && !NOT_COMPARED.has(id),
)

const keysOf = ({ id, categories }: AnyMetric): SeriesKey[] => categories?.map((category) => `${id}:${category}`) ?? [id]

/** Their series: the metric, or metric:category. */
export const COMPARABLE_KEYS: readonly SeriesKey[] = comparableMetrics.flatMap(keysOf)

export const metricOfKey = (key: SeriesKey): AnyMetric | undefined => comparableMetrics.find((metric) => keysOf(metric).includes(key))

/** In this order; the first six that the sources can tell (our judgement: what most of what a manager tries is meant to change). */
const SENSIBLE = [
  'answered-share',
  'time-to-first-answer',
  'questions',
  'helpers',
  'active-people',
  'joins',
  'first-seen',
  'newcomers-answered-share',
  'leavers',
  'contributions',
  'members',
]
const MOST = 6

/** What is compared where the note names nothing. Where joins are told, who was first seen says nothing new. */
export const sensibleKeys = (context: MeasureContext): SeriesKey[] => {
  const told = SENSIBLE.filter((id) => metricOfKey(id)?.needs.every(context.canTell))
  return told.filter((id) => id !== 'first-seen' || !told.includes('joins')).slice(0, MOST)
}

/** How a series is held against itself; null where this span has nothing to be compared. Bulk steps are kept out of trends. */
export const spanNumberOf = (metric: AnyMetric, { status, value, numerator, denominator }: Measured): SpanNumber | null => {
  if (status !== 'ok' && status !== 'count_only') return null
  if (BY_DIFFERENCE.test(metric.id)) return value === null ? null : { kind: 'difference', value }
  if (metric.unit === 'share' && numerator !== null && denominator !== null && isShareOf(numerator, denominator))
    return { kind: 'share', k: numerator, n: denominator }
  if (value === null) return null
  if (['people', 'contributions', 'questions', 'practices', 'count'].includes(metric.unit)) return { kind: 'count', count: value }
  return { kind: ['hours', 'days', 'voices'].includes(metric.unit) ? 'ratio' : 'difference', value }
}

const isShareOf = (k: number, n: number) => Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n && n > 0
