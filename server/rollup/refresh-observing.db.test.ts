import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Database } from '../store/connection.ts'
import {
  dayAfter,
  obviousBenefits,
  obviousObservations,
  obviousObservers,
  obviousPracticeStock,
  obviousPractices,
  obviousReports,
  obviousUses,
  type Told,
} from './obvious-observing.ts'
import {
  dayOf,
  type Fact,
  fact,
  insert,
  type Keyed,
  keyed,
  type Mark,
  newCommunity,
  PEOPLE,
  type Raw,
  read,
  readTold,
  refresh,
  START,
  sorted,
  uuid,
} from './random-observing.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

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
  for (const [table, columns] of Object.entries(COLUMNS)) found[table] = await read(db, communityId, table, columns)
  return found
}

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
  | { kind: 'batch'; facts: Raw[] }
  | { kind: 'replace'; nth: number; fact: Raw }
  | { kind: 'erase'; nth: number }
  | { kind: 'merge'; from: number; into: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('batch' as const), facts: fc.array(fact, { minLength: 1, maxLength: 20, size: 'max' }) }),
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

const beginning = fc.record({ kind: fc.constant('batch' as const), facts: fc.array(fact, { minLength: 14, maxLength: 28, size: 'max' }) })

/** Does it, and gives the marks that the store would leave. */
const take = async (communityId: string, now: Step, known: Keyed[], receivedAt: Date): Promise<Mark[]> => {
  const whole = (facts: Fact[]): Mark[] => facts.map((f) => ({ day_on: dayOf(f), received_at: null }))
  if (now.kind === 'batch') {
    const facts = now.facts.map((f, i) => keyed(f, known.length + i + 1))
    known.push(...facts)
    await insert(db, communityId, facts, receivedAt)
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
  const next = keyed(now.fact, old.key)
  known[known.indexOf(old)] = next
  await insert(db, communityId, [next], receivedAt)
  return whole([old, next])
}

test('after any batches, replacements, erasures and merges the rollups are those of a rebuild, and what the slow obvious version says', async () => {
  const seen: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(beginning, fc.array(step, { maxLength: 6, size: 'max' }), async (first, more) => {
      const steps = [first, ...more]
      const communityId = await newCommunity(db, randomUUID())
      const known: Keyed[] = []
      for (const [i, now] of steps.entries()) {
        const before = await readRollups(communityId)
        const marks = await take(communityId, now, known, new Date(START + i * 1000))
        const change = await refresh(db, communityId, marks)
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
      await refresh(db, communityId, null)
      expect(refreshed).toEqual(await readRollups(communityId))
      expectObvious(refreshed, await readTold(db, communityId))
      for (const [table, rows] of Object.entries(refreshed)) seen[table] = (seen[table] ?? 0) + rows.length
    }),
    { numRuns: 30, seed: 20261123, endOnFailure: true, interruptAfterTimeLimit: 200_000 },
  )
  // the random events do make rows of every kind
  expect(Object.keys(COLUMNS).filter((table) => (seen[table] ?? 0) < 20)).toEqual([])
}, 240_000)
