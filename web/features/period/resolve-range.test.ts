import { expect, test } from 'vitest'
import { readOverviewSearch } from '../overview/overview-search.ts'
import { toggleTable } from './period-search.ts'
import { rangeBefore, resolveRange } from './resolve-range.ts'

test('without a wish the page shows the last 12 months with data', () => {
  expect(resolveRange({}, '2026-02-17', null)).toMatchObject({ from: '2025-03', to: '2026-02', grain: 'month', count: 12 })
})

test('a range and a grain are honoured in labels of that grain', () => {
  expect(resolveRange({ range: '3m', grain: 'week' }, '2026-02-17', null)).toMatchObject({
    from: '2025-W49',
    to: '2026-W08',
    grain: 'week',
    count: 12,
  })
  expect(resolveRange({ from: '2025-01', to: '2025-02', grain: 'day' }, '2026-02-17', null)).toMatchObject({
    from: '2025-01-01',
    to: '2025-02-28',
    count: 59,
  })
})

test('no period begins after the last day with data', () => {
  expect(resolveRange({ range: '3m', grain: 'day' }, '2026-02-17', null)).toMatchObject({ from: '2025-12-01', to: '2026-02-17' })
})

test('"all" begins with the first event, and a wrong date of long ago cannot ask for centuries', () => {
  expect(resolveRange({ range: 'all' }, '2026-02-17', '2023-11-30')).toMatchObject({ from: '2023-11', to: '2026-02' })
  expect(resolveRange({ range: 'all' }, '2026-02-17', '0001-01-01').count).toBe(360)
  expect(resolveRange({ from: '0001-01', to: '2026-02' }, '2026-02-17', null).count).toBe(360)
})

test('days over many years give way to a grain that can be drawn', () => {
  expect(resolveRange({ range: 'all', grain: 'day' }, '2026-02-17', '2020-01-01').grain).toBe('week')
  expect(resolveRange({ range: 'all', grain: 'day' }, '2026-02-17', '2005-01-01').grain).toBe('month')
  expect(resolveRange({ range: '12m', grain: 'day' }, '2026-02-17', null).grain).toBe('day')
})

test('what it is compared with lies right before, or a year before', () => {
  const range = resolveRange({}, '2026-02-17', null)
  expect(rangeBefore(range, 'previous')).toEqual({ from: '2024-03', to: '2025-02', grain: 'month' })
  const quarter = resolveRange({ range: '3m' }, '2026-02-17', null)
  expect(rangeBefore(quarter, 'previous')).toMatchObject({ from: '2025-09', to: '2025-11' })
  expect(rangeBefore(quarter, 'year')).toMatchObject({ from: '2024-12', to: '2025-02' })
})

test('an address that makes no sense reads as the default', () => {
  expect(
    readOverviewSearch({ range: 'ever', from: '2025-13', to: '2025-01', grain: 'hour', compare: 1, at: '<script>', tables: '"><b>' }),
  ).toEqual({})
  expect(readOverviewSearch({ from: '2025-05', to: '2025-01', range: '3m' })).toEqual({ range: '3m' })
  expect(readOverviewSearch({ from: '2025-01', to: '2025-05', range: '3m' })).toEqual({ from: '2025-01', to: '2025-05' })
})

test('a chart turns into its table and back', () => {
  expect(toggleTable(undefined, 'members')).toBe('members')
  expect(toggleTable('members', 'top-share')).toBe('members.top-share')
  expect(toggleTable('members.top-share', 'members')).toBe('top-share')
  expect(toggleTable('members', 'members')).toBeUndefined()
})
