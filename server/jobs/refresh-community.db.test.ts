import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { EventRow } from '../ingest/event-row.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { generateEvents } from '../ingest/sources/synthetic/synthetic.ts'
import { buildHealthReport } from '../report/health-report.ts'
import { appendEvents } from '../store/append-events.ts'
import { createCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { refreshCommunity } from './refresh-community.ts'

const END = new Date('2025-06-15T12:00:00Z')
const DAY_MS = 86_400_000

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const rowsOf = (seed: number): EventRow[] =>
  [
    ...generateEvents({
      archetype: 'community',
      seed,
      members: 25,
      weeks: 20,
      contributionsPerWeek: 9,
      timeZone: 'Asia/Kolkata',
      endAt: END,
    }),
  ].map((event) => {
    const normalised = normaliseEvent(event, END)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })

const newCommunity = async () => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: 'Asia/Kolkata', now: END })
  if (community === null) throw new Error('the slug is taken')
  return community
}

const send = (communityId: string, rows: EventRow[]) =>
  appendEvents(db, { communityId, batchId: randomUUID(), rows, onConflict: 'report', dryRun: false, receivedAt: END })

const results = async (communityId: string) => {
  const read = async (columns: string, table: string, order: string) =>
    (await db.pool.query(`select ${columns} from ${table} where community_id = $1 order by ${order}`, [communityId])).rows
  return {
    points: await read('grain, from_on, points', 'period_result', 'grain, from_on'),
    verdicts: await read('at_on, is_latest, verdict, course', 'verdict_result', 'at_on'),
    state: await read('first_event_on, known_by, rollups_version, results_version', 'community_state', 'community_id'),
  }
}

