import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Entries,
  type Exits,
  findThinning,
  fitSurvival,
  fitSurvivalOfCounts,
  survivalQuantile,
  survivalQuantileInterval,
} from './kaplan-meier.ts'
import { Z_95 } from './wilson-interval.ts'

const median = (events: number[], censored: number[]) => survivalQuantile(fitSurvival(events, censored), 0.5)
const p90 = (events: number[], censored: number[]) => survivalQuantile(fitSurvival(events, censored), 0.9)
const medianInterval = (events: number[], censored: number[]) => survivalQuantileInterval(fitSurvival(events, censored), 0.5)

// expected numbers from R 4.2.2, survival 3.5.3: survfit(Surv(t, d) ~ 1, conf.type = "log-log") and quantile();
// 400 random samples with ties, heavy censoring and none agreed in every median, 90 % quantile and interval

describe('remission of leukaemia under 6-MP (Freireich et al. 1963), the textbook example', () => {
  const events = [6, 6, 6, 7, 10, 13, 16, 22, 23]
  const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]

  test('each step', () => {
    const { steps, last_time } = fitSurvival(events, censored)
    expect(steps.map((s) => [s.time, s.at_risk, s.event_count])).toEqual([
      [6, 21, 3],
      [7, 17, 1],
      [10, 15, 1],
      [13, 12, 1],
      [16, 11, 1],
      [22, 7, 1],
      [23, 6, 1],
    ])
    const expected = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]
    for (const [i, s] of steps.entries()) expect(s.survival).toBeCloseTo(expected[i] as number, 3)
    expect(steps[0]?.low).toBeCloseTo(0.62, 3)
    expect(steps[0]?.high).toBeCloseTo(0.952, 3)
    expect(steps[6]?.low).toBeCloseTo(0.188, 3)
    expect(steps[6]?.high).toBeCloseTo(0.68, 3)
    expect(last_time).toBe(35)
  })

  test('median 23, from 13, its upper end not reached; 90 % not reached', () => {
    expect(median(events, censored)).toBe(23)
    expect(medianInterval(events, censored)).toEqual({ low: 13, high: null })
    expect(p90(events, censored)).toBeNull()
  })
})

describe('1 to 20, nobody censored', () => {
  const events = Array.from({ length: 20 }, (_, i) => 20 - i)
  test('the median is the ordinary one, the middle of the level piece', () => expect(median(events, [])).toBe(10.5))
  test('its interval', () => expect(medianInterval(events, [])).toEqual({ low: 5, high: 15 }))
  test('90 %', () => expect(p90(events, [])).toBe(18.5))
})

describe('ties', () => {
  test('someone censored at the time of an event was at risk in it', () => {
    const { steps } = fitSurvival([1, 2, 3], [1, 2, 3])
    expect(steps.map((s) => s.at_risk)).toEqual([6, 4, 2])
    expect(steps.map((s) => Number(s.survival.toFixed(3)))).toEqual([0.833, 0.625, 0.313])
    expect(median([1, 2, 3], [1, 2, 3])).toBe(3)
  })
  test('all at the same time: one step to 0, exactly, without a band', () => {
    expect(fitSurvival([5, 5, 5, 5, 5, 5], []).steps).toEqual([{ time: 5, at_risk: 6, event_count: 6, survival: 0, low: null, high: null }])
    expect([median([5, 5, 5], []), p90([5, 5, 5], [])]).toEqual([5, 5])
    expect(medianInterval([5, 5, 5], [])).toEqual({ low: null, high: null })
  })
  test('level at exactly a half to the end: the middle up to the last time seen', () => expect(median([1, 2], [3, 4])).toBe(3))
})

describe('little', () => {
  test('nothing', () => {
    expect(fitSurvival([], [])).toEqual({ steps: [], last_time: null })
    expect(median([], [])).toBeNull()
    expect(medianInterval([], [])).toEqual({ low: null, high: null })
  })
  test('only censored: never reached', () => expect(median([], [1, 2, 3])).toBeNull())
  test('one event', () => expect(median([7], [])).toBe(7))
  test('an event at time 0', () => expect(median([0, 0, 0], [9])).toBe(0))
  test('refuses what is no time', () => expect(() => fitSurvival([1, Number.NaN], [])).toThrow(RangeError))
})

