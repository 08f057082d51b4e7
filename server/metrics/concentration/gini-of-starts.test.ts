import { expect, test } from 'vitest'
import { measure, peopleWith } from '../given-rows.ts'
import { giniOfStarts } from './gini-of-starts.ts'

const of = (counts: number[], anonymous = 0) => measure(giniOfStarts, peopleWith('starts', counts, anonymous))

test('1, 2, 3, 4, 10, twice over', () => {
  const found = of([2, 4, 6, 8, 20])
  expect(found).toMatchObject({ status: 'ok', n: 40 })
  expect(found.value).toBeCloseTo(0.5, 3)
})
test('people without any do not matter', () => expect(of([2, 4, 0, 6, 8, 20, 0])).toEqual(of([2, 4, 6, 8, 20])))
test('five equal people', () => expect(of([8, 8, 8, 8, 8]).value).toBeCloseTo(0, 10))
test('none: not applicable', () =>
  expect(of([])).toMatchObject({ status: 'not_applicable', value: null, reason: 'There were no thread starts.' }))
test('29, or four people, are too few', () => {
  expect(of([5, 6, 6, 6, 6])).toMatchObject({ status: 'too_few', value: null, n: 29 })
  expect(of([30, 30, 30, 30])).toMatchObject({ status: 'too_few', value: null, reason: '120 thread starts by 4 people; it takes 30 by 5.' })
  expect(of([6, 6, 6, 6, 6]).status).toBe('ok')
})
test('more than a fifth anonymous: withheld', () => {
  expect(of([8, 8, 8, 8, 8], 10).status).toBe('ok')
  expect(of([8, 8, 8, 8, 8], 11)).toMatchObject({ status: 'withheld', value: null })
})
