import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Database } from '../store/connection.ts'
import {
  dayAfter,
  localDay,
  obviousBenefits,
  obviousObservations,
  obviousObservers,
  obviousPracticeStock,
  obviousPractices,
  obviousReports,
  obviousUses,
  type Told,
} from './obvious-observing.ts'
import { refreshRollups } from './refresh-rollups.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const ZONE = 'America/New_York'
const START = Date.UTC(2024, 0, 1, 5)
const HOUR = 3_600_000
const PEOPLE = 6
const BOT = 6
const uuid = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`

/** An event as a few numbers: hours since the start, who, the thread and the event it names. */
type Fact = { type: string; hour: number; person: number | null; thread: number | null; target: number | null }
type Keyed = Fact & { key: number }
const TYPES = [
  'question.asked',
  'question.asked',
  'answer.posted',
  'answer.posted',
  'reply.posted',
  'post.published',
  'document.edited',
  'answer.accepted',
  'answer.unaccepted',
  'content.deleted',
  'content.viewed',
  'content.viewed',
  'content.viewed',
  'content.viewed',
  'practice.shared',
  'practice.shared',
  'practice.reused',
  'practice.reused',
  'value.reported',
]
const fact: fc.Arbitrary<Fact> = fc.record({
  type: fc.constantFrom(...TYPES),
  // some in the same hour, some more than a year apart
  hour: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 120 }) }, fc.integer({ min: 0, max: 20_000 })),
  person: fc.option(fc.integer({ min: 1, max: PEOPLE }), { freq: 6 }),
  thread: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 3 }),
  target: fc.option(fc.integer({ min: 1, max: 24 }), { freq: 2 }),
})

const at = (f: Fact) => START + f.hour * HOUR
const dayOf = (f: Fact) => localDay(at(f), ZONE)

const newCommunity = async () => {
  const id = randomUUID()
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, '2025-01-01')`, [
    id,
    id,
    ZONE,
  ])
  for (let person = 1; person <= PEOPLE; person++)
    await db.pool.query(
      `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot) values ($1, $2, 's', $3, $2, $4)`,
      [id, uuid(2, person), String(person), person === BOT],
    )
  return id
}

const OPENING = ['question.asked', 'post.published', 'document.edited', 'practice.shared']
/** What opens a thread and names none opens one of its own key, as at the door; views name such threads too. */
const threadKey = (f: Keyed) => {
  if (f.thread === null) return OPENING.includes(f.type) && f.target === null ? uuid(1, f.key) : null
  return f.type === 'content.viewed' && f.key % 2 ? uuid(1, f.thread * 4) : uuid(3, f.thread)
}

