import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  absenceFactor,
  adjustedGini,
  concentrationCurve,
  effectiveVoices,
  effectiveVoicesOrder2,
  fewestHolding,
  giniCoefficient,
  herfindahl,
  topShare,
} from './concentration.ts'

const ALL = { absenceFactor, adjustedGini, effectiveVoices, effectiveVoicesOrder2, giniCoefficient, herfindahl, topShare }

describe('1, 2, 3, 4, 10', () => {
  const counts = [3, 1, 10, 4, 2]
  test('top share', () => expect(topShare(counts)).toBe(0.5))
  test('G', () => expect(giniCoefficient(counts)).toBeCloseTo(0.4, 12))
  test('G*', () => expect(adjustedGini(counts)).toBeCloseTo(0.5, 12))
  test('HHI', () => expect(herfindahl(counts)).toBeCloseTo(0.325, 12))
  test('N2', () => expect(effectiveVoicesOrder2(counts)).toBeCloseTo(3.077, 3))
  test('N1', () => expect(effectiveVoices(counts)).toBeCloseTo(3.793, 3))
  test('absence factor', () => expect(absenceFactor(counts)).toBe(1))
})

test('the example of CHAOSS', () => expect(absenceFactor([1000, 202, 90, 33, 332, 343, 42, 433])).toBe(2))

test('a plain Zipf tail gives its leader 34 % among ten and 22 % among fifty', () => {
  const zipf = (n: number) => Array.from({ length: n }, (_, i) => 1 / (i + 1))
  expect(topShare(zipf(10))).toBeCloseTo(0.34, 2)
  expect(topShare(zipf(50))).toBeCloseTo(0.22, 2)
})

test('nobody has no concentration', () => {
  for (const measure of Object.values(ALL)) expect([measure([]), measure([0, 0])]).toEqual([null, null])
})

test('one person is one voice', () => {
  expect([
    topShare([7]),
    herfindahl([7]),
    effectiveVoices([7]),
    effectiveVoicesOrder2([7]),
    absenceFactor([7]),
    giniCoefficient([7]),
  ]).toEqual([1, 1, 1, 1, 1, 0])
  expect(adjustedGini([7])).toBeNull()
})

test('equal people are as many voices as they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1, max: 1000 }), (n, each) => {
      const counts = Array.from({ length: n }, () => each)
      expect(effectiveVoices(counts)).toBeCloseTo(n, 6)
      expect(effectiveVoicesOrder2(counts)).toBeCloseTo(n, 6)
      expect(adjustedGini(counts)).toBeCloseTo(0, 12)
      expect(absenceFactor(counts)).toBe(Math.ceil(n / 2))
    }),
  )
})

const counts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 }).filter((list) => list.some((count) => count > 0))

test('agrees with slow obvious versions', () => {
  fc.assert(
    fc.property(counts, (list) => {
      const people = list.filter((count) => count > 0)
      const total = people.reduce((a, b) => a + b)
      const n = people.length
      // half the mean absolute difference over the mean
      const differences = people.flatMap((a) => people.map((b) => Math.abs(a - b))).reduce((a, b) => a + b)
      expect(giniCoefficient(list)).toBeCloseTo(differences / (2 * n * total), 10)
      // the smallest of all subsets that hold half
      let fewest = n
      for (let bits = 1; bits < 2 ** n; bits += 1) {
        const chosen = people.filter((_, i) => bits & (1 << i))
        if (chosen.reduce((a, b) => a + b, 0) * 2 >= total) fewest = Math.min(fewest, chosen.length)
      }
      expect(absenceFactor(list)).toBe(fewest)
      // the chance that two contributions drawn with replacement are by the same person
      const pairs = people.flatMap((a, i) => people.map((b, j) => (i === j ? a * b : 0))).reduce((a, b) => a + b)
      expect(herfindahl(list)).toBeCloseTo(pairs / total ** 2, 10)
    }),
    { numRuns: 60 },
  )
})

test('bounds, and Hill numbers fall with their order', () => {
  fc.assert(
    fc.property(counts, (list) => {
      const n = list.filter((count) => count > 0).length
      const n1 = effectiveVoices(list) ?? 0
      const n2 = effectiveVoicesOrder2(list) ?? 0
      expect(n).toBeGreaterThanOrEqual(n1 - 1e-9)
      expect(n1).toBeGreaterThanOrEqual(n2 - 1e-9)
      expect(n2).toBeGreaterThanOrEqual(1 / (topShare(list) ?? 1) - 1e-9)
      expect(adjustedGini(list) ?? 0).toBeLessThanOrEqual(1 + 1e-12)
    }),
  )
})

test('neither order, nor people without contributions, nor scale matter', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 2, max: 9 }), (list, times) => {
      const same = [0, ...list.toReversed().map((count) => count * times), 0]
      for (const measure of Object.values(ALL)) {
        const expected = measure(list)
        if (expected === null) expect(measure(same)).toBeNull()
        else expect(measure(same)).toBeCloseTo(expected, 10)
      }
    }),
  )
})

test('the fewest who hold a part, and the curve, are those of people ranked one by one', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 })
  const part = fc.constantFrom([1, 2], [4, 5], [1, 1], [9, 10], [1, 3])
  fc.assert(
    fc.property(counts, part, (some, [k = 1, of = 1]) => {
      const ranked = some.filter((count) => count > 0).sort((a, b) => b - a)
      const total = ranked.reduce((a, b) => a + b, 0)
      const first = (people: number) => ranked.slice(0, people).reduce((a, b) => a + b, 0)
      const people = ranked.findIndex((_, i) => first(i + 1) * of >= total * k) + 1
      expect(fewestHolding(some, k, of)).toEqual(people === 0 ? null : { people, amount: first(people) })
      const curve = concentrationCurve(some)
      // between two corners it runs straight
      const amountAt = (rank: number) => {
        const next = curve.findIndex((step) => step.people >= rank)
        const [from, to] = [curve[next - 1] ?? { people: 0, amount: 0 }, curve[next] ?? { people: 0, amount: 0 }]
        return from.amount + ((rank - from.people) * (to.amount - from.amount)) / (to.people - from.people)
      }
      for (const [i] of ranked.entries()) expect(amountAt(i + 1)).toBeCloseTo(first(i + 1), 9)
    }),
    { numRuns: 300, seed: 6 },
  )
})

test('hundreds of thousands of people have a short curve that leaves nobody out', () => {
  const counts = Array.from({ length: 300_000 }, (_, i) => Math.ceil(5000 / (i + 1)))
  const curve = concentrationCurve(counts)
  expect(curve.at(-1)).toEqual({ people: 300_000, amount: counts.reduce((a, b) => a + b, 0) })
  expect(curve.length).toBeLessThan(200)
})
