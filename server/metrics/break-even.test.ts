import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findBreakEven, sayBreakEven } from './break-even.ts'

test('cost ÷ rate ÷ confirmed answers', () => {
  expect(findBreakEven({ cost: 1200, hourly_rate: 60, helpful_answer_count: 40 })).toEqual({ hours_per_answer: 0.5, reason: null })
  expect(sayBreakEven({ cost: 1200, hourly_rate: 60, helpful_answer_count: 40 }).replaceAll('\u00a0', ' ')).toBe(
    'To cover its cost, each of the 40 confirmed answers would have to save 30 minutes.',
  )
})

test.each([
  [{ cost: null, hourly_rate: 60, helpful_answer_count: 40 }, 'what the community costs'],
  [{ cost: 1200, hourly_rate: null, helpful_answer_count: 40 }, 'what an hour costs'],
  [{ cost: 1200, hourly_rate: 60, helpful_answer_count: null }, 'which answers helped'],
  [{ cost: 1200, hourly_rate: 60, helpful_answer_count: 0 }, 'No answer was confirmed'],
  [{ cost: 1200, hourly_rate: 0, helpful_answer_count: 4 }, 'costs nothing'],
])('%o: unknown, never 0', (inputs, reason) => {
  expect(findBreakEven(inputs)).toMatchObject({ hours_per_answer: null, reason: expect.stringContaining(reason) })
  expect(sayBreakEven(inputs)).toContain(reason)
})

test('what costs nothing has nothing to cover', () =>
  expect(findBreakEven({ cost: 0, hourly_rate: 60, helpful_answer_count: 0 }).hours_per_answer).toBe(0))

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('%d is no amount', (amount) =>
  expect(() => findBreakEven({ cost: amount, hourly_rate: 1, helpful_answer_count: 1 })).toThrow(RangeError),
)

test('saving that many hours with each answer covers the cost', () => {
  const amount = fc.double({ min: 0.01, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 1, max: 100_000 }), (cost, hourly_rate, helpful_answer_count) => {
      const { hours_per_answer } = findBreakEven({ cost, hourly_rate, helpful_answer_count })
      expect(((hours_per_answer as number) * helpful_answer_count * hourly_rate) / cost).toBeCloseTo(1, 9)
    }),
  )
})
