import { expect, test } from 'vitest'
import type { Measured } from './contract/metric.ts'
import { formatMeasured, formatValue } from './unit.ts'

const seen = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null
const found = (over: Partial<Measured>): Measured => ({
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'ok',
  reason: null,
  ...over,
})

test('each unit is written its own way', () => {
  expect(seen(formatValue(1, 'people'))).toBe('1 person')
  expect(seen(formatValue(1200, 'contributions'))).toBe('1,200 contributions')
  expect(seen(formatValue(0.74, 'share', 42))).toBe('74 %')
  expect(seen(formatValue(1, 'days'))).toBe('1 day')
  expect(seen(formatValue(12.5, 'days'))).toBe('12.5 days')
  expect(seen(formatValue(3.793, 'voices'))).toBe('3.8 voices')
  expect(seen(formatValue(1, 'voices'))).toBe('1 voice')
  expect(seen(formatValue(0.5238, 'index'))).toBe('0.52')
})

test('what was found reads as its cases allow, and nothing found is null, never 0', () => {
  expect(formatMeasured(found({ numerator: 4, denominator: 7, status: 'count_only' }), 'share')).toBe('4 of 7')
  expect(seen(formatMeasured(found({ value: 0.74, numerator: 31, denominator: 42, low: 0.59, high: 0.85 }), 'share'))).toBe(
    '74 % (59–85 %)',
  )
  expect(seen(formatMeasured(found({ value: 5, low: 2, high: 12 }), 'hours'))).toBe('5 hours (2–12 hours)')
  expect(seen(formatMeasured(found({ value: 5, low: 0.5, high: 72 }), 'hours'))).toBe('5 hours (30 minutes to 3 days)')
  expect(formatMeasured(found({ status: 'not_available', reason: 'slack does not tell' }), 'people')).toBeNull()
  expect(formatMeasured(found({ numerator: 3, denominator: 9, status: 'too_few' }), 'share')).toBeNull()
})
