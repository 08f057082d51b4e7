import { expect, test } from 'vitest'
import { measure, peopleWith } from '../given-rows.ts'
import { topShare } from './top-share.ts'

const of = (counts: number[], anonymous = 0) => measure(topShare, peopleWith('contributions', counts, anonymous))

test('the largest share, with its interval', () => {
  const found = of([2, 4, 6, 8, 20])
  expect(found).toMatchObject({ status: 'ok', value: 0.5, numerator: 20, denominator: 40, n: 40 })
  expect(found.low).toBeCloseTo(0.352, 3)
  expect(found.high).toBeCloseTo(0.648, 3)
})
test('anonymous ones are in the whole', () =>
  expect(of([2, 4, 6, 8, 20], 10)).toMatchObject({ status: 'ok', value: 0.4, numerator: 20, denominator: 50 }))
test('a tie for the top is one share', () => expect(of([15, 15, 5, 5, 10])).toMatchObject({ value: 0.3, numerator: 15 }))
test('none: not applicable', () =>
  expect(of([])).toMatchObject({ status: 'not_applicable', value: null, reason: 'There were no contributions.' }))
test('29, or four people, are too few', () => {
  expect(of([5, 6, 6, 6, 6])).toMatchObject({ status: 'too_few', value: null, n: 29 })
  expect(of([30, 30, 30, 30])).toMatchObject({
    status: 'too_few',
    value: null,
    numerator: 30,
    denominator: 120,
    reason: '120 contributions by 4 people; it takes 30 by 5.',
  })
  expect(of([6, 6, 6, 6, 6]).status).toBe('ok')
})
test('more than a fifth anonymous: withheld', () => {
  expect(of([8, 8, 8, 8, 8], 10).status).toBe('ok')
  expect(of([8, 8, 8, 8, 8], 11)).toMatchObject({ status: 'withheld', value: null })
})
