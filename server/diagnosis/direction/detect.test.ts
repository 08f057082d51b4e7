import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followChange, type Notice } from './detect.ts'
import type { WeeklySeries } from './weekly-series.ts'

type Level = [weeks: number, count: number]
const series = (levels: Level[], more: Partial<WeeklySeries> = {}): WeeklySeries => {
  const counts = levels.flatMap(([weeks, count]) => Array.from({ length: weeks }, () => count))
  return { id: 'joins', worse: -1, counts, exposures: counts.map(() => 1), is_holiday: counts.map(() => false), ...more }
}
const notices = (all: WeeklySeries[], course: 'worse' | 'better' = 'worse'): [number, Notice][] =>
  followChange(all, course).weeks.flatMap(({ notice }, week) => (notice ? [[week, notice]] : []))

describe('a change for the worse', () => {
  it('is noticed within some weeks of halving, and stands until things are back for four weeks', () => {
    const told = notices([
      series([
        [104, 10],
        [20, 4],
        [60, 10],
      ]),
    ])
    expect(told.map(([, notice]) => notice)).toEqual(['began', 'recovered'])
    const [[began], [over]] = told as [[number, Notice], [number, Notice]]
    expect(began - 104).toBeLessThan(8)
    // eight weeks are back to nine tenths when seven of them are, and three weeks more
    expect(over - 124).toBeGreaterThanOrEqual(9)
    expect(over - 124).toBeLessThan(13)
  })

  it('needs two series where each alone is not far enough out', () => {
    const fall = () =>
      series([
        [104, 4],
        [10, 2],
      ])
    expect(notices([fall()])).toEqual([])
    expect(notices([fall(), { ...fall(), id: 'questions' }]).map(([, notice]) => notice)).toEqual(['began'])
    // the same people seen twice
    expect(
      notices([
        { ...fall(), id: 'questions' },
        { ...fall(), id: 'answered' },
      ]),
    ).toEqual([])
  })

  it('takes the new level for what is usual after a year, and says nothing more of it', () => {
    const told = notices([
      series([
        [104, 10],
        [250, 5],
      ]),
    ])
    expect(told.map(([, notice]) => notice)).toEqual(['began', 'settled'])
    expect((told[1]?.[0] ?? 0) - (told[0]?.[0] ?? 0)).toBe(52)
  })

  it('is told again when it becomes clearly worse, at least sixteen weeks later', () => {
    const told = notices([
      series([
        [104, 20],
        [24, 10],
        [30, 3],
      ]),
    ])
    expect(told.map(([, notice]) => notice)).toEqual(['began', 'clearly_worse'])
    expect((told[1]?.[0] ?? 0) - 128).toBeLessThan(8)
  })

  it('names a series that follows within eight weeks, and none later', () => {
    const falls = (week: number): WeeklySeries =>
      series([
        [week, 10],
        [170 - week, 4],
      ])
    const named = followChange([falls(104), falls(109), falls(125)], 'worse').weeks.at(-20)?.change?.named
    expect([...(named?.keys() ?? [])].sort()).toEqual([0, 1])
  })

  it('is of members, not of leavers: a growing community loses more people and alarms nobody', () => {
    const weeks = Array.from({ length: 200 }, (_, week) => week)
    const leavers = series([[200, 0]], {
      id: 'leavers',
      worse: 1,
      counts: weeks.map((week) => 2 + Math.floor(week / 10)),
      exposures: weeks.map((week) => 100 * (2 + Math.floor(week / 10))),
    })
    expect(notices([leavers])).toEqual([])
  })

  it('of members who leave together is noticed in that week, and passes without being called recovered', () => {
    const leavers = series(
      [
        [104, 2],
        [1, 60],
        [40, 2],
      ],
      { id: 'leavers', worse: 1, exposures: Array(145).fill(400) },
    )
    expect(notices([leavers]).map(([week, notice]) => `${week} ${notice}`)).toEqual(['104 began', expect.stringMatching(/passed$/)])
  })

  it('is not found in a growth that ends in a plateau, nor in weeks of which nothing is known', () => {
    const plateau = [...Array.from({ length: 100 }, (_, week) => 5 + Math.floor(week / 10)), ...Array(100).fill(15)]
    expect(notices([series([[200, 0]], { counts: plateau })])).toEqual([])
    const exposures = Array.from({ length: 200 }, (_, week) => (week >= 110 && week < 140 ? 0 : 1))
    expect(
      notices([
        series(
          [
            [110, 10],
            [30, 0],
            [60, 10],
          ],
          { exposures },
        ),
      ]),
    ).toEqual([])
  })

  it('cannot be found where there are no series, no weeks, or one', () => {
    expect(followChange([], 'worse').weeks).toEqual([])
    expect(followChange([series([])], 'worse').weeks).toEqual([])
    expect(followChange([series([[1, 5]])], 'worse').weeks).toEqual([{ change: null, notice: null }])
  })

  it('is found in millions as in tens', () => {
    expect(
      notices([
        series([
          [104, 5_000_000],
          [20, 1_000_000],
        ]),
      ]).map(([, notice]) => notice),
    ).toEqual(['began'])
  })

  it('rests on the weeks up to it alone', () => {
    const lives = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 1, 3, 8, 20)), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(lives, lives, fc.nat(300), (one, other, at) => {
        const length = Math.min(series(one).counts.length, series(other).counts.length)
        const until = (weeks: number) =>
          [series(one), { ...series(other), id: 'leavers' as const, worse: 1 as const, exposures: Array(length).fill(300) }].map(
            (each) => ({
              ...each,
              counts: each.counts.slice(0, weeks),
              exposures: each.exposures.slice(0, weeks),
              is_holiday: each.is_holiday.slice(0, weeks),
            }),
          )
        const early = Math.min(at, length)
        for (const course of ['worse', 'better'] as const)
          expect(followChange(until(early), course).weeks).toEqual(followChange(until(length), course).weeks.slice(0, early))
      }),
      { seed: 11, numRuns: 60 },
    )
  })
})

describe('a change for the better', () => {
  it('is the same test upward, over when the level before is back', () => {
    const told = notices(
      [
        series([
          [104, 5],
          [30, 15],
          [40, 5],
        ]),
      ],
      'better',
    )
    expect(told.map(([, notice]) => notice)).toEqual(['began', 'recovered'])
    expect((told[0]?.[0] ?? 0) - 104).toBeLessThan(8)
  })

  it('is not that fewer people leave', () => {
    const leavers = series(
      [
        [104, 20],
        [60, 2],
      ],
      { id: 'leavers', worse: 1, exposures: Array(164).fill(400) },
    )
    expect(notices([leavers], 'better')).toEqual([])
  })
})
