import { describe, expect, test } from 'vitest'
import { betaBinomialAtMost, incompleteBeta, logGamma, negativeBinomialAtMost, normalDeviate, studentTwoSided } from './tails.ts'

// every expected figure is R 4's: lgamma, pbeta, pt, pnbinom, pbinom, qnorm, and choose() × beta() summed
describe('tails', () => {
  test('ln Γ is that of R', () => {
    expect(logGamma(100.5)).toBeCloseTo(361.435540467778, 9)
    expect(logGamma(0.3)).toBeCloseTo(1.09579799481808, 12)
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 12)
  })

  test('the incomplete beta function is that of R, on either side of its middle and for large arguments', () => {
    expect(incompleteBeta(0.3, 2000, 5000)).toBeCloseTo(0.9956555941910081, 10)
    expect(incompleteBeta(0.25, 2, 3)).toBeCloseTo(0.26171875, 12)
    expect(incompleteBeta(0.75, 2, 3)).toBeCloseTo(0.94921875, 12)
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1])
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError)
  })

  test('Student’s t and the normal deviate are each other’s limit', () => {
    expect(studentTwoSided(2.228139, 10)).toBeCloseTo(0.05, 6)
    expect(studentTwoSided(0, 3)).toBe(1)
    expect(normalDeviate(0.05)).toBeCloseTo(1.95996398, 6)
    expect(normalDeviate(0.5)).toBeCloseTo(0.67448975, 6)
    expect(normalDeviate(0.04851)).toBeCloseTo(1.972873, 5)
    expect(normalDeviate(1e-6)).toBeCloseTo(4.891638, 5)
    expect(normalDeviate(1)).toBe(0)
    for (const p of [0.9, 0.3, 0.04, 1e-4]) expect(studentTwoSided(normalDeviate(p), 1e7)).toBeCloseTo(p, 5)
  })

  test('a negative binomial is that of R, and near a Poisson where it is hardly wider', () => {
    expect(negativeBinomialAtMost(3, 5, 10)).toBeCloseTo(0.36328125, 12)
    expect(negativeBinomialAtMost(-1, 5, 10)).toBe(0)
    expect(negativeBinomialAtMost(2, 8, 8.0001)).toBeCloseTo(0.013753967744003, 5)
  })

  test('a beta-binomial is the sum of its terms, and near a binomial without correlation', () => {
    expect(betaBinomialAtMost(7, 10, 0.6, 0.1)).toBeCloseTo(0.7344101009550356, 10)
    expect(betaBinomialAtMost(3, 10, 0.4, 0)).toBeCloseTo(0.3822806016, 6)
    expect([betaBinomialAtMost(-1, 10, 0.4, 0.1), betaBinomialAtMost(10, 10, 0.4, 0.1)]).toEqual([0, 1])
    const steps = Array.from({ length: 21 }, (_, k) => betaBinomialAtMost(k, 20, 0.3, 0.2))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    const mean = steps.reduce((sum, atMost) => sum + (1 - atMost), 0)
    expect(mean).toBeCloseTo(6, 9)
  })
})
