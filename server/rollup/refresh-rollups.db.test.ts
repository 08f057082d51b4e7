import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Database } from '../store/connection.ts'
import { refreshRollups } from './refresh-rollups.ts'

// Events as small facts: keys are numbers made into uuids, days are days of January 2025 in the zone of the community.
type Fact = {
  key: number
  type: string
  day: number
  hour: number
  person: number | null
  thread: number | null
  target: number | null
  is_thanks?: boolean
  is_work?: boolean
}
const ZONE = 'America/New_York'
const uuid = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`
const at = (fact: Fact) => new Date(Date.UTC(2025, 0, fact.day, fact.hour + 5))
const BOT = 9

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const newCommunity = async () => {
  const id = randomUUID()
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, '2025-01-01')`, [
    id,
    id,
    ZONE,
  ])
  for (let person = 1; person <= BOT; person++)
    await db.pool.query(
      `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot, is_bot_by_source)
       values ($1, $2, 's', $3, $2, $4, $4)`,
      [id, uuid(2, person), String(person), person === BOT],
    )
  return id
}

const insert = async (communityId: string, facts: Fact[]) => {
  for (const f of facts)
    await db.pool.query(
      `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, thread_key, target_key, properties, is_thanks, body_hash)
       values ($1, $2, 's', $3, $4, $5, $5, $6, $7, $8, $9, $10, $2)
       on conflict (community_id, event_key) do nothing`,
      [
        communityId,
        uuid(1, f.key),
        String(f.key),
        f.type,
        at(f),
        f.person && uuid(2, f.person),
        f.thread && uuid(3, f.thread),
        f.target && uuid(1, f.target),
        f.is_work ? { work: true } : null,
        f.is_thanks ?? false,
      ],
    )
}

const refresh = async (communityId: string, days: string[] | null, timeZone = ZONE) => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const change = await refreshRollups(client, {
      communityId,
      timeZone,
      marks: days?.map((day_on) => ({ day_on, received_at: null })) ?? null,
    })
    await client.query('commit')
    return change
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const rollups = async (communityId: string) => {
  const read = async (table: string, order: string) =>
    (await db.pool.query(`select * from ${table} where community_id = $1 order by ${order}`, [communityId])).rows.map(
      ({ community_id: _, ...row }) => row,
    )
  return {
    contribution: await read('contribution', 'event_key'),
    acceptance: await read('acceptance', 'answer_key, accepted_at'),
    membership_spell: await read('membership_spell', 'person_id, joined_at'),
    activity_day: await read('activity_day', 'person_id, day_on'),
    event_day: await read('event_day', 'day_on, source, type'),
    help_episode: await read('help_episode', 'question_key'),
    help_edge: await read('help_edge', 'question_key, helper_id'),
    contribution_day: await read('contribution_day', 'day_on'),
    person_day: await read('person_day', 'day_on, person_id'),
    host_day: await read('host_day', 'day_on, host_id'),
    known_bot: await read('known_bot', 'identity_key'),
  }
}

const q = (key: number, day: number, person: number | null, more: Partial<Fact> = {}): Fact => ({
  key,
  type: 'question.asked',
  day,
  hour: 9,
  person,
  thread: key,
  target: null,
  ...more,
})
const contributionsOf = async (facts: Fact[]) => {
  const id = await newCommunity()
  await insert(id, facts)
  await refresh(id, null)
  const rows = (await rollups(id)).contribution
  return new Map(rows.map((row) => [Number((row.event_key as string).slice(-12)), row]))
}

