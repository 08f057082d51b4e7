import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCommunity } from '../../e2e/event-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { EventInput } from '../../shared/contract/event.ts'
import type { EventRow } from '../ingest/event-row.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { type AppendInput, appendEvents, UnknownCommunityError } from './append-events.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
let communityId: string
const now = new Date('2026-06-01T00:00:00Z')

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  communityId = await createCommunity(db, 'America/Sao_Paulo')
})

const row = (event: Partial<EventInput>): EventRow => {
  const { ok, problems } = normaliseEvent(
    { id: '1', source: 'list', type: 'post.published', occurred_at: '2026-03-01T12:00:00Z', ...event },
    now,
  )
  if (!ok) throw new Error(JSON.stringify(problems))
  return ok
}
const append = (rows: EventRow[], more: Partial<AppendInput> = {}) =>
  appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: now, ...more })
const staleDays = async (id = communityId) =>
  (await db.pool.query<{ day_on: string }>('select distinct day_on from stale_day where community_id = $1 order by 1', [id])).rows.map(
    (r) => r.day_on,
  )
/** All that a community's events leave behind, but for when and in which batch they came. */
const stateOf = async (id: string) => {
  const { rows: events } = await db.pool.query('select * from event where community_id = $1 order by event_key', [id])
  const { rows: identities } = await db.pool.query('select * from identity where community_id = $1 order by identity_key', [id])
  const { rows: sources } = await db.pool.query('select source from source where community_id = $1 order by source', [id])
  const strip = ({ community_id: _, received_at: __, ...rest }: Record<string, unknown>) => rest
  return { events: events.map(strip), identities: identities.map(strip), sources, days: await staleDays(id) }
}

