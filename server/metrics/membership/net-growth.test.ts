import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { netGrowth } from './net-growth.ts'

test('joins minus leavers', () =>
  expect(measure(netGrowth, { joined: 5, rejoined: 1, left: 8 })).toMatchObject({ status: 'ok', value: -3, n: 13 }))
test('nothing happened', () => expect(measure(netGrowth, {})).toMatchObject({ status: 'ok', value: 0 }))
test('as many joined as left', () => expect(measure(netGrowth, { joined: 7, left: 7 }).value).toBe(0))
test('an import or a purge makes it a step', () => {
  expect(measure(netGrowth, { joined: 60, left: 1, most_joined_in_a_minute: 60 })).toMatchObject({ status: 'bulk_step', value: 59 })
  expect(measure(netGrowth, { joined: 1, left: 60, most_left_in_a_minute: 60 })).toMatchObject({ status: 'bulk_step', value: -59 })
})
