import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { observingLag } from './observing-lag.ts'

const DAY = 86_400
const of = (contributed: number[], waiting: number[] = []) =>
  measure(observingLag, { contributed_seconds: contributed.map((d) => d * DAY), waiting_seconds: waiting.map((d) => d * DAY) })
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('the median in days, all have contributed', () =>
  expect(of(oneTo(20))).toMatchObject({ status: 'ok', value: 10.5, low: 5, high: 15, numerator: 20, denominator: 20, n: 20 }))
test('those who still only read make it longer', () =>
  expect(of(oneTo(20), [500, 500, 500, 500, 500, 500])).toMatchObject({ status: 'ok', value: 13.5, numerator: 20, denominator: 26 }))
test('remission under 6-MP, in days: R gives 23 from 13, upper end open', () =>
  expect(of([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])).toMatchObject({
    value: 23,
    low: 13,
    high: null,
  }))
test('not reached while most only read', () => {
  const found = of(
    [1, 2, 3],
    oneTo(27).map((d) => d + 30),
  )
  expect(found).toMatchObject({ status: 'not_reached', value: null, numerator: 3, denominator: 30 })
  expect(found.reason).toBe('3 of 30 people who began by reading have contributed so far: not yet half of them.')
})
test('nobody has contributed', () =>
  expect(of([], oneTo(20))).toMatchObject({ status: 'not_reached', value: null, numerator: 0, low: null }))
test('19 people are too few', () =>
  expect(of(oneTo(10), oneTo(9))).toMatchObject({
    status: 'too_few',
    value: null,
    denominator: 19,
    reason: '19\u00a0people began by reading; it takes 20.',
  }))
test('nobody: not applicable', () => expect(of([])).toMatchObject({ status: 'not_applicable', value: null, denominator: 0 }))
test('all after the same time', () => expect(of(oneTo(20).map(() => 7))).toMatchObject({ status: 'ok', value: 7 }))