describe('refreshing a community', () => {
  it('ends in the points and verdicts of a rebuild, however late and shuffled the events came, and as time went on between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .record({
            seed: fc.integer({ min: 1, max: 10_000 }),
            keys: fc.array(fc.integer(), { minLength: 400, maxLength: 400 }),
            batches: fc.integer({ min: 2, max: 5 }),
          })
          .map(({ seed, keys, batches }) => ({ rows: rowsOf(seed), keys, batches })),
        async ({ rows, keys, batches }) => {
          const order = rows.map((row, i) => ({ row, key: keys[i % keys.length] as number })).sort((a, b) => a.key - b.key)
          const late = await newCommunity()
          for (let i = 0; i < batches; i++) {
            await send(
              late.community_id,
              order.filter((_, n) => n % batches === i).map(({ row }) => row),
            )
            await refreshCommunity(db, late.community_id, { now: new Date(END.getTime() + i * 3 * DAY_MS) })
          }
          const now = new Date(END.getTime() + batches * 3 * DAY_MS)
          await refreshCommunity(db, late.community_id, { now })
          const step = await results(late.community_id)
          await refreshCommunity(db, late.community_id, { now, rebuild: true })
          expect(step).toEqual(await results(late.community_id))
        },
      ),
      { seed: 7, numRuns: 4, endOnFailure: true },
    )
  }, 120_000)

  it('leaves the marks of days that a killed refresh had begun with', async () => {
    const community = await newCommunity()
    await send(community.community_id, rowsOf(1))
    const before = await db.pool.query('select count(*)::int as count from stale_day where community_id = $1', [community.community_id])
    const client = await db.pool.connect()
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [`refresh ${community.community_id}`])
    const refreshing = refreshCommunity(db, community.community_id, { now: END }).catch((error: Error) => error)
    // the refresh waits for the lock in its transaction, and is killed there
    let pid: number | undefined
    while (pid === undefined) {
      const waiting = await db.pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      pid = waiting.rows[0]?.pid
    }
    await db.pool.query('select pg_terminate_backend($1)', [pid])
    expect(await refreshing).toBeInstanceOf(Error)
    await client.query('select pg_advisory_unlock_all()')
    client.release()
    const after = await db.pool.query('select count(*)::int as count from stale_day where community_id = $1', [community.community_id])
    expect(after.rows).toEqual(before.rows)
    expect(await refreshCommunity(db, community.community_id, { now: END })).toMatchObject({ stale_days: before.rows[0].count })
    expect((await db.pool.query('select from stale_day where community_id = $1', [community.community_id])).rowCount).toBe(0)
  })

  it('shows the members of a period as those of the one before, plus joins, minus leavers', async () => {
    const community = await newCommunity()
    await send(community.community_id, rowsOf(3))
    await refreshCommunity(db, community.community_id, { now: END })
    const report = await buildHealthReport(db.pool, community, { grain: 'week', from: '2025-W05', to: '2025-W24' }, END)
    const values = (id: string) => report.metrics.find((series) => series.id === id)?.points.map((point) => point.value ?? 0) as number[]
    const [members, joins, leavers] = [values('members'), values('joins'), values('leavers')]
    expect(members.slice(1)).toEqual(
      members.slice(1).map((_, i) => (members[i] as number) + (joins[i + 1] as number) - (leavers[i + 1] as number)),
    )
    expect(members.at(-1)).toBeGreaterThan(10)
  })

  it('recomputes a past report to the digit after later events have come', async () => {
    const community = await newCommunity()
    const rows = rowsOf(4)
    const asOf = new Date('2025-04-30T18:30:00Z')
    await send(
      community.community_id,
      rows.filter((row) => new Date(row.occurred_at) < asOf),
    )
    await refreshCommunity(db, community.community_id, { now: asOf })
    const ask = () => buildHealthReport(db.pool, community, { grain: 'month', from: '2025-02', to: '2025-04', as_of: asOf }, END)
    const then = await ask()
    await send(community.community_id, rows)
    // much of what was there is taken back, or accepted, after that time
    const known = rows.filter((row) => new Date(row.occurred_at) < asOf && row.type !== 'member.joined')
    const afterwards = known.slice(0, 60).map(
      (row, i): EventRow => ({
        ...row,
        event_key: randomUUID(),
        source_event_id: `afterwards ${i}`,
        type: row.type === 'answer.posted' && i % 2 === 0 ? 'answer.accepted' : 'content.deleted',
        occurred_at: '2025-05-20T12:00:00.000000Z',
        target_key: row.event_key,
        body_hash: randomUUID(),
      }),
    )
    await send(community.community_id, afterwards)
    await refreshCommunity(db, community.community_id, { now: END })
    const later = await ask()
    expect(later.metrics).toEqual(then.metrics)
    expect(later.verdicts).toEqual(then.verdicts)
    expect(later.latest_verdict).toEqual(then.latest_verdict)
  })

  it('judges a past month end again when a late start tells otherwise what was written before it', async () => {
    const community = await newCommunity()
    const [template] = rowsOf(1) as [EventRow]
    const thread = randomUUID()
    const row = (type: EventRow['type'], at: string, n: number): EventRow => ({
      ...template,
      event_key: randomUUID(),
      source_event_id: `${type} ${n}`,
      type,
      occurred_at: at,
      thread_key: thread,
      target_key: null,
      body_hash: randomUUID(),
    })
    const replies = Array.from({ length: 40 }, (_, i) =>
      row('reply.posted', `2025-01-${String((i % 28) + 1).padStart(2, '0')}T12:00:00.000000Z`, i),
    )
    await send(community.community_id, replies)
    await refreshCommunity(db, community.community_id, { now: END })
    const januaryOf = async () =>
      (await results(community.community_id)).verdicts.find((one: { at_on: string }) => one.at_on === '2025-01-31')?.verdict
    const before = await januaryOf()
    // the thread turns out to be one of work, from a start that comes after the month
    await send(community.community_id, [row('document.edited', '2025-02-10T12:00:00.000000Z', 0)])
    await refreshCommunity(db, community.community_id, { now: END })
    const after = await januaryOf()
    expect(after).not.toEqual(before)
    await refreshCommunity(db, community.community_id, { now: END, rebuild: true })
    expect(after).toEqual(await januaryOf())
  })
})
