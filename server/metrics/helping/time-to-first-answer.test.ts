import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { timeToFirstAnswer } from './time-to-first-answer.ts'

const HOUR = 3600
const of = (answered: number[], waiting: number[] = []) =>
  measure(timeToFirstAnswer, { answer_seconds: answered.map((h) => h * HOUR), waiting_seconds: waiting.map((h) => h * HOUR) })
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('the median in hours with its interval, all answered', () => {
  expect(of(oneTo(20))).toMatchObject({ status: 'ok', value: 10.5, low: 5, high: 15, numerator: 20, denominator: 20, n: 20 })
})
test('open questions make it longer, as they should', () => {
  expect(of(oneTo(20), [500, 500, 500, 500, 500, 500])).toMatchObject({ status: 'ok', value: 13.5, numerator: 20, denominator: 26 })
})
test('remission under 6-MP, in hours: R gives 23 from 13, upper end open', () => {
  expect(of([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])).toMatchObject({
    status: 'ok',
    value: 23,
    low: 13,
    high: null,
    n: 21,
  })
})
test('not reached while most wait', () => {
  const found = of(
    oneTo(8),
    oneTo(20).map((h) => h + 100),
  )
  expect(found).toMatchObject({ status: 'not_reached', value: null, numerator: 8, denominator: 28, high: null })
  expect(found.reason).toContain('8 of 28 questions')
})
test('nobody answered', () =>
  expect(of([], oneTo(20))).toMatchObject({ status: 'not_reached', value: null, numerator: 0, denominator: 20, low: null }))
test('19 questions are too few, open ones counted', () => {
  expect(of(oneTo(10), oneTo(9))).toMatchObject({
    status: 'too_few',
    value: null,
    numerator: 10,
    denominator: 19,
    reason: '19\u00a0questions; it takes 20.',
  })
  expect(of(oneTo(10), oneTo(10)).status).not.toBe('too_few')
})
test('no question: not applicable', () => expect(of([])).toMatchObject({ status: 'not_applicable', value: null, denominator: 0 }))
test('all answered after the same time', () =>
  expect(of(oneTo(20).map(() => 3))).toMatchObject({ status: 'ok', value: 3, low: null, high: null }))
