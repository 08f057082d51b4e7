import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Point } from '../../../shared/contract/metric.ts'
import type { Voices, VoicesOf } from '../../../shared/contract/voices.ts'
import { amountOfFirst, sayFew, sayFirst, sayMarks } from './say-voices.ts'

const point = (more: Partial<Point>): Point => ({
  period: '2025-01-01..2025-12-31',
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'ok',
  reason: null,
  is_unfinished: false,
  ...more,
})

/** Of counts in falling order, each its own corner. */
const voicesOf = (counts: number[], of: VoicesOf = 'answers'): Voices => {
  const amount = counts.reduce((a, b) => a + b, 0)
  const steps = counts.map((_, i) => {
    const first = counts.slice(0, i + 1).reduce((a, b) => a + b, 0)
    return { people: i + 1, amount: first, share: first / amount }
  })
  const marks = [0.5, 0.8].map((least) => ({ least, ...(steps.find((step) => step.share >= least) as (typeof steps)[number]) }))
  const suffix = { contributions: '', answers: '-of-answers', starts: '-of-starts' }[of]
  return {
    of,
    period: '2025-01-01..2025-12-31',
    known_by: '2026-01-01T00:00:00Z',
    is_unfinished: false,
    metrics: [
      { id: `top-share${suffix}`, point: point({ value: (counts[0] ?? 0) / amount, numerator: counts[0] ?? 0, denominator: amount }) },
    ],
    curve: { people: counts.length, amount, anonymous: 0, steps, marks },
  }
}
const DAYS = '1 January to 31 December 2025'
const THAN = 'from 1 January to 31 December 2024'
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('how few make most of it, and how that differs from the time before', () => {
  const now = voicesOf([30, 20, 15, 10, 8, 6, 5, 4, 2])
  const before = voicesOf([15, 14, 13, 12, 11, 10, 9, 8, 5, 3]).curve
  expect(plain(sayFew(now, DAYS, null, THAN))).toBe('Five of nine people gave 80 % of answers from 1 January to 31 December 2025.')
  expect(plain(sayFew(now, DAYS, before, THAN))).toContain('2025, two fewer than from 1 January to 31 December 2024.')
  expect(plain(sayFew(now, DAYS, now.curve, THAN))).toContain(', as many as from')
})

test('one person who makes nearly all of it is said with the share', () => {
  const now = voicesOf([285, 10, 8, 4, 3], 'contributions')
  expect(plain(sayFew(now, DAYS, null, THAN))).toBe('One of five people made 92 % of contributions from 1 January to 31 December 2025.')
  expect(plain(sayFew(now, DAYS, now.curve, THAN))).toContain(', as one person did before.')
  expect(plain(sayFew(now, DAYS, voicesOf([20, 18, 15, 10, 9]).curve, THAN))).toContain('; it took four people for 80 % from 1 January')
})

test('what may not be told is said with its reason', () => {
  const none: Voices = {
    ...voicesOf([1]),
    curve: null,
    metrics: [{ id: 'absence-factor-of-answers', point: point({ status: 'too_few', reason: 'Too few.' }) }],
  }
  expect(sayFew(none, DAYS, null, THAN)).toBe('Too few.')
  expect(sayFew({ ...none, metrics: [] }, DAYS, null, THAN)).toBe('Nothing is known of these days.')
})

test('the marks in words', () => {
  expect(plain(sayMarks(voicesOf([30, 20, 15, 10, 8, 6, 5, 4, 2]).curve as never, 'answers', DAYS))).toBe(
    'From 1 January to 31 December 2025 nine people gave 100 answers: two of them gave half, five gave 80 %.',
  )
  expect(plain(sayMarks(voicesOf([90, 5, 3, 1, 1], 'starts').curve as never, 'starts', DAYS))).toContain(
    'started 100 threads: one of them alone started over 80 %.',
  )
})

test('any number of people can be read off the curve, those who made equally many too', () => {
  const curve = {
    people: 48,
    amount: 100,
    anonymous: 0,
    marks: [],
    steps: [
      { people: 2, amount: 60, share: 0.6 },
      { people: 42, amount: 100, share: 1 },
    ],
  }
  expect(amountOfFirst(curve.steps, 1)).toBe(30)
  expect(amountOfFirst(curve.steps, 12)).toBe(70)
  expect(plain(sayFirst({ ...curve, people: 42 }, 12, 'answers'))).toBe('The first 12 of 42 people: 70 % (70 of 100 answers)')
  expect(plain(sayFirst({ ...curve, people: 42 }, 1, 'answers'))).toBe('The first of 42 people: 30 % (30 of 100 answers)')
  expect(plain(sayFirst({ ...curve, people: 42 }, 42, 'answers'))).toBe('All 42 people: 100 % (100 of 100 answers)')
})

test('the curve never falls, and ends at all of it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 }), (counts) => {
      const { curve } = voicesOf(counts.sort((a, b) => b - a))
      const amounts = counts.map((_, i) => amountOfFirst(curve?.steps ?? [], i + 1))
      expect(amounts).toEqual([...amounts].sort((a, b) => a - b))
      expect(amounts.at(-1)).toBe(curve?.amount)
    }),
  )
})
