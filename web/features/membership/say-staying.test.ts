import { expect, test } from 'vitest'
import type { Retention } from '../../../shared/contract/retention.ts'
import { cohortMonths, usualSize } from './fetch-retention.ts'
import { readMembershipSearch, toggleChosen } from './membership-search.ts'
import { type Age, describeAge, sayMedian, sayStaying } from './say-staying.ts'

const NOTHING = { value: null, numerator: null, denominator: null, n: null, low: null, high: null, reason: null, still: null }
const age = (over: Partial<Age>): Age => ({ ...NOTHING, days: 90, status: 'too_few', ...over })
const pooled = (from: string, to: string, started_count: number, ...shares: Age[]) => ({
  from,
  to,
  started_count,
  shares,
  median: { ...NOTHING, status: 'not_reached' as const },
  curve: null,
})
const march = age({
  status: 'ok',
  value: 31 / 42,
  numerator: 31,
  denominator: 42,
  n: 42,
  low: 0.59,
  high: 0.85,
  still: { count: 31, of: 42 },
})
const retention = (over: Partial<Retention>): Retention => ({
  from: '2025-01',
  to: '2025-12',
  known_by: '2026-01-01T00:00:00Z',
  begins_with: 'joining',
  ages: [90],
  cohorts: [],
  quarters: [],
  years: [],
  all: null,
  ...over,
})
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ')

test('answers with the latest cohort that is large and old enough', () => {
  const told = retention({
    quarters: [pooled('2025-03', '2025-03', 42, march), pooled('2025-04', '2025-06', 8, age({ status: 'not_reached' }))],
  })
  expect(plain(sayStaying(told))).toBe('Of 42 who joined in March 2025, 31 were still here after 90 days (74 %, 59–85 %).')
  expect(plain(sayStaying({ ...told, begins_with: 'first_seen' }))).toContain('who were first seen in March 2025')
})

test('says of a few only how many, and of what is estimated that it is', () => {
  const few = pooled('2025-01', '2025-03', 7, age({ still: { count: 4, of: 7 } }))
  expect(plain(sayStaying(retention({ quarters: [few] })))).toBe(
    'Of 7 who joined from January to March 2025, four were still here after 90 days.',
  )
  const one = pooled('2025-01', '2025-01', 1, age({ still: { count: 1, of: 1 } }))
  expect(plain(sayStaying(retention({ quarters: [one] })))).toBe(
    'Of one person who joined in January 2025, one was still here after 90 days.',
  )
  const { from: _, to: __, ...all } = pooled('', '', 60, age({ status: 'ok', value: 0.9, denominator: 60, n: 60, low: 0.8, high: 0.95 }))
  expect(plain(sayStaying(retention({ all })))).toBe(
    'Of 60 who joined from January to December 2025, about 90 % were still here after 90 days (80–95 %); some could not be followed so long yet.',
  )
  expect(sayStaying(retention({}))).toBeNull()
  expect(sayMedian(retention({ all }))).toBe('There is no curve yet.')
})

test('a field is a share, a count, not reached yet, or nothing', () => {
  const kinds = [
    march,
    age({ still: { count: 4, of: 7 } }),
    age({ status: 'not_reached', reason: 'Too young.' }),
    age({ status: 'withheld', reason: 'Too much is anonymous.' }),
  ].map((one) => describeAge(pooled('2025-03', '2025-03', 42, one), one, 'joining'))
  expect(kinds.map(({ kind, text }) => [kind, plain(text)])).toEqual([
    ['share', '74 %'],
    ['count', '4 of 7'],
    ['pending', ''],
    ['blank', '–'],
  ])
  expect(plain(kinds[0]?.words ?? '')).toBe('Joined in March 2025, after 90 days: 31 of 42; 74 % (59–85 %) still there.')
  expect(kinds[3]?.words).toContain('Too much is anonymous.')
})

test('months of joining reach two years back, three at most, and not before the data', () => {
  expect(cohortMonths({ fromMonth: '2025-10', toMonth: '2025-12' }, '2010-05-01')).toEqual({ from: '2024-01', to: '2025-12' })
  expect(cohortMonths({ fromMonth: '2010-01', toMonth: '2025-12' }, '2010-05-01')).toEqual({ from: '2023-01', to: '2025-12' })
  expect(cohortMonths({ fromMonth: '2025-01', toMonth: '2025-12' }, '2025-11-20')).toEqual({ from: '2025-11', to: '2025-12' })
  expect(cohortMonths({ fromMonth: '2009-01', toMonth: '2009-12' }, '2025-11-20')).toEqual({ from: '2009-12', to: '2009-12' })
})

test('quarters stand where months are too small and quarters are not', () => {
  const small = { ...pooled('2025-03', '2025-03', 4, age({})), period: '2025-03' } as unknown as Retention['cohorts'][number]
  expect(usualSize(retention({ cohorts: [small], quarters: [pooled('2025-01', '2025-03', 42, march)] }))).toBe('quarter')
  expect(usualSize(retention({ cohorts: [small], quarters: [pooled('2025-01', '2025-03', 4, age({}))] }))).toBe('month')
})

test('the address keeps two cohorts at most; the first chosen makes room', () => {
  expect(toggleChosen(toggleChosen('2025-01', '2025-02'), '2025-03')).toBe('2025-02.2025-03')
  expect(toggleChosen('2025-01', '2025-01')).toBeUndefined()
  expect(readMembershipSearch({ by: 'decade', cohorts: '2025-01.2025-02.2025-03', range: '24m' })).toEqual({ range: '24m' })
})
