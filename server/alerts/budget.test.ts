import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BUDGET_STEPS, expectedAt, fitBudget, type WatchedPair } from './budget.ts'

/** Falls to half with every half of strictness. */
const pair = (usual: number, { hasLimits = true, own = null as number | null } = {}): WatchedPair => ({
  hasLimits,
  own,
  rateAt: (strictness) => (hasLimits ? usual * 0.25 ** (strictness - 1) : usual),
})

it('takes the smallest strictness by which all together stay within the budget', () => {
  const pairs = [pair(0.4), pair(0.4), pair(0.2)]
  expect(BUDGET_STEPS).toHaveLength(21)
  expect([BUDGET_STEPS[0], BUDGET_STEPS[1], BUDGET_STEPS.at(-1)]).toEqual([1, 1.05, 2])
  expect(fitBudget(pairs, null)).toMatchObject({ strictness: 1, expected: 1, is_kept: true })
  // not used up: as usual, and never looser
  expect(fitBudget(pairs, 5)).toMatchObject({ strictness: 1, is_kept: true })
  // 0.25^(s-1) = 0.5 at s = 1.5
  expect(fitBudget(pairs, 0.5)).toMatchObject({ strictness: 1.5, is_kept: true })
  expect(fitBudget(pairs, 0.5).expected).toBeCloseTo(0.5, 12)
  expect(fitBudget(pairs, 0.49)).toMatchObject({ strictness: 1.55, is_kept: true })
})

it('says what no limits change, where even the strictest are not enough', () => {
  const pairs = [pair(0.4), pair(0.3, { hasLimits: false }), pair(0.8, { own: 1.5 })]
  expect(fitBudget(pairs, 0.6)).toMatchObject({ strictness: 2, is_kept: false, without_limits: 0.3 })
  expect(fitBudget(pairs, 0.6).own).toBeCloseTo(0.4, 12)
  expect(fitBudget(pairs, 0.6).expected).toBeCloseTo(0.1 + 0.3 + 0.4, 12)
  expect(fitBudget([], 0)).toMatchObject({ strictness: 1, expected: 0, is_kept: true })
})

const pairs = fc.array(
  fc.record({
    usual: fc.double({ min: 0, max: 1, noNaN: true }),
    hasLimits: fc.boolean(),
    own: fc.option(fc.double({ min: 0.8, max: 2, noNaN: true })),
  }),
  { maxLength: 30 },
)
const of = (made: { usual: number; hasLimits: boolean; own: number | null }[]) =>
  made.map(({ usual, ...rest }) => pair(usual, { hasLimits: rest.hasLimits, own: rest.hasLimits ? rest.own : null }))
const number = fc.double({ min: 0, max: 10, noNaN: true })

it('is never stricter for a larger budget, nor looser where more is watched', () => {
  fc.assert(
    fc.property(pairs, pairs, number, number, (made, more, budget, added) => {
      const fit = fitBudget(of(made), budget)
      expect(fitBudget(of(made), budget + added).strictness).toBeLessThanOrEqual(fit.strictness)
      expect(fitBudget([...of(made), ...of(more)], budget).strictness).toBeGreaterThanOrEqual(fit.strictness)
      // what it says comes true, by a plain search
      const within = BUDGET_STEPS.filter((strictness) => expectedAt(of(made), strictness) <= budget)
      expect(fit.is_kept).toBe(within.length > 0)
      expect(fit.strictness).toBe(within[0] ?? 2)
      expect(fit.expected).toBe(expectedAt(of(made), fit.strictness))
    }),
  )
})
