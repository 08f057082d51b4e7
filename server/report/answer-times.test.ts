import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureWaiting } from '../metrics/measure-waiting.ts'
import { MIN_QUESTIONS_FOR_TIMES } from '../metrics/sample-minima.ts'
import { fitSurvival } from '../metrics/statistics/kaplan-meier.ts'
import { describeAnswerTimes, MARK_HOURS, thinSteps } from './answer-times.ts'

const describeWaits = (answered: number[], waiting: number[]) => {
  const row = { answer_seconds: answered.toSorted((a, b) => a - b), waiting_seconds: waiting.toSorted((a, b) => a - b) }
  return describeAnswerTimes(row, measureWaiting(row, 0.5), measureWaiting(row, 0.9))
}

/** The share answered by a time as Kaplan and Meier wrote it down, one question after the other, and its band as Greenwood's. */
const obviousAt = (answered: number[], waiting: number[], seconds: number) => {
  let open = 1
  let variance = 0
  for (const time of [...new Set(answered)].toSorted((a, b) => a - b)) {
    if (time > seconds) break
    const atRisk = [...answered, ...waiting].filter((other) => other >= time).length
    const now = answered.filter((other) => other === time).length
    open *= (atRisk - now) / atRisk
    variance += now / (atRisk * (atRisk - now))
  }
  if (open === 1 || open === 0) return { share: 1 - open, low: null, high: null }
  const [middle, spread] = [Math.log(-Math.log(open)), (1.959963984540054 * Math.sqrt(variance)) / Math.log(open)]
  const ends = [Math.exp(-Math.exp(middle + spread)), Math.exp(-Math.exp(middle - spread))].map((survival) => 1 - survival)
  return { share: 1 - open, low: Math.min(...ends), high: Math.max(...ends) }
}

const seconds = fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 90_000_000 }))
const waits = fc.tuple(fc.array(seconds, { maxLength: 60 }), fc.array(seconds, { maxLength: 40 }))
const near = (found: number | null | undefined, expected: number | null) =>
  expected === null ? expect(found).toBeNull() : expect(found).toBeCloseTo(expected, 9)

describe('the curve of answers', () => {
  it('is Kaplan and Meier’s at every step and every mark', () => {
    fc.assert(
      fc.property(waits, ([answered, waiting]) => {
        const { steps, marks, counts, last_hours } = describeWaits(answered, waiting)
        const all = answered.length + waiting.length
        expect(counts).toEqual({ question_count: all, answered_count: answered.length, waiting_count: waiting.length })
        expect(last_hours).toBe(all === 0 ? null : Math.max(...answered, ...waiting) / 3600)
        if (all < MIN_QUESTIONS_FOR_TIMES) expect(steps).toEqual([])
        else expect(steps.map(({ hours }) => Math.round(hours * 3600))).toEqual([...new Set(answered)].toSorted((a, b) => a - b))
        for (const step of steps) {
          const expected = obviousAt(answered, waiting, Math.round(step.hours * 3600))
          near(step.share, expected.share)
          near(step.low, expected.low)
          near(step.high, expected.high)
        }
        for (const mark of marks) {
          const at = mark.hours * 3600
          expect(mark.answered_count).toBe(answered.filter((time) => time <= at).length)
          expect(mark.at_risk).toBe([...answered, ...waiting].filter((time) => time >= at).length)
          if (all < MIN_QUESTIONS_FOR_TIMES) expect(mark.share).toBeNull()
          else near(mark.share, obviousAt(answered, waiting, at).share)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('agrees with R', () => {
    // library(survival); t <- c(600,1800,1800,3600,7200,7200,10800,14400,21600,36000,43200,86400,100000,172800,259200,3000,50000,90000,400000,700000)
    // s <- summary(survfit(Surv(t, c(rep(1, 15), rep(0, 5))) ~ 1, conf.type = "log-log"), times = c(3600, 86400, 259200))
    // 1 - s$surv; 1 - s$upper; 1 - s$lower; s$n.risk
    const answered = [600, 1800, 1800, 3600, 7200, 7200, 10800, 14400, 21600, 36000, 43200, 86400, 100000, 172800, 259200]
    const { marks } = describeWaits(answered, [3000, 50000, 90000, 400000, 700000])
    const told = marks.filter(({ hours }) => [1, 24, 72].includes(hours))
    expect(told.map(({ at_risk }) => at_risk)).toEqual([16, 7, 3])
    const expected = {
      share: [0.203125, 0.635714285714, 0.854285714286],
      low: [0.0813879593631, 0.4258985920042, 0.6379533336792],
      high: [0.455183559997, 0.840788114979, 0.974048628643],
    }
    for (const key of ['share', 'low', 'high'] as const)
      for (const [i, mark] of told.entries()) expect(mark[key]).toBeCloseTo(expected[key][i] as number, 10)
    expect(marks.map(({ hours }) => hours)).toEqual([...MARK_HOURS])
  })

  it('is thinned to steps of its own, the first and the last among them', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 400 }), fc.integer({ min: 10, max: 60 }), (answered, count) => {
        const { steps } = fitSurvival(answered, [])
        const thin = thinSteps(steps, count)
        expect(thin.length).toBeLessThanOrEqual(count)
        expect(steps).toEqual(expect.arrayContaining(thin))
        expect([thin[0], thin.at(-1)]).toEqual([steps[0], steps.at(-1)])
        expect(thin.map(({ time }) => time)).toEqual(thin.map(({ time }) => time).toSorted((a, b) => a - b))
        if (steps.length <= count) expect(thin).toEqual(steps)
      }),
    )
  })
})
