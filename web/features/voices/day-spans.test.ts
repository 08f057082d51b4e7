import { expect, test } from 'vitest'
import { resolveRange } from '../period/resolve-range.ts'
import { sayDays, spanBefore, spanOfRange } from './day-spans.ts'

const months = (from: string, to: string, lastDay: string) => {
  const range = resolveRange({ from, to }, lastDay, null)
  const now = spanOfRange(range, lastDay)
  return { range, now }
}

test('months that are over are compared with whole months', () => {
  const { range, now } = months('2025-03', '2026-02', '2026-05-17')
  expect(now).toEqual({ from: '2025-03-01', to: '2026-02-28' })
  expect(spanBefore(range, now, 'previous')).toEqual({ from: '2024-03-01', to: '2025-02-28' })
  expect(spanBefore(range, now, 'year')).toEqual({ from: '2024-03-01', to: '2025-02-28' })
})

test('a last month that is not over is compared with as many days', () => {
  const { range, now } = months('2025-12', '2026-02', '2026-02-17')
  expect(now).toEqual({ from: '2025-12-01', to: '2026-02-17' })
  expect(spanBefore(range, now, 'previous')).toEqual({ from: '2025-09-01', to: '2025-11-18' })
  expect(sayDays(spanBefore(range, now, 'year'))).toBe('1 December 2024 to 17 February 2025')
})

test('days of leap years and single days', () => {
  const { range, now } = months('2024-02', '2024-02', '2024-02-29')
  expect(now).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  expect(spanBefore(range, now, 'year')).toEqual({ from: '2023-02-01', to: '2023-02-28' })
  const one = resolveRange({ from: '2026-02', to: '2026-02', grain: 'day' }, '2026-02-01', null)
  expect(spanOfRange(one, '2026-02-01')).toEqual({ from: '2026-02-01', to: '2026-02-01' })
})
