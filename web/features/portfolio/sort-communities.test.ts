import { expect, test } from 'vitest'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { VERDICTS } from '../../../shared/contract/verdict.ts'
import { readPortfolioSearch } from './portfolio-search.ts'
import { sortCommunities } from './sort-communities.ts'
import { VERDICT_NAMES } from './verdict-names.ts'

const row = (slug: string, over: Partial<CommunitySummary> = {}): CommunitySummary => ({
  slug,
  name: slug.toUpperCase(),
  time_zone: 'UTC',
  is_demo: false,
  demo_note: null,
  created_at: '2025-01-01T00:00:00Z',
  verdict: null,
  strength: null,
  standing: null,
  intention: null,
  own_threshold_count: 0,
  verdict_sentence: null,
  trajectory: 'unknown',
  verdict_at: null,
  member_count: null,
  answered_share: null,
  last_alert: null,
  contributions_by_month: [],
  needs: [],
  known_by: null,
  role: 'viewer',
  ...over,
})
const slugs = (rows: CommunitySummary[]) => rows.map((r) => r.slug).join(' ')

test('rows stand by name unless asked otherwise', () => {
  expect(slugs(sortCommunities([row('b'), row('a10'), row('a9')], {}))).toBe('a9 a10 b')
})

test('what is not known stands last, up and down', () => {
  const rows = [row('none'), row('few', { member_count: 3 }), row('many', { member_count: 30 })]
  expect(slugs(sortCommunities(rows, { sort: 'members' }))).toBe('few many none')
  expect(slugs(sortCommunities(rows, { sort: 'members', down: true }))).toBe('many few none')
})

test('a count too small for a percentage still has its place', () => {
  const rows = [
    row('half', { answered_share: { value: null, numerator: 2, denominator: 4 } }),
    row('most', { answered_share: { value: 0.9, numerator: 90, denominator: 100 } }),
  ]
  expect(slugs(sortCommunities(rows, { sort: 'answered', down: true }))).toBe('most half')
})

test('the filter looks in names and addresses', () => {
  expect(slugs(sortCommunities([row('pumps'), row('valves', { verdict: 'blog', standing: 'blog' })], { q: ' PUMP ' }))).toBe('pumps')
  expect(slugs(sortCommunities([row('pumps'), row('valves', { verdict: 'blog', standing: 'blog' })], { verdict: 'blog' }))).toBe('valves')
})

test('every verdict of the contract can be chosen, and nonsense in the address is ignored', () => {
  expect([...VERDICT_NAMES].sort()).toEqual([...VERDICTS].sort())
  expect(readPortfolioSearch({ sort: 'colour', down: 'yes', q: 2025, verdict: 'cult' })).toEqual({ q: '2025' })
})
