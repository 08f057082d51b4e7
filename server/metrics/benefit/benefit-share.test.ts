import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { benefitShare } from './benefit-share.ts'

test('members with a benefit of the members at the end, with an interval', () =>
  expect(measure(benefitShare, { members_at_end: 80, benefited_members: 20, present_at_end: 30, benefited_present: 25 })).toMatchObject({
    status: 'ok',
    value: 0.25,
    numerator: 20,
    denominator: 80,
    ...wilsonInterval(20, 80),
    reason: null,
  }))

test('names what no source tells', () =>
  expect(
    measure(
      benefitShare,
      { members_at_end: 40, benefited_members: 10 },
      telling('joins', 'contributions', 'questions', 'accepted_answers'),
    ),
  ).toMatchObject({ status: 'ok', value: 0.25, reason: 'Not told, so not in it: who read along or who reused a practice.' }))

test('of the people active lately where no source tells who joined', () => {
  const found = measure(
    benefitShare,
    { members_at_end: 0, benefited_members: 0, present_at_end: 30, benefited_present: 12 },
    telling('questions', 'views', 'practices', 'value_reports'),
  )
  expect(found).toMatchObject({ status: 'ok', value: 0.4, numerator: 12, denominator: 30 })
  expect(found.reason).toBe('Of the people active on the last 90 days: no source tells who joined.')
})

test('the count alone under ten members', () =>
  expect(measure(benefitShare, { members_at_end: 9, benefited_members: 9 })).toMatchObject({
    status: 'count_only',
    value: null,
    numerator: 9,
    denominator: 9,
  }))

test('everybody, and nobody, benefits', () => {
  expect(measure(benefitShare, { members_at_end: 10, benefited_members: 10 })).toMatchObject({ value: 1, high: 1 })
  expect(measure(benefitShare, { members_at_end: 10 })).toMatchObject({ value: 0, low: 0 })
})

test('no members: not applicable; no benefit told: not available', () => {
  expect(measure(benefitShare, {})).toMatchObject({ status: 'not_applicable', value: null })
  expect(measure(benefitShare, { members_at_end: 30 }, telling('joins', 'leaves'))).toMatchObject({ status: 'not_available', value: null })
})
