import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Database } from '../store/connection.ts'
import { refreshFirstStarts } from './refresh-first-starts.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const ZONE = 'America/St_Johns'
const uuid = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`
type Row = { key: number; thread: number; hour: number; person: number | null; kind: string; is_counted: boolean }
const START = Date.UTC(2024, 9, 1)
const timeOf = (row: Row) => new Date(START + row.hour * 3_600_000)

const row = (key: number): fc.Arbitrary<Row> =>
  fc.record({
    key: fc.constant(key),
    thread: fc.integer({ min: 1, max: 4 }),
    hour: fc.integer({ min: 0, max: 60 }),
    person: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 5 }),
    kind: fc.constantFrom('question', 'post', 'answer', 'reply', 'reply', 'task'),
    is_counted: fc.nat(9).map((n) => n > 0),
  })
/** What was written, and what it becomes, one state after the other; null where there is nothing (yet, or any longer). */
const states = fc.array(
  fc.tuple(
    ...Array.from({ length: 14 }, (_, i) =>
      fc.oneof({ weight: 2, arbitrary: fc.constant('as before' as const) }, row(i + 1), fc.constant(null)),
    ),
  ),
  { minLength: 2, maxLength: 5 },
)

const write = async (communityId: string, rows: Row[]) => {
  await db.pool.query('delete from contribution where community_id = $1', [communityId])
  await db.pool.query(
    `insert into contribution (
       community_id, event_key, thread_key, occurred_at, person_id, is_bot, kind, thread_kind, is_start, is_answer, is_quarantined,
       word_count, artefact_word_count, document_word_count, category, is_counted)
     select $1, event_key, thread_key, occurred_at, person_id, false, kind, 'post', false, false, false, 0, 0, 0, 'other', is_counted
     from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::text[], $7::boolean[])
       as one (event_key, thread_key, occurred_at, person_id, kind, is_counted)`,
    [
      communityId,
      rows.map((r) => uuid(1, r.key)),
      rows.map((r) => uuid(2, r.thread)),
      rows.map(timeOf),
      rows.map((r) => r.person && uuid(3, r.person)),
      rows.map((r) => r.kind),
      rows.map((r) => r.is_counted),
    ],
  )
}
const refresh = async (communityId: string, threads: number[] | null) => {
  const client = await db.pool.connect()
  try {
    return await refreshFirstStarts(client, {
      communityId,
      timeZone: ZONE,
      threads: threads?.map((n) => uuid(2, n)) ?? null,
      people: null,
      threadPeople: null,
      events: null,
      days: null,
    })
  } finally {
    client.release()
  }
}
const stored = async (communityId: string) =>
  (
    await db.pool.query(
      'select person_id, kind, event_key, thread_key, started_at, first_reply_at from first_start where community_id = $1 order by person_id, kind',
      [communityId],
    )
  ).rows as { person_id: string; kind: string; started_at: Date }[]

/** Once more, slowly. */
const obvious = (rows: Row[]) => {
  const counted = rows.filter((r) => r.is_counted).toSorted((a, b) => a.hour - b.hour || a.key - b.key)
  return [1, 2, 3].flatMap((person) =>
    ['post', 'question'].flatMap((kind) => {
      const first = counted.find((r) => r.person === person && r.kind === kind)
      const reply = counted.find(
        (r) => first && r.thread === first.thread && r.hour >= first.hour && ['answer', 'reply'].includes(r.kind) && r.person !== person,
      )
      if (!first) return []
      return [
        {
          person_id: uuid(3, person),
          kind,
          event_key: uuid(1, first.key),
          thread_key: uuid(2, first.thread),
          started_at: timeOf(first),
          first_reply_at: reply ? timeOf(reply) : null,
        },
      ]
    }),
  )
}

const dayOf = (time: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(time)

test('whatever comes, moves or goes, only the threads concerned are looked at, and the rows are those of a rebuild', async () => {
  await fc.assert(
    fc.asyncProperty(states, async (steps) => {
      const communityId = randomUUID()
      await db.pool.query(
        `insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, 'Test', $3, '2024-01-01Z')`,
        [communityId, communityId, ZONE],
      )
      let rows: (Row | null)[] = steps[0]?.map(() => null) ?? []
      for (const [no, step] of steps.entries()) {
        const next = step.map((change, i) => (change === 'as before' ? (rows[i] ?? null) : change))
        const threads = next.flatMap((r, i) => (r === rows[i] ? [] : [r?.thread, rows[i]?.thread].filter((n) => n !== undefined)))
        rows = next
        await write(
          communityId,
          rows.filter((r) => r !== null),
        )
        const before = await stored(communityId)
        const change = await refresh(communityId, no === 0 ? null : [...new Set(threads)])
        const after = await stored(communityId)
        expect(after).toEqual(obvious(rows.filter((r) => r !== null)))
        const same = (a: object, some: object[]) => some.some((b) => JSON.stringify(a) === JSON.stringify(b))
        const differing = [...before.filter((r) => !same(r, after)), ...after.filter((r) => !same(r, before))]
        expect(change.get('first_start') ?? new Set()).toEqual(new Set(differing.map((r) => dayOf(r.started_at))))
      }
      expect(await refresh(communityId, null)).toEqual(new Map())
    }),
    { numRuns: 60, seed: 20241001 },
  )
})

test('a person who answers themselves many times over, before anybody else does', async () => {
  const communityId = randomUUID()
  await db.pool.query(
    `insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, 'Test', 'UTC', '2024-01-01Z')`,
    [communityId, communityId],
  )
  const own = Array.from({ length: 50 }, (_, i) => ({ key: i + 2, thread: 1, hour: i + 1, person: 1, kind: 'reply', is_counted: true }))
  const question = { key: 1, thread: 1, hour: 0, person: 1, kind: 'question', is_counted: true }
  await write(communityId, [question, ...own])
  await refresh(communityId, null)
  expect(await stored(communityId)).toMatchObject([{ first_reply_at: null }])
  const other = { key: 99, thread: 1, hour: 30, person: null, kind: 'reply', is_counted: true }
  await write(communityId, [question, ...own, other])
  await refresh(communityId, [1])
  expect(await stored(communityId)).toMatchObject([{ first_reply_at: timeOf(other) }])
})
