import { describe, expect, test } from 'vitest'
import type { Point } from '../../../shared/contract/metric.ts'
import { shiftPeriod } from '../../../shared/period.ts'
import { judgeChange, LEAST_PAST, rankChanges, type ToldSeries } from './judge-change.ts'

const point = (i: number, value: number | null, over: Partial<Point> = {}): Point => ({
  period: shiftPeriod('2023-01', 'month', i),
  is_unfinished: false,
  value,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: value === null ? 'not_applicable' : 'ok',
  reason: value === null ? 'Nothing was asked.' : null,
  ...over,
})
const counts = (values: (number | null)[], over: Partial<ToldSeries> = {}): ToldSeries => ({
  id: 'questions',
  category: null,
  kind: 'count',
  noun: 'month',
  direction: 'up',
  starts_with_first: true,
  points: values.map((value, i) => ({ point: point(i, value), exposure: 30, is_whole: true })),
  year_before: values.length - 13,
  ...over,
})
const steady = (length: number) => Array.from({ length }, (_, i) => 24 + ((i * 7) % 9) - 4)

describe('a change', () => {
  test('is unusual where the past makes it so, and worse only where the metric has a direction', () => {
    const fall = judgeChange(counts([...steady(18), 6]))
    expect(fall).toMatchObject({ is_unusual: true, side: 'below', meaning: 'worse', cannot_tell: null })
    expect(fall.usual?.low).toBeGreaterThan(6)
    expect(fall.before?.value).toBe(steady(18)[17])
    expect(fall.year_before?.period).toBe(shiftPeriod(fall.point.period, 'month', -12))
    expect(judgeChange(counts([...steady(18), 6], { direction: 'none' })).meaning).toBeNull()
    expect(judgeChange(counts([...steady(18), 60])).meaning).toBe('better')
    expect(judgeChange(counts([...steady(18), 60], { direction: 'down' })).meaning).toBe('worse')
    expect(judgeChange(counts([...steady(18), 25]))).toMatchObject({ is_unusual: false, meaning: null })
  })

  test('cannot be told of too short a past, of a period that was not heard, and of what is not shown', () => {
    const short = judgeChange(counts([...steady(LEAST_PAST - 1), 2]))
    expect(short).toMatchObject({ probability: null, usual: null, is_unusual: false })
    expect(short.cannot_tell).toContain('It takes 12 months')
    expect(short.before?.value).toBe(steady(LEAST_PAST - 1).at(-1))
    const series = counts([...steady(18), 2])
    const unheard = { ...series, points: series.points.map((one, i) => ({ ...one, is_whole: i < 18 })) }
    expect(judgeChange(unheard).cannot_tell).toContain('feed was silent')
    expect(judgeChange(counts([...steady(18), null])).cannot_tell).toBe('Nothing was asked.')
  })

  test('leaves bulk steps, silent periods and those before the first out of the past', () => {
    const series = counts([0, 0, 0, ...steady(18), 25])
    expect(judgeChange(series).past.length).toBe(18)
    const withImport = {
      ...series,
      points: series.points.map((one, i) =>
        i === 5 ? { ...one, point: point(5, 900, { status: 'bulk_step' }) } : i === 6 ? { ...one, is_whole: false } : one,
      ),
    }
    expect(judgeChange(withImport).past.length).toBe(16)
    expect(judgeChange({ ...series, starts_with_first: false }).past.length).toBe(21)
    const bulk = judgeChange({
      ...series,
      points: [
        ...series.points.slice(0, -1),
        { point: point(21, 900, { status: 'bulk_step', reason: 'An import.' }), exposure: 30, is_whole: true },
      ],
    })
    expect(bulk).toMatchObject({ probability: null, cannot_tell: 'An import.' })
  })

  test('that came a year before too is the season’s', () => {
    const seasonal = Array.from({ length: 37 }, (_, i) => (i % 12 === 0 ? 7 : (steady(37)[i] as number)))
    expect(judgeChange(counts(seasonal))).toMatchObject({ is_unusual: false, is_as_a_year_before: true, meaning: null })
    const once = seasonal.map((value, i) => (i === 24 ? 24 : value))
    expect(judgeChange(counts(once))).toMatchObject({ is_unusual: true, is_as_a_year_before: false })
  })

  test('inferred threads are never compared, small shares are, and by their counts', () => {
    const shares = (now: Partial<Point>): ToldSeries =>
      counts([], {
        id: 'answered-share',
        kind: 'share',
        starts_with_first: false,
        year_before: 1,
        points: [
          ...Array.from({ length: 13 }, (_, i) => ({
            point: point(i, null, { numerator: 7, denominator: 8, status: 'count_only' as const }),
            exposure: 30,
            is_whole: true,
          })),
          { point: point(13, null, { numerator: 1, denominator: 7, status: 'count_only', ...now }), exposure: 30, is_whole: true },
        ],
      })
    expect(judgeChange(shares({}))).toMatchObject({ is_unusual: true, meaning: 'worse', usual: { of: 7 } })
    expect(judgeChange(shares({ is_inferred: true })).probability).toBeNull()
    expect(judgeChange(shares({ numerator: 0, denominator: 1 }))).toMatchObject({ probability: null, usual: null })
    expect(judgeChange(shares({ numerator: 0, denominator: 1 })).cannot_tell).toContain('too few')
    expect(judgeChange(shares({ numerator: 0, denominator: 0, status: 'not_applicable' })).probability).toBeNull()
  })

  test('ranks by surprise and not by size', () => {
    const large = judgeChange(counts([...steady(18).map((count) => count * 40), 24 * 40 + 150], { id: 'contributions' }))
    const small = judgeChange(counts([...steady(18), 6]))
    const none = judgeChange(counts([...steady(5), 6], { id: 'joins' }))
    expect(rankChanges([none, large, small]).map(({ id }) => id)).toEqual(['questions', 'contributions', 'joins'])
  })
})