test('leaving out the unanswered makes the wait look shorter, which is why they are censored instead', () => {
  expect(median([1, 2, 3, 4, 5], [])).toBe(3)
  expect(median([1, 2, 3, 4, 5], [10, 10, 10, 10])).toBe(5)
})

const times = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 25 })

/** Efron's redistribution to the right: whoever is censored hands their mass on, in equal parts, to all who are still there. */
const redistribute = (events: number[], censored: number[]) => {
  const people = [...events.map((time) => ({ time, rank: 0 })), ...censored.map((time) => ({ time, rank: 1 }))].toSorted(
    (a, b) => a.time - b.time || a.rank - b.rank,
  )
  const mass = people.map(() => 1 / people.length)
  for (const [i, person] of people.entries()) {
    if (person.rank === 0) continue
    const later = people.length - 1 - i
    for (let j = i + 1; j < people.length; j += 1) mass[j] = (mass[j] as number) + (mass[i] as number) / later
    if (later > 0) mass[i] = 0
  }
  return (time: number) => 1 - people.reduce((sum, p, i) => sum + (p.rank === 0 && p.time <= time ? (mass[i] as number) : 0), 0)
}

test('agrees with redistribution to the right', () => {
  fc.assert(
    fc.property(times, times, (events, censored) => {
      const slow = redistribute(events, censored)
      for (const s of fitSurvival(events, censored).steps) expect(s.survival).toBeCloseTo(slow(s.time), 9)
    }),
  )
})

test('without censoring every quantile is that of the sorted list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 }), (events) => {
      const sorted = events.toSorted((a, b) => a - b)
      const middle = sorted.length / 2
      const ordinary = sorted.length % 2 ? sorted[Math.floor(middle)] : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
      expect(median(events, [])).toBe(ordinary)
    }),
  )
})

test('the curve falls, the band holds it, order of the input does not matter', () => {
  fc.assert(
    fc.property(times, times, (events, censored) => {
      const curve = fitSurvival(events, censored)
      expect(fitSurvival(events.toReversed(), censored.toReversed())).toEqual(curve)
      let before = 1
      for (const s of curve.steps) {
        expect(s.survival).toBeLessThan(before)
        before = s.survival
        if (s.low !== null && s.high !== null) {
          expect(s.low).toBeLessThan(s.survival)
          expect(s.high).toBeGreaterThan(s.survival)
        }
      }
      const found = survivalQuantile(curve, 0.5)
      const { low, high } = survivalQuantileInterval(curve, 0.5)
      if (found !== null && low !== null) expect(low).toBeLessThanOrEqual(found)
      if (found !== null && high !== null) expect(high).toBeGreaterThanOrEqual(found)
    }),
  )
})

/** One observed: at risk after `entry` (null: from the beginning) up to and with `exit`, and whether the event came then. */
type Observed = { entry: number | null; exit: number; isEvent: boolean }
const countsOf = (people: Observed[]): [Exits[], Entries[]] => {
  const rising = (times: number[]) => [...new Set(times)].sort((a, b) => a - b)
  const exits = rising(people.map((p) => p.exit)).map((time) => ({
    time,
    event_count: people.filter((p) => p.exit === time && p.isEvent).length,
    censored_count: people.filter((p) => p.exit === time && !p.isEvent).length,
  }))
  const entries = rising(people.flatMap((p) => p.entry ?? [])).map((time) => ({
    time,
    count: people.filter((p) => p.entry === time).length,
  }))
  return [exits, entries]
}
const atRisk = (people: Observed[], time: number) => people.filter((p) => (p.entry ?? -1) < time && time <= p.exit).length

