import { expect, test } from 'vitest'
import { sayDirection, saySeries, sayState } from './direction-words.ts'

const seen = (text: string) => text.replaceAll('\u00a0', ' ')

test('an arrow goes where the number went, and the word says whether that is worse', () => {
  expect(sayState({ id: 'questions', state: 'down' })).toEqual({ arrow: '↓', word: 'fewer, worse' })
  expect(sayState({ id: 'leavers', state: 'down' })).toEqual({ arrow: '↑', word: 'more, worse' })
  expect(sayState({ id: 'leavers', state: 'up' })).toEqual({ arrow: '↓', word: 'fewer, better' })
})

test('a series says what was counted and what was to be expected, or why it cannot be judged', () => {
  const series = {
    id: 'questions' as const,
    state: 'down' as const,
    ratio: 0.58,
    z: -4.12,
    observed: 31,
    expected: 53.4,
    weeks: 8,
    reason: null,
  }
  expect(seen(saySeries(series))).toBe(
    '31 questions in the last eight weeks; the weeks before would lead one to expect 53, 0.58 times the earlier rate; z −4.1.',
  )
  const unknown = { ...series, state: 'cannot_judge' as const, ratio: null, z: null, observed: null, expected: null, weeks: null }
  expect(saySeries({ ...unknown, reason: 'The history is 12 weeks.' })).toBe('The history is 12 weeks.')
})

test('under the direction stands since when and which series say so, or why there is none', () => {
  const down = { id: 'questions' as const, state: 'down' as const, ratio: 0.6, z: -4, observed: 31, expected: 53, weeks: 8, reason: null }
  const detail = { since: '2026-09-14', series: [down, { ...down, id: 'leavers' as const }], sentence: 'Declining since …: …' }
  expect(sayDirection({ trajectory: 'declining', trajectory_detail: detail })).toBe(
    'Noticed in the week of 14 September 2026: fewer questions and more people leaving.',
  )
  const steady = { since: null, series: [], sentence: 'Not known. It takes 34 weeks of history; there are 29.' }
  expect(sayDirection({ trajectory: 'unknown', trajectory_detail: steady })).toBe('It takes 34 weeks of history; there are 29.')
  expect(sayDirection({ trajectory: 'steady', trajectory_detail: { ...steady, sentence: 'Steady: joins are as usual.' } })).toBe(
    'Joins are as usual.',
  )
  expect(sayDirection({ trajectory: 'unknown', trajectory_detail: null })).toContain('not at hand')
})
