import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { karateClub, noTiesOf, ringOf, starOf } from '../statistics/example-graphs.ts'
import { degreeCentralisation } from './degree-centralisation.ts'

test('the karate club, as igraph and networkx measure it', () => {
  const found = measure(degreeCentralisation, karateClub)
  expect(found).toMatchObject({ status: 'ok', n: 34, low: null, high: null })
  expect(found.value).toBeCloseTo(0.399621212121212, 12)
  expect(found.value).toBeCloseTo((found.numerator as number) / (found.denominator as number), 12)
})
test('a star and a ring', () => {
  expect(measure(degreeCentralisation, starOf(20)).value).toBeCloseTo(1, 12)
  expect(measure(degreeCentralisation, ringOf(20)).value).toBeCloseTo(0, 12)
})
test('nobody helped: 0', () => expect(measure(degreeCentralisation, noTiesOf(20)).value).toBeCloseTo(0, 12))
test('19 people are too few', () =>
  expect(measure(degreeCentralisation, starOf(19))).toMatchObject({
    status: 'too_few',
    value: null,
    n: 19,
    reason: '19\u00a0active people; it takes 20.',
  }))
test('nobody: not applicable', () => expect(measure(degreeCentralisation, {})).toMatchObject({ status: 'not_applicable', value: null }))
