import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRate, reachesRate, sayRateAgainst, wordsToFallBelow, wordsToReach } from './rate-check.ts'

/** A rate in thousandths, so that the slow version can be asked in whole numbers. */
const anyRate = fc.integer({ min: 50, max: 100_000 })
const anyPart = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .chain((n) =>
    fc.record({ n: fc.constant(n), k: fc.oneof(fc.integer({ min: 0, max: n }), fc.integer({ min: 0, max: Math.floor(n / 50) })) }),
  )

describe('a rate per 100 words', () => {
  test('is reached exactly where whole numbers say so', () => {
    fc.assert(
      fc.property(anyPart, anyRate, ({ k, n }, thousandths) => {
        const exactly = n > 0 && 100_000n * BigInt(k) >= BigInt(thousandths) * BigInt(n)
        expect(reachesRate(k, n, thousandths / 1000)).toBe(exactly)
      }),
    )
  })

  test('is reached at the threshold itself, and by no word less, whatever its decimals', () => {
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 1, max: 10_000 }), (thousandths, times) => {
        const [k, n] = [thousandths * times, 100_000 * times]
        expect(reachesRate(k, n, thousandths / 1000)).toBe(true)
        expect(reachesRate(k - 1, n, thousandths / 1000)).toBe(false)
        expect(reachesRate(k, n + 1, thousandths / 1000)).toBe(false)
      }),
    )
  })

  test('is turned by the least number of words', () => {
    fc.assert(
      fc.property(anyPart, anyRate, ({ k, n }, thousandths) => {
        const rate = thousandths / 1000
        const more = wordsToReach(k, n, rate)
        if (more === null) expect(reachesRate(n, n, rate)).toBe(false)
        else {
          expect(reachesRate(k + more, n, rate)).toBe(true)
          expect(more === 0 || !reachesRate(k + more - 1, n, rate)).toBe(true)
        }
        const fewer = wordsToFallBelow(k, n, rate) as number
        expect(reachesRate(k - fewer, n, rate)).toBe(false)
        expect(fewer === 0 || reachesRate(k - fewer + 1, n, rate)).toBe(true)
      }),
    )
  })

  test('never reads as though it reached what it does not', () => {
    expect(sayRateAgainst(996, 100_000, 1)).toBe('0.99')
    expect(sayRateAgainst(1000, 100_000, 1)).toBe('1')
    expect(sayRateAgainst(1594, 100_000, 1)).toBe('1.59')
    expect(sayRateAgainst(1, 100_000, 1)).toBe('under 0.01')
    expect(sayRateAgainst(0, 100_000, 1)).toBe('0')
    fc.assert(
      fc.property(anyPart, anyRate, ({ k, n }, thousandths) => {
        const rate = Math.ceil(thousandths / 10) / 100
        const said = sayRateAgainst(k, Math.max(1, n), rate)
        if (!reachesRate(k, Math.max(1, n), rate)) expect(Number.parseFloat(said.replace('under ', ''))).toBeLessThanOrEqual(rate)
        if (!said.startsWith('under')) expect(Number.parseFloat(said) >= rate).toBe(reachesRate(k, Math.max(1, n), rate))
      }),
    )
  })

  test('of no words is none, and does not pass', () => {
    const check = checkRate({
      metric: 'work-words',
      label: '',
      alternative: 0,
      k: 0,
      n: 0,
      rate: 1,
      says: (rate) => rate,
      without: 'No text',
      noun: ['word', 'words'],
    })
    expect(check).toMatchObject({ observed: null, passed: false })
    expect(check.says()).toBe('No text')
    expect(check.change()).toBeNull()
  })
})
