import { describe, expect, test } from 'vitest'
import { compareSpans, degreesOfDates, MIN_DATES, type SpanNumber, type SpanPair } from './compare-spans.ts'

/** For tests: a stream of numbers from 0 to 1 (mulberry32), the same on every run. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const poisson = (mean: number, random: () => number) => {
  let [count, left] = [0, Math.exp(-mean)]
  for (let product = random(); product > left; product *= random()) count++
  return count
}

type Day = { asked: number; answered: number; minutes: number }
/** Three years of a community that never changes. `burst`: a day is busy or quiet, and well or badly answered, as a whole. */
const steadyDays = (random: () => number, perDay: number, burst: boolean, growth = 0): Day[] =>
  Array.from({ length: 1100 }, (_, i) => {
    const busy = burst ? (random() < 0.2 ? 4 : 0.25) : 1
    const share = burst ? 0.3 + 0.6 * random() : 0.6
    const asked = poisson(perDay * busy * (1 + growth * i), random)
    const answered = Array.from({ length: asked }, () => random() < share).filter(Boolean).length
    return { asked, answered, minutes: Math.exp(random() + random() + random() - 1.5) }
  })

const KINDS = {
  count: (sums: Day): SpanNumber => ({ kind: 'count', count: sums.asked }),
  share: (sums: Day): SpanNumber => ({ kind: 'share', k: sums.answered, n: sums.asked }),
  ratio: (sums: Day): SpanNumber => ({ kind: 'ratio', value: sums.minutes }),
  difference: (sums: Day): SpanNumber => ({ kind: 'difference', value: sums.minutes }),
}
type Kind = keyof typeof KINDS

/** Spans of the days, as a community's spans are measured: a week apart, back to two years before the day. */
const compareAt = (days: readonly Day[], on: number, span: number, kind: Kind) => {
  const until: Day[] = [{ asked: 0, answered: 0, minutes: 0 }]
  for (const { asked, answered, minutes } of days) {
    const last = until.at(-1) as Day
    until.push({ asked: last.asked + asked, answered: last.answered + answered, minutes: last.minutes + minutes })
  }
  const at = (start: number): SpanNumber => {
    const [from, to] = [until[start] as Day, until[start + span] as Day]
    return KINDS[kind]({ asked: to.asked - from.asked, answered: to.answered - from.answered, minutes: to.minutes - from.minutes })
  }
  const pair = (day: number): SpanPair => ({ at: day - on, before: at(day - span), after: at(day) })
  const past: SpanPair[] = []
  for (let day = on - span; day - span >= 0 && day >= on - 728; day -= 7) past.push(pair(day))
  return compareSpans(pair(on), past, span)
}

const RUNS = 500
/** Two and a half standard errors of a rate of 5 % over so many runs. */
const SLACK = 2.5 * Math.sqrt((0.05 * 0.95) / RUNS)

/** How often the interval holds "no change", and how often a change is claimed, at random days of steady communities. */
const calibrate = (kind: Kind, { perDay, burst, span }: { perDay: number; burst: boolean; span: number }) => {
  const random = randomOf(20_260_101)
  let [covered, claimed, swings] = [0, 0, 0]
  for (let i = 0; i < RUNS; i++) {
    const days = steadyDays(random, perDay, burst)
    const { change, finding, swing } = compareAt(days, 800 + Math.floor(random() * 100), span, kind)
    const none = change?.kind === 'ratio' ? 1 : 0
    covered += Number(change === null || ((change.low ?? -Infinity) <= none && none <= (change.high ?? Infinity)))
    claimed += Number(finding === 'more' || finding === 'less')
    swings += swing ?? 0
  }
  return { coverage: covered / RUNS, claims: claimed / RUNS, swing: swings / RUNS }
}

describe('on a steady community, at random days', () => {
  for (const [kind, span, perDay, burst, swing] of [
    ['count', 28, 1.5, false, 1],
    ['count', 28, 1.5, true, 4],
    ['count', 91, 1, true, 3],
    ['share', 28, 1.5, true, 1.6],
    ['share', 91, 1, false, 1],
    ['ratio', 91, 1, false, 0],
  ] as const)
    test(`${kind} over ${span} days${burst ? ', in bursts' : ''}: the interval holds "no change" 95 times in 100, and a claim comes 5 times at most`, () => {
      const found = calibrate(kind, { perDay, burst, span })
      expect(found.coverage).toBeGreaterThan(0.95 - SLACK)
      expect(found.claims).toBeLessThan(0.05 + SLACK)
      // by how much chance alone would be believed too little
      expect(Math.abs(found.swing - swing)).toBeLessThan(0.1 * swing + 0.3)
      // and does come: a yardstick that claims nothing is none
      expect(found.claims).toBeGreaterThan(0.005)
    })
})

