import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { karateClub, noTiesOf, ringOf, starOf } from '../statistics/example-graphs.ts'
import { helpDensity } from './help-density.ts'

test('the karate club, as igraph and networkx measure it', () => {
  const found = measure(helpDensity, karateClub)
  expect(found).toMatchObject({ status: 'ok', n: 34, low: null, high: null })
  expect(found.value).toBeCloseTo(0.13903743315508, 12)
  expect(found.value).toBeCloseTo((found.numerator as number) / (found.denominator as number), 12)
})
test('a star and a ring', () => {
  expect(measure(helpDensity, starOf(20)).value).toBeCloseTo(0.1, 12)
  expect(measure(helpDensity, ringOf(20)).value).toBeCloseTo(20 / 190, 12)
})
test('nobody helped: 0', () => expect(measure(helpDensity, noTiesOf(20)).value).toBeCloseTo(0, 12))
test('19 people are too few', () =>
  expect(measure(helpDensity, starOf(19))).toMatchObject({
    status: 'too_few',
    value: null,
    n: 19,
    reason: '19\u00a0active people; it takes 20.',
  }))
test('nobody: not applicable', () => expect(measure(helpDensity, {})).toMatchObject({ status: 'not_applicable', value: null }))