describe('the rollup of contributions', () => {
  it('takes a reply by someone else in the thread of a question for an answer, and the follow-up of the asker not', async () => {
    const rows = await contributionsOf([
      q(1, 2, 1),
      { key: 2, type: 'reply.posted', day: 2, hour: 10, person: 1, thread: 1, target: null },
      { key: 3, type: 'reply.posted', day: 2, hour: 11, person: 2, thread: 1, target: null },
      { key: 4, type: 'answer.posted', day: 2, hour: 12, person: 1, thread: 1, target: 1 },
      { key: 5, type: 'reply.posted', day: 2, hour: 13, person: 3, thread: 1, target: null, is_thanks: true },
    ])
    expect([2, 3, 4, 5].map((key) => rows.get(key)?.is_answer)).toEqual([false, true, false, false])
    expect(rows.get(3)?.question_key).toBe(uuid(1, 1))
  })

  it('gives an answer to the question it names, else to the latest one before it', async () => {
    const rows = await contributionsOf([
      q(1, 2, 1),
      q(2, 3, 2, { thread: 1 }),
      { key: 3, type: 'answer.posted', day: 4, hour: 9, person: 3, thread: 1, target: 1 },
      { key: 4, type: 'answer.posted', day: 4, hour: 10, person: 3, thread: 1, target: null },
      { key: 5, type: 'reply.posted', day: 2, hour: 20, person: 4, thread: 1, target: null },
    ])
    expect([3, 4, 5].map((key) => rows.get(key)?.question_key)).toEqual([uuid(1, 1), uuid(1, 2), uuid(1, 1)])
  })

  it('finds the thread of a reply that names none through what it answers, over several steps and in any order of arrival', async () => {
    const id = await newCommunity()
    await insert(id, [{ key: 3, type: 'reply.posted', day: 4, hour: 9, person: 3, thread: null, target: 2 }])
    await refresh(id, ['2025-01-04'])
    expect((await rollups(id)).contribution[0]).toMatchObject({ thread_key: uuid(1, 3), thread_kind: 'unknown' })
    await insert(id, [{ key: 2, type: 'reply.posted', day: 3, hour: 9, person: 2, thread: null, target: 1 }])
    await refresh(id, ['2025-01-03'])
    await insert(id, [q(1, 2, 1)])
    await refresh(id, ['2025-01-02'])
    const rows = (await rollups(id)).contribution
    expect(rows.map((row) => row.thread_key)).toEqual([uuid(3, 1), uuid(3, 1), uuid(3, 1)])
    expect(rows.map((row) => row.question_key)).toEqual([null, uuid(1, 1), uuid(1, 1)])
  })

  it('leaves a reply in the thread of what it answers when another event names it as a thread', async () => {
    const id = await newCommunity()
    const reply: Fact = { key: 3, type: 'reply.posted', day: 4, hour: 9, person: 3, thread: null, target: 1 }
    await insert(id, [q(1, 2, 1), reply])
    // the thread that the second question names is the reply itself
    await db.pool.query(
      `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, thread_key, body_hash)
       values ($1, $2, 's', '9', 'question.asked', '2025-01-06T12:00Z', '2025-01-06T12:00Z', $3, $4, $2)`,
      [id, uuid(1, 9), uuid(2, 2), uuid(1, 3)],
    )
    for (const days of [['2025-01-02', '2025-01-04', '2025-01-06'], ['2025-01-06']]) {
      await refresh(id, days)
      const rows = new Map((await rollups(id)).contribution.map((row) => [row.event_key, row.thread_key]))
      expect(rows.get(uuid(1, 3))).toBe(uuid(3, 1))
      expect(rows.get(uuid(1, 9))).toBe(uuid(1, 3))
    }
  })

  it('keeps replies that point at each other in a circle, each in a thread of its own', async () => {
    const rows = await contributionsOf([
      { key: 1, type: 'reply.posted', day: 2, hour: 9, person: 1, thread: null, target: 2 },
      { key: 2, type: 'reply.posted', day: 2, hour: 10, person: 2, thread: null, target: 1 },
    ])
    expect([...rows.values()].map((row) => row.thread_key)).toEqual([uuid(1, 1), uuid(1, 2)])
  })

  it('quarantines an answer to a question that was asked later', async () => {
    const rows = await contributionsOf([q(1, 10, 1), { key: 2, type: 'answer.posted', day: 3, hour: 9, person: 2, thread: 1, target: 1 }])
    expect(rows.get(2)).toMatchObject({ is_quarantined: true, is_answer: false })
  })

  it('lets everything in a thread that opened as work be work', async () => {
    const rows = await contributionsOf([
      { key: 1, type: 'document.edited', day: 2, hour: 9, person: 1, thread: 1, target: null },
      { key: 2, type: 'reply.posted', day: 3, hour: 9, person: 2, thread: 1, target: null },
      { key: 3, type: 'post.published', day: 3, hour: 9, person: 2, thread: 3, target: null, is_work: true },
      q(4, 2, 1),
      { key: 5, type: 'document.edited', day: 3, hour: 9, person: 1, thread: 4, target: null },
    ])
    expect([1, 2, 3, 4, 5].map((key) => rows.get(key)?.thread_kind)).toEqual(['work', 'work', 'work', 'question', 'question'])
  })

  it('does not take the answer of one anonymous author to another for help, since they may be one', async () => {
    const rows = await contributionsOf([
      q(1, 2, null),
      { key: 2, type: 'answer.posted', day: 3, hour: 9, person: null, thread: 1, target: 1 },
      { key: 3, type: 'answer.posted', day: 3, hour: 10, person: 2, thread: 1, target: 1 },
    ])
    expect([2, 3].map((key) => rows.get(key)?.is_answer)).toEqual([false, true])
  })
})

