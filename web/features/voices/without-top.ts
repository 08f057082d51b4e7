import type { Point } from '../../../shared/contract/metric.ts'
import type { Spans } from '../../../shared/contract/span.ts'
import { formatCount, sayCount, sayCountOf } from '../../../shared/format.ts'
import type { Unit } from '../../../shared/unit.ts'

/** How many of the top people are left out, 0 for none. */
export const LEFT_OUT = [0, 1, 2, 3] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** What helping is measured by, as it is and without the top people. */
export const MEASURES = [
  { id: 'answered-share', title: 'Answered within seven days', unit: 'share' },
  { id: 'time-to-first-answer', title: 'Half answered within', unit: 'hours' },
  { id: 'helpers', title: 'People who help', unit: 'people' },
  { id: 'accepted-share', title: 'With an accepted answer', unit: 'share' },
] as const satisfies readonly { id: string; title: string; unit: Unit }[]
export type Measure = (typeof MEASURES)[number]

/** The metrics of the span that the page asks for: these, what one person gives of the answers, and what lies in one person's threads. */
export const SPAN_METRICS: readonly string[] = [
  'host-share',
  'top-share-of-answers',
  ...MEASURES.flatMap(({ id }) => [id, `${id}-without-top`]),
]

/** The series: the metric itself, or without the top 1, 2, 3. */
export const keyOf = (id: string, k: LeftOut): string => (k === 0 ? id : `${id}-without-top:top-${k}`)

export const sayLeftOut = (k: LeftOut): string =>
  ['As it is', 'Without the top person', 'Without the top two', 'Without the top three'][k] as string

export const pointIn = (spans: Spans, key: string): Point | null => {
  const [id, category = null] = key.split(':')
  return spans.spans[0]?.metrics.find((one) => one.id === id && one.category === category)?.point ?? null
}

/** Why nothing at all can be told of any of them; null where something can. */
export const reasonWithoutTop = (spans: Spans): string | null => {
  const points = MEASURES.flatMap(({ id }) => LEFT_OUT.slice(1).map((k) => pointIn(spans, keyOf(id, k))))
  const isTold = points.some((point) => point !== null && (point.value !== null || (point.denominator ?? 0) > 0))
  const helpers = pointIn(spans, 'helpers')
  if (isTold && (helpers?.value ?? 1) > 0) return null
  if (isTold) return 'Nobody answered anybody in these days, so there is no top helper to leave out.'
  return points.find((point) => point?.reason != null)?.reason ?? 'Nothing is known of these days.'
}

/**
 * "As it is, 12 of 214 questions had no answer within seven days. Without the top person it would have been 40 of 210, without the
 * top two 61 of 205, …": the questions that the top people asked are left out with their answers.
 */
export const sayWithoutTop = (spans: Spans): string => {
  const why = reasonWithoutTop(spans)
  if (why !== null) return why
  const open = LEFT_OUT.map((k) => {
    const point = pointIn(spans, keyOf('answered-share', k))
    return point?.numerator == null || point.denominator == null || point.denominator === 0
      ? null
      : { k, of: point.denominator, count: point.denominator - point.numerator }
  }).filter((one) => one !== null)
  const [asItIs, ...without] = open
  if (asItIs === undefined || without.length === 0) return pointIn(spans, keyOf('answered-share', 1))?.reason ?? 'No question was asked.'
  const none = (count: number) => (count === 0 ? 'none' : formatCount(count))
  const top = { 1: 'top person', 2: 'top two', 3: 'top three' }
  const parts = without.map(
    ({ k, of, count }, i) =>
      `${i === 0 ? 'Without' : 'without'} the ${top[k as 1 | 2 | 3]} ${i === 0 ? 'it would have been ' : ''}${none(count)} of ${formatCount(of)}`,
  )
  return `As it is, ${asItIs.count === 0 ? 'none' : sayCount(asItIs.count)} of ${sayCountOf(asItIs.of, 'question')} had no answer within seven days. ${parts.join(', ')}.`
}
