import { expect, test } from 'vitest'
import { asBulkStep, found, foundCount, foundShare, isBulkStep, isTooAnonymous, notApplicable, notAvailable, withheld } from './measured.ts'

test('a share below ten cases is a bare count, from ten on it has an interval', () => {
  expect(foundShare(4, 7, 'nothing')).toMatchObject({
    status: 'count_only',
    value: null,
    numerator: 4,
    denominator: 7,
    n: 7,
    low: null,
    high: null,
  })
  expect(foundShare(4, 9, 'nothing').status).toBe('count_only')
  const ten = foundShare(4, 10, 'nothing')
  expect(ten).toMatchObject({ status: 'ok', value: 0.4, numerator: 4, denominator: 10, n: 10, reason: null })
  expect(ten.low).toBeCloseTo(0.168, 3)
  expect(ten.high).toBeCloseTo(0.687, 3)
})

test('a share of nothing is not applicable, never 0', () => {
  expect(foundShare(0, 0, 'No question was asked.')).toMatchObject({
    status: 'not_applicable',
    value: null,
    n: 0,
    reason: 'No question was asked.',
  })
})

test('a metric cannot answer NaN or infinity', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => found(value)).toThrow(RangeError)
})

test('what is not available says from where and what', () => {
  expect(notAvailable(['joins'], ['slack']).reason).toBe('Not available from slack, which does not tell who joined.')
  expect(notAvailable(['joins', 'leaves'], ['csv', 'slack']).reason).toBe(
    'Not available from csv and slack, which do not tell who joined or who left.',
  )
  expect(notAvailable(['questions'], []).reason).toBe('Not available yet: no source has told which contributions are questions.')
})

test('a fifth may be anonymous, more may not', () => {
  expect([isTooAnonymous(0, 0), isTooAnonymous(2, 10), isTooAnonymous(3, 10)]).toEqual([false, false, true])
  expect(withheld(3, 10).reason).toContain('3 of 10')
})

test('a bulk step is more than twenty and more than half, within a minute', () => {
  expect([isBulkStep(20, 20), isBulkStep(21, 42), isBulkStep(21, 41), isBulkStep(400, 500)]).toEqual([false, false, true, true])
  expect(asBulkStep(foundCount(41), 21, 41, 'joined')).toMatchObject({ status: 'bulk_step', value: 41, n: 41 })
  const nothing = notApplicable('why')
  expect(asBulkStep(nothing, 21, 41, 'left')).toBe(nothing)
})
