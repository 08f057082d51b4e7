import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, daysOfPeriod } from '../../../shared/period.ts'
import { type CostStatement, prorateCost } from './prorate-cost.ts'

const cost = (from_on: string, hours_per_month: number, hourly_rate: number, other_per_month = 0, currency = 'EUR'): CostStatement => ({
  from_on,
  hours_per_month,
  hourly_rate,
  other_per_month,
  currency,
})
const YEAR = { from_on: '2025-01-01', to_on: '2026-01-01' }

/** Day by day, as one would with a pencil. */
const countByDay = (costs: readonly CostStatement[], days: { from_on: string; to_on: string }) => {
  const sums: { currency: string; amount: number; rate: number }[] = []
  for (let day = days.from_on; day < days.to_on; day = addDays(day, 1)) {
    const inForce = costs.filter(({ from_on }) => from_on <= day).toSorted((a, b) => (a.from_on < b.from_on ? 1 : -1))[0]
    if (inForce === undefined) continue
    const month = daysOfPeriod(day.slice(0, 7), 'month')
    const amount = (inForce.hours_per_month * inForce.hourly_rate + inForce.other_per_month) / daysBetween(month.from_on, month.to_on)
    sums.push({ currency: inForce.currency, amount, rate: inForce.hourly_rate })
  }
  return sums
}

describe('what days cost', () => {
  it('is the monthly amount for each whole month, whatever its length', () => {
    const { stretches, mean_rate } = prorateCost([cost('2024-06-01', 40, 65, 120)], YEAR)
    expect(stretches).toEqual([{ ...YEAR, currency: 'EUR', amount: expect.closeTo(12 * 2720, 8) }])
    expect(mean_rate).toBe(65)
  })

  it('counts by days where it changes within a month', () => {
    const { stretches, mean_rate, is_rate_steady } = prorateCost([cost('2025-01-01', 10, 60), cost('2025-04-16', 10, 90)], {
      from_on: '2025-04-01',
      to_on: '2025-05-01',
    })
    // half of April at 600, half at 900
    expect(stretches[0]?.amount).toBeCloseTo(750, 10)
    expect(mean_rate).toBe(75)
    expect(is_rate_steady).toBe(false)
  })

  it('is nothing before the first statement, and zero where it is said to cost nothing', () => {
    expect(prorateCost([cost('2026-01-01', 1, 1)], YEAR).stretches).toEqual([])
    expect(prorateCost([], YEAR)).toEqual({ stretches: [], mean_rate: null, is_rate_steady: true })
    expect(prorateCost([cost('2025-01-01', 0, 0)], YEAR).stretches).toEqual([{ ...YEAR, currency: 'EUR', amount: 0 }])
  })

  it('keeps currencies apart, and each stretch of one', () => {
    const { stretches, mean_rate } = prorateCost(
      [cost('2025-01-01', 1, 31, 0, 'EUR'), cost('2025-02-01', 1, 28, 0, 'USD'), cost('2025-03-01', 1, 31, 0, 'EUR')],
      { from_on: '2025-01-01', to_on: '2025-04-01' },
    )
    expect(stretches.map(({ currency, amount }) => [currency, Math.round(amount)])).toEqual([
      ['EUR', 31],
      ['USD', 28],
      ['EUR', 31],
    ])
    expect(mean_rate).toBeNull()
  })

  it('adds up to the sum over single days', () => {
    const day = fc.integer({ min: -500, max: 800 }).map((offset) => addDays('2024-01-01', offset))
    const statement = fc.record({
      from_on: day,
      hours_per_month: fc.integer({ min: 0, max: 400 }),
      hourly_rate: fc.integer({ min: 0, max: 200 }),
      other_per_month: fc.integer({ min: 0, max: 5000 }),
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'JPY'),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(statement, { selector: ({ from_on }) => from_on, maxLength: 6 }),
        day,
        fc.integer({ min: 1, max: 400 }),
        (costs, from_on, length) => {
          const days = { from_on, to_on: addDays(from_on, length) }
          const { stretches, mean_rate } = prorateCost(costs, days)
          const byDay = countByDay(costs, days)
          expect(stretches.reduce((sum, part) => sum + daysBetween(part.from_on, part.to_on), 0)).toBe(byDay.length)
          for (const currency of ['EUR', 'JPY']) {
            const of = <T extends { currency: string; amount: number }>(all: readonly T[]) =>
              all.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum + amount, 0)
            expect(of(stretches)).toBeCloseTo(of(byDay), 5)
          }
          if (mean_rate !== null) expect(mean_rate).toBeCloseTo(byDay.reduce((sum, { rate }) => sum + rate, 0) / byDay.length, 8)
        },
      ),
      { numRuns: 60 },
    )
  })
})
