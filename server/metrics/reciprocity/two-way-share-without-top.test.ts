import { expect, test } from 'vitest'
import { measureEach } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { twoWayShareWithoutTop } from './two-way-share-without-top.ts'

const of = (participant_count_1: number, two_way_count_1: number) =>
  measureEach(twoWayShareWithoutTop, { helper_count: 9, participant_count_1, two_way_count_1 })['top-1']

test('both of either, with an interval', () =>
  expect(of(40, 10)).toMatchObject({ status: 'ok', value: 0.25, numerator: 10, denominator: 40, ...wilsonInterval(10, 40) }))
test('19 people are too few, 20 are enough', () => {
  expect(of(19, 4)).toMatchObject({ status: 'too_few', value: null, numerator: 4, denominator: 19 })
  expect(of(20, 0)).toMatchObject({ status: 'ok', value: 0 })
})
test('nobody is left: not applicable', () =>
  expect(of(0, 0)).toMatchObject({ status: 'not_applicable', reason: 'Nobody else helped anybody.' }))
