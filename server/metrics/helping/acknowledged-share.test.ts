import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { acknowledgedShare } from './acknowledged-share.ts'

const of = (question_count: number, ripe_count: number, ripe_acknowledged_count: number, worded_count = question_count) =>
  measure(acknowledgedShare, { question_count, worded_count, ripe_count, ripe_acknowledged_count })

test('of the questions old enough, with an interval', () => {
  expect(of(50, 40, 10)).toMatchObject({ status: 'ok', value: 0.25, numerator: 10, denominator: 40, n: 40, ...wilsonInterval(10, 40) })
})
test('none of ten, and all of ten', () => {
  expect(of(10, 10, 0)).toMatchObject({ status: 'ok', value: 0, low: 0 })
  expect(of(10, 10, 10)).toMatchObject({ status: 'ok', value: 1, high: 1 })
})
test('nine: the count alone', () => expect(of(20, 9, 4)).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 9 }))
test('no question: not applicable', () =>
  expect(of(0, 0, 0)).toMatchObject({ status: 'not_applicable', value: null, reason: 'No question was asked.' }))
test('none old enough: not applicable, for another reason', () => {
  expect(of(12, 0, 0)).toMatchObject({ status: 'not_applicable', value: null, reason: 'No question of the period is 7 days old yet.' })
})
test('no text: not available, and never 0', () => {
  expect(of(40, 40, 0, 0)).toMatchObject({ status: 'not_available', value: null })
  expect(of(40, 40, 0, 1)).toMatchObject({ status: 'ok', value: 0 })
})
