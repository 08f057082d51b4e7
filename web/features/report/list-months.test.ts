import { describe, expect, it } from 'vitest'
import type { ReportList } from '../../../shared/contract/report-settings.ts'
import { listMonths, usualMonth } from './list-months.ts'

const list: ReportList = {
  reports: [{ month: '2025-11', revision: 2, made_at: '2025-12-01T00:00:00Z', headline: '' }],
  running_month: '2026-01',
  first_month: '2025-10',
  skipped: [{ month: '2025-12', reason: 'It was switched off.' }],
}

describe('listMonths', () => {
  it('says of each month whether it was made, runs or is missing, and why', () => {
    expect(listMonths(list, true)).toEqual([
      { month: '2026-01', state: 'running', reason: null },
      { month: '2025-12', state: 'missing', reason: 'It was switched off.' },
      { month: '2025-11', state: 'frozen', reason: null },
      { month: '2025-10', state: 'missing', reason: null },
    ])
  })

  it('offers those who read frozen reports only these', () => {
    expect(listMonths(list, false).map(({ month }) => month)).toEqual(['2025-11'])
    expect(listMonths({ ...list, reports: [] }, false)).toEqual([])
  })

  it('offers the running month where no data have come', () => {
    expect(listMonths({ ...list, reports: [], first_month: null }, true).map(({ month }) => month)).toEqual(['2026-01'])
  })
})

describe('usualMonth', () => {
  it('is the last that was made, else the last with data, else the running one', () => {
    expect(usualMonth(listMonths(list, true), '2026-01')?.month).toBe('2025-11')
    const none = listMonths({ ...list, reports: [] }, true)
    expect(usualMonth(none, '2025-12')?.month).toBe('2025-12')
    expect(usualMonth(none, null)?.month).toBe('2026-01')
    expect(usualMonth([], null)).toBeUndefined()
  })
})
