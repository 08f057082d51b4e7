import { expect, test } from 'vitest'
import { exchangeOf, measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { twoWayShare } from './two-way-share.ts'

const of = (pairs: [string, string][]) =>
  measure(twoWayShare, exchangeOf({ helper_ids: pairs.map((p) => p[0]), asker_ids: pairs.map((p) => p[1]), weights: pairs.map(() => 1) }))
/** Each helps the next: n people in a ring, or in a line. */
const line = (n: number): [string, string][] => Array.from({ length: n - 1 }, (_, i) => [`p${i}`, `p${i + 1}`])

test('those in the middle of a line gave and received; its ends did one of the two', () => {
  expect(of(line(20))).toMatchObject({ status: 'ok', value: 0.9, numerator: 18, denominator: 20, n: 20, ...wilsonInterval(18, 20) })
})
test('one teacher: nobody did both', () => {
  expect(of(Array.from({ length: 25 }, (_, i) => ['teacher', `p${i}`]))).toMatchObject({
    status: 'ok',
    value: 0,
    numerator: 0,
    denominator: 26,
  })
})
test('19 people are too few', () => expect(of(line(19))).toMatchObject({ status: 'too_few', value: null, numerator: 17, denominator: 19 }))
test('no help: not applicable', () =>
  expect(of([])).toMatchObject({ status: 'not_applicable', value: null, reason: 'Nobody helped anybody.' }))
