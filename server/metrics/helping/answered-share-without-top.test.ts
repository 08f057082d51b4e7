import { expect, test } from 'vitest'
import { measureEach } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { answeredShareWithoutTop } from './answered-share-without-top.ts'

const row = {
  helper_count: 9,
  ...{ question_count_1: 50, ripe_count_1: 40, ripe_answered_count_1: 30 },
  ...{ question_count_2: 12, ripe_count_2: 9, ripe_answered_count_2: 4 },
  ...{ question_count_3: 3, ripe_count_3: 0, ripe_answered_count_3: 0 },
}

test('each number of top helpers has its share of the questions left', () => {
  const found = measureEach(answeredShareWithoutTop, row)
  expect(Object.keys(found)).toEqual(['top-1', 'top-2', 'top-3'])
  expect(found['top-1']).toMatchObject({
    status: 'ok',
    value: 0.75,
    numerator: 30,
    denominator: 40,
    reason: null,
    ...wilsonInterval(30, 40),
  })
  expect(found['top-2']).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 9 })
  expect(found['top-3']).toMatchObject({ status: 'not_applicable', reason: 'No question left is 7 days old yet.' })
})
test('where fewer people answered, it says that all of them are left out', () => {
  const found = measureEach(answeredShareWithoutTop, { ...row, helper_count: 2, ripe_count_3: 10, ripe_answered_count_3: 0 })
  expect(found['top-1']?.reason).toBeNull()
  expect(found['top-3']).toMatchObject({ status: 'ok', value: 0, reason: 'Two\u00a0people answered: all of them are left out.' })
})
test('nobody asked: not applicable', () =>
  expect(measureEach(answeredShareWithoutTop, {})['top-2']).toMatchObject({
    status: 'not_applicable',
    reason: 'Nobody else asked a question.',
  }))
test('says that ties go by the id of the person', () => expect(answeredShareWithoutTop.explanation).toContain('the smaller id goes first'))
