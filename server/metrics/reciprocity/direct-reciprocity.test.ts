import { expect, test } from 'vitest'
import { exchangeOf, measure } from '../given-rows.ts'
import { directReciprocity } from './direct-reciprocity.ts'

type Edge = [helper: string, asker: string, weight: number]
const of = (edges: Edge[]) =>
  measure(
    directReciprocity,
    exchangeOf({ helper_ids: edges.map((e) => e[0]), asker_ids: edges.map((e) => e[1]), weights: edges.map((e) => e[2]) }),
  )
/** n people who each helped the next with two questions; the first `back` were helped back with one. */
const ring = (n: number, back: number): Edge[] =>
  Array.from({ length: n }, (_, i) => [`p${i}`, `p${(i + 1) % n}`] as const).flatMap(([a, b], i): Edge[] =>
    i < back
      ? [
          [a, b, 2],
          [b, a, 1],
        ]
      : [[a, b, 2]],
  )

test('of a ring of thirty in which ten were helped back', () => {
  expect(of(ring(30, 10))).toMatchObject({ status: 'ok', value: 0.5, numerator: 20, denominator: 40, n: 40, low: null, high: null })
})
test('helping oneself does not count', () => expect(of([...ring(30, 10), ['p0', 'p0', 9]])).toEqual(of(ring(30, 10))))
test('19 people, or 29 pairs, are too few', () => {
  expect(of(ring(19, 19))).toMatchObject({ status: 'too_few', value: null })
  expect(of(ring(29, 0)).status).toBe('too_few')
  expect(of(ring(30, 0)).status).toBe('ok')
  expect(of(ring(19, 10))).toMatchObject({ status: 'too_few', value: null, numerator: 20, denominator: 29 })
})
test('no help: not applicable', () =>
  expect(of([])).toMatchObject({ status: 'not_applicable', value: null, reason: 'Nobody helped anybody.' }))