const insert = async (communityId: string, facts: Keyed[], receivedAt: Date) => {
  await db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, thread_key, target_key, body_hash)
     select $1, k, 's', k::text, t, o, $2, i, th, ta, k
     from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::uuid[]) as f (k, t, o, i, th, ta)`,
    [
      communityId,
      receivedAt,
      facts.map((f) => uuid(1, f.key)),
      facts.map((f) => f.type),
      facts.map((f) => new Date(at(f))),
      facts.map((f) => f.person && uuid(2, f.person)),
      facts.map(threadKey),
      facts.map((f) => f.target && uuid(1, f.target)),
    ],
  )
}

type Mark = { day_on: string; received_at: string | null }
const refresh = async (communityId: string, marks: Mark[] | null) => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const change = await refreshRollups(client, { communityId, timeZone: ZONE, marks })
    await client.query('commit')
    return change
  } finally {
    client.release()
  }
}

const read = async (communityId: string, table: string, columns: string) => {
  const { rows } = await db.pool.query(`select ${columns} from ${table} where community_id = $1`, [communityId])
  return sorted(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.getTime() : value])),
    ),
  )
}
const sorted = <Row>(rows: Row[]): Row[] => {
  const text = (row: Row) => JSON.stringify(Object.entries(row as object).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

const COLUMNS: Record<string, string> = {
  observation: 'view_key, thread_key, person_id, viewed_at, day_on, removed_at, is_counted',
  practice: 'practice_key, thread_key, author_id, shared_at, shared_on, removed_at',
  practice_use: 'practice_key, event_key, use, person_id, used_at, used_on, removed_at, is_counted',
  practice_stretch: 'practice_key, from_on, to_on',
  practice_day: 'day_on, shared_count, touched_change',
  value_report: 'event_key, person_id, reported_at, reported_on, removed_at',
  asker_benefit: 'thread_key, event_key, benefit, person_id, day_on',
  benefit_day: 'person_id, day_on, benefit, fact_count',
  observer: 'person_id, first_viewed_at, first_viewed_on, first_contribution_at',
}
type Rollups = Record<string, Record<string, unknown>[]>
const readRollups = async (communityId: string): Promise<Rollups> => {
  const found: Rollups = {}
  for (const [table, columns] of Object.entries(COLUMNS)) found[table] = await read(communityId, table, columns)
  return found
}

/** What the obvious version works from: the events, and the rollup of contributions, which has a test of its own. */
const readTold = async (communityId: string): Promise<Told> => ({
  timeZone: ZONE,
  events: (await read(
    communityId,
    `(select e.*, i.person_id, coalesce(i.is_bot, false) as is_bot from event e left join identity i using (community_id, identity_key)) as e`,
    'event_key, type, occurred_at, person_id, is_bot, thread_key, target_key',
  )) as Told['events'],
  contributions: (await read(
    communityId,
    'contribution',
    'event_key, thread_key, occurred_at, removed_at, person_id, is_bot, is_quarantined, kind, question_key',
  )) as Told['contributions'],
  acceptances: (await read(communityId, 'acceptance', 'answer_key, question_key, accepted_at, unaccepted_at')) as Told['acceptances'],
})

const expectObvious = (rollups: Rollups, told: Told) => {
  expect(rollups.observation).toEqual(sorted(obviousObservations(told)))
  expect(rollups.practice).toEqual(sorted(obviousPractices(told)))
  expect(rollups.practice_use).toEqual(sorted(obviousUses(told)))
  expect(rollups.value_report).toEqual(sorted(obviousReports(told)))
  expect(rollups.benefit_day).toEqual(sorted(obviousBenefits(told)))
  expect(rollups.observer).toEqual(sorted(obviousObservers(told)))
  const days = [0, 3, 5, 200, 364, 365, 366, 400, 800, 1300].map((n) => dayAfter('2024-01-01', n))
  const upTo = (day: string, count: string) =>
    (rollups.practice_day ?? []).reduce((sum, row) => sum + ((row.day_on as string) <= day ? (row[count] as number) : 0), 0)
  expect(days.map((day) => ({ day, shared: upTo(day, 'shared_count'), touched: upTo(day, 'touched_change') }))).toEqual(
    obviousPracticeStock(told, days),
  )
}

/** What happens to a community between two refreshes. */
type Step =
  | { kind: 'batch'; facts: Fact[] }
  | { kind: 'replace'; nth: number; fact: Fact }
  | { kind: 'erase'; nth: number }
  | { kind: 'merge'; from: number; into: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('batch' as const), facts: fc.array(fact, { minLength: 1, maxLength: 12, size: 'max' }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), nth: fc.nat(40), fact }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), nth: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('merge' as const),
      from: fc.integer({ min: 1, max: PEOPLE - 1 }),
      into: fc.integer({ min: 1, max: PEOPLE - 1 }),
    }),
  },
)

/** Does it, and gives the marks that the store would leave. */
const take = async (communityId: string, now: Step, known: Keyed[], receivedAt: Date): Promise<Mark[]> => {
  const whole = (facts: Fact[]): Mark[] => facts.map((f) => ({ day_on: dayOf(f), received_at: null }))
  if (now.kind === 'batch') {
    const facts = now.facts.map((f, i) => ({ ...f, key: known.length + i + 1 }))
    known.push(...facts)
    await insert(communityId, facts, receivedAt)
    return facts.map((f) => ({ day_on: dayOf(f), received_at: receivedAt.toISOString() }))
  }
  if (now.kind === 'merge') {
    await db.pool.query('update identity set person_id = $3 where community_id = $1 and identity_key = $2', [
      communityId,
      uuid(2, now.from),
      uuid(2, now.into),
    ])
    return whole(known.filter((f) => f.person === now.from))
  }
  const old = known[now.nth % Math.max(1, known.length)]
  if (old === undefined) return []
  await db.pool.query('delete from event where community_id = $1 and event_key = $2', [communityId, uuid(1, old.key)])
  if (now.kind === 'erase') return whole([old])
  const next = { ...now.fact, key: old.key }
  known[known.indexOf(old)] = next
  await insert(communityId, [next], receivedAt)
  return whole([old, next])
}

test('after any batches, replacements, erasures and merges the rollups are those of a rebuild, and what the slow obvious version says', async () => {
  const seen: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8, size: 'max' }), async (steps) => {
      const communityId = await newCommunity()
      const known: Keyed[] = []
      for (const [i, now] of steps.entries()) {
        const before = await readRollups(communityId)
        const marks = await take(communityId, now, known, new Date(START + i * 1000))
        const change = await refresh(communityId, marks)
        const after = await readRollups(communityId)
        // every row that differs lies under a day that is told of
        for (const [table, day] of [
          ['observation', 'day_on'],
          ['practice', 'shared_on'],
          ['practice_use', 'used_on'],
          ['practice_day', 'day_on'],
          ['value_report', 'reported_on'],
          ['observer', 'first_viewed_on'],
        ] as const) {
          const texts = [before[table], after[table]].map((rows) => new Set(rows?.map((row) => JSON.stringify(row))))
          const differing = [...(texts[0] as Set<string>).symmetricDifference(texts[1] as Set<string>)]
          const days = new Set(differing.map((text) => JSON.parse(text)[day]))
          expect(
            [...days].filter((one) => !change.get(table)?.has(one)),
            table,
          ).toEqual([])
        }
      }
      const refreshed = await readRollups(communityId)
      await refresh(communityId, null)
      expect(refreshed).toEqual(await readRollups(communityId))
      expectObvious(refreshed, await readTold(communityId))
      for (const [table, rows] of Object.entries(refreshed)) seen[table] = (seen[table] ?? 0) + rows.length
    }),
    { numRuns: 40, seed: 20261123, endOnFailure: true, interruptAfterTimeLimit: 200_000 },
  )
  // the random events do make rows of every kind
  expect(Object.keys(COLUMNS).filter((table) => (seen[table] ?? 0) < 10)).toEqual([])
}, 240_000)
