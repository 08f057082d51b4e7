import { expect, test } from 'vitest'
import type { AlertCourse } from '../../../shared/contract/alert.ts'
import { tableOfChart } from '../../ui/chart-table.ts'
import { courseChart, sayCourse, seriesChart } from './draw-course.ts'

type Period = AlertCourse['periods'][number]
const period = (on: string, statistic: number | null, more: Partial<Period> = {}): Period => ({
  on,
  statistic,
  is_standing: false,
  notice: null,
  reason: statistic === null ? 'It takes 34 weeks of history.' : null,
  ...more,
})
const course = (periods: Period[]): AlertCourse => ({
  rule: 'decline',
  strictness: 1,
  statistic: 'How far outside what is usual',
  cannot_judge: null,
  periods,
  series: [],
  alerts: [],
  stated: { a_year: 0.1, standard_error: null, of: '' },
  years: 1,
})
const STANDS = { is_standing: true } as const

test('the statistic is drawn against its limit, with what was told and while it stood', () => {
  const chart = courseChart(
    course([
      period('2025-01-06', null),
      period('2025-01-13', -0.4),
      period('2025-01-20', 1.1, { ...STANDS, notice: 'began' }),
      period('2025-01-27', 1.6, STANDS),
      period('2025-02-03', 0.5, { notice: 'recovered' }),
      period('2025-02-10', 1.2, { ...STANDS, notice: 'began' }),
    ]),
    'week',
  )
  expect(chart.series[0]?.points.map(({ value }) => value)).toEqual([null, 0, 1.1, 1.6, 0.5, 1.2])
  expect(chart.threshold?.value).toBe(1)
  expect(chart.grounds?.map(({ from, to }) => [from, to])).toEqual([
    ['2025-W04', '2025-W05'],
    ['2025-W07', '2025-W07'],
  ])
  expect(chart.marks).toEqual([
    { period: '2025-W04', label: 'Noticed' },
    { period: '2025-W06', label: 'Recovered' },
    { period: '2025-W07', label: 'Noticed' },
  ])
  const notes = tableOfChart(chart).rows.map(({ cells }) => cells.at(-1))
  expect(notes).toEqual([
    'It takes 34 weeks of history.',
    'The other way from what is watched.',
    'Noticed. An alert stands, noticed in the week of 20 January 2025.',
    'An alert stands, noticed in the week of 20 January 2025.',
    'Recovered.',
    'Noticed. An alert stands, noticed in the week of 10 February 2025.',
  ])
})

test('of two that follow each other without a gap each has its ground', () => {
  const { grounds } = courseChart(
    course([
      period('2025-01-06', 1.1, { ...STANDS, notice: 'began' }),
      period('2025-01-13', 1.3, { ...STANDS, notice: 'began' }),
      period('2025-01-20', 1.3, STANDS),
    ]),
    'week',
  )
  expect(grounds?.map(({ from, to }) => [from, to])).toEqual([
    ['2025-W02', '2025-W02'],
    ['2025-W03', '2025-W04'],
  ])
})

test('a course is said in words, and months are named as months', () => {
  expect(sayCourse(course([]), { grain: 'week' })).toBe('It could not be judged at any time so far.')
  expect(sayCourse({ ...course([period('2025-01-06', null)]), cannot_judge: 'Too few weeks.' }, { grain: 'week' })).toBe('Too few weeks.')
  expect(sayCourse(course([period('2025-01-01', 0.2), period('2025-02-01', 0.4)]), { grain: 'month' })).toBe(
    'From 1 January 2025 to February 2025 it never told of anything. In the last period it was 0.4 of its limit.',
  )
})

test('what is counted is drawn as bars, shares as lines, and what is not known is a gap with its reason', () => {
  const weeks = [
    { on: '2025-01-06', value: 3 },
    { on: '2025-01-13', value: null },
  ]
  const bars = seriesChart({ id: 'joins', title: 'New members', unit: 'people', weeks }, 'week')
  expect([bars.kind, bars.unit, bars.axis]).toEqual(['bars', 'people', undefined])
  expect(bars.series[0]?.points[1]).toMatchObject({ value: null, reason: 'Nothing is known of this time.' })
  expect(seriesChart({ id: 'share', title: 'Answered', unit: '%', weeks }, 'week')).toMatchObject({ kind: 'lines', axis: '%' })
})
