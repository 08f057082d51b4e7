import { expect, test } from 'vitest'
import type { Intervention } from '../../../shared/contract/intervention.ts'
import { findNotes } from './notes-on-charts.tsx'

const tried = (on: string, title: string): Intervention => ({
  intervention_id: title,
  on,
  title,
  note: null,
  metrics: [],
  version: 1,
  created_at: '',
  updated_at: '',
  updated_by: null,
})
const ALL = [tried('2026-04-20', 'C'), tried('2026-03-31', 'B'), tried('2026-03-02', 'A'), tried('2020-01-01', 'old')]

test('each stands in its month, week or day, the earliest first, what is to come as planned', () => {
  expect(findNotes(ALL, ['2026-03', '2026-04'], '2026-04-10')).toEqual([
    { period: '2026-03', label: 'A' },
    { period: '2026-03', label: 'B' },
    { period: '2026-04', label: 'Planned: C' },
  ])
  expect(findNotes(ALL, ['2026-W13', '2026-W14'], '2026-05-01')).toEqual([{ period: '2026-W14', label: 'B' }])
  expect(findNotes(ALL, ['2026-03-02'], '2026-05-01')).toEqual([{ period: '2026-03-02', label: 'A' }])
})

test('a chart over something else than time has none', () => {
  expect(findNotes(ALL, ['first month', 'second month'], '2026-05-01')).toEqual([])
  expect(findNotes(ALL, [], '2026-05-01')).toEqual([])
})
