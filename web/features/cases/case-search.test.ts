import { expect, test } from 'vitest'
import { namesCase, readCaseSearch, searchCase } from './case-search.ts'

test('reads what names a case and leaves the rest out', () => {
  expect(readCaseSearch({ source: 'forum', id: 17, grain: 'year', period: 'May' })).toEqual({ source: 'forum', id: '17' })
  expect(readCaseSearch({ key: 'x'.repeat(241), metric: 'joins', period: '2025-03' })).toEqual({ metric: 'joins', period: '2025-03' })
  expect([{}, { source: 'forum' }, { source: 'forum', id: '1' }, { metric: 'm', period: '2025-03', key: 'k' }].map(namesCase)).toEqual([
    false,
    false,
    true,
    true,
  ])
})

test('a row is named by its place, else by its key in a period of the calendar', () => {
  const list = { metric: 'answered-share', category: null, period: '2025-W05' }
  expect(searchCase({ key: 'k', source: 'forum', id: 'q1' }, list)).toEqual({ source: 'forum', id: 'q1', grain: 'week' })
  expect(searchCase({ key: 'k', source: null, id: null }, { ...list, period: '2025-03', category: 'a' })).toEqual({
    metric: 'answered-share',
    category: 'a',
    period: '2025-03',
    key: 'k',
  })
  expect(searchCase({ key: 'k', source: null, id: null }, { ...list, period: '2025-01-01..2025-03-31' })).toBeNull()
})
