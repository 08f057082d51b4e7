import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { growthRate } from './growth-rate.ts'

test('net growth for each member at the start', () => {
  expect(measure(growthRate, { members_at_start: 40, joined: 5, left: 1 })).toMatchObject({
    status: 'ok',
    value: 0.1,
    numerator: 4,
    denominator: 40,
    low: null,
  })
  expect(measure(growthRate, { members_at_start: 40, left: 10 }).value).toBe(-0.25)
  expect(measure(growthRate, { members_at_start: 30, joined: 60 }).value).toBe(2)
})
test('no members at the start: not applicable', () => {
  expect(measure(growthRate, { joined: 5 })).toMatchObject({ status: 'not_applicable', value: null, numerator: 5, denominator: 0 })
})
test('29 members at the start are too few', () => {
  expect(measure(growthRate, { members_at_start: 29, joined: 3 })).toMatchObject({
    status: 'too_few',
    value: null,
    numerator: 3,
    denominator: 29,
  })
  expect(measure(growthRate, { members_at_start: 30, joined: 3 }).status).toBe('ok')
})
test('an import makes it a step', () => {
  expect(measure(growthRate, { members_at_start: 30, joined: 60, most_joined_in_a_minute: 60 })).toMatchObject({
    status: 'bulk_step',
    value: 2,
  })
  expect(measure(growthRate, { members_at_start: 60, left: 30, most_left_in_a_minute: 30 }).status).toBe('bulk_step')
})
