import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween, daysOfPeriod } from '../../../shared/period.ts'
import { findReportDays, QUARTER_DAYS, SPANS, YEAR_DAYS } from './report-days.ts'

const whenOf = (month: string, first_on: string, known_on: string) => {
  const days = findReportDays(month, { first_on, known_on })
  return days && SPANS.map((name) => days[name].when)
}

test('the spans are named as people name them, and cut to what the data reach', () => {
  expect(whenOf('2025-12', '2020-01-01', '2026-01-01')).toEqual([
    'in December 2025',
    'in the 90 days to 31 December 2025',
    'in the year to 31 December 2025',
  ])
  expect(whenOf('2025-12', '2025-11-05', '2025-12-18')).toEqual([
    'from 1 to 18 December 2025',
    'from 5 November to 18 December 2025',
    'from 5 November to 18 December 2025',
  ])
  expect(whenOf('2025-12', '2025-12-31', '2026-02-01')).toEqual(['on 31 December 2025', 'on 31 December 2025', 'on 31 December 2025'])
  expect(whenOf('2024-02', '2020-01-01', '2024-03-01')?.[0]).toBe('in February 2024')
})

test('there are none where the data reach none of the month', () => {
  expect(whenOf('2025-12', '2026-01-01', '2026-03-01')).toBeNull()
  expect(whenOf('2025-12', '2020-01-01', '2025-11-30')).toBeNull()
})

test('whatever the data reach, the spans end together, lie in each other, and what is before them lies right before', () => {
  const day = fc.integer({ min: 0, max: 900 }).map((offset) => addDays('2024-01-01', offset))
  fc.assert(
    fc.property(day, day, fc.constantFrom('2024-02', '2025-03', '2025-12'), (a, b, month) => {
      const [first_on, known_on] = [a, b].sort() as [string, string]
      const days = findReportDays(month, { first_on, known_on })
      const { from_on, to_on } = daysOfPeriod(month, 'month')
      expect(days === null).toBe(known_on < from_on || first_on >= to_on)
      if (days === null) return
      const last = addDays(days.month.to_on, -1)
      expect(last <= known_on && last < to_on && last >= from_on).toBe(true)
      for (const name of SPANS) {
        const { from_on: from, to_on: to, before, label } = days[name]
        expect(to).toBe(days.month.to_on)
        expect(from >= first_on && from <= last).toBe(true)
        expect(label).toBe(`${from}..${last}`)
        if (before === null) continue
        expect(before.to_on).toBe(from)
        expect(before.from_on >= first_on).toBe(true)
        if (name !== 'month') expect(daysBetween(before.from_on, before.to_on)).toBe(name === 'quarter' ? QUARTER_DAYS : YEAR_DAYS)
      }
      expect(days.year.from_on <= days.quarter.from_on && days.quarter.from_on <= days.month.from_on).toBe(true)
    }),
  )
})
