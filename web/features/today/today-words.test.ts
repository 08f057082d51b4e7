import { expect, test } from 'vitest'
import type { CareItem, Today } from '../../../shared/contract/today.ts'
import { applyMark, sayNotKept } from './today-query.ts'
import { ApiProblem } from '../../app/api.ts'
import { evidenceOf, groupByKind, sayItem, sayWaiting, sayWaits, sharesOfRoom } from './today-words.ts'

const seen = (text: string) => text.replaceAll('\u00a0', ' ')
const item = (over: Partial<CareItem>): CareItem => ({
  kind: 'unanswered_question',
  key: 'a',
  since: '2026-01-31T23:30:00Z',
  why: 'It waits.',
  person: { pseudonym: 'Member 12', name: null },
  channel: 'pumps',
  source: 'forum',
  id: 'q1',
  url: null,
  is_inferred: false,
  marks: ['done'],
  mark: null,
  ...over,
})
const today = (items: CareItem[], marked: CareItem[] = []): Today => ({
  known_by: '2026-02-03T00:00:00Z',
  counts: { unanswered_question: items.length, waiting_newcomer: 0, quiet_regular: 0, topic_on_one: 0 },
  open_by_age: [],
  rules: { unanswered_question: '', waiting_newcomer: '', quiet_regular: '', topic_on_one: '' },
  items,
  marked,
  cannot_tell: [],
})

test('a wait is said as people say it', () => {
  const from = '2026-01-01T00:00:00Z'
  const until = (hours: number) => new Date(Date.parse(from) + hours * 3_600_000).toISOString()
  expect([0.5, 1, 47, 48, 72, 24 * 20, 24 * 21, 24 * 91, 24 * 100, 24 * 800].map((hours) => seen(sayWaits(from, until(hours))))).toEqual([
    'under an hour',
    '1 hour',
    '47 hours',
    '2 days',
    '3 days',
    '20 days',
    '3 weeks',
    '13 weeks',
    '3 months',
    '2 years',
  ])
  expect(sayWaits(until(5), from)).toBe('under an hour')
})

test('an item is named by its person and its channel, where they are known', () => {
  expect(sayItem(item({}))).toBe('A question by Member 12 in pumps')
  expect(sayItem(item({ person: { pseudonym: 'Member 12', name: 'Mei Fischer' }, channel: null }))).toBe('A question by Mei Fischer')
  expect(sayItem(item({ person: null }))).toBe('A question in pumps')
  expect(sayItem(item({ kind: 'quiet_regular' }))).toBe('Regular Member 12')
  expect(sayItem(item({ kind: 'topic_on_one' }))).toBe('Only Member 12 answers in pumps')
  // already February where the community lives
  expect(evidenceOf(item({}), 'Asia/Kolkata')).toEqual({ key: 'questions', period: '2026-02' })
})

test('every kind has a row, and what room is left goes round', () => {
  const groups = groupByKind({
    ...today([item({}), item({ key: 'b' }), item({ key: 'c' }), item({ kind: 'topic_on_one', key: 'd' })]),
    counts: { unanswered_question: 14, waiting_newcomer: 0, quiet_regular: 0, topic_on_one: 1 },
  })
  expect(groups.map(({ kind }) => kind)).toEqual(['unanswered_question', 'topic_on_one'])
  expect(sharesOfRoom(groups, 1)).toEqual([1, 1])
  expect(sharesOfRoom(groups, 3)).toEqual([2, 1])
  expect(sharesOfRoom(groups, 9)).toEqual([3, 1])
  expect(seen(sayWaiting(groups))).toBe('14 unanswered questions and one topic that hangs on one person.')
  expect(sayWaiting([])).toBe('Nothing waits.')
})

test('a mark takes an item off the list at once, and taking it back puts it there', () => {
  const [a, b] = [item({}), item({ key: 'b' })]
  const marked = applyMark(today([a, b]), a, 'answered_elsewhere', '2026-02-03T01:00:00Z')
  expect(marked.items).toEqual([b])
  expect(marked.counts.unanswered_question).toBe(1)
  expect(marked.marked).toMatchObject([{ key: 'a', mark: { as: 'answered_elsewhere' } }])
  const back = applyMark(marked, marked.marked[0] as CareItem, null, '')
  expect(back.items.map(({ key }) => key).sort()).toEqual(['a', 'b'])
  expect(back.items.every(({ mark }) => mark === null)).toBe(true)
  expect(back.counts.unanswered_question).toBe(2)
  expect(back.marked).toEqual([])
  // one that was marked differently before does not count twice
  expect(applyMark(marked, marked.marked[0] as CareItem, 'done', '').counts.unanswered_question).toBe(1)
})

test('what was not kept says why', () => {
  expect(sayNotKept(new ApiProblem(0, 'gone'))).toContain('cannot be reached')
  expect(sayNotKept(new ApiProblem(404, 'x'))).toContain('somebody else')
  expect(sayNotKept(new ApiProblem(403, 'x'))).toContain('only managers')
  expect(sayNotKept(new ApiProblem(422, 'It is no question.'))).toBe('Not kept: It is no question.')
})
