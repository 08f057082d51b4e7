import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Measured } from '../../../shared/contract/metric.ts'
import { telling } from '../given-rows.ts'
import { topics } from '../readings/topics.ts'
import { topicQuadrant } from './topic-quadrant.ts'

/** Topics as [questions, answers]. */
const of = (...given: [number, number][]) =>
  topicQuadrant.measure(
    {
      ...topics.empty,
      question_count: given.reduce((sum, [questions]) => sum + questions, 0),
      questions_by_topic: given.map(([questions]) => questions),
      answers_by_topic: given.map(([, answers]) => answers),
      answered_by_topic: given.map(() => 0),
      helpers_by_topic: given.map(() => 0),
    },
    telling(),
  ) as Record<string, Measured>
const values = (found: Record<string, Measured>) => Object.values(found).map((point) => point.value)

test('five topics around the median topic, which counts as few in both', () => {
  // medians: 5 questions, 4 answers
  const found = of([10, 9], [8, 1], [5, 4], [2, 8], [1, 0])
  expect(Object.keys(found)).toEqual(topicQuadrant.categories)
  expect(values(found)).toEqual([1, 1, 1, 2])
  expect(found['many-asked-few-answered']).toMatchObject({ status: 'ok', value: 1, numerator: 1, denominator: 5, n: 5 })
})
test('an even number: the median lies halfway', () => expect(values(of([1, 4], [2, 3], [3, 2], [4, 1]))).toEqual([0, 2, 2, 0]))
test('all alike: few of each', () => expect(values(of([3, 3], [3, 3], [3, 3], [3, 3]))).toEqual([0, 0, 0, 4]))
test('three topics are too few', () => {
  expect(of([3, 3], [2, 1], [1, 1])['few-asked-few-answered']).toMatchObject({
    status: 'too_few',
    value: null,
    denominator: 3,
    reason: '3\u00a0topics; it takes 4.',
  })
})
test('questions that name no channel: not available; no question: not applicable', () => {
  const nowhere = topicQuadrant.measure({ ...topics.empty, question_count: 9 }, telling()) as Record<string, Measured>
  expect(Object.values(nowhere).map((point) => point.status)).toEqual(Array(4).fill('not_available'))
  expect(Object.values(of()).map((point) => point.status)).toEqual(Array(4).fill('not_applicable'))
})
test('the four add up to all topics', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)), { minLength: 4, maxLength: 30 }), (given) => {
      expect(values(of(...given)).reduce((sum: number, value) => sum + (value ?? Number.NaN), 0)).toBe(given.length)
    }),
  )
})
