import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { topicsWithTwoHelpers } from './topics-with-two-helpers.ts'

/** Topics as [answered questions, helpers]; one question more is open in each. */
const of = (...topics: [number, number][]) =>
  measure(topicsWithTwoHelpers, {
    question_count: topics.reduce((sum, [answered]) => sum + answered + 1, 0),
    questions_by_topic: topics.map(([answered]) => answered + 1),
    answered_by_topic: topics.map(([answered]) => answered),
    answers_by_topic: topics.map(([answered]) => answered * 2),
    helpers_by_topic: topics.map(([, helpers]) => helpers),
  })

test('of ten topics, with an interval', () => {
  const ten: [number, number][] = Array.from({ length: 10 }, (_, i) => [5 + i, i < 4 ? 1 : 2])
  expect(of(...ten)).toMatchObject({ status: 'ok', value: 0.6, numerator: 6, denominator: 10, n: 10 })
})
test('four answered questions are too few for a topic, five are enough', () => {
  expect(of([4, 2], [5, 2], [20, 1])).toMatchObject({ status: 'count_only', value: null, numerator: 1, denominator: 2 })
})
test('no topic with enough: not applicable', () => {
  expect(of([4, 1], [0, 0])).toMatchObject({
    status: 'not_applicable',
    numerator: 0,
    reason: 'No topic has 5 answered questions in the period.',
  })
})
test('questions that name no channel: not available', () => {
  expect(measure(topicsWithTwoHelpers, { question_count: 1200 })).toMatchObject({
    status: 'not_available',
    value: null,
    reason: 'None of the 1,200\u00a0questions says in which channel it was asked.',
  })
  expect(measure(topicsWithTwoHelpers, { question_count: 1 })).toMatchObject({
    status: 'not_available',
    reason: expect.stringMatching(/^The question/),
  })
})
test('no question: not applicable', () =>
  expect(measure(topicsWithTwoHelpers, {})).toMatchObject({ status: 'not_applicable', reason: 'No question was asked.' }))
