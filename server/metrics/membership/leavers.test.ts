import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { leavers } from './leavers.ts'

test('leavers', () =>
  expect(measure(leavers, { left: 4, joined: 90, most_joined_in_a_minute: 90 })).toMatchObject({ status: 'ok', value: 4 }))
test('nobody', () => expect(measure(leavers, {})).toMatchObject({ status: 'ok', value: 0 }))
test('a purge is a bulk step', () => {
  const step = measure(leavers, { left: 30, most_left_in_a_minute: 21 })
  expect(step).toMatchObject({ status: 'bulk_step', value: 30 })
  expect(step.reason).toContain('a purge')
})
