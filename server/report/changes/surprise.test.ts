import { describe, expect, test } from 'vitest'
import { poissonAtMost } from '../../diagnosis/poisson.ts'
import { surpriseOfCount, surpriseOfShare, surpriseOfValue, UNUSUAL } from './surprise.ts'

/** Numbers between 0 and 1 from a seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const draws = (random: () => number) => {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  /** Marsaglia & Tsang 2000. */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - random()) ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }
  const poisson = (mean: number): number => {
    const least = Math.exp(-mean)
    let count = 0
    for (let product = random(); product > least; product *= random()) count++
    return count
  }
  /** Counts with so many times the variance of chance. */
  const count = (mean: number, spread: number): number => poisson(spread === 1 ? mean : gamma(mean / (spread - 1)) * (spread - 1))
  /** Cases of so many, whose share itself differs from period to period. */
  const cases = (of: number, share: number, correlation: number): number => {
    const size = correlation === 0 ? 0 : 1 / correlation - 1
    const [a, b] = [gamma(share * size), gamma((1 - share) * size)]
    const own = correlation === 0 ? share : a / (a + b)
    return Array.from({ length: of }, () => random() < own).filter(Boolean).length
  }
  return { normal, count, cases }
}

const RUNS = 700
const rateOf = (isUnusual: () => boolean): number => Array.from({ length: RUNS }, isUnusual).filter(Boolean).length / RUNS
const list = <T>(length: number, make: () => T): T[] => Array.from({ length }, make)

describe('how surprising', () => {
  // of 700 periods the standard error is about 0.8 points: the limits lie well outside it around what 4,000 showed (docs/changes.md)
  test.each([
    [12, 8, 1, 0.004, 0.045, 0.14],
    [12, 25, 1, 0.006, 0.05, 0.57],
    [24, 25, 2, 0.025, 0.075, 0.43],
    [24, 100, 4, 0.03, 0.09, 0.75],
  ])(
    'steady counts, %i periods of %i with %i × the variance of chance: once in 20 comes about once in 20, and a halving is found',
    (past, mean, spread, least, most, found) => {
      const { count } = draws(randomFrom(past * 1000 + mean * 10 + spread))
      const drawPast = () => list(past, () => ({ count: count(mean, spread), exposure: 1 }))
      const steady = rateOf(() => surpriseOfCount(drawPast(), { count: count(mean, spread), exposure: 1 }).probability <= UNUSUAL)
      expect(steady).toBeGreaterThan(least)
      expect(steady).toBeLessThan(most)
      const halved = rateOf(() => {
        const surprise = surpriseOfCount(drawPast(), { count: count(mean / 2, spread), exposure: 1 })
        return surprise.probability <= UNUSUAL && surprise.side === 'below'
      })
      expect(halved).toBeGreaterThan(found)
    },
  )

  test.each([
    [12, 20, 0.9, 0, 0, 0.03, 0.93],
    [12, 20, 0.5, 0.05, 0.015, 0.07, 0.2],
    [24, 60, 0.5, 0.05, 0.025, 0.09, 0.41],
  ])('steady shares, %i periods of %i cases at %f with correlation %f: the same', (past, of, share, correlation, least, most, found) => {
    const { cases } = draws(randomFrom(past * 1000 + of))
    const draw = (at: number) => ({ numerator: cases(of, at, correlation), denominator: of })
    const drawPast = () => list(past, () => draw(share))
    const steady = rateOf(() => surpriseOfShare(drawPast(), draw(share)).probability <= UNUSUAL)
    expect(steady).toBeGreaterThan(least)
    expect(steady).toBeLessThan(most)
    expect(rateOf(() => surpriseOfShare(drawPast(), draw(share / 2)).probability <= UNUSUAL)).toBeGreaterThan(found)
  })

  test('steady values: the same', () => {
    const { normal } = draws(randomFrom(7))
    const value = () => Math.exp(2 + 0.5 * normal())
    const steady = rateOf(() => surpriseOfValue(list(12, value), value()).probability <= UNUSUAL)
    expect(steady).toBeGreaterThan(0.03)
    expect(steady).toBeLessThan(0.07)
  })

  test('with a long past of pure chance it is the Poisson tail itself', () => {
    const past = list(100_000, () => ({ count: 9, exposure: 1 }))
    // a spread smaller than chance counts as chance
    for (const count of [2, 5, 14]) {
      const below = (poissonAtMost(count - 1, 9) + poissonAtMost(count, 9)) / 2
      const { probability } = surpriseOfCount(past, { count, exposure: 1 })
      expect(probability).toBeCloseTo(2 * Math.min(below, 1 - below), 3)
    }
  })

  test('what is usual is just what is not unusual', () => {
    const counts = [18, 25, 31, 22, 19, 27, 24, 30, 21, 26, 23, 28].map((count) => ({ count, exposure: 30 }))
    const { usual_low, usual_high } = surpriseOfCount(counts, { count: 12, exposure: 30 })
    const isUsual = (count: number) => surpriseOfCount(counts, { count, exposure: 30 }).probability > UNUSUAL
    expect([isUsual(usual_low - 1), isUsual(usual_low), isUsual(usual_high), isUsual(usual_high + 1)]).toEqual([false, true, true, false])
    const shares = list(12, () => ({ numerator: 17, denominator: 20 }))
    const share = surpriseOfShare(shares, { numerator: 6, denominator: 7 })
    expect(share.usual_high).toBe(7)
    expect(share.usual_low).toBeGreaterThanOrEqual(2)
    expect(surpriseOfShare(shares, { numerator: share.usual_low - 1, denominator: 7 }).probability).toBeLessThanOrEqual(UNUSUAL)
  })

  test('a short period, or more members, is no surprise in itself', () => {
    const past = list(12, () => ({ count: 30, exposure: 30 }))
    const half = surpriseOfCount(past, { count: 15, exposure: 15 })
    expect(half.expected).toBeCloseTo(15, 0)
    expect(half.probability).toBeGreaterThan(0.5)
    expect(surpriseOfCount(past, { count: 15, exposure: 30 }).probability).toBeLessThan(UNUSUAL)
  })

  test('nothing at all, all of all, and very many are answered too', () => {
    const none = list(12, () => ({ count: 0, exposure: 1 }))
    expect(surpriseOfCount(none, { count: 0, exposure: 1 })).toMatchObject({ usual_low: 0, side: 'below' })
    expect(surpriseOfCount(none, { count: 0, exposure: 1 }).probability).toBeGreaterThan(0.5)
    expect(surpriseOfCount(none, { count: 9, exposure: 1 }).probability).toBeLessThan(0.01)
    const all = list(12, () => ({ numerator: 9, denominator: 9 }))
    expect(surpriseOfShare(all, { numerator: 9, denominator: 9 })).toMatchObject({ usual_high: 9, side: 'above' })
    expect(surpriseOfShare(all, { numerator: 4, denominator: 9 }).probability).toBeLessThan(0.01)
    expect(surpriseOfShare(all, { numerator: 1, denominator: 1 }).probability).toBeGreaterThan(0.5)
    const many = list(24, (): { count: number; exposure: number } => ({ count: 1_000_000, exposure: 30 }))
    expect(surpriseOfCount(many, { count: 1_000_000, exposure: 30 }).probability).toBeGreaterThan(0.9)
    expect(surpriseOfCount(many, { count: 900_000, exposure: 30 }).probability).toBeLessThan(1e-6)
    const shares = list(12, () => ({ numerator: 60_000, denominator: 100_000 }))
    expect(surpriseOfShare(shares, { numerator: 40_000, denominator: 100_000 }).probability).toBeLessThan(1e-6)
  })
})
