import { expect, it } from 'vitest'
import { randomOf } from '../../../e2e/declining-community.ts'
import { estimateSince, saySince } from './estimate-since.ts'
import { addDays } from '../../../shared/period.ts'

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

const CHANGED = 80
const seriesOf = (a: number, b: number, weeks: number, random: () => number) => ({
  id: 'joins' as const,
  worse: -1 as const,
  counts: Array.from({ length: weeks }, (_, i) => poisson(i < CHANGED ? a : b, random)),
  exposures: Array.from({ length: weeks }, () => 1),
  is_holiday: Array.from({ length: weeks }, () => false),
})
/** How far off it is, in weeks, and how often the truth lies between what it says. */
const tryOut = (a: number, b: number, after: number, howMany = 1) => {
  const random = randomOf(5)
  const off: number[] = []
  let within = 0
  const runs = 200
  for (let run = 0; run < runs; run++) {
    const all = Array.from({ length: howMany }, () => ({
      series: seriesOf(a, b, CHANGED + after, random),
      direction: -1 as const,
      dispersion: 1,
    }))
    const since = estimateSince(all, CHANGED + after - 1)
    if (since === null) throw new Error('nothing found')
    off.push(Math.abs(since.week - CHANGED))
    if (since.low <= CHANGED && CHANGED <= since.high) within++
  }
  return { median: off.sort((x, y) => x - y)[runs / 2] as number, within: within / runs }
}

it('is off by a week or two in the median, and knows how far', () => {
  for (const [a, b, after, howMany, most] of [
    [8, 4, 8, 1, 2],
    [8, 4, 8, 3, 1],
    [20, 10, 7, 1, 1],
    [2, 0.7, 20, 1, 3],
  ] as const) {
    const { median, within } = tryOut(a, b, after, howMany)
    expect(median).toBeLessThanOrEqual(most)
    expect(within).toBeGreaterThan(0.7)
  }
})

it('finds a plain step to the week, looks past weeks of which nothing is known, and no later than it was noticed', () => {
  const random = () => 0.5
  const series = seriesOf(8, 2, 90, random)
  const all = [{ series, direction: -1 as const, dispersion: 1 }]
  expect(estimateSince(all, 89)).toMatchObject({ week: CHANGED })
  expect(estimateSince(all, 89, 70)?.week).toBeLessThanOrEqual(70)
  const gap = {
    ...series,
    exposures: series.exposures.map((exposure, i) => (i > 60 && i < 70 ? 0 : exposure)),
    counts: series.counts.map((count, i) => (i > 60 && i < 70 ? 0 : count)),
  }
  expect(estimateSince([{ series: gap, direction: -1, dispersion: 1 }], 89)).toMatchObject({ week: CHANGED })
  // what goes the other way is no begin
  expect(estimateSince([{ series, direction: 1, dispersion: 1 }], 89)).toBeNull()
})

it('says it only as exactly as it is known', () => {
  const mondayOf = (week: number) => addDays('2025-01-06', week * 7)
  expect(saySince({ week: 10, low: 10, high: 10 }, mondayOf, '2025-05-05')).toMatchObject({
    short: 'since March',
    sentence: 'The change shows since the week of 17 March 2025.',
  })
  expect(saySince({ week: 10, low: 8, high: 14 }, mondayOf, '2025-05-05').sentence).toBe(
    'The change shows since about March 2025, give or take some weeks.',
  )
  expect(saySince({ week: 10, low: 2, high: 20 }, mondayOf, '2025-05-05')).toMatchObject({
    short: 'since about March',
    sentence: 'It came on slowly or unevenly: by these numbers it began between January 2025 and May 2025, most likely around March 2025.',
  })
  expect(saySince({ week: 10, low: 10, high: 10 }, mondayOf, '2026-05-04').short).toBe('since March 2025')
})
