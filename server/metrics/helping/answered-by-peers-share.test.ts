import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { answeredByPeersShare } from './answered-by-peers-share.ts'

const of = (question_count: number, ripe_count: number, ripe_answered_by_peers_count: number, facilitator_count = 1) =>
  measure(answeredByPeersShare, { question_count, ripe_count, ripe_answered_by_peers_count, facilitator_count })

test('of the questions old enough, with an interval', () => {
  expect(of(50, 40, 10)).toMatchObject({ status: 'ok', value: 0.25, numerator: 10, denominator: 40, n: 40, ...wilsonInterval(10, 40) })
})
test('none of ten, and all of ten', () => {
  expect(of(10, 10, 0)).toMatchObject({ status: 'ok', value: 0, low: 0 })
  expect(of(10, 10, 10)).toMatchObject({ status: 'ok', value: 1, high: 1 })
})
test('nine: the count alone', () => expect(of(20, 9, 4)).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 9 }))
test('while nobody is named: not available, and what to do', () => {
  expect(of(50, 40, 10, 0)).toMatchObject({
    status: 'not_available',
    value: null,
    numerator: null,
    reason: expect.stringContaining('name'),
  })
})
test('no question: not applicable, named or not', () => {
  for (const named of [0, 1])
    expect(of(0, 0, 0, named)).toMatchObject({ status: 'not_applicable', value: null, reason: 'No question was asked.' })
})
test('none old enough: not applicable, for another reason', () =>
  expect(of(12, 0, 0)).toMatchObject({ status: 'not_applicable', reason: 'No question of the period is 7 days old yet.' }))
