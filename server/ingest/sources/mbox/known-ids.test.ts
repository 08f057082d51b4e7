import { expect, it } from 'vitest'
import { KnownIds } from './known-ids.ts'
import { createSubjectThreads } from './subject-threads.ts'

it('knows a hundred thousand ids and none beside them', () => {
  const known = new KnownIds()
  for (let n = 0; n < 100_000; n++) known.add(`m${n}@example.org`)
  for (let n = 0; n < 100_000; n += 97) expect(known.has(`m${n}@example.org`)).toBe(true)
  for (let n = 100_000; n < 200_000; n += 97) expect(known.has(`m${n}@example.org`)).toBe(false)
})

it('says so when it has no room for more, and keeps what it has', () => {
  const known = new KnownIds(2)
  for (const id of ['a', 'b', 'a']) known.add(id)
  expect([known.isFull, known.has('a'), known.has('b'), known.has('c')]).toEqual([false, true, true, false])
  known.add('c')
  expect([known.isFull, known.has('a'), known.has('c')]).toEqual([true, true, false])
})

it('tells a copy on another list from the same mail again and from another mail', () => {
  const known = new KnownIds()
  for (const id of ['a', 'b', 'c']) known.add(id)
  expect(known.isCopy('a', 'content', 'list one')).toBe(false)
  expect(known.isCopy('a', 'content', 'list one')).toBe(false)
  expect(known.isCopy('a', 'content', 'list two')).toBe(true)
  expect(known.isCopy('b', 'content', 'list one')).toBe(false)
  expect(known.isCopy('b', 'other content', 'list two')).toBe(false)
  expect(known.isCopy('unknown', 'content', 'list two')).toBe(false)
})

it('forgets the subjects that were longest unused', () => {
  const subjects = createSubjectThreads(2)
  for (const key of ['a', 'b']) subjects.note('list', key, { id: key, thread: key, at: 0 }, false)
  subjects.note('list', 'a', { id: 'a2', thread: 'a', at: 1 }, true)
  subjects.note('list', 'c', { id: 'c', thread: 'c', at: 2 }, false)
  expect(subjects.find('list', 'a', 3)).toEqual({ in_reply_to: 'a', thread_id: 'a', by: 'guess' })
  expect(subjects.find('list', 'b', 3)).toBeNull()
  expect(subjects.find('another list', 'c', 3)).toBeNull()
})
