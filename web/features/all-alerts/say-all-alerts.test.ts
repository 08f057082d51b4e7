import { expect, it } from 'vitest'
import type { AlertsOfCommunity, Budget } from '../../../shared/contract/all-alerts.ts'
import { allAlertsFile, previewBudget, sayBudget, sayExpected, sayPreview, sayStanding, sortCommunities } from './say-all-alerts.ts'

const record = { years: 1, told: 0, ruled: 0, false_alarms: 0, expected: 0.2, low: 0, high: 3.7, sentence: '' }
const community = (name: string, over: Partial<AlertsOfCommunity> = {}): AlertsOfCommunity => ({
  slug: name.toLowerCase(),
  name,
  time_zone: 'UTC',
  is_demo: false,
  standing: [],
  last: null,
  judged_count: 1,
  rule_count: 7,
  watching: '',
  expected: 0.2,
  record,
  ...over,
})
const alert = { alert_id: '', rule: 'decline' as const, headline: 'Fewer.', began_on: '2026-01-05' }
const stands = (name: string, began_on = '2026-01-05') => community(name, { standing: [{ ...alert, began_on, is_history: false }] })

it('says what stands where', () => {
  expect(sayStanding([])).toContain('no community')
  expect(sayStanding([community('A'), community('B')])).toBe('Nothing stands in any of the two communities.')
  expect(sayStanding([stands('A'), community('B'), stands('C')])).toBe('An alert stands in “A” and “C”, in none of the other one.')
  expect(sayStanding(['A', 'B', 'C', 'D', 'E'].map((name) => stands(name)))).toBe('An alert stands in five of five\u00a0communities.')
  const all = { communities: [community('A'), community('B', { expected: null })], expected: 0.2, record }
  expect(sayExpected(all)).toBe('By what is stated, false alarms over all of them: about one in five years.')
  expect(sayExpected({ ...all, communities: [community('B', { expected: null })] })).toContain('Nothing is judged')
})

it('puts first what stands, then what was told last', () => {
  const told = (name: string, told_at: string) => community(name, { last: { ...alert, told_at, is_false: false, stood_on: null } })
  const all = [community('D'), told('B', '2026-02-01'), stands('C', '2025-01-06'), stands('A', '2026-01-05'), told('E', '2026-03-01')]
  expect(sortCommunities(all, 'standing').map(({ name }) => name)).toEqual(['A', 'C', 'E', 'B', 'D'])
  expect(sortCommunities(all, 'name').map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D', 'E'])
  expect(
    sortCommunities([community('A', { expected: null }), community('B'), community('C', { expected: 1 })], 'expected').map(
      ({ name }) => name,
    ),
  ).toEqual(['C', 'B', 'A'])
})

const budget: Budget = {
  false_alarms: null,
  strictness: 1,
  expected: 2,
  is_kept: true,
  steps: [
    { strictness: 1, expected: 2, weeks: 6 },
    { strictness: 1.05, expected: 1.5, weeks: 7 },
    { strictness: 2, expected: 0.75, weeks: null },
  ],
  weeks_of: 'halving at 8 a week',
  without_limits: 0.5,
  own: 0.25,
  own_count: 1,
  unstated_count: 0,
  watched: { communities: 3, rules: 12 },
  version: 0,
  updated_at: null,
  updated_by: null,
  tightened_at: null,
}

it('says what a budget takes, what it costs, and what would help where it is not enough', () => {
  expect(previewBudget(budget, 1.6)).toEqual({ strictness: 1.05, expected: 1.5, isKept: true, weeks: 7 })
  expect(previewBudget(budget, 0.1)).toMatchObject({ strictness: 2, isKept: false })
  expect(sayPreview(budget, 3)).toEqual([expect.stringMatching(/^The usual limits keep it: 2 false alarms a year/)])
  expect(sayPreview(budget, 1.6)).toEqual([
    'It takes limits 1.05 times the usual: 1.5 false alarms a year instead of 2.',
    'Of simulated communities that halve, half are then noticed within seven\u00a0weeks, instead of six.',
  ])
  expect(sayPreview(budget, 0.5)).toEqual([
    'Even limits 2 times the usual, the strictest there are, leave 0.75 a year, 0.25 more than this.',
    expect.stringContaining('fewer than half would then be noticed at all'),
    '0.5 a year come from rules whose limits cannot be made stricter; switching one off where nobody acts on it would help.',
    '0.25 a year come from one\u00a0setting that communities have made for themselves, which a budget does not reach.',
  ])
  expect(sayBudget(budget)).toBe(
    'No budget is set. 2 false alarms a year are to be expected over three\u00a0communities and 12\u00a0rules judged in them, by the usual limits.',
  )
  expect(sayBudget({ ...budget, false_alarms: 1, is_kept: false, unstated_count: 2 })).toBe(
    'The budget of 1 a year is not kept: 2 false alarms a year are to be expected over three\u00a0communities and 10\u00a0rules judged in them, by the usual limits. Two\u00a0rules more are judged of which nobody has measured that.',
  )
})

it('does not take what nobody has measured for none', () => {
  const unknown = { ...budget, unstated_count: 12 }
  expect(sayBudget(unknown)).toBe('No budget is set. Nothing is judged now of which it has been measured how often it is false.')
  expect(sayPreview(unknown, null)).toEqual([])
  expect(sayPreview(unknown, 1)).toEqual([expect.stringContaining('until there is something to add up')])
})

it('gives the same as a file, with what is not known empty', () => {
  const [head, row] = allAlertsFile({ communities: [community('A', { expected: null })], expected: 0, record })
  expect(row).toHaveLength(head?.length ?? 0)
  expect(row?.[head?.indexOf('false_alarms_a_year_expected') ?? 0]).toBeNull()
})
