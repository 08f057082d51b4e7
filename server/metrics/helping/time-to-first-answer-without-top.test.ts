import { expect, test } from 'vitest'
import { measureEach } from '../given-rows.ts'
import { timeToFirstAnswerWithoutTop } from './time-to-first-answer-without-top.ts'

const hours = (...some: number[]) => some.map((h) => h * 3600)
const oneTo = (n: number) => hours(...Array.from({ length: n }, (_, i) => i + 1))

test('the median of what is the same without any, and of what each leaves on top', () => {
  const found = measureEach(timeToFirstAnswerWithoutTop, {
    helper_count: 5,
    answer_seconds: oneTo(20),
    answer_seconds_1: hours(0.5, 0.5),
    waiting_seconds_2: hours(500, 500, 500, 500, 500, 500),
    waiting_seconds_3: hours(...Array<number>(40).fill(500)),
  })
  expect(found['top-1']).toMatchObject({ status: 'ok', value: 9.5, numerator: 22, denominator: 22, n: 22 })
  expect(found['top-2']).toMatchObject({ status: 'ok', value: 13.5, numerator: 20, denominator: 26 })
  expect(found['top-3']).toMatchObject({ status: 'not_reached', value: null, numerator: 20, denominator: 60 })
})
test('the same times with other waiting are another curve', () => {
  const found = measureEach(timeToFirstAnswerWithoutTop, {
    answer_seconds: oneTo(20),
    waiting_seconds_2: hours(500, 500, 500, 500, 500, 500),
  })
  expect([found['top-1']?.value, found['top-2']?.value]).toEqual([10.5, 13.5])
})
test('19 questions are too few, none: not applicable', () => {
  expect(measureEach(timeToFirstAnswerWithoutTop, { answer_seconds: oneTo(19) })['top-1']).toMatchObject({
    status: 'too_few',
    denominator: 19,
  })
  expect(measureEach(timeToFirstAnswerWithoutTop, {})['top-1']).toMatchObject({ status: 'not_applicable' })
})
test('all after the same time', () =>
  expect(measureEach(timeToFirstAnswerWithoutTop, { answer_seconds: hours(...Array<number>(30).fill(3)) })['top-3']?.value).toBe(3))
