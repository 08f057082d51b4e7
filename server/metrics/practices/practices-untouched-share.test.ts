import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { practicesUntouchedShare } from './practices-untouched-share.ts'

const of = (untouched_count: number, practice_count: number, context = telling()) =>
  measure(practicesUntouchedShare, { untouched_count, practice_count }, context)

test('untouched of all practices, with its interval', () => {
  const found = of(12, 40)
  expect(found).toMatchObject({ status: 'ok', value: 0.3, numerator: 12, denominator: 40, reason: null })
  expect(found.low).toBeCloseTo(0.1807, 4)
})
test('where reading is not told, it may be less', () =>
  expect(of(12, 40, telling('practices')).reason).toBe('No source tells what was read: some of them may have been.'))
test('seven practices: the count alone', () =>
  expect(of(4, 7)).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 7 }))
test('none: not applicable', () => expect(of(0, 0)).toMatchObject({ status: 'not_applicable', reason: 'No practice has been shared yet.' }))
test('all, and none of them, untouched', () => {
  expect(of(10, 10)).toMatchObject({ value: 1, high: 1 })
  expect(of(0, 10)).toMatchObject({ value: 0, low: 0 })
})
