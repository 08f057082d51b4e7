import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { newcomerActivationShare } from './newcomer-activation-share.ts'

const measured = (row: object) => measure(newcomerActivationShare, row)

test('newcomers who wrote in time, with an interval', () => {
  expect(measured({ joined_count: 40, ripe_joined_count: 40, ripe_joined_active_count: 10 })).toMatchObject({
    status: 'ok',
    value: 0.25,
    numerator: 10,
    denominator: 40,
    ...wilsonInterval(10, 40),
    reason: null,
  })
})

test('who joined too recently is left out, and it says so', () => {
  const found = measured({ joined_count: 45, experienced_count: 3, predating_count: 2, ripe_joined_count: 30, ripe_joined_active_count: 6 })
  expect(found).toMatchObject({ status: 'ok', value: 0.2, denominator: 30 })
  expect(found.reason).toBe('10\u00a0people joined less than 30 days ago and are left out so far.')
})

test('19 are too few; 19 of 20 whose days are over are not enough yet', () => {
  expect(measured({ joined_count: 19, ripe_joined_count: 19, ripe_joined_active_count: 19 })).toMatchObject({
    status: 'too_few',
    value: null,
    numerator: 19,
    denominator: 19,
  })
  expect(measured({ joined_count: 20, ripe_joined_count: 19, ripe_joined_active_count: 1 })).toMatchObject({
    status: 'not_reached',
    value: null,
    reason: 'Too young: 1\u00a0person joined less than 30 days ago and is left out so far.',
  })
  expect(measured({ joined_count: 20, ripe_joined_count: 20, ripe_joined_active_count: 0 })).toMatchObject({
    status: 'ok',
    value: 0,
    low: 0,
  })
})

test('nobody joined, and nobody who joined is new: not applicable', () => {
  expect(measured({})).toMatchObject({ status: 'not_applicable', value: null, reason: 'Nobody joined.' })
  expect(measured({ joined_count: 30, experienced_count: 28, predating_count: 2 })).toMatchObject({ status: 'not_applicable', value: null })
})

test('needs to be told who joined', () => {
  expect(newcomerActivationShare.needs).toContain('joins')
  expect(measure(newcomerActivationShare, { joined_count: 1 }, telling('joins', 'contributions')).status).toBe('too_few')
})
