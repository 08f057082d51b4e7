import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countOf,
  dayInZone,
  formatChange,
  formatCount,
  formatDay,
  formatHours,
  formatInstant,
  formatPercent,
  formatPeriod,
  formatPeriodRange,
  formatPeriodShort,
  formatShare,
  formatZone,
  joinWords,
  lastKnownDay,
  sayCountOf,
  sayWhen,
} from './format.ts'

/** Reads as people see it: the space that does not break is a space. */
const seen = (text: string | null) => text?.replaceAll('\u00a0', ' ')

describe('counts', () => {
  test('thousands are set apart and minus is a minus', () => {
    expect(formatCount(1234567)).toBe('1,234,567')
    expect(formatCount(-12)).toBe('−12')
    expect(formatCount(-0.2)).toBe('0')
  })
  test('a change carries its sign, and none is neither', () => {
    expect([formatChange(3), formatChange(-3), formatChange(0), formatChange(0.2), formatChange(-0.2)]).toEqual(['+3', '−3', '0', '0', '0'])
  })
  test('the noun fits nought, one and many', () => {
    expect([0, 1, 2].map((n) => seen(countOf(n, 'person', 'people')))).toEqual(['0 people', '1 person', '2 people'])
    expect([0, 1, 2, 12].map((n) => seen(sayCountOf(n, 'answer')))).toEqual(['no answers', 'one answer', 'two answers', '12 answers'])
  })
})

describe('shares', () => {
  test('under ten cases only the count stands', () => {
    expect(formatShare({ value: 4 / 7, numerator: 4, denominator: 7, low: 0.25, high: 0.84 })).toBe('4 of 7')
  })
  test('ten to 29 cases: the count with its interval', () => {
    expect(seen(formatShare({ value: 0.6, numerator: 12, denominator: 20, low: 0.387, high: 0.781 }))).toBe('12 of 20 (39–78 %)')
  })
  test('from 30 cases the percentage with its interval', () => {
    expect(seen(formatShare({ value: 31 / 42, numerator: 31, denominator: 42, low: 0.59, high: 0.85 }))).toBe('74 % (59–85 %)')
  })
  test('no cases is nothing to show, never 0 %', () => {
    expect(formatShare({ value: null, numerator: 0, denominator: 0 })).toBeNull()
    expect(formatShare({ value: null, numerator: null, denominator: null })).toBeNull()
  })
  test('a share that is not quite 0 or 1 never reads 0 % or 100 %', () => {
    expect(seen(formatPercent(0.001))).toBe('under 1 %')
    expect(seen(formatPercent(0.999))).toBe('over 99 %')
    expect(seen(formatPercent(0.9996, 5000))).toBe('over 99.9 %')
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), fc.integer({ min: 0, max: 100_000 }), (share, cases) => {
        expect(['0 %', '100 %']).not.toContain(seen(formatPercent(share, cases)))
      }),
    )
    expect([0, 1].map((s) => seen(formatPercent(s)))).toEqual(['0 %', '100 %'])
  })
  test('a decimal appears only above a thousand cases', () => {
    expect(seen(formatPercent(0.7361, 999))).toBe('74 %')
    expect(seen(formatPercent(0.7361, 1000))).toBe('73.6 %')
  })
})

test('spans of time come in the unit people would use', () => {
  const hours = [0.005, 0.4, 0.999, 1, 4.5, 23.6, 47.4, 48, 72, 24 * 40]
  expect(hours.map((h) => seen(formatHours(h)))).toEqual([
    'under a minute',
    '24 minutes',
    '1 hour',
    '1 hour',
    '4.5 hours',
    '24 hours',
    '47 hours',
    '2 days',
    '3 days',
    '40 days',
  ])
})

test('words are joined as a sentence does', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((words) => joinWords(words))).toEqual(['', 'a', 'a and b', 'a, b and c'])
})

describe('periods and dates', () => {
  test('are named as people name them', () => {
    expect(['2025-03', '2025-W10', '2025-03-03'].map(formatPeriod)).toEqual(['March 2025', 'the week of 3 March 2025', '3 March 2025'])
    expect(['2025-03', '2025-03-03'].map(sayWhen)).toEqual(['in March 2025', 'on 3 March 2025'])
    expect(formatPeriodShort('2025-03', false)).toBe('Mar')
    expect(formatPeriodShort('2025-W10')).toBe('3 Mar 2025')
    expect(formatPeriod('nonsense')).toBe('nonsense')
  })
  test('a range names a shared year once', () => {
    expect(formatPeriodRange('2025-01', '2025-12', 'month')).toBe('January to December 2025')
    expect(formatPeriodRange('2025-04', '2026-03', 'month')).toBe('April 2025 to March 2026')
    expect(formatPeriodRange('2025-W10', '2025-W11', 'week')).toBe('3 March to 16 March 2025')
    expect(formatPeriodRange('2025-03', '2025-03', 'month')).toBe('March 2025')
  })
  test('an instant falls on the day of the zone, not of the reader', () => {
    expect(dayInZone('2025-12-31T23:30:00Z', 'Europe/Berlin')).toBe('2026-01-01')
    expect(dayInZone('2025-12-31T23:30:00Z', 'America/Sao_Paulo')).toBe('2025-12-31')
    // known by the midnight that ends the year: nothing of the new year is
    expect(lastKnownDay('2025-12-31T23:00:00Z', 'Europe/Berlin')).toBe('2025-12-31')
    expect(formatInstant('2025-12-31T23:30:00Z', 'Asia/Kolkata')).toBe('1 January 2026, 05:00')
    expect(dayInZone('0001-06-01T12:00:00Z', 'UTC')).toBe('0001-06-01')
    expect(formatDay('0001-06-01')).toBe('1 June 1')
  })
  test('the zone is readable', () => {
    expect([formatZone('America/Sao_Paulo'), formatZone('Etc/UTC')]).toEqual(['America/Sao Paulo time', 'UTC'])
  })
})
