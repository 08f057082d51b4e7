import fc from 'fast-check'
import { expect, test } from 'vitest'
import { periodsBetween } from '../../shared/period.ts'
import { nameTicks, niceTicks, spreadLabels } from './chart-scale.ts'

test('ticks are round and span the data with zero among them', () => {
  expect(niceTicks(0, 1)).toEqual([0, 0.25, 0.5, 0.75, 1])
  expect(niceTicks(0, 37)).toEqual([0, 10, 20, 30, 40])
  expect(niceTicks(-12, 20)).toEqual([-20, -10, 0, 10, 20])
  expect(niceTicks(0, 0)).toContain(0)
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: -1e9, max: 1e9 }), (aMillis, bMillis) => {
      const [a, b] = [aMillis / 1000, bMillis / 1000]
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const ticks = niceTicks(low, high)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.some((t) => t === 0)).toBe(true)
      const slack = 1e-6 * (Math.abs(low) + Math.abs(high))
      expect(ticks[0]).toBeLessThanOrEqual(Math.min(0, low) + slack)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(0, high) - slack)
    }),
  )
})

test('people are not cut into halves', () => {
  expect(niceTicks(0, 2, 4, true)).toEqual([0, 1, 2])
  expect(niceTicks(0, 1, 4, true)).toEqual([0, 1])
})

test('an axis names few periods, and the year only where it is new', () => {
  const months = ['2024-11', '2024-12', '2025-01', '2025-02']
  expect([...nameTicks(months, 8).values()]).toEqual(['Nov 2024', 'Dec', 'Jan 2025', 'Feb'])
  expect([...nameTicks(months, 2).keys()]).toEqual(['2024-11', '2025-01'])
  const weeks = periodsBetween('2024-W40', '2026-W40', 'week')
  expect([...nameTicks(weeks.slice(0, 3), 3).values()]).toEqual(['30 Sep 2024', '7 Oct', '14 Oct'])
  // over years their days say nothing
  expect([...nameTicks(weeks, 4).values()]).toEqual(['Sep 2024', 'Apr 2025', 'Oct', 'Apr 2026'])
})

test('labels keep their distance and their order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 7 }), (ys) => {
      const spread = spreadLabels(
        ys.map((y) => ({ y, was: y })),
        0,
        200,
        16,
      )
      for (const [i, label] of spread.entries()) {
        expect(label.y).toBeGreaterThanOrEqual(0 - 1e-9)
        expect(label.y).toBeLessThanOrEqual(200)
        const before = spread[i - 1]
        if (before !== undefined) {
          expect(label.y - before.y).toBeGreaterThanOrEqual(16 - 1e-9)
          expect(label.was).toBeGreaterThanOrEqual(before.was)
        }
      }
    }),
  )
})
