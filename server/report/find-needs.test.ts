import { expect, it } from 'vitest'
import { findNeeds } from './find-needs.ts'

const month = (period: string, numerator: number, denominator: number) => ({ period, answered: { numerator, denominator } })
const known = {
  is_demo: false,
  intention: null,
  trajectory: 'steady' as const,
  known_by: '2025-12-01T00:00:00Z',
  known_on: '2025-11-30',
  today: '2025-12-01',
  months: [month('2025-08', 0, 50), month('2025-09', 9, 10), month('2025-10', 9, 10), month('2025-11', 9, 10)],
}
const reasons = (over: Partial<Parameters<typeof findNeeds>[0]>) => findNeeds({ ...known, ...over }).map(({ reason }) => reason)

it('asks for nobody where nothing is the matter, whatever was so four months ago', () => expect(reasons({})).toEqual([]))

it('names each reason in words, the first that stands first', () => {
  const all = findNeeds({
    ...known,
    trajectory: 'declining',
    intention: { purpose: 'teaching_platform', state: 'drifting', sentence: '' },
    today: '2026-01-01',
    months: [month('2025-10', 2, 10), month('2025-11', 3, 10)],
  })
  expect(all).toEqual([
    { reason: 'drifting', sentence: 'Drifts from its charter: meant to be a teaching platform' },
    { reason: 'declining', sentence: 'Declining' },
    { reason: 'silent', sentence: 'Nothing has come in since 30 November 2025' },
    { reason: 'unanswered', sentence: '15\u00a0questions of 20 not answered within a week, October to November 2025' },
  ])
})

it('is silent after 28 days without data, and a demo, whose data end by nature, never is', () => {
  expect(reasons({ today: '2025-12-28' })).toEqual([])
  expect(reasons({ today: '2025-12-29' })).toEqual(['silent'])
  expect(reasons({ today: '2026-12-29', is_demo: true, trajectory: 'declining' })).toEqual([])
  expect(reasons({ is_demo: true, trajectory: 'declining' })).toEqual(['declining'])
  expect(reasons({ known_by: null, known_on: null, months: [] })).toEqual(['no_data'])
})

it('calls questions unanswered only where even the upper end of the interval is poor, and never from inferred threads', () => {
  // 3 of 9 is too few, 4 of 10 may be up to 69 %
  expect(reasons({ months: [month('2025-11', 3, 9)] })).toEqual([])
  expect(reasons({ months: [month('2025-11', 4, 10)] })).toEqual([])
  expect(reasons({ months: [month('2025-11', 2, 10)] })).toEqual(['unanswered'])
  expect(reasons({ months: [{ period: '2025-11', answered: { numerator: 2, denominator: 90, is_inferred: true } }] })).toEqual([])
})