describe('the rollups of acceptance and membership', () => {
  it('takes an acceptance back, and accepts again', async () => {
    const id = await newCommunity()
    const accept = (key: number, day: number, type: string): Fact => ({ key, type, day, hour: 9, person: 1, thread: null, target: 2 })
    await insert(id, [
      q(1, 2, 1),
      { key: 2, type: 'answer.posted', day: 3, hour: 9, person: 2, thread: 1, target: 1 },
      accept(3, 4, 'answer.accepted'),
      accept(4, 5, 'answer.accepted'),
      accept(5, 6, 'answer.unaccepted'),
      accept(6, 8, 'answer.accepted'),
    ])
    await refresh(id, null)
    expect((await rollups(id)).acceptance.map((row) => [row.accepted_at.getUTCDate(), row.unaccepted_at?.getUTCDate()])).toEqual([
      [4, 6],
      [8, undefined],
    ])
  })

  it('makes spells of joins and leaves, rejoins apart, and a leave without a joining a membership since before the data', async () => {
    const id = await newCommunity()
    const move = (key: number, day: number, person: number, type: string): Fact => ({
      key,
      type,
      day,
      hour: 9,
      person,
      thread: null,
      target: null,
    })
    await insert(id, [
      move(1, 2, 1, 'member.joined'),
      move(2, 3, 1, 'member.joined'),
      move(3, 4, 1, 'member.left'),
      move(4, 5, 1, 'member.left'),
      move(5, 6, 1, 'member.joined'),
      move(6, 7, 2, 'member.left'),
      move(7, 8, BOT, 'member.joined'),
    ])
    await refresh(id, null)
    const { rows } = await db.pool.query(
      `select right(person_id::text, 1)::int as person, extract(day from joined_at) as joined, extract(day from left_at) as left, joined_at = '-infinity' as is_before, is_rejoin
       from membership_spell where community_id = $1 order by person_id, joined_at`,
      [id],
    )
    expect(rows).toEqual([
      { person: 1, joined: '2', left: '4', is_before: false, is_rejoin: false },
      { person: 1, joined: '6', left: null, is_before: false, is_rejoin: true },
      { person: 2, joined: null, left: '7', is_before: true, is_rejoin: false },
    ])
  })
})

