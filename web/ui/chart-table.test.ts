import { expect, test } from 'vitest'
import type { Chart, ChartPoint } from './chart-point.ts'
import { tableOfChart } from './chart-table.ts'

const point = (over: Partial<ChartPoint>): ChartPoint => ({
  period: '2025-01',
  value: null,
  numerator: null,
  denominator: null,
  low: null,
  high: null,
  reason: null,
  is_unfinished: false,
  ...over,
})
const chart: Chart = {
  kind: 'lines',
  unit: 'share',
  periods: ['2025-01', '2025-02'],
  series: [
    {
      id: 'answered-share',
      label: 'Answered',
      tone: 'help',
      points: [
        point({ value: 0.74, numerator: 31, denominator: 42, low: 0.59, high: 0.85 }),
        point({ period: '2025-02', numerator: 2, denominator: 3, reason: 'Too few questions.', is_unfinished: true }),
      ],
    },
  ],
}

test('the table says all that the chart shows, and why a value is missing', () => {
  const { columns, rows } = tableOfChart(chart)
  expect(columns.map((c) => c.label)).toEqual(['Period', 'Answered, %', '95 % interval', 'Cases', 'Note'])
  expect(rows.map((r) => r.cells.map((c) => c.replaceAll('\u00a0', ' ')))).toEqual([
    ['January 2025', '74 %', '59–85 %', '31 of 42', ''],
    ['February 2025', '–', '–', '2 of 3', 'Not over yet. Too few questions.'],
  ])
})

test('the file holds plain numbers, and nothing where nothing is known', () => {
  expect(tableOfChart(chart).csv).toEqual([
    ['period', 'unfinished', 'Answered', 'Answered: low', 'Answered: high', 'Answered: numerator', 'Answered: denominator', 'note'],
    ['2025-01', 'no', 0.74, 0.59, 0.85, 31, 42, ''],
    ['2025-02', 'yes', null, null, null, 2, 3, 'Not over yet. Too few questions.'],
  ])
})

test('what was noted stands in a column of its own, whole, in the table and in the file', () => {
  const notes = [
    { period: '2025-02', label: '=1+1' },
    { period: '2025-02', label: 'Question hour, on Wednesdays' },
  ]
  const { columns, rows, csv } = tableOfChart({ ...chart, notes })
  expect(columns.map((c) => c.label)).toEqual(['Period', 'Answered, %', '95 % interval', 'Cases', 'Interventions', 'Note'])
  expect(rows.map((r) => r.cells.at(-2)?.replaceAll(/[\u2068\u2069]/g, ''))).toEqual(['', '=1+1; Question hour, on Wednesdays'])
  expect(csv.map((line) => line.at(-2))).toEqual(['interventions', '', '=1+1; Question hour, on Wednesdays'])
})
