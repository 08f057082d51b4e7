import { expect, test } from 'vitest'
import { buildTimeline, csvOfTimeline, type Evaluation, nameYears, placeLabels, rowOfMonth, sayChanges, sayMonth } from './timeline-rows.ts'

const seen = (text: string) => text.replaceAll('\u00a0', ' ')
const evaluation = (at: string, over: Partial<Evaluation> = {}): Evaluation => ({
  at,
  is_month_over: true,
  verdict: 'community',
  support: 0.92,
  strength: 'clear',
  standing: 'community',
  trajectory: 'steady',
  intention: null,
  sentence: 'It is a community.',
  ...over,
})
const timeline = buildTimeline([
  evaluation('2025-11-30', { verdict: 'too_little_data', standing: null, support: null, strength: null, trajectory: 'forming' }),
  evaluation('2025-12-31', { verdict: 'mixed', standing: 'mixed', strength: 'none', support: 0.41 }),
  // nothing for January
  evaluation('2026-02-28', { trajectory: 'declining' }),
  evaluation('2026-03-12', { verdict: 'blog', strength: 'leaning', support: 0.7, trajectory: 'declining', is_month_over: false }),
])

test('every month has its place, what stands is in segments, and lanes are those that occur', () => {
  expect(timeline.months.map((month) => month.period)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02', '2026-03'])
  expect(timeline.standing).toEqual([
    { of: 'mixed', from: 1, to: 1 },
    { of: 'community', from: 3, to: 4 },
  ])
  expect(timeline.lanes).toEqual(['community', 'mixed', 'blog', 'too_little_data'])
  expect(timeline.directions).toEqual([{ of: 'declining', from: 3, to: 4 }])
  expect(buildTimeline([]).months).toEqual([])
})

test('a month says in a sentence what stood, how it read, how sure and which way', () => {
  expect(timeline.months.map((month) => seen(sayMonth(month)))).toEqual([
    'November 2025: the month read as too little data; nothing stood yet; forming.',
    'December 2025: mixed stood, and the month read as that (no clear pattern, 41 %); steady.',
    'January 2026: not evaluated.',
    'February 2026: community stood, and the month read as that (clear, 92 %); declining.',
    'March 2026, not over yet: community stands; the month so far reads as blog (leaning, 70 %); declining.',
  ])
  expect(sayChanges(timeline)).toEqual(['mixed from December 2025', 'community since February 2026'])
})

test('the table and the file hold the same months, and nothing for what is not known', () => {
  expect(timeline.months.map((month) => rowOfMonth(month)[1])).toEqual(['nothing yet', 'Mixed', '–', 'Community', 'Community'])
  const csv = csvOfTimeline(timeline)
  expect(csv).toHaveLength(6)
  expect(csv.every((line) => line.length === csv[0]?.length)).toBe(true)
  expect(csv[1]?.slice(0, 6)).toEqual(['2025-11', '2025-11-30', 'no', null, 'too_little_data', null])
})

test('only what has room is named, and no name runs into the next', () => {
  const segments = [
    { of: 'community', from: 0, to: 1 },
    { of: 'mixed', from: 2, to: 2 },
    { of: 'blog', from: 3, to: 30 },
  ]
  const names = (cell: number) =>
    placeLabels(segments, (of) => of, cell, 31).map(({ segment, until }) => `${segment.of} ${segment.from}-${until}`)
  expect(names(7)).toEqual(['blog 3-30'])
  expect(names(60)).toEqual(['community 0-1', 'mixed 2-2', 'blog 3-30'])
  const years = buildTimeline([evaluation('2014-08-31'), evaluation('2026-11-30')]).months
  expect(nameYears(years, 7).map(({ year }) => year)).toEqual(Array.from({ length: 12 }, (_, i) => String(2015 + i)))
  expect(nameYears(years, 2).every(({ at }, i, all) => i === 0 || (at - (all[i - 1]?.at ?? 0)) * 2 >= 40)).toBe(true)
})
