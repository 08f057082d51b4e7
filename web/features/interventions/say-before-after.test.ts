import { expect, test } from 'vitest'
import type { BeforeAfter, ComparedMetric } from '../../../shared/contract/intervention.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import { sayBeforeAfter, sayChange, sayCompared, sayFrame, sayYardstick, sayYearBefore } from './say-before-after.ts'

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ').replaceAll(/[\u2068\u2069]/g, '')
const point = (more: Partial<Point>): Point => ({
  period: '2025-01-01..2025-04-01',
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'ok',
  reason: null,
  is_unfinished: false,
  ...more,
})
const answered: ComparedMetric = {
  key: 'answered-share',
  title: 'Answered within 7 days',
  unit: 'share',
  before: point({ value: 22 / 41, numerator: 22, denominator: 41 }),
  after: point({ value: 31 / 40, numerator: 31, denominator: 40 }),
  before_range: { low: 0.387, high: 0.679 },
  after_range: { low: 0.625, high: 0.877 },
  change: { kind: 'difference', value: 0.238, low: 0.031, high: 0.419 },
  usual: { low: 0.5, high: 0.7, windows: 92 },
  placebo: { as_large: 3, dates: 80, from_on: '2023-02-06', to_on: '2024-10-07' },
  swing: 1.2,
  finding: 'more',
  reason: null,
  year_before: null,
}
const questions: ComparedMetric = {
  ...answered,
  key: 'questions',
  title: 'Questions',
  unit: 'questions',
  before: point({ value: 40 }),
  after: point({ value: 30 }),
  before_range: { low: 25.2, high: 60.1 },
  after_range: null,
  change: { kind: 'ratio', value: 0.75, low: 0.42, high: 1.34 },
  finding: 'not_unusual',
}

test('a share is said in cases, with both intervals and the points between', () => {
  expect(plain(sayCompared(answered))).toBe('After it 31 of 40 (63–88 %), before 22 of 41 (39–68 %): 24 points more (3 to 42).')
  expect(plain(sayYardstick(answered))).toBe(
    'A change as large for its number of cases came by itself at 3 of 80 earlier dates: unusual here.',
  )
})

test('counts are said by their ratio, in whole people and questions', () => {
  expect(plain(sayCompared(questions))).toBe('After it 30 questions, before 40 questions (25–61): 0.8 times as many (0.4 to 1.3).')
  expect(plain(sayChange({ ...questions, change: { kind: 'ratio', value: null, low: 2.2, high: null } }))).toBe(
    'none before, so at least 2.2 times as many',
  )
  expect(plain(sayChange({ ...questions, change: { kind: 'ratio', value: 1.01, low: null, high: null } }))).toBe('about as many as before')
})

test('both ends of an interval are said from the side the change went', () => {
  const less = { kind: 'difference', value: -0.1, low: -0.25, high: 0.05 } as const
  expect(plain(sayChange({ unit: 'share', change: less }))).toBe('10 points less (−5 to 25)')
  expect(plain(sayChange({ unit: 'people', change: { kind: 'difference', value: 12, low: -3, high: 27 } }))).toBe('12 more (−3 to 27)')
  expect(plain(sayChange({ unit: 'share', change: { kind: 'difference', value: 0, low: -0.2, high: 0.2 } }))).toBe(
    'no difference (−20 to 20 points)',
  )
})

test('a handful is a count, and what cannot be told says why', () => {
  const few: ComparedMetric = {
    ...answered,
    before: point({ numerator: 4, denominator: 7, status: 'count_only' }),
    after: point({ numerator: 0, denominator: 0, status: 'not_applicable' }),
    before_range: null,
    after_range: null,
    change: null,
    placebo: null,
    finding: 'cannot_tell',
    reason: 'No question was asked.',
  }
  expect(plain(sayCompared(few))).toBe('After it 0 of 0, before 4 of 7.')
  expect(sayYardstick(few)).toBe('Cannot tell. No question was asked.')
})

const found: BeforeAfter = {
  intervention_id: 'x',
  on: '2025-01-01',
  status: 'compared',
  reason: null,
  known_by: null,
  days: 91,
  days_each: 56,
  is_unfinished: true,
  before: '2024-11-06..2024-12-31',
  after: '2025-01-01..2025-02-25',
  also: [{ intervention_id: 'y', on: '2025-01-20', title: 'Question hour' }],
  also_count: 3,
  metrics: [answered, questions],
}

test('the whole is careful: what stood out, what else was tried, and that after is not because', () => {
  expect(sayBeforeAfter(found)).toBe(
    'Of two measures that can be told, “Answered within 7 days” rose, by more than came by itself in nearly all of the past. That it came after does not make it the cause.',
  )
  expect(plain(sayFrame(found))).toBe(
    '1 January to 25 February 2025, held against the same number of days before; not over yet: 56 of 91 days so far. Also changed in these days: “Question hour” and 2 more; what came of which cannot be told apart. Earlier dates: a week apart, from 6 February 2023 on. By chance alone each measure stands out in up to 1 of 20 comparisons.',
  )
})

test('nothing found is not the same as no effect', () => {
  expect(sayBeforeAfter({ ...found, metrics: [questions] })).toBe(
    'Of one measure that can be told, none changed more than it does by itself. A smaller effect would not stand out.',
  )
  expect(sayBeforeAfter({ ...found, metrics: [{ ...questions, finding: 'cannot_tell' }] })).toBe(
    'Whether anything changed more than it does by itself cannot be told.',
  )
  expect(sayBeforeAfter({ ...found, status: 'planned', reason: 'It has not begun yet.' })).toBe('It has not begun yet.')
})

test('the year before is said beside it', () => {
  const year = { before: point({ numerator: 20, denominator: 38 }), after: point({ numerator: 22, denominator: 40 }) }
  expect(sayYearBefore({ ...answered, year_before: year })).toBe('The same weeks a year before: 20 of 38, then 22 of 40.')
  expect(sayYearBefore(answered)).toBeNull()
})
