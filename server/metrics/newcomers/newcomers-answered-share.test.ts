import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { newcomersAnsweredShare } from './newcomers-answered-share.ts'

const of = (start_count: number, ripe_count: number, ripe_replied_count: number) =>
  measure(newcomersAnsweredShare, { start_count, ripe_count, ripe_replied_count })

test('of the first starts old enough, with an interval', () => {
  expect(of(30, 25, 20)).toMatchObject({ status: 'ok', value: 0.8, numerator: 20, denominator: 25, n: 25, ...wilsonInterval(20, 25) })
})
test('none of ten, and all of ten', () => {
  expect(of(10, 10, 0)).toMatchObject({ status: 'ok', value: 0, low: 0 })
  expect(of(10, 10, 10)).toMatchObject({ status: 'ok', value: 1, high: 1 })
})
test('nine: the count alone', () => expect(of(20, 9, 4)).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 9 }))
test('nobody new: not applicable', () =>
  expect(of(0, 0, 0)).toMatchObject({ status: 'not_applicable', value: null, reason: 'Nobody asked or posted for the first time.' }))
test('none old enough: not applicable, for another reason', () =>
  expect(of(12, 0, 0)).toMatchObject({
    status: 'not_applicable',
    reason: 'No first question or first post of the period is 7 days old yet.',
  }))
