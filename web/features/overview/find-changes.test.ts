import { expect, test } from 'vitest'
import type { Point } from '../../../shared/contract/metric.ts'
import { sayChange } from './find-changes.ts'

const seen = (text: string) => text.replaceAll('\u00a0', ' ')
const point = (value: number | null, over: Partial<Point> = {}): Point => ({
  period: '2025-01',
  is_unfinished: false,
  value,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'ok',
  reason: null,
  ...over,
})

test('a change says how much, and judges only beyond chance and where there is a direction', () => {
  expect(sayChange(point(12), point(10), 'people', 'up')).toBe('↑ 2 more')
  expect(sayChange(point(9), point(10), 'people', 'none')).toBe('↓ 1 fewer')
  expect(sayChange(point(10), point(10), 'people', 'up')).toBe('→ the same')
  const high = point(0.85, { low: 0.8, high: 0.9 })
  const low = point(0.6, { low: 0.5, high: 0.7 })
  expect(seen(sayChange(high, low, 'share', 'up'))).toBe('↑ up 25 points, for the better')
  expect(seen(sayChange(low, high, 'share', 'up'))).toBe('↓ down 25 points, for the worse')
  expect(seen(sayChange(low, high, 'share', 'down'))).toBe('↓ down 25 points, for the better')
  expect(seen(sayChange(point(0.75, { low: 0.6, high: 0.85 }), low, 'share', 'up'))).toBe(
    '↑ up 15 points; may be chance, the intervals overlap',
  )
  expect(seen(sayChange(point(30), point(24), 'hours', 'down'))).toBe('↑ 6 hours longer')
})

test('a value that is not known cannot be compared', () => {
  expect(sayChange(point(null, { status: 'too_few' }), point(3), 'people', 'up')).toBe('cannot be compared')
})
