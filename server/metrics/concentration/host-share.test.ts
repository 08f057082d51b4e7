import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { hostShare } from './host-share.ts'

const of = (contributions_by_host: number[], contribution_count: number) =>
  measure(hostShare, { contribution_count, top_host_count: contributions_by_host[0] ?? 0 })

test('the largest share that lies in one person’s threads, of all', () => {
  expect(of([45, 3], 50)).toMatchObject({ status: 'ok', value: 0.9, numerator: 45, denominator: 50 })
})
test('threads of nobody known are in the whole', () =>
  expect(of([], 50)).toMatchObject({ status: 'ok', value: 0, numerator: 0, denominator: 50 }))
test('none: not applicable', () => expect(of([], 0)).toMatchObject({ status: 'not_applicable', value: null }))
test('nine: the count alone', () => expect(of([9], 9)).toMatchObject({ status: 'count_only', value: null, numerator: 9, denominator: 9 }))
test('a tie', () => expect(of([10, 10], 20).value).toBe(0.5))
