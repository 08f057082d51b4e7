import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilsonInterval, Z_95 } from './wilson-interval.ts'

test('agrees with published and independently computed intervals', () => {
  // 12 of 12 and 41 of 60 stand in the rules of the verdict; the numbers are those of R 4.2.2, prop.test(k, n, correct = FALSE)
  const cases = [
    [12, 12, 0.757506, 1],
    [41, 60, 0.557662, 0.786941],
    [1, 10, 0.017876, 0.40415],
    [0, 10, 0, 0.277533],
    [15, 30, 0.331541, 0.668459],
  ] as const
  for (const [k, n, low, high] of cases) {
    expect(wilsonInterval(k, n)?.low).toBeCloseTo(low, 5)
    expect(wilsonInterval(k, n)?.high).toBeCloseTo(high, 5)
  }
})

test('there is no interval around nothing', () => expect(wilsonInterval(0, 0)).toBeNull())

test('refuses what is no share', () => {
  for (const [k, n] of [
    [8, 7],
    [-1, 7],
    [Number.NaN, 7],
    [1, Number.POSITIVE_INFINITY],
  ] as const)
    expect(() => wilsonInterval(k, n)).toThrow(RangeError)
})

const share = fc.integer({ min: 1, max: 100_000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

test('holds the observed share, stays in 0 to 1, and mirrors', () => {
  fc.assert(
    fc.property(share, ([k, n]) => {
      const found = wilsonInterval(k, n)
      const mirror = wilsonInterval(n - k, n)
      if (!found || !mirror) return false
      expect(found.low).toBeGreaterThanOrEqual(0)
      expect(found.high).toBeLessThanOrEqual(1)
      expect(found.low).toBeLessThanOrEqual(k / n)
      expect(found.high).toBeGreaterThanOrEqual(k / n)
      expect(found.low).toBeCloseTo(1 - mirror.high, 10)
      return true
    }),
  )
})

test('its ends are the shares p for which k lies exactly z standard errors away', () => {
  fc.assert(
    fc.property(share, ([k, n]) => {
      const found = wilsonInterval(k, n)
      for (const p of found ? [found.low, found.high] : [])
        if (p > 0 && p < 1) expect(Math.abs(k / n - p) / Math.sqrt((p * (1 - p)) / n)).toBeCloseTo(Z_95, 5)
    }),
  )
})

test('more cases of the same share make it narrower', () => {
  fc.assert(
    fc.property(share, ([k, n]) => {
      const width = (times: number) => {
        const { low, high } = wilsonInterval(k * times, n * times) ?? { low: 0, high: 0 }
        return high - low
      }
      expect(width(2)).toBeLessThan(width(1))
    }),
  )
})
