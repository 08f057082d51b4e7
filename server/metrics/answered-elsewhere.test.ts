import { expect, test } from 'vitest'
import { leaveElsewhereOut } from './answered-elsewhere.ts'
import { measure } from './given-rows.ts'
import { answeredShare } from './helping/answered-share.ts'
import { timeToFirstAnswer } from './helping/time-to-first-answer.ts'
import { foundShare, unknown } from './measured.ts'
import { newcomersAnsweredShare } from './newcomers/newcomers-answered-share.ts'

test('a share says how many questions it leaves out, beside what it says already', () => {
  const of = (elsewhere_count: number) =>
    measure(answeredShare, { question_count: 20, elsewhere_count, ripe_count: 12, ripe_answered_count: 9 })
  expect(of(0)).toMatchObject({ numerator: 9, denominator: 12, reason: null })
  expect(of(1)).toEqual({ ...of(0), reason: '1\u00a0question answered elsewhere, as a manager says, is left out.' })
  const few = measure(answeredShare, { question_count: 9, elsewhere_count: 2, ripe_count: 7, ripe_answered_count: 4 })
  expect(few).toMatchObject({
    status: 'count_only',
    reason: 'Under 10 cases: the count, without a percentage. 2\u00a0questions answered elsewhere, as a manager says, are left out.',
  })
})
test('where every question was answered elsewhere there is no share, no wait, and the reason is that', () => {
  for (const metric of [answeredShare, timeToFirstAnswer] as const) {
    expect(measure(metric as typeof answeredShare, { question_count: 3, elsewhere_count: 3 })).toMatchObject({
      status: 'not_applicable',
      value: null,
      reason: 'All 3\u00a0questions were answered elsewhere, as a manager says.',
    })
  }
  expect(measure(newcomersAnsweredShare, { start_count: 1, elsewhere_count: 1 })).toMatchObject({
    status: 'not_applicable',
    reason: 'The only question was answered elsewhere, as a manager says.',
  })
})
test('younger questions beside those answered elsewhere are what is waited for', () =>
  expect(measure(answeredShare, { question_count: 3, elsewhere_count: 1 }).reason).toBe(
    'No question of the period is 7 days old yet. 1\u00a0question answered elsewhere, as a manager says, is left out.',
  ))
test('what cannot be told for another reason says that alone', () => {
  const untold = unknown('Nobody is named.')
  expect(leaveElsewhereOut(untold, { asked: 3, elsewhere: 3 })).toBe(untold)
  expect(leaveElsewhereOut(foundShare(1, 2, ''), { asked: 2, elsewhere: 0 })).toEqual(foundShare(1, 2, ''))
})