describe('a change', () => {
  const changed = (factor: number, share: number) => {
    const random = randomOf(7)
    const before = steadyDays(random, 2, false).slice(0, 800)
    const after = steadyDays(random, 2 * factor, false).slice(0, 200)
    return [...before, ...after.map((day) => ({ ...day, answered: Math.round(day.asked * share) }))]
  }

  test('that is large is found, with its direction', () => {
    expect(compareAt(changed(2, 0.6), 800, 91, 'count')).toMatchObject({ finding: 'more', placebo: { as_large: 0 } })
    expect(compareAt(changed(0.4, 0.6), 800, 91, 'count').finding).toBe('less')
    expect(compareAt(changed(1, 0.9), 800, 91, 'share').finding).toBe('more')
    expect(compareAt(changed(1, 0.2), 800, 91, 'share').finding).toBe('less')
  })

  test('that goes on as the years before it is nothing unusual', () => {
    const random = randomOf(3)
    const days = steadyDays(random, 1, false, 1 / 100)
    expect(compareAt(days, 850, 91, 'count').finding).toBe('not_unusual')
  })

  test('cannot be told from a short past; shares keep the interval of chance, counts have none', () => {
    const random = randomOf(5)
    const days = steadyDays(random, 2, false).slice(0, 400)
    const share = compareAt(days, 250, 91, 'share')
    expect(share).toMatchObject({ finding: 'cannot_tell', placebo: null, swing: null })
    expect(share.change?.low).toBeTypeOf('number')
    expect(compareAt(days, 250, 91, 'count')).toMatchObject({ finding: 'cannot_tell', change: { low: null, high: null } })
    expect(compareAt(days, 250, 91, 'ratio')).toMatchObject({ finding: 'cannot_tell', change: { low: null } })
  })

  test('of a handful stays a count', () => {
    const past: SpanPair[] = Array.from({ length: 60 }, (_, i) => ({
      at: -91 - i * 7,
      before: { kind: 'share', k: 20, n: 40 },
      after: { kind: 'share', k: 21, n: 40 },
    }))
    const few = { at: 0, before: { kind: 'share', k: 1, n: 9 }, after: { kind: 'share', k: 30, n: 30 } } as const
    expect(compareSpans(few, past, 91)).toMatchObject({ change: null, placebo: null, finding: 'cannot_tell' })
    const enough = { at: 0, before: { kind: 'share', k: 1, n: 10 }, after: { kind: 'share', k: 30, n: 30 } } as const
    expect(compareSpans(enough, past, 91).finding).toBe('more')
    const counts = { at: 0, before: { kind: 'count', count: 0 }, after: { kind: 'count', count: 9 } } as const
    expect(compareSpans(counts, [], 91)).toMatchObject({ change: null, finding: 'cannot_tell' })
  })

  test('from nothing has no ratio, and an open end', () => {
    const past: SpanPair[] = Array.from({ length: 60 }, (_, i) => ({
      at: -28 - i * 7,
      before: { kind: 'count', count: 5 + (i % 2) },
      after: { kind: 'count', count: 6 - (i % 2) },
    }))
    const found = compareSpans({ at: 0, before: { kind: 'count', count: 0 }, after: { kind: 'count', count: 30 } }, past, 28)
    expect(found).toMatchObject({ finding: 'more', change: { kind: 'ratio', value: null, high: null } })
    const zero = compareSpans({ at: 0, before: { kind: 'ratio', value: 0 }, after: { kind: 'ratio', value: 4 } }, [], 28)
    expect(zero).toMatchObject({ change: null, finding: 'cannot_tell' })
  })

  test('needs as many earlier dates as a claim of one in twenty takes', () => {
    const past = (count: number): SpanPair[] =>
      Array.from({ length: count }, (_, i) => ({
        at: -28 - i * 7,
        before: { kind: 'count', count: 40 },
        after: { kind: 'count', count: 41 },
      }))
    const tried = { at: 0, before: { kind: 'count', count: 40 }, after: { kind: 'count', count: 400 } } as const
    expect(compareSpans(tried, past(MIN_DATES - 1), 28).finding).toBe('cannot_tell')
    expect(compareSpans(tried, past(MIN_DATES), 28).finding).toBe('more')
  })
})

test('dates that share days count for fewer: a span apart their changes hang together by half, two spans apart not at all', () => {
  expect(degreesOfDates([0], 28)).toBe(1)
  expect(degreesOfDates([0, -56, -112], 28)).toBeCloseTo(3, 10)
  // seven in a row: 49 / (7 + 2 · 6 · ½²)
  expect(
    degreesOfDates(
      [0, 1, 2, 3, 4, 5, 6].map((i) => -28 * i),
      28,
    ),
  ).toBeCloseTo(4.9, 10)
  expect(degreesOfDates([0, 0], 28)).toBe(1)
})
