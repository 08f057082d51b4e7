import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOfRate } from './change-of-rate.ts'
import { HOLIDAY_WEEKS } from './limits.ts'
import { obviousReading } from './obvious-reading.ts'
import { readSeries, scoreOf } from './read-series.ts'
import type { WeeklySeries } from './weekly-series.ts'

describe('the change of a rate', () => {
  it.each([
    [32, 416, 8, 52, 1, -4.178],
    [32, 416, 8, 52, 1.67, -3.233],
    [0, 52, 8, 52, 1, -3.858],
    [20, 104, 8, 52, 1, 0.891],
  ])('of %i after %i in %i and %i weeks with dispersion %f is %f', (observed, before, exposure, exposure_before, dispersion, z) => {
    expect(changeOfRate({ observed, before, exposure, exposure_before }, dispersion)).toBeCloseTo(z, 3)
  })

  it('is nothing where nothing happened or rates are equal, and unknown where no week is known', () => {
    expect(changeOfRate({ observed: 0, before: 0, exposure: 8, exposure_before: 52 })).toBe(0)
    expect(changeOfRate({ observed: 8, before: 52, exposure: 8, exposure_before: 52 })).toBeCloseTo(0, 6)
    expect(changeOfRate({ observed: 8, before: 52, exposure: 0, exposure_before: 52 })).toBeNull()
    expect(changeOfRate({ observed: 8, before: 0, exposure: 8, exposure_before: 0 })).toBeNull()
  })
})

const series = (counts: number[], more: Partial<WeeklySeries> = {}): WeeklySeries => ({
  id: 'joins',
  worse: -1,
  counts,
  exposures: counts.map(() => 1),
  is_holiday: counts.map(() => false),
  ...more,
})
const same = (count: number, weeks: number) => Array.from({ length: weeks }, () => count)

describe('a weekly series at the end of a week', () => {
  it('takes 34 weeks of history, and longer where few would be usual', () => {
    expect(readSeries(series(same(8, 40)), 0)(32)).toMatchObject({ fast: null, cannot: { why: 'short', history: 33, asked: 34 } })
    expect(readSeries(series(same(8, 40)), 0)(33).fast).toMatchObject({ weeks: 8, expected: 64, ratio: 1 })
    expect(readSeries(series(same(1, 80)), 0)(76)).toMatchObject({ fast: null, cannot: { why: 'short', history: 77, asked: 78 } })
    expect(readSeries(series(same(1, 80)), 0)(77).fast).toMatchObject({ weeks: 26, expected: 26 })
  })

  it('cannot judge fewer than eight in half a year, however long', () => {
    const rare = Array.from({ length: 300 }, (_, week) => (week % 4 === 0 ? 1 : 0))
    expect(readSeries(series(rare), 0)(299)).toMatchObject({ fast: null, cannot: { why: 'small', weeks: 26 } })
  })

  it('leaves holidays out until they can be set against a year ago', () => {
    // it begins in the first week of July
    const isHoliday = Array.from({ length: 200 }, (_, week) => HOLIDAY_WEEKS.includes((week + 26) % 52))
    const counts = isHoliday.map((is) => (is ? 2 : 8))
    const read = readSeries(series(counts, { is_holiday: isHoliday }), 0)
    // four of the last eight weeks are no holidays
    expect(read(52 + 3).fast).toMatchObject({ weeks: 8, ratio: 1, season_z: null })
    expect(read(52 + 8)).toMatchObject({ fast: null, cannot: { why: 'unheard' } })
    // the summer after that is set against this one: it is lower than the year before it, and as low as the last one
    const later = read(104 + 7)
    expect(later.fast?.ratio).toBeLessThan(0.75)
    expect(later.fast?.season_z).toBeCloseTo(0, 1)
    expect(scoreOf(later, -1)).toBe(0)
  })

  it('does not count weeks of which nothing is known', () => {
    const cutFor = (weeks: number) => {
      const exposures = Array.from({ length: 60 }, (_, week) => (week >= 45 && week < 45 + weeks ? 0 : 1))
      return readSeries(
        series(
          exposures.map((heard) => heard * 8),
          { exposures },
        ),
        0,
      )
    }
    expect(cutFor(4)(48).fast).toMatchObject({ weeks: 8, observed: 32, expected: 32, ratio: 1 })
    expect(cutFor(5)(49)).toMatchObject({ fast: null, slow: null, cannot: { why: 'unheard', heard: 3, weeks: 8 } })
    expect(cutFor(8)(56).fast).toMatchObject({ weeks: 8, observed: 32, ratio: 1 })
  })

  it('says nothing of a series that was never heard', () => {
    const never = series(same(0, 300), { exposures: same(0, 300) })
    expect(readSeries(never, 0)(299)).toMatchObject({ fast: null, slow: null, cannot: { why: 'unheard', heard: 0 } })
  })

  const weeks = fc.integer({ min: 30, max: 260 })
  const lived = weeks.chain((length) =>
    fc.record({
      base: fc.constantFrom(0.3, 1, 2, 8, 40, 1_000_000),
      from: fc.nat(length),
      factor: fc.constantFrom(0, 0.3, 0.7, 1, 2),
      noise: fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: length, maxLength: length }),
      exposures: fc.array(fc.constantFrom(0, 1, 1, 1, 1, 1, 1, 1, 1, 250), { minLength: length, maxLength: length }),
      gap: fc.tuple(fc.nat(length), fc.nat(90)),
      begin: fc.nat(51),
      first: fc.nat(20),
    }),
  )

  it('is read as the formulas say, whatever the weeks hold', () => {
    fc.assert(
      fc.property(lived, ({ base, from, factor, noise, exposures, gap, begin, first }) => {
        const counts = noise.map((swing, week) => Math.round(base * swing * (week >= from ? factor : 1)))
        const one = series(counts, {
          exposures: exposures.map((exposure, week) => (week >= gap[0] && week < gap[0] + gap[1] ? 0 : exposure)),
          is_holiday: counts.map((_, week) => HOLIDAY_WEEKS.includes((begin + week) % 52)),
        })
        const read = readSeries(one, first)
        for (let week = counts.length - 1; week >= first; week -= 17) {
          const reading = read(week)
          const asSaid = obviousReading(one, first, week)
          expect(reading.fast?.weeks ?? null).toBe(asSaid.fast?.weeks ?? null)
          expect(reading.fast?.z ?? 0).toBeCloseTo(asSaid.fast?.z ?? 0, 6)
          expect(reading.fast?.season_z ?? 0).toBeCloseTo(asSaid.fast?.season_z ?? 0, 6)
          expect(reading.slow?.z ?? 0).toBeCloseTo(asSaid.slow ?? 0, 6)
          expect(scoreOf(reading, -1)).toBeCloseTo(asSaid.down, 6)
          expect(scoreOf(reading, 1)).toBeCloseTo(asSaid.up, 6)
          expect(reading.fast === null).toBe(reading.cannot !== null)
        }
      }),
      { seed: 5, numRuns: 150 },
    )
  })
})
