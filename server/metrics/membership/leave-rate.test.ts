import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { leaveRate } from './leave-rate.ts'

test('leavers of the members at the start, with an interval', () => {
  expect(measure(leaveRate, { members_at_start: 40, left: 4 })).toMatchObject({
    status: 'ok',
    value: 0.1,
    numerator: 4,
    denominator: 40,
    ...wilsonInterval(4, 40),
  })
})
test('no members at the start: not applicable', () =>
  expect(measure(leaveRate, { left: 2 })).toMatchObject({ status: 'not_applicable', value: null }))
test('29 members at the start are too few', () => {
  expect(measure(leaveRate, { members_at_start: 29, left: 3 })).toMatchObject({
    status: 'too_few',
    value: null,
    numerator: 3,
    denominator: 29,
  })
})
test('nobody left', () => expect(measure(leaveRate, { members_at_start: 40 })).toMatchObject({ value: 0, low: 0 }))
test('more leavers than members at the start: above 1, without an interval', () => {
  expect(measure(leaveRate, { members_at_start: 30, joined: 50, left: 45 })).toMatchObject({
    status: 'ok',
    value: 1.5,
    low: null,
    high: null,
  })
})
test('a purge makes it a step, an import does not', () => {
  expect(measure(leaveRate, { members_at_start: 60, left: 30, most_left_in_a_minute: 30 })).toMatchObject({
    status: 'bulk_step',
    value: 0.5,
  })
  expect(measure(leaveRate, { members_at_start: 60, left: 30, joined: 30, most_joined_in_a_minute: 30 }).status).toBe('ok')
})
