import { expect, test } from 'vitest'
import type { Point } from '../../../shared/contract/metric.ts'
import { sayInferred } from './say-inferred.ts'

const point = (period: string, more: Partial<Point>): Point => ({
  period,
  value: 0.5,
  numerator: 20,
  denominator: 40,
  n: 40,
  low: null,
  high: null,
  status: 'ok',
  reason: null,
  is_unfinished: false,
  ...more,
})

test('a card says that its numbers are inferred, in the words of the latest that is shown', () => {
  const inferred = point('2025-02', { is_inferred: true, reason: 'Inferred, probably a low estimate.' })
  expect(sayInferred([[point('2025-01', { is_inferred: true, reason: 'Inferred before.' }), inferred]])).toBe(
    'Inferred, probably a low estimate.',
  )
  expect(sayInferred([[point('2025-01', {})], [inferred, point('2025-03', { reason: 'Too young.' })]])).toBe(
    'Inferred, probably a low estimate.',
  )
})

test('a card says what is left out', () => {
  const reason = '3 questions asked in chats without threads are left out: their threads are inferred.'
  expect(sayInferred([[point('2025-01', { reason })]])).toBe(reason)
})

test('a card without anything inferred says nothing, nor one whose numbers are withheld', () => {
  expect(sayInferred([[point('2025-01', { reason: 'Too young.' })], []])).toBeNull()
  expect(sayInferred([[point('2025-01', { is_inferred: true, status: 'withheld', value: null, reason: 'It takes 30.' })]])).toBeNull()
})
