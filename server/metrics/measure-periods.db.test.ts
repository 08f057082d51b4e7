import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { addDays } from '../../shared/period.ts'
import type { Database } from '../store/connection.ts'
import { loadContext } from './capabilities.ts'
import { metrics } from './catalogue.ts'
import { telling } from './given-rows.ts'
import { emptyPoints, measurePeriods } from './measure-periods.ts'
import { insertCommunity } from './readings/random-contributions.ts'

let db: Database
let communityId: string
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  communityId = randomUUID()
  await insertCommunity(db, communityId, 'UTC')
})

const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ from_on: addDays(from, i), to_on: addDays(from, i + 1), is_as_known_then: false }))
const read = (periods = days('2024-01-01', 2), context = telling()) =>
  measurePeriods(db.pool, { communityId, timeZone: 'UTC', knownBy: new Date('2024-03-01T00:00:00Z'), periods, metrics, context })

/** Posts of one day, the first `anonymous` of them by nobody known, the others by five people in turn. */
const post = (day: string, count: number, anonymous: number) =>
  db.pool.query(
    `insert into contribution (
       community_id, event_key, thread_key, occurred_at, person_id, is_bot, kind, thread_kind, is_start, start_key, is_answer, is_quarantined,
       word_count, artefact_word_count, document_word_count, category, is_counted)
     select $1, key, key, $2::timestamptz + n * interval '1 minute',
       case when n > $4::int then ('00000000-0000-4000-8000-00000000000' || n % 5)::uuid end,
       false, 'post', 'post', true, key, false, false, 5, 0, 0, 'broadcast', true
     from (select n, gen_random_uuid() as key from generate_series(1, $3::int) as n) as one`,
    [communityId, `${day}T08:00:00Z`, count, anonymous],
  )
const sendEvent = (source: string, type: string, at: string) =>
  db.pool.query(
    `insert into event_day (community_id, day_on, source, type, event_count, first_at, last_at)
     values ($1, ($4::timestamptz at time zone 'UTC')::date, $2, $3, 1, $4, $4)`,
    [communityId, source, type, at],
  )

test('a period without anything equals the empty points, which stand in the order of the catalogue', async () => {
  const [first] = await read(days('2023-06-01', 1))
  const empty = emptyPoints(metrics, telling())
  expect(first).toEqual(empty)
  expect([...empty.keys()].slice(0, 2)).toEqual(['members', 'joins'])
  expect(first?.get('content-mix:help')?.status).toBe('not_applicable')
})

test('each period has its own points, in the order asked for, across more periods than are read at once', async () => {
  await post('2022-01-05', 3, 0)
  await post('2023-12-30', 7, 0)
  const periods = days('2022-01-01', 730).toReversed()
  const found = await read(periods)
  const counts = found.map((points, i) => [periods[i]?.from_on, points.get('contributions')?.value] as const)
  expect(counts.filter(([, value]) => value !== 0)).toEqual([
    ['2023-12-30', 7],
    ['2022-01-05', 3],
  ])
})

test('what no source tells is not available, in every category', async () => {
  await post('2024-01-01', 40, 0)
  const [first] = await read(days('2024-01-01', 1), telling('joins'))
  expect(first?.get('questions')).toMatchObject({ status: 'not_available', value: null, reason: expect.stringContaining('forum') })
  expect(first?.get('content-mix:news')?.status).toBe('not_available')
  expect(first?.get('joins')?.status).toBe('ok')
  expect(first?.get('net-growth')?.reason).toContain('who left')
})

test('more than a fifth anonymous withholds what is about persons in that period, and only there', async () => {
  await post('2024-01-01', 50, 10)
  await post('2024-01-02', 50, 11)
  const [fifth, more] = await read()
  for (const id of ['active-people', 'top-share', 'host-share', 'gini-of-starts']) {
    expect(fifth?.get(id)?.status, id).toBe('ok')
    expect(more?.get(id), id).toMatchObject({ status: 'withheld', value: null, numerator: null })
  }
  expect(more?.get('contributions')?.value).toBe(50)
  expect(more?.get('content-mix:broadcast')?.value).toBe(1)
  expect(more?.get('top-share-of-answers')?.status).toBe('not_applicable')
})

test('one metric alone is withheld too, though it does not read who is anonymous', async () => {
  await post('2024-01-01', 50, 20)
  const [first] = await measurePeriods(db.pool, {
    communityId,
    timeZone: 'UTC',
    knownBy: new Date('2024-03-01T00:00:00Z'),
    periods: days('2024-01-01', 1),
    metrics: metrics.filter((metric) => metric.id === 'host-share'),
    context: telling(),
  })
  expect([...(first?.keys() ?? [])]).toEqual(['host-share'])
  expect(first?.get('host-share')?.status).toBe('withheld')
})

test('a source tells what its events show, unless its importer declared it', async () => {
  await sendEvent('chat', 'question.asked', '2024-01-02T00:00:00Z')
  await sendEvent('chat', 'member.joined', '2024-01-01T00:00:00Z')
  await sendEvent('archive', 'reply.posted', '2023-01-01T00:00:00Z')
  await db.pool.query(
    `insert into source (community_id, source, tells) values ($1, 'archive', '{contributions,questions,accepted_answers}'), ($1, 'list', '{views}'), ($1, 'chat', null)`,
    [communityId],
  )
  const context = await loadContext(db.pool, communityId)
  expect(context.sourceNames).toEqual(['archive', 'chat', 'list'])
  expect(context.sources[0]).toMatchObject({ tells: ['contributions', 'questions', 'accepted_answers'], event_count: 1 })
  expect(context.sources[1]).toEqual({
    source: 'chat',
    tells: ['joins', 'contributions', 'questions'],
    cannot_tell: ['leaves', 'accepted_answers', 'views', 'reactions', 'practices', 'value_reports'],
    first_event_at: '2024-01-01T00:00:00.000Z',
    last_event_at: '2024-01-02T00:00:00.000Z',
    event_count: 2,
  })
  expect(context.sources[2]).toMatchObject({ tells: ['views'], first_event_at: null, event_count: 0 })
  expect([context.canTell('joins'), context.canTell('accepted_answers'), context.canTell('leaves')]).toEqual([true, true, false])
})

test('a community without events tells nothing', async () => {
  const context = await loadContext(db.pool, communityId)
  expect(context.sources).toEqual([])
  expect(emptyPoints(metrics, context).get('questions')).toMatchObject({ status: 'not_available' })
})
