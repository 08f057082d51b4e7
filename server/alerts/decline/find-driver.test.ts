import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomOf } from '../../../e2e/declining-community.ts'
import { findDriver, type Part } from './find-driver.ts'

/** A Poisson count (Knuth), by a seeded generator. */
const poisson = (mean: number, random: () => number): number => {
  const least = Math.exp(-mean)
  let product = random()
  let count = 0
  while (product > least) {
    product *= random()
    count++
  }
  return count
}

/** Eight weeks after a year, in parts of these sizes a week, of which each keeps so much. */
const simulate = (sizes: readonly number[], keeps: readonly number[], random: () => number) => {
  let before = 0
  const parts = sizes.map((size, i): Part => {
    const of = poisson(size * 52, random)
    before += of
    return { key: `part ${i}`, label: `part ${i}`, people: 99, now: poisson(size * 8 * (keeps[i] as number), random), usual: (of / 52) * 8 }
  })
  return findDriver(parts, { direction: -1, dispersion: 1, before })
}
const shareNamed = (sizes: readonly number[], keeps: readonly number[], key: string | null, runs = 400): number => {
  const random = randomOf(11)
  let named = 0
  for (let run = 0; run < runs; run++) {
    const found = simulate(sizes, keeps, random).named
    if (key === null ? found !== null : found?.key === key) named++
  }
  return named / runs
}

it('names next to nothing where all fall alike, however large its largest part', () => {
  for (const sizes of [
    [5, 3],
    [7, 1],
    [4, 2, 2],
    [2, 2, 2, 2],
    [10, 2, 2, 1],
  ])
    expect(
      shareNamed(
        sizes,
        sizes.map(() => 0.5),
        null,
      ),
    ).toBeLessThan(0.05)
})

it('names the one that falls, and no other', () => {
  for (const [sizes, keeps] of [
    [
      [5, 3],
      [0.2, 1],
    ],
    [
      [4, 2, 2],
      [0.1, 1, 1],
    ],
    [
      [3, 3, 3],
      [0, 1, 1],
    ],
    [
      [10, 6],
      [0.5, 1],
    ],
  ] as const) {
    expect(shareNamed(sizes, keeps, 'part 0')).toBeGreaterThan(0.75)
    expect(shareNamed(sizes, keeps, 'part 1')).toBeLessThan(0.01)
  }
})

it('names none of few, and nothing that belongs to none', () => {
  const part = (key: string | null, now: number, usual: number): Part => ({ key, label: key ?? '', people: 9, now, usual })
  const by = { direction: -1, dispersion: 1, before: 400 } as const
  expect(findDriver([part('a', 0, 7), part('b', 40, 40)], by).named).toBeNull()
  expect(findDriver([part(null, 0, 30), part('b', 40, 40)], by).named).toBeNull()
  expect(findDriver([part('a', 0, 30)], by).named).toBeNull()
  expect(findDriver([part('a', 0, 30), part('b', 40, 40)], by).named?.key).toBe('a')
  // more leave of one that hardly anybody was in before
  expect(findDriver([part('a', 30, 1), part('b', 20, 20)], { ...by, direction: 1 }).named?.key).toBe('a')
  // it got better
  expect(findDriver([part('a', 30, 10), part('b', 40, 40)], by)).toMatchObject({ named: null, excess: 0 })
})

it('adds up: shares of the parts are one, and what is named has at least half', () => {
  const count = fc.integer({ min: 0, max: 60 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(-1 as const, 1 as const),
      (counts, direction) => {
        const parts = counts.map(([now, usual], i): Part => ({ key: `${i}`, label: `${i}`, people: 9, now, usual }))
        const { named, parts: judged, excess } = findDriver(parts, { direction, dispersion: 1.5, before: 300 })
        if (excess === 0) {
          expect(judged).toEqual([])
          return
        }
        expect(judged.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
        expect(judged.every(({ z }) => Number.isFinite(z))).toBe(true)
        if (named) expect(named.share).toBeGreaterThanOrEqual(0.5)
      },
    ),
    { seed: 3 },
  )
})
