import { expect, test } from 'vitest'
import type { Point } from '../../../shared/contract/metric.ts'
import type { Spans } from '../../../shared/contract/span.ts'
import { keyOf, LEFT_OUT, reasonWithoutTop, sayWithoutTop } from './without-top.ts'

const PERIOD = '2025-01-01..2025-12-31'
const point = (more: Partial<Point>): Point => ({
  period: PERIOD,
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'ok',
  reason: null,
  is_unfinished: false,
  ...more,
})
const share = (k: number, n: number) => point({ value: k / n, numerator: k, denominator: n, n })
const spansOf = (points: Record<string, Point>): Spans => ({
  known_by: '2026-01-01T00:00:00Z',
  spans: [
    {
      period: PERIOD,
      is_unfinished: false,
      metrics: Object.entries(points).map(([key, one]) => ({
        id: key.split(':')[0] as string,
        category: key.split(':')[1] ?? null,
        point: one,
      })),
    },
  ],
})
const answered = (...pairs: [number, number][]) =>
  Object.fromEntries(LEFT_OUT.map((k) => [keyOf('answered-share', k), share(...(pairs[k] as [number, number]))]))
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('what would have gone unanswered, of the questions that are left', () => {
  const spans = spansOf({ ...answered([202, 214], [170, 210], [144, 205], [120, 199]), helpers: point({ value: 31 }) })
  expect(reasonWithoutTop(spans)).toBeNull()
  expect(plain(sayWithoutTop(spans))).toBe(
    'As it is, 12 of 214 questions had no answer within seven days. Without the top person it would have been 40 of 210, without the top two 61 of 205, without the top three 79 of 199.',
  )
})

test('few cases are counts, and none is said as a word', () => {
  const spans = spansOf({ ...answered([7, 7], [3, 7], [0, 6], [0, 6]), helpers: point({ value: 2 }) })
  expect(plain(sayWithoutTop(spans))).toContain('As it is, none of seven questions had no answer')
  expect(plain(sayWithoutTop(spans))).toContain('without the top three 6 of 6.')
})

test('where nobody answered, nothing was asked or nothing is known, the reason stands in its place', () => {
  const nobody = spansOf({ ...answered([0, 5], [0, 5], [0, 5], [0, 5]), helpers: point({ value: 0 }) })
  expect(sayWithoutTop(nobody)).toMatch(/^Nobody answered anybody/)
  const none = point({ status: 'not_applicable', reason: 'No question was asked.' })
  expect(sayWithoutTop(spansOf({ [keyOf('answered-share', 1)]: none }))).toBe('No question was asked.')
  expect(sayWithoutTop({ known_by: null, spans: [] })).toBe('Nothing is known of these days.')
})
