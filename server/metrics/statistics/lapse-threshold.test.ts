import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLapseThreshold } from './lapse-threshold.ts'

const RULE = { from: 30, horizon: 365, most: 0.1 }

test('without silences that still last, it is the plain share of those silent so long that came back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 31, max: 500 }), { maxLength: 60 }), (lengths) => {
      const days = [...new Set(lengths)].sort((a, b) => a - b)
      const exits = days.map((time) => ({ time, event_count: lengths.filter((l) => l === time).length, censored_count: 0 }))
      const isFewAfter = (g: number) => {
        const silent = lengths.filter((l) => l > g)
        return silent.length > 0 && silent.filter((l) => l <= RULE.horizon).length / silent.length <= RULE.most
      }
      const all = Array.from({ length: RULE.horizon - RULE.from + 1 }, (_, i) => RULE.from + i)
      const expected = lengths.length === 0 ? RULE.from : (all.find(isFewAfter) ?? null)
      expect(findLapseThreshold(exits, RULE)).toEqual({
        threshold_days: expected,
        followed_count: lengths.filter((l) => l >= RULE.horizon).length,
      })
    }),
    { numRuns: 500, seed: 3 },
  )
})

test('agrees with 1 - S(365)/S(g) of survfit in R, silences that still last being censored', () => {
  // R 4.2.2, survival 3.5.3: fit <- survfit(Surv(time, event) ~ 1); s <- summary(fit, times = 30:365, extend = TRUE)$surv
  // min((30:365)[1 - tail(s, 1) / s <= 0.1]); the times of the returns, then of those still silent:
  const returned = [31, 33, 33, 35, 38, 41, 44, 47, 47, 52, 58, 60, 66, 71, 71, 88, 93, 120, 151, 240, 380]
  const open = [34, 36, 50, 66, 70, 95, 130, 150, 151, 200, 300, 365, 370, 372, 400, 400, 410, 430, 500, 720]
  const days = [...new Set([...returned, ...open])].sort((a, b) => a - b)
  const count = (times: number[], time: number) => times.filter((t) => t === time).length
  const exits = days.map((time) => ({ time, event_count: count(returned, time), censored_count: count(open, time) }))
  expect(findLapseThreshold(exits, RULE)).toEqual({ threshold_days: 151, followed_count: 10 })
})
