import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { timeToFirstAnswerP90 } from './time-to-first-answer-p90.ts'

const HOUR = 3600
const of = (answered: number[], waiting: number[] = []) =>
  measure(timeToFirstAnswerP90, { answer_seconds: answered.map((h) => h * HOUR), waiting_seconds: waiting.map((h) => h * HOUR) })
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('hours until nine in ten have an answer', () =>
  expect(of(oneTo(20))).toMatchObject({ status: 'ok', value: 18.5, low: 15, high: null, n: 20 }))
test('not reached while more than one in ten wait', () => {
  expect(of(oneTo(20), [100, 100, 100])).toMatchObject({ status: 'not_reached', value: null, numerator: 20, denominator: 23 })
})
test('19 questions are too few', () => expect(of(oneTo(19))).toMatchObject({ status: 'too_few', value: null, denominator: 19 }))
test('no question: not applicable', () => expect(of([])).toMatchObject({ status: 'not_applicable', value: null }))
test('all answered after the same time', () => expect(of(oneTo(30).map(() => 3))).toMatchObject({ status: 'ok', value: 3 }))
