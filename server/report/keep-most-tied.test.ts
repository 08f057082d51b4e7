import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepMostTied } from './keep-most-tied.ts'

/** Adds one person after the other, best tied first, and counts the ties among them anew each time. */
const obviously = (people: number, pairs: [number, number][], maxPeople: number, maxTies: number): number[] => {
  const others = (one: number) => new Set(pairs.filter((pair) => pair.includes(one)).flat()).size
  const order = Array.from({ length: people }, (_, i) => i).sort((a, b) => others(b) - others(a) || a - b)
  if (people <= maxPeople && pairs.length <= maxTies) return order.sort((a, b) => a - b)
  let kept: number[] = []
  for (const one of order) {
    const next = [...kept, one]
    if (next.length > maxPeople || pairs.filter(([a, b]) => next.includes(a) && next.includes(b)).length > maxTies) break
    kept = next
  }
  return kept.sort((a, b) => a - b)
}

const graph = fc.integer({ min: 2, max: 12 }).chain((people) =>
  fc.record({
    people: fc.constant(people),
    pairs: fc
      .uniqueArray(fc.tuple(fc.nat(people - 1), fc.nat(people - 1)), { selector: ([a, b]) => `${a} ${b}`, maxLength: 40 })
      .map((pairs) => pairs.filter(([a, b]) => a !== b)),
  }),
)

it('keeps whom the obvious way keeps', () => {
  fc.assert(
    fc.property(graph, fc.integer({ min: 1, max: 14 }), fc.integer({ min: 0, max: 30 }), ({ people, pairs }, maxPeople, maxTies) => {
      const ties = { helper: pairs.map(([a]) => a), helped: pairs.map(([, b]) => b) }
      expect(keepMostTied(people, ties, maxPeople, maxTies)).toEqual(obviously(people, pairs, maxPeople, maxTies))
    }),
  )
})

it('keeps the middle of a star and those who come first around it', () => {
  const star = { helper: Array(9).fill(9), helped: [0, 1, 2, 3, 4, 5, 6, 7, 8] }
  expect(keepMostTied(10, star, 4, 100)).toEqual([0, 1, 2, 9])
  expect(keepMostTied(10, star, 10, 100)).toHaveLength(10)
})
