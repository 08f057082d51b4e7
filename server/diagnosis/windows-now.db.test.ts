import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { addDays } from '../../shared/period.ts'
import { ODD_DAYS, startOfDay } from '../metrics/readings/obvious-time.ts'
import { refreshRollups } from '../rollup/refresh-rollups.ts'
import type { Database } from '../store/connection.ts'
import { loadWindows, loadWindowsNow, type WindowsAsked } from './window.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

type Fact = {
  type: string
  at: number
  person: number | null
  thread: number | null
  target: number | null
  is_work: boolean
  is_thanks: boolean
}
const BOT = 7
const HOUR = 3_600_000
const uuid = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`

const insert = async (communityId: string, timeZone: string, facts: Fact[]) => {
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, '2020-01-01')`, [
    communityId,
    `c-${communityId}`,
    timeZone,
  ])
  await db.pool.query(
    `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot, is_bot_by_source)
     select $1, key, 's', key::text, key, no = $3, no = $3 from unnest($2::uuid[]) with ordinality as one (key, no)`,
    [communityId, Array.from({ length: BOT }, (_, i) => uuid(2, i + 1)), BOT],
  )
  await db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, thread_key, target_key, properties,
       is_thanks, word_count, artefact_word_count, document_word_count, body_hash)
     select $1, (e->>'key')::uuid, 's', e->>'key', e->>'type', (e->>'at')::timestamptz, (e->>'at')::timestamptz, (e->>'person')::uuid,
       (e->>'thread')::uuid, (e->>'target')::uuid, e->'properties', (e->>'is_thanks')::boolean, 7, 2, 1, (e->>'key')::uuid
     from jsonb_array_elements($2::jsonb) as e`,
    [
      communityId,
      JSON.stringify(
        facts.map((f, i) => ({
          key: uuid(1, i + 1),
          type: f.type,
          at: new Date(f.at).toISOString(),
          person: f.person && uuid(2, f.person),
          thread: f.thread && uuid(3, f.thread),
          target: f.target && uuid(1, f.target),
          properties: f.is_work ? { work: true } : null,
          is_thanks: f.is_thanks,
        })),
      ),
    ],
  )
}

/** Events crowded around the ends of the windows asked for, so that threads live on over them. */
const scene = fc.constantFrom(...ODD_DAYS).chain(({ timeZone, day }) => {
  const ends = [-200, -40, -1, 0, 1, 30].map((days) => addDays(day, days))
  const time = fc
    .tuple(
      fc.constantFrom(...ends),
      fc.oneof(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -400, max: 400 })),
      fc.constantFrom(-1, 0, 0, 1),
      fc.constantFrom(0, 0, 0, -7 * 24, 7 * 24),
    )
    .map(([end, quarters, off, hours]) => startOfDay(addDays(end, 1), timeZone) + (quarters * 6 + hours) * HOUR + off)
  const fact = fc.record({
    type: fc.constantFrom(
      ...['question.asked', 'question.asked', 'answer.posted', 'answer.posted', 'reply.posted', 'reply.posted', 'post.published'],
      ...['announcement.published', 'document.edited', 'task.completed', 'content.viewed'],
    ),
    at: time,
    person: fc.option(fc.integer({ min: 1, max: BOT }), { freq: 5 }),
    thread: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 5 }),
    target: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 2 }),
    is_work: fc.nat(5).map((n) => n === 0),
    is_thanks: fc.nat(5).map((n) => n === 0),
  })
  return fc.record({
    timeZone: fc.constant(timeZone),
    facts: fc
      .tuple(
        fc.array(fact, { minLength: 1, maxLength: 60, size: 'max' }),
        fc.array(fc.record({ target: fc.integer({ min: 1, max: 60 }), at: time }), { maxLength: 20, size: 'max' }),
      )
      .map(([facts, deletions]) => [
        ...facts,
        ...deletions.map((one): Fact => ({ ...one, type: 'content.deleted', person: 1, thread: null, is_work: false, is_thanks: false })),
      ]),
    atDays: fc.subarray([...ends, addDays(day, 90)], { minLength: 1 }),
    observedUntil: fc.option(time),
  })
})

const withRollups = async <Result>(
  { timeZone, facts, observedUntil }: { timeZone: string; facts: Fact[]; observedUntil: number | null },
  look: (client: PoolClient, asked: Omit<WindowsAsked, 'atDays'>) => Promise<Result>,
): Promise<Result> => {
  const communityId = randomUUID()
  await insert(communityId, timeZone, facts)
  await db.pool.query(`insert into source (community_id, source, tells, observed_until) values ($1, 's', null, $2)`, [
    communityId,
    observedUntil && new Date(observedUntil),
  ])
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await refreshRollups(client, { communityId, timeZone, marks: null })
    const result = await look(client, { communityId, timeZone, knownBy: new Date(Math.max(...facts.map((f) => f.at)) + 1) })
    await client.query('commit')
    return result
  } finally {
    client.release()
  }
}

test('an answer, a reply and a start taken back after a window has ended still count in it', async () => {
  const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
  const fact = (type: string, day: string, person: number, thread: number, target: number | null = null): Fact => ({
    type,
    at: at(day),
    person,
    thread,
    target,
    is_work: false,
    is_thanks: false,
  })
  const facts = [
    fact('question.asked', '2024-01-10', 1, 1),
    fact('answer.posted', '2024-01-12', 2, 1, 1),
    fact('post.published', '2024-01-20', 1, 2),
    fact('reply.posted', '2024-01-21', 2, 2),
    fact('reply.posted', '2024-01-22', 2, 2),
    fact('post.published', '2024-01-25', 3, 3),
    fact('reply.posted', '2024-02-05', 2, 3),
    fact('content.deleted', '2024-02-10', 1, 1, 2),
    fact('content.deleted', '2024-02-10', 1, 2, 3),
  ]
  const [then, now] = await withRollups({ timeZone: 'UTC', facts, observedUntil: null }, (client, asked) =>
    loadWindowsNow(client, { ...asked, atDays: ['2024-01-31', '2024-02-29'] }),
  )
  expect(then).toMatchObject({
    mix: { help: 2, discussion: 3, broadcast: 1, other: 0 },
    episodes: { question_count: 1, ripe_count: 1, ripe_answered_count: 1 },
    people: { contributions_by_person: [3, 2, 1] },
    hosts: { contributions_by_host: [5, 1] },
    feed: { deleted_contribution_count: 0 },
  })
  expect(now).toMatchObject({
    mix: { help: 1, discussion: 2, broadcast: 0, other: 2 },
    episodes: { question_count: 1, ripe_count: 1, ripe_answered_count: 0 },
    people: { contributions_by_person: [3, 1, 1] },
    hosts: { contributions_by_host: [2, 1] },
    feed: { deleted_contribution_count: 2 },
  })
})

test('windows of the past, read from what is known now and what differed then, are the windows as known then', async () => {
  await fc.assert(
    fc.asyncProperty(scene, ({ atDays, ...given }) =>
      withRollups(given, async (client, known) => {
        const asked = { ...known, atDays }
        expect(await loadWindowsNow(client, asked)).toEqual(await loadWindows(client, asked))
      }),
    ),
    { numRuns: 60, seed: 11 },
  )
}, 120_000)
