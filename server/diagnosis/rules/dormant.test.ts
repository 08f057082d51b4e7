import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow } from '../example-windows.ts'
import type { FeedFacts } from '../window-facts.ts'

const quiet = (feed: Partial<FeedFacts> = {}) =>
  craftWindow({
    mix: { discussion: 2 },
    feed: { history_weeks: 60, recent_contribution_count: 2, earlier_start_count: 520, earlier_weeks: 52, ...feed },
  })

describe('dormant', () => {
  test('holds where a lively place has gone quiet', () => {
    expect(decide(quiet())).toBe('dormant')
  })

  test('up to two recent contributions', () => {
    expect(decide(quiet({ recent_contribution_count: 3 }))).toBe('too_little_data')
  })

  test('from half a year of history on', () => {
    expect(decide(quiet({ history_weeks: 26 }))).toBe('dormant')
    expect(decide(quiet({ history_weeks: 25 }))).toBe('too_little_data')
  })

  test('not where the feed may be what is silent', () => {
    expect(decide(quiet({ is_feed_alive: false }))).toBe('too_little_data')
  })

  test('only where the earlier rate makes so few improbable: P(X ≤ 2) is 0.0103 at a mean of 8.37 and 0.0099 at 8.42', () => {
    const earlier_weeks = 800
    expect(decide(quiet({ earlier_start_count: 837, earlier_weeks }))).toBe('too_little_data')
    expect(decide(quiet({ earlier_start_count: 842, earlier_weeks }))).toBe('dormant')
  })

  test('a place that was always quiet is not dormant', () => {
    expect(decide(quiet({ recent_contribution_count: 0, earlier_start_count: 20, earlier_weeks: 52 }))).toBe('too_little_data')
  })

  test('a place dead for years stays dormant: its rate is that of its life', () => {
    expect(decide(quiet({ history_weeks: 500, recent_contribution_count: 0, earlier_start_count: 520, earlier_weeks: 52 }))).toBe('dormant')
  })

  test('a place without any earlier contribution is not dormant', () => {
    expect(decide(quiet({ recent_contribution_count: 0, earlier_start_count: 0, earlier_weeks: 1 }))).toBe('too_little_data')
  })

  test('is told by threads: eight weeks without one are no surprise where four a quarter draw ten comments each', () => {
    const burst = { recent_contribution_count: 0, earlier_contribution_count: 160, earlier_weeks: 52 }
    expect(decide(quiet({ ...burst, earlier_start_count: 16 }))).not.toBe('dormant')
    expect(decide(quiet({ ...burst, earlier_start_count: 160 }))).toBe('dormant')
  })
})
