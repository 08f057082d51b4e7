import { expect, test } from 'vitest'
import { exchangeOf, measure } from '../given-rows.ts'
import { reciprocityRho } from './reciprocity-rho.ts'

type Edge = [helper: string, asker: string, weight: number]
const of = (edges: Edge[]) =>
  measure(
    reciprocityRho,
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
  const a = 40 / (30 * 29)
  expect(of(ring(30, 10)).value).toBeCloseTo((0.5 - a) / (1 - a), 12)
  expect(of(ring(30, 0)).value).toBeCloseTo(-1 / 28, 12)
})
test('helping oneself does not count', () => expect(of([...ring(30, 10), ['p0', 'p0', 9]])).toEqual(of(ring(30, 10))))
test('everyone helped everyone: not applicable, it would be 0 ÷ 0', () => {
  const all = Array.from({ length: 20 }, (_, i) => Array.from({ length: 20 }, (_, j) => [`p${i}`, `p${j}`, 1] as Edge)).flat()
  expect(of(all)).toMatchObject({ status: 'not_applicable', value: null })
})
test('19 people, or 29 pairs, are too few', () => {
  expect(of(ring(19, 19))).toMatchObject({ status: 'too_few', value: null })
  expect(of(ring(29, 0)).status).toBe('too_few')
  expect(of(ring(30, 0)).status).toBe('ok')
  expect(of(ring(19, 10))).toMatchObject({ status: 'too_few', value: null })
})
test('no help: not applicable', () =>
  expect(of([])).toMatchObject({ status: 'not_applicable', value: null, reason: 'Nobody helped anybody.' }))
