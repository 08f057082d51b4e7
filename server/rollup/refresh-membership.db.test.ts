import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Database } from '../store/connection.ts'
import { type Benefit, type Fact, isMove, localDayAt, obviousMembership, randomHistory, uuidOf } from './obvious-membership.ts'
import { refreshMembership } from './refresh-membership.ts'
import type { PartScope, RollupChange } from './rollup-change.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const BOT = 0
const newCommunity = async (timeZone: string) => {
  const id = randomUUID()
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, '2025-01-01')`, [
    id,
    id,
    timeZone,
  ])
  await db.pool.query(
    `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot)
     select $1, person_id, 's', person_id::text, person_id, person_no = 1 from unnest($2::uuid[]) with ordinality as p (person_id, person_no)`,
    [id, [BOT, 1, 2, 3, 4, 5].map((n) => uuidOf('person', n))],
  )
  return id
}

/** What earlier stages leave: events, days of activity, contributions, days of benefit. */
const writeFacts = async (communityId: string, timeZone: string, facts: Fact[], benefits: Benefit[]) => {
  for (const table of ['event', 'activity_day', 'contribution', 'benefit_day'])
    await db.pool.query(`delete from ${table} where community_id = $1`, [communityId])
  await db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, body_hash)
     select $1, key, 's', key::text, type, at, at, person, key from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[]) as f (key, type, at, person)`,
    [
      communityId,
      facts.map((f) => uuidOf('event', f.key)),
      facts.map((f) => f.type),
      facts.map((f) => new Date(f.at)),
      facts.map((f) => uuidOf('person', f.person)),
    ],
  )
  const active = facts.filter((f) => !isMove(f) && f.person !== BOT)
  await db.pool.query(
    `insert into activity_day (community_id, person_id, day_on, first_at, last_at, contribution_count)
     select $1, person, day_on, min(at), max(at), 1 from unnest($2::uuid[], $3::date[], $4::timestamptz[]) as a (person, day_on, at) group by 2, 3`,
    [
      communityId,
      active.map((f) => uuidOf('person', f.person)),
      active.map((f) => localDayAt(f.at, timeZone)),
      active.map((f) => new Date(f.at)),
    ],
  )
  await db.pool.query(
    `insert into contribution (community_id, event_key, thread_key, occurred_at, person_id, is_bot, kind, thread_kind, is_start, is_answer,
       is_quarantined, word_count, artefact_word_count, document_word_count, category, is_counted)
     select $1, event_key, event_key, occurred_at, identity_key, false, 'post', 'post', true, false, false, 1, 0, 0, 'other', identity_key <> $2
     from event where community_id = $1 and type = 'post.published'`,
    [communityId, uuidOf('person', BOT)],
  )
  await db.pool.query(
    `insert into benefit_day (community_id, person_id, day_on, benefit, fact_count)
     select $1, person, day_on, benefit, 1 from unnest($2::uuid[], $3::date[], $4::text[]) as b (person, day_on, benefit) on conflict do nothing`,
    [communityId, benefits.map((b) => uuidOf('person', b.person)), benefits.map((b) => b.day_on), benefits.map((b) => b.benefit)],
  )
}

const refresh = async (scope: PartScope): Promise<RollupChange> => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const change = await refreshMembership(client, scope)
    await client.query('commit')
    return change
  } finally {
    client.release()
  }
}
const everything = (communityId: string, timeZone: string): PartScope => ({
  communityId,
  timeZone,
  threads: null,
  people: null,
  threadPeople: null,
  events: null,
  days: null,
})

type Row = Record<string, unknown>
const ORDER = {
  membership_spell: 'person_id, joined_at',
  presence: 'person_id, kind, from_on',
  person: 'person_id',
  membership_day: 'day_on',
}
type Table = keyof typeof ORDER

/** Times in milliseconds, or "-infinity". */
const rollups = async (communityId: string): Promise<Record<Table, Row[]>> => {
  const read = async (table: Table) =>
    (await db.pool.query<Row>(`select * from ${table} where community_id = $1 order by ${ORDER[table]}`, [communityId])).rows.map(
      ({ community_id: _, ...row }) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            value instanceof Date ? value.getTime() : value === -Infinity ? '-infinity' : value,
          ]),
        ),
    )
  return {
    membership_spell: await read('membership_spell'),
    presence: await read('presence'),
    person: await read('person'),
    membership_day: await read('membership_day'),
  }
}

/** The days, in this column, of rows that are on one side only. */
const differingDays = (before: Row[], after: Row[], column: string): Set<unknown> => {
  const [a, b] = [before, after].map((rows) => new Map(rows.map((row) => [JSON.stringify(row), row[column]]))) as [
    Map<string, unknown>,
    Map<string, unknown>,
  ]
  const days = [...[...a].filter(([row]) => !b.has(row)), ...[...b].filter(([row]) => !a.has(row))].map(([, day]) => day)
  return new Set(days.map((day) => (day === '-infinity' ? '0001-01-01' : day)))
}

describe('refreshing membership', () => {
  it('ends in the rows of a rebuild and of a slow obvious version, whatever was added and taken away, and tells which days differ', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async ({ timeZone, steps }) => {
        const communityId = await newCommunity(timeZone)
        let facts: Fact[] = []
        let benefits: Benefit[] = []
        for (const step of steps) {
          const before = await rollups(communityId)
          const kept = facts.filter((f) => !step.removed.includes(f.key))
          const gone = facts.filter((f) => step.removed.includes(f.key))
          facts = [...kept, ...step.added]
          const benefitsKept = benefits.filter((_, i) => !step.removed.includes(i))
          const benefitPeople = [...benefits.filter((b) => !benefitsKept.includes(b)), ...step.benefits].map((b) => b.person)
          benefits = [...benefitsKept, ...step.benefits]
          await writeFacts(communityId, timeZone, facts, benefits)
          const isThere = (day: Fact) =>
            facts.some((f) => f.person === day.person && !isMove(f) && localDayAt(f.at, timeZone) === localDayAt(day.at, timeZone))
          const people = (numbers: number[]) => [...new Set(numbers)].map((n) => uuidOf('person', n))
          const change = await refresh({
            ...everything(communityId, timeZone),
            people: people([...gone, ...step.added].map((f) => f.person)),
            threadPeople: people([...gone, ...step.added].map((f) => f.person)),
            events: step.added.map((f) => uuidOf('event', f.key)),
            ...(step.isTold && {
              lostActivity: people(gone.filter((f) => !isMove(f) && !isThere(f)).map((f) => f.person)),
            }),
            benefitPeople: people(benefitPeople),
          })
          const after = await rollups(communityId)
          expect(after).toEqual(
            obviousMembership(
              facts.filter((f) => f.person !== BOT),
              benefits,
              timeZone,
            ),
          )
          expect(change.get('membership_day') ?? new Set()).toEqual(differingDays(before.membership_day, after.membership_day, 'day_on'))
          expect(change.get('presence') ?? new Set()).toEqual(differingDays(before.presence, after.presence, 'from_on'))
        }
        const refreshed = await rollups(communityId)
        await refresh(everything(communityId, timeZone))
        expect(await rollups(communityId)).toEqual(refreshed)
      }),
      { seed: 7, numRuns: 40 },
    )
  })
})
