import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { followChange, type FollowOptions } from './detect.ts'
import { obviousReading } from './obvious-reading.ts'
import type { WeeklySeries } from './weekly-series.ts'

const series = (counts: number[], more: Partial<WeeklySeries> = {}): WeeklySeries => ({
  id: 'joins',
  worse: -1,
  counts,
  exposures: counts.map(() => 1),
  is_holiday: counts.map(() => false),
  ...more,
})
const noticesOf = (all: WeeklySeries[], options?: FollowOptions) =>
  followChange(all, 'worse', options).weeks.flatMap(({ notice }, week) => (notice ? [`${week} ${notice}`] : []))

const seeds = fc.nat(1_000_000)
const factors = fc.constantFrom(0.3, 0.5, 0.7, 1)
/** Three series of a community in which something may happen in week 90, and may be over in week 125. */
const live = (seed: number, factor: number): WeeklySeries[] => {
  const random = createRandom(seed)
  return (['joins', 'questions', 'answered'] as const).map((id) =>
    series(
      Array.from({ length: 170 }, (_, week) => random.poisson(week >= 90 && week < 125 ? 6 * factor : 6)),
      { id },
    ),
  )
}

describe('limits made stricter', () => {
  it('open an alarm in the first week in which what is said of it is so, and the statistic reaches 1 with it', () => {
    fc.assert(
      fc.property(seeds, factors, fc.constantFrom(0.8, 1, 1.3, 2), (seed, factor, strictness) => {
        const all = live(seed, factor)
        const { weeks, statistics } = followChange(all, 'worse', { strictness })
        const first = weeks.findIndex(({ notice }) => notice === 'began')
        for (let week = first === -1 ? 140 : first; week >= 20; week -= week > 84 ? 3 : 17) {
          const down = all.map((one) => obviousReading(one, 0, week).down)
          // questions and answered questions are one of two
          const two = [down[0] as number, Math.max(down[1] as number, down[2] as number)]
          const isOut = Math.max(...down) >= 3 * strictness || two.every((z) => z >= 2.1 * strictness)
          expect(isOut).toBe(week === first)
          if (Math.abs((statistics[week] ?? 0) - 1) > 1e-9) expect((statistics[week] ?? 0) > 1).toBe(isOut)
        }
      }),
      { seed: 3, numRuns: 24 },
    )
  })

  it('name the series that opened it, however low they are', () => {
    const [one, other] = [series([...Array(104).fill(4), ...Array(9).fill(2)]), series([...Array(104).fill(4), ...Array(9).fill(2)])]
    const { weeks } = followChange([one, { ...other, id: 'questions' }], 'worse', { strictness: 0.8 })
    const { change } = weeks.find(({ notice }) => notice === 'began') ?? {}
    expect([...(change?.named.keys() ?? [])]).toEqual([0, 1])
  })

  it('are null where nothing can be judged, and below 1 where all is quiet', () => {
    const { statistics } = followChange([series(Array(60).fill(8))], 'worse')
    expect(statistics.slice(0, 33)).toEqual(Array(33).fill(null))
    for (const statistic of statistics.slice(33)) expect(statistic).toBeCloseTo(0, 6)
  })
})

describe('what was told', () => {
  const fallen = () => series([...Array(104).fill(10), ...Array(20).fill(4), ...Array(60).fill(10)])

  it('is found again as it was told, in whatever week that was, when nothing has changed', () => {
    fc.assert(
      fc.property(seeds, factors, (seed, factor) => {
        const all = live(seed, factor)
        const told = followChange(all, 'worse').weeks
        const kept = told.flatMap(({ notice }, week) => {
          if (notice !== 'began') return []
          const ended = told.findIndex((one, i) => i > week && one.notice !== null && one.notice !== 'clearly_worse')
          return [{ week, ended: ended === -1 ? null : ended }]
        })
        expect(followChange(all, 'worse', { kept }).weeks.map(({ notice }) => notice)).toEqual(told.map(({ notice }) => notice))
      }),
      { seed: 4, numRuns: 60 },
    )
  })

  it('keeps its week where it would have begun some weeks sooner or later by now, and is told once', () => {
    const [natural] = noticesOf([fallen()])
    const began = Number(natural?.split(' ')[0])
    for (let week = began - 4; week < 124; week++) {
      const told = noticesOf([fallen()], { kept: [{ week, named: ['joins'] }] })
      expect(told[0]).toBe(`${week} began`)
      expect(told.filter((one) => one.endsWith('began'))).toHaveLength(1)
    }
  })

  it('keeps the series that were named, and the week in which it was told to be over', () => {
    const all = [fallen(), series(Array(184).fill(10), { id: 'questions' })]
    const [began] = noticesOf(all)
    const week = Number(began?.split(' ')[0])
    const { weeks } = followChange(all, 'worse', { kept: [{ week, ended: 150, named: ['joins', 'questions'] }] })
    expect([...(weeks[week]?.change?.named.keys() ?? [])].sort()).toEqual([0, 1])
    expect(weeks.findIndex(({ notice }) => notice === 'recovered')).toBe(150)
    const settled = series([...Array(104).fill(10), ...Array(200).fill(5)])
    const [first, then] = noticesOf([settled])
    const [from, to] = [first, then].map((one) => Number(one?.split(' ')[0])) as [number, number]
    expect(noticesOf([settled], { kept: [{ week: from, ended: to }] })).toEqual([first, then])
    expect(then).toMatch(/settled$/)
  })

  it('stands where late events bring it below the limit, and does not begin where they undo it', () => {
    const began = (count: number, kept: FollowOptions['kept'] = []) =>
      noticesOf([series([...Array(104).fill(10), ...Array(12).fill(count)])], { kept })
    const [told] = began(4)
    const week = Number(told?.split(' ')[0])
    // six a week are noticed later by themselves, nine never
    expect(began(6)).not.toContain(`${week} began`)
    expect(began(6, [{ week }])).toEqual([`${week} began`])
    expect(began(9, [{ week }])).toEqual([])
  })

  it('is not taken back because limits were made stricter', () => {
    const fallenALittle = series([...Array(104).fill(10), ...Array(12).fill(5)])
    const [told] = noticesOf([fallenALittle])
    expect(noticesOf([fallenALittle], { strictness: 2 })).toEqual([])
    expect(noticesOf([fallenALittle], { strictness: 2, kept: [{ week: Number(told?.split(' ')[0]) }] })).toEqual([told])
  })

  it('of weeks that are not there, or before anything can be judged, is nothing', () => {
    for (const week of [-3, 5, 183, 184, 5000]) expect(noticesOf([series(Array(184).fill(10))], { kept: [{ week }] })).toEqual([])
    expect(followChange([], 'worse', { kept: [{ week: 0 }] }).weeks).toEqual([])
  })
})