describe('appendEvents', () => {
  it('keeps every field of an event', async () => {
    const actor = { id: 'u1', name: 'Ana\tB\\N\n', is_bot: true }
    await append([
      row({
        actor,
        target_actor: 'u2',
        thread_id: 't',
        in_reply_to: 'x',
        channel: 'a\\b',
        url: 'https://example.org/?a=\\',
        properties: { z: '\\n\t"', a: [1, { b: true }] },
        text: 'merge the draft',
      }),
    ])
    const { rows } = await db.pool.query('select * from event where community_id = $1', [communityId])
    expect(rows[0]).toMatchObject({
      source: 'list',
      source_event_id: '1',
      type: 'post.published',
      occurred_at: new Date('2026-03-01T12:00:00Z'),
      received_at: now,
      channel: 'a\\b',
      url: 'https://example.org/?a=\\',
      properties: { z: '\\n\t"', a: [1, { b: true }] },
      word_count: 3,
      artefact_word_count: 1,
      document_word_count: 1,
      work_words: { artefact: { merge: 1 }, document: { draft: 1 } },
      is_thanks: false,
      is_acknowledging: false,
    })
    const { rows: people } = await db.pool.query('select * from identity where community_id = $1 order by source_actor_id', [communityId])
    expect(people).toMatchObject([
      {
        source: 'list',
        source_actor_id: 'u1',
        display_name: 'Ana\tB\\N\n',
        is_bot: true,
        named_at: new Date('2026-03-01T12:00:00Z'),
        person_id: rows[0].identity_key,
      },
      { source: 'list', source_actor_id: 'u2', display_name: null, is_bot: false, named_at: null, person_id: rows[0].target_identity_key },
    ])
  })

  it('holds an event of the first year and one to the microsecond', async () => {
    await append([row({ id: 'old', occurred_at: '0001-01-01T12:00:00Z' }), row({ id: 'fine', occurred_at: '2026-03-01T12:00:00.123456Z' })])
    const { rows } = await db.pool.query(
      "select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as at from event where community_id = $1 order by 1",
      [communityId],
    )
    expect(rows).toEqual([{ at: '0001-01-01 12:00:00.000000' }, { at: '2026-03-01 12:00:00.123456' }])
  })

  it('tells the same from another, within a batch as against the table', async () => {
    const one = row({})
    const other = row({ channel: 'other' })
    expect(await append([one, one, other])).toEqual({ accepted: 1, duplicates: 1, conflicts: [2] })
    expect(await append([other, one])).toEqual({ accepted: 0, duplicates: 1, conflicts: [0] })
    expect((await stateOf(communityId)).events).toMatchObject([{ channel: null }])
  })

  it('keeps the words of what replaced an event, and none of what it was', async () => {
    await append([row({ text: 'merge the draft' })])
    await append([row({ text: 'the agenda' })], { onConflict: 'replace' })
    expect((await stateOf(communityId)).events).toMatchObject([
      { word_count: 2, artefact_word_count: 1, document_word_count: 0, work_words: { procedure: { agenda: 1 } } },
    ])
    await append([row({ text: 'no such words' })], { onConflict: 'replace' })
    expect((await stateOf(communityId)).events).toMatchObject([{ word_count: 3, work_words: null }])
  })

  it('replaces when asked to; the last one wins', async () => {
    await append([row({})])
    const second = row({ channel: 'second', occurred_at: '2026-04-05T12:00:00Z' })
    expect(await append([row({ channel: 'first' }), second], { onConflict: 'replace' })).toEqual({
      accepted: 2,
      duplicates: 0,
      conflicts: [],
    })
    expect(await append([second], { onConflict: 'replace' })).toEqual({ accepted: 0, duplicates: 1, conflicts: [] })
    expect((await stateOf(communityId)).events).toMatchObject([{ channel: 'second' }])
    // the day it was on and the day it is on
    expect(await staleDays()).toEqual(['2026-03-01', '2026-04-05'])
  })

  it('leaves alone what a batch changes and changes back', async () => {
    await append([row({})])
    await db.pool.query('delete from stale_day where community_id = $1', [communityId])
    await append([row({ channel: 'x' }), row({})], { onConflict: 'replace' })
    expect(await staleDays()).toEqual([])
  })

  it('marks the day in the zone of the community', async () => {
    await append([row({ id: 'a', occurred_at: '2026-03-01T02:59:59Z' }), row({ id: 'b', occurred_at: '2026-03-01T03:00:00Z' })])
    expect(await staleDays()).toEqual(['2026-02-28', '2026-03-01'])
  })

  it('marks a day by when its new events came, and as a whole where an event was replaced', async () => {
    const marks = async () =>
      (
        await db.pool.query<{ day_on: string; received_at: Date | null }>(
          'select day_on, received_at from stale_day where community_id = $1 order by 1, 2',
          [communityId],
        )
      ).rows
    await append([row({})])
    expect(await marks()).toEqual([{ day_on: '2026-03-01', received_at: now }])
    await db.pool.query('delete from stale_day where community_id = $1', [communityId])
    await append(
      [
        row({ occurred_at: '2026-03-05T12:00:00Z' }),
        row({ id: '2', occurred_at: '2026-03-05T13:00:00Z' }),
        row({ id: '3' }),
        row({ id: '4', occurred_at: '2026-03-09T12:00:00Z' }),
      ],
      { onConflict: 'replace' },
    )
    expect(await marks()).toEqual([
      { day_on: '2026-03-01', received_at: null },
      { day_on: '2026-03-05', received_at: null },
      { day_on: '2026-03-09', received_at: now },
    ])
  })

  it('marks every day of a batch, however its times crowd', async () => {
    await db.pool.query(`update community set time_zone = 'Asia/Kathmandu' where community_id = $1`, [communityId])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 * 86_400 }), { minLength: 1, maxLength: 60 }), async (seconds) => {
        await db.pool.query('delete from event where community_id = $1', [communityId])
        await db.pool.query('delete from stale_day where community_id = $1', [communityId])
        const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000)
        await append(seconds.map((second, i) => row({ id: `${i}`, occurred_at: at(second).toISOString() })))
        const days = seconds.map((second) => new Date(at(second).getTime() + 345 * 60_000).toISOString().slice(0, 10))
        expect(await staleDays()).toEqual([...new Set(days)].sort())
      }),
      { numRuns: 40, seed: 20260301 },
    )
  })

  it('finds the one repeat among many new events, wherever it hides', async () => {
    const many = Array.from({ length: 100 }, (_, i) => row({ id: `${i}` }))
    for (const at of [1, 47, 99]) {
      const fresh = await createCommunity(db)
      await append([many[at] as EventRow], { communityId: fresh })
      const changed = many.map((one, i) => (i === at ? row({ id: `${i}`, channel: 'x' }) : one))
      expect(await append(changed, { communityId: fresh })).toEqual({ accepted: 99, duplicates: 0, conflicts: [at] })
      expect(await append(many, { communityId: fresh })).toEqual({ accepted: 0, duplicates: 100, conflicts: [] })
      expect((await stateOf(fresh)).events).toHaveLength(100)
    }
  })

  it('counts a dry run as the real one and stores nothing', async () => {
    await append([row({})])
    const before = await stateOf(communityId)
    const rows = [row({}), row({ channel: 'x' }), row({ id: '2' }), row({ id: '2' })]
    const dry = await append(rows, { dryRun: true })
    expect(await stateOf(communityId)).toEqual(before)
    expect(dry).toEqual(await append(rows))
  })

  it('runs the hook in the same transaction, and only when something is stored', async () => {
    const failing = append([row({})], {
      inTransaction: async (client) => {
        expect((await client.query('select from event where community_id = $1', [communityId])).rowCount).toBe(1)
        throw new Error('the queue is full')
      },
    })
    await expect(failing).rejects.toThrow('the queue is full')
    expect((await stateOf(communityId)).events).toEqual([])
    await append([row({})])
    await append([row({})], { inTransaction: () => Promise.reject(new Error('not for a duplicate')) })
  })

  it('keeps communities apart', async () => {
    const other = await createCommunity(db)
    await append([row({})])
    expect(await append([row({ channel: 'x' })], { communityId: other })).toEqual({ accepted: 1, duplicates: 0, conflicts: [] })
  })

  it('says so when the community is gone', async () => {
    await expect(append([row({})], { communityId: crypto.randomUUID() })).rejects.toThrow(UnknownCommunityError)
  })

  it('takes the same events from many senders at once, none lost, none twice, none in each other’s way', async () => {
    const rows = Array.from({ length: 400 }, (_, i) =>
      row({ id: `${i}`, source: `s${i % 3}`, actor: { id: `u${i % 7}`, name: `Name ${i}` } }),
    )
    const shuffled = (seed: number) =>
      rows
        .map((r, i) => ({ r, at: Math.sin(seed * 1000 + i) }))
        .sort((a, b) => a.at - b.at)
        .map(({ r }) => r)
    const results = await Promise.all(
      Array.from({ length: 8 }, async (_, k) => {
        const mine = shuffled(k)
        let accepted = 0
        for (let i = 0; i < mine.length; i += 80)
          accepted += (await append(mine.slice(i, i + 80), { onConflict: k % 2 ? 'replace' : 'report' })).accepted
        return accepted
      }),
    )
    expect(results.reduce((sum, n) => sum + n, 0)).toBe(400)
    expect((await stateOf(communityId)).events).toHaveLength(400)
  })

  it('lets many senders replace the same events at once', async () => {
    const versions = (k: number) => Array.from({ length: 50 }, (_, i) => row({ id: `${i}`, channel: `version ${k}` }))
    await Promise.all(Array.from({ length: 6 }, (_, k) => append(versions(k), { onConflict: 'replace' })))
    const { events } = await stateOf(communityId)
    // each batch as a whole: all events are of one version
    expect(new Set(events.map((e) => (e as Record<string, unknown>).channel)).size).toBe(1)
    expect(events).toHaveLength(50)
  })
})

