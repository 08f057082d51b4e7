import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distributionOf, forgetDistribution } from './distribution.ts'

test('says the sum, the largest, how many have any, the squares and the ten largest of counts in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 40, size: 'max' }), (counts) => {
      const falling = counts.filter((count) => count > 0).sort((a, b) => b - a)
      const sum = (some: number[]) => some.reduce((all, one) => all + one, 0)
      expect(distributionOf(counts)).toEqual({
        sum: sum(falling),
        top: falling[0] ?? 0,
        top_index: falling.length ? counts.indexOf(falling[0] as number) : -1,
        people: falling.length,
        sum_of_squares: sum(falling.map((count) => count ** 2)),
        top_ten: sum(falling.slice(0, 10)),
      })
    }),
  )
})

test('looks again at counts that it was told to forget', () => {
  const counts = [1, 2]
  expect(distributionOf(counts).top).toBe(2)
  counts[0] = 5
  forgetDistribution(counts)
  expect(distributionOf(counts)).toMatchObject({ top: 5, top_index: 0 })
})