describe('a day that begins twice', () => {
  it('keeps the hour between the two midnights in its day, each day refreshed on its own', async () => {
    // Azores: on 27 October 2024 at 01:00 the clock went back to 00:00
    const id = randomUUID()
    await db.pool.query(
      `insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, 'Atlantic/Azores', '2024-01-01')`,
      [id, id],
    )
    await db.pool.query(
      `insert into identity (community_id, identity_key, source, source_actor_id, person_id) values ($1, $2, 's', '1', $2)`,
      [id, uuid(2, 1)],
    )
    for (const [key, time] of ['2024-10-26T23:30:00Z', '2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z'].entries())
      await db.pool.query(
        `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, body_hash)
         values ($1, $2, 's', $3, 'post.published', $4, $4, $5, $2)`,
        [id, uuid(1, key + 1), String(key), time, uuid(2, 1)],
      )
    for (const day of ['2024-10-26', '2024-10-27', '2024-10-26', '2024-10-27']) await refresh(id, [day], 'Atlantic/Azores')
    const { rows } = await db.pool.query('select day_on, event_count from event_day where community_id = $1 order by day_on', [id])
    const local = await db.pool.query(
      `select (occurred_at at time zone 'Atlantic/Azores')::date as day_on, count(*)::int as event_count from event where community_id = $1 group by 1 order by 1`,
      [id],
    )
    expect(rows).toEqual(local.rows)
  })
})

describe('few big things', () => {
  // pair by pair, so many would take the database minutes: more than these tests have
  const many = (count: number, columns: string) =>
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, thread_key, target_key, body_hash)
     select $1, md5(n::text)::uuid, 's', n::text, ${columns}, md5(n::text)::uuid from generate_series(1, ${count}) as n`

  it('takes fifty thousand replies in one thread, each to the one before, and one more', { timeout: 60_000 }, async () => {
    const id = await newCommunity()
    await db.pool.query(
      many(
        50_000,
        `case when n = 1 then 'question.asked' else 'reply.posted' end, timestamptz '2025-01-02' + n * interval '1 second', '2025-01-10Z',
         $2::uuid, null, case when n > 1 then md5((n - 1)::text)::uuid end`,
      ),
      [id, uuid(2, 1)],
    )
    await refresh(id, null)
    await insert(id, [{ key: 1, type: 'reply.posted', day: 9, hour: 9, person: 2, thread: null, target: null }])
    await db.pool.query(`update event set target_key = md5('50000')::uuid where community_id = $1 and event_key = $2`, [id, uuid(1, 1)])
    await refresh(id, ['2025-01-09'])
    const { rows } = await db.pool.query(
      `select count(*)::int as replies, count(distinct thread_key)::int as threads, count(second_person_at)::int as shared from contribution where community_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ replies: 50_001, threads: 1, shared: 50_001 }])
    const episode = await db.pool.query('select answer_count, helper_count from help_episode where community_id = $1', [id])
    expect(episode.rows).toEqual([{ answer_count: 1, helper_count: 1 }])
  })

  it('takes fifty thousand events in one second, half of them questions in one thread', { timeout: 60_000 }, async () => {
    const id = await newCommunity()
    await db.pool.query(
      many(
        50_000,
        `case when n % 2 = 0 then 'question.asked' else 'answer.posted' end, '2025-01-02T12:00:00Z', '2025-01-10Z',
         case when n % 2 = 0 then $2::uuid else $3::uuid end, $4::uuid, case when n % 2 = 1 then md5((n + 1)::text)::uuid end`,
      ),
      [id, uuid(2, 1), uuid(2, 2), uuid(3, 1)],
    )
    await refresh(id, ['2025-01-02'])
    const { rows } = await db.pool.query(
      'select contribution_count, question_count, answer_count from contribution_day where community_id = $1',
      [id],
    )
    expect(rows).toEqual([{ contribution_count: 50_000, question_count: 25_000, answer_count: 25_000 }])
    const edges = await db.pool.query('select count(*)::int as count from help_edge where community_id = $1', [id])
    expect(edges.rows).toEqual([{ count: 25_000 }])
  })
})
