import { expect, test } from 'vitest'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { readShares } from './read-share.ts'
import { sharesOf, topSharesOf, type WeekOfPeople } from './share-series.ts'

// The test written out week by week, from docs/alerts.md and docs/direction.md alone, and slow.

type Week = { all: number; people: [number, number][]; is_holiday: boolean; is_known: boolean }
type Sum = { k: number; n: number; heard: number }
/** Of a span: cases of all, in the way the rule counts them. */
type Count = (weeks: readonly Week[]) => { k: number; n: number }

const spanOf = (weeks: readonly Week[], from: number, to: number, mask: boolean, count: Count): Sum => {
  const span = weeks.filter((week, i) => i >= from && i <= to && week.is_known && !(mask && week.is_holiday))
  return { ...count(span), heard: span.length }
}
const beforeOf = (weeks: readonly Week[], from: number, w: number, mask: boolean, count: Count): Sum => {
  const sum = { k: 0, n: 0, heard: 0 }
  const earliest = Math.max(0, from - 52)
  for (let to = from - 1; to >= earliest; to -= w) {
    const begin = Math.max(earliest, to - w + 1)
    if (to - begin + 1 < w / 2) continue
    const part = spanOf(weeks, begin, to, mask, count)
    sum.k += part.k
    sum.n += part.n
    sum.heard += part.heard
  }
  return sum
}
const logLikelihood = (k: number, n: number, p: number) => (k > 0 ? k * Math.log(p) : 0) + (n - k > 0 ? (n - k) * Math.log(1 - p) : 0)
const zOf = (a: Sum, b: Sum): number => {
  if (a.n === 0 || b.n === 0) return 0
  const p = (a.k + b.k) / (a.n + b.n)
  const gain =
    logLikelihood(a.k, a.n, a.k / a.n) + logLikelihood(b.k, b.n, b.k / b.n) - logLikelihood(a.k, a.n, p) - logLikelihood(b.k, b.n, p)
  return Math.sign(a.k / a.n - b.k / b.n) * Math.sqrt(2 * Math.max(0, gain))
}
const angleOf = ({ k, n }: Sum) => Math.asin(Math.sqrt((k + 0.375) / (n + 0.75)))

const obvious = (weeks: readonly Week[], week: number, count: Count, wander: number) => {
  for (const w of [8, 13, 26]) {
    const least = Math.max(26, 2 * w)
    if (week + 1 < w + least) return null
    const years: { a: Sum; b: Sum }[] = []
    for (const year of [1, 2, 3]) {
      const then = week - 52 * year
      if (week + 1 < 78 + w || then - w + 1 < 26) break
      const [a, b] = [spanOf(weeks, then - w + 1, then, false, count), beforeOf(weeks, then - w + 1, w, false, count)]
      if (a.heard >= w / 2 && b.heard >= 13) years.push({ a, b })
    }
    const mask = years.length === 0
    const [a, b] = [spanOf(weeks, week - w + 1, week, mask, count), beforeOf(weeks, week - w + 1, w, mask, count)]
    if (a.heard < w / 2 || b.heard < least / 2 || a.n < 16 || b.n < 32) continue
    const p = (a.k + b.k) / (a.n + b.n)
    const usual = 1.5 + wander * a.n * p * (1 - p)
    let [squares, windows] = [0, 0]
    for (let past = Math.max(w, week - w - 103); past <= week - w; past++) {
      const [x, y] = [spanOf(weeks, past - w + 1, past, true, count), beforeOf(weeks, past - w + 1, w, true, count)]
      if (x.heard < w / 2 || y.heard < 8 || x.n === 0 || y.n === 0) continue
      squares += Math.min(9 * usual, zOf(x, y) ** 2)
      windows++
    }
    const d = Math.max(1, (squares / w + 4 * usual) / (windows / w + 4))
    const change = (one: { a: Sum; b: Sum }) => angleOf(one.a) - angleOf(one.b)
    const variance = (one: { a: Sum; b: Sum }) => d * (1 / (4 * one.a.n + 2) + 1 / (4 * one.b.n + 2))
    const mean = years.reduce((sum, one) => sum + change(one), 0) / years.length
    const spread = variance({ a, b }) + years.reduce((sum, one) => sum + variance(one), 0) / years.length ** 2
    return { weeks: w, a, b, d, z: zOf(a, b) / Math.sqrt(d), season_z: mask ? null : (change({ a, b }) - mean) / Math.sqrt(spread) }
  }
  return null
}

const random = createRandom(12)
const livedThrough = (rate: number): Week[] =>
  Array.from({ length: 230 }, (_, i) => {
    const all = random.poisson(rate)
    const people = new Map<number, number>()
    for (let one = 0; one < all; one++) {
      const person = Math.floor(random.next() ** 2 * 6)
      people.set(person, (people.get(person) ?? 0) + 1)
    }
    // something on the first day: what is before it would be no history
    return {
      all: i === 0 ? 1 : all,
      people: i === 0 ? [[0, 1]] : [...people],
      is_holiday: i % 52 >= 26 && i % 52 <= 34,
      is_known: i === 0 || random.isTrue(0.95),
    }
  })

test.each([0.9, 2, 12])('is as the formulas say, written out week by week, at %f a week', (rate) => {
  const weeks = livedThrough(rate)
  // the first person's share adds up; the top person's does not
  const ofFirst: Count = (span) => ({
    k: span.reduce((sum, { people }) => sum + (people.find(([person]) => person === 0)?.[1] ?? 0), 0),
    n: span.reduce((sum, { all }) => sum + all, 0),
  })
  const ofTop: Count = (span) => {
    const given = new Map<number, number>()
    for (const { people } of span) for (const [person, count] of people) given.set(person, (given.get(person) ?? 0) + count)
    return { k: Math.max(0, ...given.values()), n: span.reduce((sum, { all }) => sum + all, 0) }
  }
  const adding = sharesOf(
    weeks.map((week) => ({ share: week.is_known ? { cases: ofFirst([week]).k, of: week.all } : null, is_holiday: week.is_holiday })),
  )
  const top = topSharesOf(
    weeks.map(
      (week): WeekOfPeople => ({
        all: week.is_known ? week.all : null,
        people: week.is_known ? week.people : [],
        is_holiday: week.is_holiday,
      }),
    ),
  )
  let judged = 0
  for (const [series, count, wander] of [
    [adding, ofFirst, 0.04],
    [top, ofTop, 0.08],
  ] as const) {
    const read = readShares(series, series.first)
    for (let week = 40; week < weeks.length; week += 7) {
      const { fast } = read(week)
      const heard = weeks.slice(week - 7, week + 1).filter(({ is_known }) => is_known).length
      const expected = heard < 4 ? null : obvious(weeks, week, count, wander)
      expect(fast === null, `week ${week}`).toBe(expected === null)
      if (fast === null || expected === null) continue
      judged++
      expect(fast).toMatchObject({
        weeks: expected.weeks,
        now: { cases: expected.a.k, of: expected.a.n },
        before: { cases: expected.b.k, of: expected.b.n },
      })
      expect(fast.dispersion).toBeCloseTo(expected.d, 9)
      expect(fast.z).toBeCloseTo(expected.z, 9)
      if (expected.season_z === null) expect(fast.season_z).toBeNull()
      else expect(fast.season_z).toBeCloseTo(expected.season_z, 9)
    }
  }
  expect(judged).toBeGreaterThan(rate < 1 ? 10 : 30)
})
