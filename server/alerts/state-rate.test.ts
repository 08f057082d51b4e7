import { describe, expect, it } from 'vitest'
import { type AlertRuleId, statedRateSchema } from '../../shared/contract/alert.ts'
import { rules } from './catalogue.ts'
import { classOfSwing, rateAmong, type StatedRow, stateDelay, stateRate } from './state-rate.ts'

const row = (strictness: number, a_year: number, standard_error = 0.02): StatedRow => ({
  strictness,
  a_year,
  standard_error,
  kind: 'made up',
})

describe('a rate among those that were simulated', () => {
  const rows = [row(1, 0.4), row(0.8, 0.9), row(2, 0), row(1.5, 0.1, 0.01)]

  it('is what was measured at its strictness, and a straight line between two', () => {
    expect(rateAmong(rows, 1)).toMatchObject({ a_year: 0.4 })
    expect(rateAmong(rows, 0.9)?.a_year).toBeCloseTo(0.65, 9)
    expect(rateAmong(rows, 1.25)?.a_year).toBeCloseTo(0.25, 9)
    // the less certain of the two
    expect(rateAmong(rows, 1.25)?.standard_error).toBe(0.02)
  })

  it('is that of the nearest beyond what was simulated, and never nothing', () => {
    expect(rateAmong(rows, 0.5)?.a_year).toBe(0.9)
    expect(rateAmong(rows, 7)?.a_year).toBe(0.01)
    expect(rateAmong([], 1)).toBeNull()
  })

  it('never rises with stricter limits, and is never less than what was measured', () => {
    const byChance = [row(0.8, 0.2), row(1, 0.3, 0.04), row(1.2, 0.1)]
    expect(rateAmong(byChance, 0.8)).toEqual({ a_year: 0.3, standard_error: 0.04 })
    let last = Number.POSITIVE_INFINITY
    for (let strictness = 0.7; strictness < 1.4; strictness += 0.01) {
      const { a_year } = rateAmong(byChance, strictness) as { a_year: number }
      expect(a_year).toBeLessThanOrEqual(last + 1e-12)
      last = a_year
    }
    for (const one of byChance) expect(rateAmong(byChance, one.strictness)?.a_year).toBeGreaterThanOrEqual(one.a_year)
  })
})

describe('the rate that is stated of a decline', () => {
  it('is one for every class of swing, in words, and less for stricter limits', () => {
    for (const swing of [null, 0, 1, 1.3, 5, 1000]) {
      const [loose, usual, strict] = [0.8, 1, 2].map((strictness) => statedRateSchema.parse(stateRate('decline', strictness, swing)))
      expect(loose?.a_year).toBeGreaterThanOrEqual(usual?.a_year ?? 0)
      expect(usual?.a_year).toBeGreaterThan(strict?.a_year ?? 0)
      expect(usual?.a_year).toBeLessThanOrEqual(0.5)
      expect(usual?.standard_error).toBeGreaterThan(0)
    }
    expect(stateRate('decline', 1, 0.5).a_year).toBeLessThan(stateRate('decline', 1, 3).a_year)
  })

  it('says how much later stricter limits see', () => {
    const weeks = [0.8, 1, 1.5, 2].map((strictness) => stateDelay('decline', strictness).weeks ?? Number.POSITIVE_INFINITY)
    expect(weeks).toEqual(weeks.toSorted((a, b) => a - b))
    expect(weeks[1]).toBeLessThanOrEqual(8)
  })

  it('is none for what was not simulated', () => {
    const unknown = 'unknown' as AlertRuleId
    expect(stateRate(unknown, 1, null)).toEqual({ a_year: 0, standard_error: null, of: 'not simulated' })
    expect(stateDelay(unknown, 1)).toEqual({ weeks: null, of: 'not simulated' })
  })

  it('is of each rule in the catalogue, from the simulation', () => {
    for (const rule of rules) expect(stateRate(rule.id, 1, null).standard_error).toBeGreaterThan(0)
  })
})

it('classes a community by its swing, on the edge by the wilder one', () => {
  expect([null, 0.9, 1.1, 1.5, 1.6, 9].map((swing) => classOfSwing(swing, [1.1, 1.6]))).toEqual([
    'any',
    'calm',
    'uneven',
    'uneven',
    'wild',
    'wild',
  ])
  expect(classOfSwing(3, null)).toBe('any')
})
