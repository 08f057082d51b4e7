import { expect, test } from 'vitest'
import { nextTryAt } from './next-try.ts'

const now = new Date('2026-01-01T00:00:00Z')
const minutes = (attempts: number, isServerTrouble: boolean, random: number) =>
  (nextTryAt(now, attempts, { isServerTrouble, random: () => random }).getTime() - now.getTime()) / 60_000

test('each wait is twice as long, up to a limit, which is shorter where the server is away', () => {
  expect([1, 2, 3, 4, 8, 9, 10, 1000].map((n) => minutes(n, false, 0.5))).toEqual([1, 2, 4, 8, 128, 240, 240, 240])
  expect([1, 4, 5, 1000].map((n) => minutes(n, true, 0.5))).toEqual([1, 8, 15, 15])
})

test('those that failed together come back apart', () => {
  expect(minutes(3, false, 0)).toBe(3)
  expect(minutes(3, false, 0.999)).toBeCloseTo(5, 1)
})
