import { expect, test } from 'vitest'
import { readCasesSearch, searchCases } from './cases-search.ts'

test('an address is read as it was written', () => {
  const search = { metric: 'answered-share', period: '2025-03', part: 'numerator', after: '1700000000.5_key', first: 51 }
  expect(readCasesSearch(search)).toEqual(search)
  expect(readCasesSearch({ ...searchCases('content-mix:help', '2025-W09') })).toEqual({
    metric: 'content-mix',
    category: 'help',
    period: '2025-W09',
  })
})

test('what an address does not mean is as if it were not there', () => {
  expect(readCasesSearch({ metric: '../x', period: 'march', part: 'both', category: 7, first: 51 })).toEqual({})
  expect(readCasesSearch({ metric: 'joins', period: '2025-03', after: 'x', first: '-3' })).toEqual({
    metric: 'joins',
    period: '2025-03',
    after: 'x',
  })
})