describe('left truncation: who came under observation late is at risk only from then on', () => {
  // R 4.2.2, survival 3.5.3: survfit(Surv(c(-1,-1,-1,2,2,5,-1,3), c(4,6,6,6,9,9,2,7), c(1,1,0,1,0,1,1,1)) ~ 1, conf.type = "log-log")
  const people: Observed[] = [
    { entry: null, exit: 4, isEvent: true },
    { entry: null, exit: 6, isEvent: true },
    { entry: null, exit: 6, isEvent: false },
    { entry: 2, exit: 6, isEvent: true },
    { entry: 2, exit: 9, isEvent: false },
    { entry: 5, exit: 9, isEvent: true },
    { entry: null, exit: 2, isEvent: true },
    { entry: 3, exit: 7, isEvent: true },
  ]
  const curve = fitSurvivalOfCounts(...countsOf(people))
  test('each step, its band and the median', () => {
    const expected = [
      [2, 4, 1, 0.75, 0.127946918, 0.960548642],
      [4, 6, 1, 0.625, 0.14185339, 0.893050604],
      [6, 6, 2, 0.416666667, 0.092306841, 0.724930486],
      [7, 3, 1, 0.277777778, 0.039349336, 0.602205487],
      [9, 2, 1, 0.138888889, 0.006909566, 0.456877667],
    ]
    expect(curve.steps.map((s) => [s.time, s.at_risk, s.event_count])).toEqual(expected.map((row) => row.slice(0, 3)))
    for (const [i, s] of curve.steps.entries())
      for (const [j, value] of [s.survival, s.low, s.high].entries()) expect(value).toBeCloseTo(expected[i]?.[3 + j] as number, 8)
    // trap: with entries the lower band may rise again, and then R's quantile() gives 4; its summary() gives 2, the first crossing
    expect([survivalQuantile(curve, 0.5), survivalQuantileInterval(curve, 0.5)]).toEqual([6, { low: 2, high: 9 }])
  })
  test('an entry at the time of an exit is too late for it', () => {
    const both: Observed[] = [
      { entry: null, exit: 3, isEvent: true },
      { entry: null, exit: 5, isEvent: false },
      { entry: 3, exit: 5, isEvent: true },
    ]
    expect(fitSurvivalOfCounts(...countsOf(both)).steps.map((s) => [s.time, s.at_risk])).toEqual([
      [3, 2],
      [5, 2],
    ])
  })
  test('once everyone at risk is gone the curve stays at 0, whoever enters later', () => {
    const curve = fitSurvivalOfCounts(...countsOf([{ entry: null, exit: 1, isEvent: true }, ...people.filter((p) => p.entry !== null)]))
    expect(curve.steps.map((s) => s.survival)).toEqual([0, 0, 0, 0])
  })
  test('refuses an exit before its entry', () =>
    expect(() => fitSurvivalOfCounts([{ time: 2, event_count: 1, censored_count: 0 }], [{ time: 4, count: 1 }])).toThrow(RangeError))
  test('is believed up to the first day with too few at risk', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((day) => atRisk(people, day))).toEqual([4, 4, 4, 5, 6, 5, 6, 3, 2])
    expect([4, 5, 3, 2].map((least) => findThinning(...countsOf(people), least))).toEqual([7, 0, 8, 10])
    expect(findThinning([], [], 10)).toBe(0)
  })
})

const observed: fc.Arbitrary<Observed[]> = fc.array(
  fc
    .tuple(fc.option(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 0, max: 12 }), fc.boolean())
    .map(([entry, stay, isEvent]) => ({ entry, exit: entry === null ? stay : entry + 1 + stay, isEvent })),
  { maxLength: 30 },
)

test('late entries agree with counting, day by day, who was there', () => {
  fc.assert(
    fc.property(observed, fc.integer({ min: 1, max: 8 }), (people, least) => {
      const curve = fitSurvivalOfCounts(...countsOf(people))
      let survival = 1
      let greenwood = 0
      const expected: number[][] = []
      for (let day = 0; day <= 30; day += 1) {
        const there = atRisk(people, day)
        const gone = people.filter((p) => p.exit === day && p.isEvent).length
        if (gone === 0) continue
        survival *= (there - gone) / there
        greenwood += gone / (there * (there - gone))
        expected.push([day, there, gone, survival, Math.sqrt(greenwood)])
      }
      expect(curve.steps.map((s) => [s.time, s.at_risk, s.event_count])).toEqual(expected.map((row) => row.slice(0, 3)))
      for (const [i, s] of curve.steps.entries()) {
        const [, , , share, error] = expected[i] as [number, number, number, number, number]
        expect(s.survival).toBeCloseTo(share, 9)
        if (s.low === null || s.high === null) continue
        const spread = (Z_95 * error) / Math.log(share)
        expect(s.low).toBeCloseTo(share ** Math.exp(-spread), 9)
        expect(s.high).toBeCloseTo(share ** Math.exp(spread), 9)
      }
      let day = 0
      while (atRisk(people, day) >= least) day += 1
      expect(findThinning(...countsOf(people), least)).toBe(day)
    }),
    { numRuns: 500 },
  )
})
