import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { lapsedMembers } from './lapsed-members.ts'

const row = { members_at_end: 42, lapsed_members: 9, seen_at_end: 55, lapsed_seen: 20 }

test('of the members', () =>
  expect(measure(lapsedMembers, row)).toMatchObject({ status: 'ok', value: 9, numerator: 9, denominator: 42, reason: null }))
test('nobody', () => expect(measure(lapsedMembers, {})).toMatchObject({ status: 'ok', value: 0 }))
test('without joins, of the people seen so far, and it says so', () => {
  expect(measure(lapsedMembers, row, telling('contributions'))).toMatchObject({
    value: 20,
    denominator: 55,
    reason: 'Among the people seen so far: no source tells who joined.',
  })
})
test('provisional until the lapse has passed once more, and it says so', () => {
  expect(measure(lapsedMembers, { ...row, provisional_days: 1 })).toMatchObject({ status: 'ok', value: 9 })
  expect(measure(lapsedMembers, { ...row, provisional_days: 1 }).reason).toMatch(/^Provisional: it ended less than 90 days before/)
  expect(measure(lapsedMembers, { ...row, provisional_days: 90 }, telling('contributions')).reason).toMatch(/joined\. Provisional: /)
})
