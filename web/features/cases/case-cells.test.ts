import { expect, test } from 'vitest'
import type { CaseColumn } from '../../../shared/contract/case-set.ts'
import type { Case } from '../../../shared/contract/case.ts'
import { columnsOf, csvOfCases, formatCell } from './case-cells.ts'

const one = (over: Partial<Case> = {}): Case => ({
  key: 'k',
  amount: 1,
  in_numerator: null,
  source: null,
  id: null,
  url: null,
  values: { person_id: 'Member 12ab34cd', answers: 3 },
  ...over,
})
const COLUMNS: CaseColumn[] = [
  { id: 'person_id', title: 'Who', format: 'person' },
  { id: 'answers', title: 'Answers', format: 'count' },
]
const shown = (amount: string | null) => ({ kind: 'people' as const, words: 'people who answered', amount })
const idsOf = (part: 'numerator' | 'denominator' | null, amount: string | null, cases: Case[]) =>
  columnsOf({ columns: COLUMNS, shown: shown(amount), part, cases }).map((column) => column.id)

test('what each case adds has a column unless one of that name is there', () => {
  expect(idsOf(null, null, [one()])).toEqual(['person_id', 'answers'])
  expect(idsOf(null, 'answers', [one({ amount: 3 })])).toEqual(['person_id', 'answers'])
  expect(idsOf(null, 'members', [one({ amount: -1 })])).toEqual(['person_id', 'answers', 'amount'])
})

test('a denominator says which of its cases count in the numerator, where the two are of a kind', () => {
  expect(idsOf('denominator', null, [one({ in_numerator: true })])).toEqual(['person_id', 'answers', 'in_numerator'])
  expect(idsOf('denominator', null, [one()])).toEqual(['person_id', 'answers'])
  expect(idsOf('numerator', null, [one({ in_numerator: true })])).toEqual(['person_id', 'answers'])
})

test.each<[Case['values'][string], CaseColumn['format'], string]>([
  ['2025-03-30T01:30:00.000Z', 'time', '30 March 2025, 03:30'],
  ['2025-03-30', 'day', '30 March 2025'],
  [1234, 'count', '1,234'],
  [0.46, 'hours', '0.5'],
  [true, 'yes_no', 'yes'],
  [false, 'yes_no', 'no'],
  ['came back', 'text', 'Came back'],
  [null, 'person', 'not named'],
  [null, 'time', '–'],
])('%s as %s is %s', (value, format, written) => expect(formatCell(value, { id: 'x', title: 'X', format }, 'Europe/Berlin')).toBe(written))

test('a file holds plain values, and where each happened', () => {
  const cases = [one({ source: 'forum', id: 'q1', url: 'https://example.org/q1', in_numerator: false })]
  const columns = columnsOf({ columns: COLUMNS, shown: shown(null), part: 'denominator', cases })
  expect(csvOfCases(columns, cases)).toEqual([
    ['person_id', 'answers', 'in_numerator', 'source', 'id', 'url'],
    ['Member 12ab34cd', 3, 'no', 'forum', 'q1', 'https://example.org/q1'],
  ])
})
