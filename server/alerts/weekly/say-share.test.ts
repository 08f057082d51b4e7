import { describe, expect, it } from 'vitest'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { figureOfUsual, sayCannot, sayDifference, sayHowSure, sayOf, saySourcesBegun, sayUsual } from './say-share.ts'
import { sharesOf } from './share-series.ts'
import { estimateShareSince } from './since.ts'

describe('words of shares', () => {
  it('give counts of few, and percentages from thirty on', () => {
    expect(sayOf(4, 7)).toBe('4 of 7')
    expect(sayOf(12, 41)).toBe('12 of 41 (29\u00a0%)')
    expect(sayDifference({ cases: 4, of: 16 }, 0.8)).toBe('nine fewer')
    expect(sayDifference({ cases: 13, of: 16 }, 0.8)).toBe('as usual')
    expect(sayDifference({ cases: 12, of: 41 }, 0.8)).toBe('29\u00a0% instead of 80\u00a0%')
    expect(sayDifference({ cases: 80, of: 100 }, 0.8)).toBe('as usual')
  })
  it('say of what is usual whether it is none', () => {
    expect([0, 0.01, 0.06, 0.5].map((share) => sayUsual(share, 20))).toEqual(['none', 'hardly any', 'one', '10'])
    expect([0, 0.01, 0.06, 0.5].map((share) => figureOfUsual(share, 20))).toEqual(['none', 'hardly any', 'about 1', 'about 10'])
  })
  it('say what lacks', () => {
    const noun = (count: number) => `${count} questions`
    expect(sayCannot({ why: 'short', history: 1, asked: 34, weeks: 8 }, noun)).toBe('It takes 34\u00a0weeks of history; there is 1.')
    expect(sayCannot({ why: 'short', history: 60, asked: 78, weeks: 26 }, noun)).toBe(
      'So little happens that 26\u00a0weeks are judged together, which takes 78\u00a0weeks of history; there are 60.',
    )
    expect(sayCannot({ why: 'few', of: 9, weeks: 26, asked: 16 }, noun)).toBe(
      'Too few to judge: 9 questions in 26\u00a0weeks; it takes 16.',
    )
  })
  it('say how sure, and promise nothing that was not simulated', () => {
    const judged = {
      kind: 'fast',
      weeks: 8,
      now: { cases: 1, of: 2, heard: 8 },
      before: { cases: 1, of: 2, heard: 52 },
      dispersion: 1,
      z: 3.64,
      season_z: null,
    } as const
    const text = sayHowSure(judged, 1.2, { a_year: 0.25, standard_error: 0.01, of: 'communities' })
    expect(text).toContain('3.6 times as large as this share usually swings here by itself; it takes 3.6')
    expect(text).toContain(
      'False alarms where nothing changes, by simulation, in the worst kind of community that swings like this one: about one in four years.',
    )
    expect(sayHowSure(judged, 1, { a_year: 0, standard_error: null, of: '' })).not.toContain('false')
  })
  it('name a source that began late, and not the first', () => {
    const sources = [
      { source: 'forum', first_event_at: '2025-01-01T10:00:00Z' },
      { source: 'chat\u202e', first_event_at: '2025-03-01T23:30:00Z' },
      { source: 'silent', first_event_at: null },
    ]
    const days = { from_on: '2024-06-01', to_on: '2025-06-01' }
    expect(saySourcesBegun(sources, days, 'Europe/Berlin')).toEqual([
      '“chat” has told of it since 2 March 2025: what a new source adds counts like a change.',
    ])
    expect(saySourcesBegun(sources, { ...days, from_on: '2025-03-03' }, 'Europe/Berlin')).toEqual([])
  })
})

describe('since when', () => {
  const random = createRandom(4)
  const draw = (share: number) => Array.from({ length: 10 }).filter(() => random.isTrue(share)).length
  const weeks = (at: (week: number) => number) =>
    sharesOf(Array.from({ length: 140 }, (_, week) => ({ share: { cases: draw(at(week)), of: 10 }, is_holiday: false })))

  it('is the week of a step, nearly exactly', () => {
    const { week, low, high } = estimateShareSince(
      weeks((i) => (i < 120 ? 0.2 : 0.6)),
      130,
      1.3,
    )
    expect(Math.abs(week - 120)).toBeLessThanOrEqual(2)
    expect(low).toBeLessThanOrEqual(120)
    expect(high).toBeGreaterThanOrEqual(120)
    expect(high - low).toBeLessThanOrEqual(6)
  })
  it('is uncertain of what came slowly', () => {
    const { low, high } = estimateShareSince(
      weeks((i) => 0.2 + 0.3 * Math.max(0, Math.min(1, (i - 70) / 60))),
      130,
      1.3,
    )
    expect(high - low).toBeGreaterThanOrEqual(5)
  })
  it('does not see what comes after', () => {
    const series = weeks((i) => (i < 120 ? 0.2 : 0.6))
    expect(estimateShareSince(series, 110, 1.3).high).toBeLessThanOrEqual(110)
  })
  it('holds the true week four times in five', () => {
    let held = 0
    for (let i = 0; i < 200; i++) {
      const { low, high } = estimateShareSince(
        weeks((week) => (week < 124 ? 0.2 : 0.45)),
        135,
        1,
      )
      if (low <= 124 && high >= 124) held++
    }
    expect(held / 200).toBeGreaterThan(0.7)
  })
})
