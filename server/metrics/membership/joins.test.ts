import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { joins } from './joins.ts'

test('joins, returners included', () => expect(measure(joins, { joined: 12, rejoined: 3 })).toMatchObject({ status: 'ok', value: 12 }))
test('nobody', () => expect(measure(joins, {})).toMatchObject({ status: 'ok', value: 0 }))
test('more than twenty and more than half within a minute are a bulk step; the value stands', () => {
  const step = measure(joins, { joined: 60, most_joined_in_a_minute: 55 })
  expect(step).toMatchObject({ status: 'bulk_step', value: 60 })
  expect(step.reason).toMatch(/^55 of the 60 joined within one minute/)
})
test('twenty, or exactly half, are none', () => {
  expect(measure(joins, { joined: 20, most_joined_in_a_minute: 20 }).status).toBe('ok')
  expect(measure(joins, { joined: 60, most_joined_in_a_minute: 30 }).status).toBe('ok')
  expect(measure(joins, { joined: 60, most_joined_in_a_minute: 31 }).status).toBe('bulk_step')
})
