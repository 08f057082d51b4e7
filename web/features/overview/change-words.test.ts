import { describe, expect, test } from 'vitest'
import type { Change, Changes } from '../../../shared/contract/changes.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import { sayChanges, sayDifference, sayJudgement, sayNow, sayRarity, sayUsual } from './change-words.ts'

const seen = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null
const point = (value: number | null, over: Partial<Point> = {}): Point => ({
  period: '2026-10',
  is_unfinished: false,
  value,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: value === null ? 'not_applicable' : 'ok',
  reason: null,
  ...over,
})
const earlier = (value: number | null, over: Partial<Point> = {}) => point(value, { period: '2026-09', ...over })
const share = (k: number, n: number, over: Partial<Point> = {}): Point =>
  point(n < 10 ? null : k / n, { numerator: k, denominator: n, status: n < 10 ? 'count_only' : 'ok', ...over })
const change = (over: Partial<Change>): Change => ({
  id: 'questions',
  category: null,
  point: point(12),
  before: earlier(26),
  year_before: null,
  past: [],
  usual: { low: 18, high: 31, expected: 24, of: null },
  side: 'below',
  probability: 1 / 24,
  once_in: 24,
  is_unusual: true,
  is_as_a_year_before: false,
  meaning: 'worse',
  cannot_tell: null,
  ...over,
})

describe('a change in words', () => {
  test('says the number, what is usual, and the difference', () => {
    expect(sayNow(point(12), 'questions')).toBe('12')
    expect(seen(sayUsual(change({}), 'questions'))).toBe('usually 18 to 31')
    expect(seen(sayDifference(point(12), earlier(26), 'questions'))).toBe('14 fewer than in September')
    expect(seen(sayDifference(point(27), earlier(26), 'questions'))).toBe('one more than in September')
    expect(seen(sayDifference(point(26), earlier(26), 'questions'))).toBe('as many as in September')
    expect(seen(sayDifference(point(12, { period: '2026-W40' }), earlier(10, { period: '2026-W39' }), 'questions'))).toBe(
      'two more than the week before',
    )
    expect(seen(sayDifference(point(30), earlier(24), 'hours'))).toBe('6 hours longer than in September')
    expect(sayDifference(point(30), earlier(null), 'hours')).toBeNull()
    expect(sayDifference(point(30), null, 'people')).toBeNull()
    expect(sayDifference(point(3), earlier(900, { status: 'bulk_step' }), 'people')).toBeNull()
  })

  test('keeps small shares to their counts', () => {
    expect(seen(sayNow(share(4, 7), 'share'))).toBe('4 of 7')
    expect(seen(sayNow(share(12, 20), 'share'))).toBe('12 of 20')
    expect(seen(sayNow(share(30, 40), 'share'))).toBe('75 %')
    expect(sayNow(point(null, { numerator: 3, denominator: 12, status: 'too_few' }), 'share')).toBeNull()
    expect(seen(sayUsual(change({ usual: { low: 5, high: 7, expected: 6, of: 7 } }), 'share'))).toBe('usually 5 to 7 of 7')
    expect(seen(sayUsual(change({ usual: { low: 34, high: 39, expected: 37, of: 40 } }), 'share'))).toBe('usually 85–98 %')
    expect(seen(sayDifference(share(4, 7), share(5, 8, { period: '2026-09' }), 'share'))).toBe('5 of 8 in September')
    expect(seen(sayDifference(share(30, 40), share(36, 40, { period: '2026-09' }), 'share'))).toBe('down 15 points from September')
  })

  test('says how rare it is as people count time', () => {
    expect([1.1, 3.2, 15, 24, 70, 400].map((n) => seen(sayRarity(n, 'month')))).toEqual([
      'about every month',
      'about one month in three',
      'about once in 15 months',
      'about once in two years',
      'about once in six years',
      'more rarely than once in 10 years',
    ])
    expect([1.2, 4, 22, 110, 400].map((n) => seen(sayRarity(n, 'week')))).toEqual([
      'about every week',
      'about one week in four',
      'about once in five months',
      'about once in two years',
      'more rarely than once in five years',
    ])
  })

  test('judges only what is unusual, and in words', () => {
    expect(seen(sayJudgement(change({}), 'month'))).toBe('Unusual: about once in two years, and for the worse.')
    expect(seen(sayJudgement(change({ meaning: null }), 'month'))).toBe('Unusual: about once in two years.')
    expect(seen(sayJudgement(change({ is_unusual: false, once_in: 3 }), 'month'))).toBe('Inside what is usual: about one month in three.')
    const season = change({ is_unusual: false, is_as_a_year_before: true, year_before: point(11, { period: '2025-10' }) })
    expect(sayJudgement(season, 'month')).toContain('so it was in October 2025')
    expect(sayJudgement(change({ once_in: null, cannot_tell: 'It takes 12.' }), 'month')).toBe('It takes 12.')
  })

  test('says of how many numbers, and what chance alone would bring', () => {
    const all: Changes = {
      known_by: null,
      grain: 'month',
      period: '2026-10',
      before: '2026-09',
      year_before: '2025-10',
      unusual_once_in: 20,
      looked_at: 15,
      expected_by_chance: 0.75,
      least_past: 12,
      cannot_tell: null,
      changes: [change({})],
    }
    expect(seen(sayChanges(all))).toBe(
      'One of 15 numbers is out of the ordinary in October 2026. By chance alone about one would be as rare as once in 20 months.',
    )
    expect(seen(sayChanges({ ...all, changes: [change({ is_unusual: false })] }))).toBe(
      'Nothing out of the ordinary in October 2026. 15 numbers looked at; by chance alone about one would be as rare as once in 20 months.',
    )
    expect(sayChanges({ ...all, period: null, cannot_tell: 'No whole month is over yet.' })).toBe('No whole month is over yet.')
    expect(sayChanges({ ...all, looked_at: 0, cannot_tell: 'Too short.' })).toBe('October 2026 beside the month before. Too short.')
  })
})
