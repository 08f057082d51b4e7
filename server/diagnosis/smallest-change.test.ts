import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changeToFallBelow,
  changeToReach,
  conversionsToFallBelow,
  conversionsToReach,
  isBelowPercent,
  reachesPercent,
  type ShareChange,
  searchShareChange,
} from './smallest-change.ts'

const share = fc
  .integer({ min: 0, max: 60 })
  .chain((n) => fc.record({ n: fc.constant(n), k: fc.integer({ min: 0, max: n }), percent: fc.integer({ min: 1, max: 99 }) }))

const applied = (k: number, n: number, { how, amount }: ShareChange): [number, number] =>
  how === 'add_part'
    ? [k + amount, n + amount]
    : how === 'add_rest'
      ? [k, n + amount]
      : how === 'drop_part'
        ? [k - amount, n - amount]
        : [k, n - amount]

/** The obvious way: try every kind of change in every amount. */
const leastByTrying = (k: number, n: number, holds: (k: number, n: number) => boolean): number => {
  for (let amount = 1; ; amount++) {
    if (holds(k + amount, n + amount) || holds(k, n + amount)) return amount
    if (amount <= k && holds(k - amount, n - amount)) return amount
    if (amount <= n - k && holds(k, n - amount)) return amount
  }
}

describe('the smallest change of a share', () => {
  test('to reach a percentage is what trying every change finds, and does reach it', () => {
    fc.assert(
      fc.property(share, ({ k, n, percent }) => {
        fc.pre(!reachesPercent(k, n, percent))
        const change = changeToReach(k, n, percent)
        expect(reachesPercent(...applied(k, n, change), percent)).toBe(true)
        expect(change.amount).toBe(leastByTrying(k, n, (a, b) => reachesPercent(a, b, percent)))
      }),
      { numRuns: 2000 },
    )
  })

  test('to fall below a percentage is what trying every change finds, and does fall below it', () => {
    fc.assert(
      fc.property(share, ({ k, n, percent }) => {
        fc.pre(!isBelowPercent(k, n, percent))
        const change = changeToFallBelow(k, n, percent)
        expect(isBelowPercent(...applied(k, n, change), percent)).toBe(true)
        expect(change.amount).toBe(leastByTrying(k, n, (a, b) => isBelowPercent(a, b, percent)))
      }),
      { numRuns: 2000 },
    )
  })

  test('by search is the same', () => {
    fc.assert(
      fc.property(share, ({ k, n, percent }) => {
        fc.pre(n > 0)
        const found = searchShareChange(k, n, (a, b) => reachesPercent(a, b, percent), 10_000)
        const exact = reachesPercent(k, n, percent) ? changeToFallBelow(k, n, percent) : changeToReach(k, n, percent)
        expect(found?.amount).toBe(exact.amount)
      }),
      { numRuns: 300 },
    )
  })

  test('by turning cases into the part, or out of it, is the least', () => {
    fc.assert(
      fc.property(share, ({ k, n, percent }) => {
        fc.pre(n > 0)
        const up = conversionsToReach(k, n, percent) as number
        expect(reachesPercent(k + up, n, percent)).toBe(true)
        if (up > 0) expect(reachesPercent(k + up - 1, n, percent)).toBe(false)
        const down = conversionsToFallBelow(k, n, percent) as number
        expect(isBelowPercent(k - down, n, percent)).toBe(true)
        if (down > 0) expect(isBelowPercent(k - down + 1, n, percent)).toBe(false)
      }),
    )
    expect(conversionsToReach(0, 0, 50)).toBeNull()
    expect(conversionsToFallBelow(0, 0, 50)).toBeNull()
  })

  test('41 of 60 answers against 60 %: nine more by others, one hair below', () => {
    expect(changeToFallBelow(41, 60, 60)).toEqual({ how: 'add_rest', amount: 9 })
    expect(reachesPercent(41, 68, 60)).toBe(true)
    expect(reachesPercent(41, 69, 60)).toBe(false)
  })

  test('a share of nothing neither reaches nor is below', () => {
    expect(reachesPercent(0, 0, 50)).toBe(false)
    expect(isBelowPercent(0, 0, 50)).toBe(false)
  })
})
