import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bestAssignment } from './assign.ts'
import { inferred, type Linked, oneAnHour, onePrevious } from './link-methods.ts'
import { f1Of, measureThreads, shareOf } from './measure-threads.ts'
import { type AnnotatedLog, readAnnotated } from './read-annotated.ts'
import { timeInference } from './time-inference.ts'

describe('threads inferred in annotated logs', () => {
  const logs = readAnnotated(join(import.meta.dirname, 'annotated'))
  const ours = measureThreads(logs, inferred)
  const baselines = [onePrevious, oneAnHour].map((method) => measureThreads(logs, method))

  it('agree with people far better than the baselines', () => {
    expect(logs.map((log) => log.answers.size)).toEqual([250, 250])
    expect(f1Of(ours.links)).toBeGreaterThan(0.6)
    expect(shareOf(ours.overlap)).toBeGreaterThan(0.7)
    for (const baseline of baselines) {
      expect(f1Of(ours.links)).toBeGreaterThan(2 * f1Of(baseline.links))
      expect(shareOf(ours.overlap)).toBeGreaterThan(2 * shareOf(baseline.overlap))
      expect(ours.rand).toBeGreaterThan(baseline.rand + 0.4)
    }
  })

  it('tell answered questions from others', () => {
    expect(shareOf(ours.sensitivity)).toBeGreaterThan(0.8)
    expect(shareOf(ours.specificity)).toBeGreaterThan(0.75)
  })
})

describe('measuring threads', () => {
  const line = (no: number, nick: string | null, text = 'so') => ({ no, nick, at: no * 60_000, text })
  const log: AnnotatedLog = {
    name: 'log',
    first_no: 0,
    lines: [
      line(0, 'ana', 'hello'),
      line(1, 'ana', 'does it leak?'),
      line(2, 'ben'),
      line(3, 'carl', 'any saw?'),
      line(4, null),
      line(5, 'ubottu'),
    ],
    answers: new Map([
      [0, [0]],
      [1, [0]],
      [2, [1]],
      [3, [3]],
      [4, [4]],
      [5, [3]],
    ]),
  }
  const as = (links: Record<number, number>) => (): Linked =>
    new Map(Object.entries(links).map(([no, to]) => [Number(no), { to, by: Number(no) === to ? 'opens' : 'guess' }]))

  it('is all right where it agrees', () => {
    const same = measureThreads([log], as({ 0: 0, 1: 0, 2: 1, 3: 3, 4: 4, 5: 3 }))
    expect(same.links).toEqual({ found: 6, said: 6, both: 6 })
    expect([shareOf(same.overlap), same.information, same.rand]).toEqual([1, 1, 1])
    // the question comes after a greeting; what a bot says is no answer
    expect(same.answered).toEqual([{ name: 'log', said: { k: 1, n: 2 }, found: { k: 1, n: 2 } }])
    expect([same.sensitivity, same.specificity]).toEqual([
      { k: 1, n: 1 },
      { k: 1, n: 1 },
    ])
  })

  it('counts what is missed and what is too much', () => {
    const other = measureThreads([log], as({ 0: 0, 1: 0, 2: 2, 3: 3, 4: 4, 5: 3 }))
    expect(other.links).toEqual({ found: 6, said: 6, both: 5 })
    expect(other.links_by).toEqual({ opens: { k: 3, n: 4 }, named: { k: 0, n: 0 }, guess: { k: 2, n: 2 } })
    expect(other.overlap).toEqual({ k: 4, n: 5 })
    expect(other.sensitivity).toEqual({ k: 0, n: 1 })
    expect(other.help_edges).toEqual({ found: 0, said: 1, both: 0 })
  })

  it('pairs conversations in the best way', () => {
    expect(
      bestAssignment([
        [7, 6],
        [6, 0],
      ]),
    ).toBe(12)
    expect(bestAssignment([[1, 2, 3]])).toBe(3)
    expect(bestAssignment([[1], [2], [3]])).toBe(3)
  })

  it('times what is inferred', () => {
    let clock = 0
    expect(timeInference(1000, () => (clock += 500)).messages_per_second).toBe(2000)
  })
})
