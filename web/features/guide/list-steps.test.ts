import { expect, test } from 'vitest'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { findUnfinished, listSteps } from './list-steps.ts'

const done = (...args: Parameters<typeof listSteps>) => listSteps(...args).flatMap(({ id, isDone }) => (isDone ? [id] : []))
const community = (over: Partial<CommunitySummary>) =>
  ({
    slug: 'a',
    is_demo: false,
    role: 'manager',
    known_by: null,
    intention: null,
    created_at: '2026-01-01T00:00:00Z',
    ...over,
  }) as CommunitySummary

test('a step is done when what it asks for is there, in whatever order', () => {
  expect(done(null, null)).toEqual([])
  expect(done(community({}), 0)).toEqual(['make'])
  expect(done(community({ intention: {} as CommunitySummary['intention'] }), 2)).toEqual(['make', 'declare', 'invite'])
  expect(done(community({ known_by: '2026-01-02T00:00:00Z' }), null)).toEqual(['make', 'bring'])
})

test('a newcomer goes on with the newest of their own; who has done it once, or has many, is left alone', () => {
  const own = [community({ slug: 'old' }), community({ slug: 'new', created_at: '2026-05-01T00:00:00Z' })]
  const others = [
    community({ slug: 'demo', is_demo: true, created_at: '2026-09-01T00:00:00Z' }),
    community({ slug: 'read', role: 'viewer', created_at: '2026-08-01T00:00:00Z' }),
  ]
  expect(findUnfinished([...own, ...others])?.slug).toBe('new')
  expect(findUnfinished(others)).toBeNull()
  const done = community({ slug: 'done', known_by: 'x', intention: {} as CommunitySummary['intention'] })
  expect(findUnfinished([...own, done])).toBeNull()
  expect(findUnfinished([...own, ...own])).toBeNull()
})
