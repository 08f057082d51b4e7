import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitSurvival, survivalQuantile, survivalQuantileInterval } from './kaplan-meier.ts'

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
