import { expect, test } from 'vitest'
import { readEvidenceSearch, readSort } from './evidence-search.ts'

test('an address is read as it was written', () => {
  const search = {
    at: '2025-05-31',
    view: 'with_bots',
    rule: 'newsletter',
    metric: 'content-mix:news+broadcast',
    alternative: 1,
    part: 'denominator',
    after: '1700000000.5_key',
    first: 51,
    people: 'answers',
    threads: 'people-up',
  }
  expect(readEvidenceSearch(search)).toEqual(search)
  expect(readSort('people-up', 'contributions')).toEqual({ by: 'people', isUp: true })
  expect(readSort(undefined, 'contributions')).toEqual({ by: 'contributions', isUp: false })
})

test('what an address does not mean is as if it were not there', () => {
  expect(readEvidenceSearch({ at: '2025-13-40', view: 'as_found', rule: '../x', metric: 'helpers', part: 'both', first: 51 })).toEqual({})
  // a test is a rule and a metric; pages belong to one
  expect(readEvidenceSearch({ rule: 'blog', after: 'x', part: 'numerator', people: '<b>' })).toEqual({})
  expect(readEvidenceSearch({ rule: 'blog', metric: 'top-share', alternative: '-1', first: '9' })).toEqual({
    rule: 'blog',
    metric: 'top-share',
  })
})
