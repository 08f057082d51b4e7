import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { observersShare } from './observers-share.ts'

const of = (member_observer_count: number, members_at_end: number, more: object = {}, context = telling()) =>
  measure(
    observersShare,
    { observer_count: member_observer_count, member_observer_count, members_at_end, seen_at_end: 90, ...more },
    context,
  )

test('members who read answers of all members, with its interval', () => {
  const found = of(12, 40)
  expect(found).toMatchObject({ status: 'ok', value: 0.3, numerator: 12, denominator: 40, reason: null })
  expect(found.low).toBeCloseTo(0.1807, 4)
  expect(found.high).toBeCloseTo(0.4543, 4)
})
test('readers who are no members are told apart', () => {
  expect(of(12, 40, { observer_count: 15 })).toMatchObject({
    value: 0.3,
    reason: '3\u00a0readers more are no members at the end of the period.',
  })
  expect(of(12, 40, { observer_count: 13 }).reason).toBe('1\u00a0reader more is no member at the end of the period.')
})
test('where nobody tells who joined, of the people seen so far', () =>
  expect(of(0, 0, { observer_count: 30 }, telling('views', 'questions'))).toMatchObject({
    value: 30 / 90,
    numerator: 30,
    denominator: 90,
    reason: 'Among the people seen so far: no source tells who joined.',
  }))
test('nine members: the count alone', () =>
  expect(of(4, 9)).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 9 }))
test('no members: not applicable', () => expect(of(0, 0)).toMatchObject({ status: 'not_applicable', value: null }))
test('everyone reads', () => expect(of(40, 40)).toMatchObject({ status: 'ok', value: 1, high: 1 }))
