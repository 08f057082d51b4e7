import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { members } from './members.ts'

const row = { members_at_start: 40, members_at_end: 42, seen_at_end: 55 }

test('members at the end', () => expect(measure(members, row)).toMatchObject({ status: 'ok', value: 42, n: 42, reason: null }))
test('nobody', () => expect(measure(members, {})).toMatchObject({ status: 'ok', value: 0 }))
test('without leaves, everyone who ever joined, and it says so', () => {
  expect(measure(members, row, telling('joins'))).toMatchObject({
    value: 42,
    reason: 'Everyone who ever joined: no source tells who left.',
  })
})
test('without joins, the people seen so far, and it says so', () => {
  expect(measure(members, row, telling('contributions'))).toMatchObject({
    value: 55,
    reason: 'People seen so far: no source tells who joined.',
  })
  expect(measure(members, row, telling('leaves')).value).toBe(55)
})
