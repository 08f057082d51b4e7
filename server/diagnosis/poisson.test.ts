import { describe, expect, test } from 'vitest'
import { poissonAtMost } from './poisson.ts'

describe('poissonAtMost', () => {
  test('is the sum of its terms', () => {
    const factorials = [1, 1, 2, 6, 24, 120]
    for (const mean of [0.01, 0.5, 3, 8, 20])
      for (let count = 0; count <= 5; count++) {
        const sum = factorials.slice(0, count + 1).reduce((total, factorial, k) => total + (Math.exp(-mean) * mean ** k) / factorial, 0)
        expect(poissonAtMost(count, mean)).toBeCloseTo(sum, 12)
      }
  })

  test('agrees with sums of sixty decimal figures', () => {
    expect(poissonAtMost(2, 8)).toBeCloseTo(0.013753967744003, 11)
    expect(poissonAtMost(2, 8.5)).toBeCloseTo(0.00928324433611, 11)
    expect(poissonAtMost(10, 10)).toBeCloseTo(0.583039750192985, 11)
    expect(poissonAtMost(100, 100)).toBeCloseTo(0.526562198529998, 11)
    expect(poissonAtMost(1000, 1100)).toBeCloseTo(0.001175230568137, 11)
  })

  test('knows the ends, and large means neither overflow nor take long', () => {
    expect(poissonAtMost(0, 0)).toBe(1)
    expect(poissonAtMost(-1, 3)).toBe(0)
    expect(poissonAtMost(2, 1e6)).toBe(0)
    expect(poissonAtMost(2e6, 1e6)).toBe(1)
    expect(poissonAtMost(1e6, 1e6)).toBeCloseTo(0.5, 2)
  })

  test('grows with the count and falls with the mean', () => {
    for (let count = 0; count < 60; count++) {
      expect(poissonAtMost(count + 1, 20)).toBeGreaterThanOrEqual(poissonAtMost(count, 20))
      expect(poissonAtMost(count, 21)).toBeLessThanOrEqual(poissonAtMost(count, 20))
    }
  })

  test('refuses what is no mean or no count', () => {
    expect(() => poissonAtMost(1, Number.NaN)).toThrow(RangeError)
    expect(() => poissonAtMost(1, -1)).toThrow(RangeError)
    expect(() => poissonAtMost(1.5, 1)).toThrow(RangeError)
  })
})