describe('late, repeated and shuffled delivery in any batches', () => {
  const minute = (n: number) => new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString()
  const name = fc.constantFrom('Ana', 'ana', 'Ｚ', '😀', 'Zoë', null)
  const person = fc.record({ id: fc.constantFrom('u1', 'u2', 'u3'), name, is_bot: fc.constantFrom(true, false, null) })
  const event = fc.record({
    source: fc.constantFrom('list', 'slack'),
    type: fc.constantFrom('post.published' as const, 'reply.posted' as const, 'content.viewed' as const),
    occurred_at: fc.integer({ min: 0, max: 3000 }).map((n) => minute(n - (n % 500))),
    actor: fc.option(person),
    target_actor: fc.option(person),
    in_reply_to: fc.option(fc.constantFrom('e0', 'e1', 'e2')),
    text: fc.constantFrom('thanks', 'merge the draft', null),
  })
  const delivery = fc.array(event, { minLength: 1, maxLength: 25 }).chain((events) => {
    const rows = events.map((e, i) => ({ ...e, id: `e${i}` }))
    return fc.record({
      rows: fc.constant(rows),
      order: fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }),
      cuts: fc.array(fc.integer({ min: 0, max: rows.length * 2 }), { maxLength: 6 }),
    })
  })

  it('end in the same rows of events, identities, sources and stale days', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async ({ rows, order, cuts }) => {
        const plain = await createCommunity(db)
        const wild = await createCommunity(db)
        await append(rows.map(row), { communityId: plain })
        const bounds = [0, ...cuts, order.length].sort((a, b) => a - b)
        let accepted = 0
        for (let i = 1; i < bounds.length; i++) {
          const result = await append(order.slice(bounds[i - 1], bounds[i]).map(row), { communityId: wild })
          expect(result.conflicts).toEqual([])
          accepted += result.accepted
        }
        expect(accepted).toBe(rows.length)
        expect(await stateOf(wild)).toEqual(await stateOf(plain))
      }),
      { numRuns: 60, seed: 20260131 },
    )
  })
})
