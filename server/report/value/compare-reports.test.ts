import { expect, test } from 'vitest'
import type { ReportContent, ReportFigure } from '../../../shared/contract/value-report.ts'
import { compareReports, isAboutMoney } from './compare-reports.ts'

const figure = (id: string, label: string, value: string | null, reason: string | null = null): ReportFigure => ({
  id,
  label,
  value,
  reason,
  metric: null,
  period: null,
  when: null,
  numerator: null,
  denominator: null,
  note: null,
})
const cell = (value: string | null) => ({ value, reason: value === null ? 'No data reach it.' : null })
const content = {
  community: { slug: 'pumps', name: 'Pumps', time_zone: 'UTC', is_demo: false, demo_note: null },
  caveats: [],
  opening: { headline: 'It is a community.', verdict: 'community', trajectory: null, sentences: [] },
  benefits: [
    {
      id: 'help',
      title: 'Help in solving problems',
      when: null,
      sentence: 'Most were answered.',
      measured: [figure('questions', 'Questions asked', '49'), figure('answered', 'Answered', '40 of 49')],
      confirmed: [],
      unmeasured: [],
    },
  ],
  pays: {
    sentence: '',
    benefited: figure('benefited', 'Got something out of it', null, 'Nobody was there.'),
    retention: { sentence: '', figures: [], caveat: '' },
    break_even: { sentence: 'Each answer must save an hour.', figures: [figure('hours', 'Hours an answer must save', '1 hour')] },
    claims: { sentence: 'Nobody said.', outliers: [] },
  },
  growth: {
    sentence: '',
    columns: ['December 2025', 'November 2025', 'December 2024'],
    rows: [{ id: 'joined', label: 'Joined', cells: [cell('4'), cell('2'), cell(null)], note: null }],
    trend: [{ month: '2025-12', joined: 4, left: 1, members: 80, is_step: false }],
  },
  stories: [{ key: 'one', text: 'A secret of mine', by: 'Ana', on: '2025-12-02', is_shortened: false }],
  stories_note: null,
  ask: null,
  footnotes: [],
} as unknown as ReportContent
const changed = (change: (copy: ReportContent) => void): string[] => {
  const copy = structuredClone(content)
  change(copy)
  return compareReports(content, copy)
}

test('nothing is said where they read the same, in whatever order a database gives the names back', () => {
  const shuffled = JSON.parse(JSON.stringify(content)) as ReportContent
  shuffled.growth.trend = [{ is_step: false, members: 80, left: 1, joined: 4, month: '2025-12' }]
  expect(compareReports(content, shuffled)).toEqual([])
})

test('a figure is told with what it was', () => {
  expect(changed(({ benefits: [help] }) => help?.measured.splice(0, 1, figure('questions', 'Questions asked', '48')))).toEqual([
    'Questions asked: 48 instead of 49',
  ])
  expect(changed(({ benefits: [help] }) => help?.measured.splice(1, 1))).toEqual(['Answered: no longer in the report, was 40 of 49'])
  expect(changed(({ pays }) => Object.assign(pays.benefited, { value: '3 of 9', reason: null }))).toEqual([
    'Got something out of it: 3 of 9 instead of not measured (Nobody was there)',
  ])
})

test('a cell of the table is told with its month, and the chart once', () => {
  expect(
    changed(({ growth }) => {
      Object.assign(growth.rows[0]?.cells[0] ?? {}, { value: '5' })
      Object.assign(growth.trend[0] ?? {}, { joined: 5 })
    }),
  ).toEqual(['Joined, December 2025: 5 instead of 4', 'The chart of growth is drawn from other numbers'])
})

test('sentences are told as they read, what a story said is not', () => {
  expect(changed(({ opening }) => Object.assign(opening, { headline: 'It is a blog.' }))).toEqual([
    'The verdict: now says “It is a blog.” instead of “It is a community.”',
  ])
  const taken = changed((copy) => Object.assign(copy, { stories: [], ask: { text: 'Help us', by: null } }))
  expect(taken).toEqual(['1\u00a0story taken out', 'What the manager asks is added'])
})

test('what tells of money can be told apart', () => {
  const told = changed(({ pays }) => {
    Object.assign(pays.break_even, { sentence: 'Each must save two.', figures: [figure('hours', 'Hours an answer must save', '2 hours')] })
    Object.assign(pays.claims, { sentence: 'Somebody said.' })
  })
  expect(told).toHaveLength(3)
  expect(told.filter((change) => !isAboutMoney(change))).toEqual([
    'What members claimed: now says “Somebody said.” instead of “Nobody said.”',
  ])
})

test('notes are counted, however long they are and whichever numbers they stand under', () => {
  const note = (text: string, i: number) => ({ mark: String(i + 1), text })
  const noted = (texts: string[]) => ({ ...structuredClone(content), footnotes: texts.map(note) })
  expect(compareReports(noted(['one', 'two', 'three']), noted(['two', 'one', 'three']))).toEqual([])
  expect(compareReports(noted(['one', 'two']), noted(['new', 'two', 'three', 'four']))).toEqual([
    '2\u00a0notes added',
    '1\u00a0note worded otherwise',
  ])
  expect(compareReports(noted(['one', 'two']), noted(['two']))).toEqual(['1\u00a0note taken out'])
})
