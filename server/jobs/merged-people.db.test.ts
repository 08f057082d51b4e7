import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { identityKey } from '../ingest/keys.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { buildHealthReport } from '../report/health-report.ts'
import { type Fact, type Happening, identityOf, rowOf, story } from '../rollup/given-events.ts'
import { appendEvents } from '../store/append-events.ts'
import { createCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { addFacilitator, facilitatorsVersion } from '../store/facilitators.ts'
import { mergeIdentities, splitIdentity } from '../store/merge-identities.ts'
import { refreshCommunity } from './refresh-community.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const newCommunity = async (timeZone: string): Promise<string> =>
  (await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Test', time_zone: timeZone, now: new Date(0) }))?.community_id as string

/** Points by period and series, and verdicts by day. */
const results = async (communityId: string): Promise<Map<string, unknown>> => {
  const points = await db.pool.query<{ period: string; points: Record<string, unknown> }>(
    `select grain || ' ' || from_on as period, points from period_result where community_id = $1`,
    [communityId],
  )
  const verdicts = await db.pool.query('select at_on, is_latest, verdict, course from verdict_result where community_id = $1', [
    communityId,
  ])
  return new Map([
    ...points.rows.flatMap((row) => Object.entries(row.points).map(([key, point]): [string, unknown] => [`${row.period} ${key}`, point])),
    ...verdicts.rows.map((row): [string, unknown] => [`verdict ${row.at_on}`, row]),
  ])
}

const difference = (found: Map<string, unknown>, expected: Map<string, unknown>) =>
  [...new Set([...found.keys(), ...expected.keys()])].flatMap((key) =>
    JSON.stringify(found.get(key)) === JSON.stringify(expected.get(key))
      ? []
      : [{ key, found: found.get(key), expected: expected.get(key) }],
  )

type Batch = Extract<Happening, { what: 'batch' }>
/** No account is a bot: of one person's accounts only the events of the bot are left out, and here nothing is to be. */
const batchesOf = (happenings: readonly Happening[]): Fact[][] =>
  happenings
    .filter((one): one is Batch => one.what === 'batch')
    .map(({ facts }) => facts.map((fact) => ({ ...fact, saysBot: false, name: null })))

const [FIRST, SECOND] = [1, 2]
const asOne = (fact: Fact): Fact => (fact.person === SECOND ? { ...fact, person: FIRST } : fact)

const lived = fc.record({ story, mergeAfter: fc.nat({ max: 9 }), refreshBefore: fc.boolean() })

it('two accounts that are merged give what one account gives, and separated again what they gave before, whenever that was', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(lived, async ({ story: { timeZone, happenings }, mergeAfter, refreshBefore }) => {
      const batches = batchesOf(happenings)
      const times = batches.flat().map((fact) => fact.at)
      const now = new Date(Math.max(0, ...times) + 40 * 86_400_000)
      const [merged, one, two] = [await newCommunity(timeZone), await newCommunity(timeZone), await newCommunity(timeZone)]
      const append = (communityId: string, facts: Fact[], i: number) =>
        appendEvents(db, {
          communityId,
          rows: facts.map(rowOf),
          onConflict: 'replace',
          dryRun: false,
          receivedAt: new Date(Date.UTC(2025, 0, 1, 0, 0, i)),
        })
      const mergeThem = () => mergeIdentities(db, { communityId: merged, identityKeys: [identityOf(FIRST), identityOf(SECOND)] })
      for (const [i, facts] of batches.entries()) {
        await append(merged, facts, i)
        await append(one, facts.map(asOne), i)
        await append(two, facts, i)
        if (i === mergeAfter) {
          if (refreshBefore) await refreshCommunity(db, merged, { now })
          await mergeThem()
        }
      }
      await refreshCommunity(db, merged, { now })
      if ((await mergeThem()) === null) return
      for (const communityId of [merged, one, two]) await refreshCommunity(db, communityId, { now })
      expect(difference(await results(merged), await results(one))).toEqual([])
      await splitIdentity(db, { communityId: merged, identityKeys: [identityOf(SECOND)], dismissedAt: null })
      await refreshCommunity(db, merged, { now })
      expect(difference(await results(merged), await results(two))).toEqual([])
      await db.pool.query('delete from community where community_id = any ($1)', [[merged, one, two]])
    }),
    { seed: 5, numRuns: 5, endOnFailure: true },
  )
})

describe('a community whose people have an account in the chat and one on the list', () => {
  const now = new Date('2025-05-01T12:00:00Z')
  const at = (day: number, hour: number) => new Date(Date.UTC(2025, 0, 1 + day, hour)).toISOString()
  const events = Array.from({ length: 90 }, (_, i) => {
    const source = i % 2 === 0 ? 'chat' : 'mail'
    const turn = i >> 1
    const actor = (n: number) => ({ id: `${source}-${n % 6}` })
    return [
      { id: `q${i}`, source, type: 'question.asked', occurred_at: at(i, 9), actor: actor(turn) },
      {
        id: `a${i}`,
        source,
        type: 'answer.posted',
        occurred_at: at(i, 11),
        actor: actor(turn + 1 + (turn % 3)),
        thread_id: `q${i}`,
        in_reply_to: `q${i}`,
      },
      ...(i < 12 ? [{ id: `j${i}`, source, type: 'member.joined', occurred_at: at(i, 8), actor: actor(turn) }] : []),
    ]
  }).flat()
  const key = (source: string, n: number) => identityKey(source, `${source}-${n}`)
  let communityId: string
  const report = async () => {
    const community = { community_id: communityId, slug: 'two', name: 'Two', time_zone: 'UTC' }
    return buildHealthReport(db.pool, community as never, { from: '2025-01', to: '2025-04', grain: 'month' } as never, now)
  }
  const valuesOf = ({ metrics }: Awaited<ReturnType<typeof report>>, id: string) =>
    metrics.find((metric) => metric.id === id)?.points.map((point) => point.value)

  beforeAll(async () => {
    communityId = await newCommunity('UTC')
    const rows = events.map((event) => normaliseEvent(event, now).ok ?? expect.fail(event.id))
    await appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: now })
    await refreshCommunity(db, communityId, { now })
  })

  it('has half as many people once they are merged, and the same report as before once they are separated', async () => {
    const before = await report()
    for (let n = 0; n < 6; n++) await mergeIdentities(db, { communityId, identityKeys: [key('chat', n), key('mail', n)] })
    await refreshCommunity(db, communityId, { now })
    const merged = await report()
    expect(valuesOf(before, 'active-people')?.[1]).toBe(12)
    expect(valuesOf(merged, 'active-people')?.[1]).toBe(6)
    // later again, and by the other account, than they were merged
    for (let n = 5; n >= 0; n--)
      await splitIdentity(db, { communityId, identityKeys: [key(n % 2 === 0 ? 'chat' : 'mail', n)], dismissedAt: now })
    await refreshCommunity(db, communityId, { now })
    const { revision: _, ...after } = (await report()) as Record<string, unknown>
    const { revision: __, ...first } = before as Record<string, unknown>
    expect(after).toEqual(first)
  })

  it('has facilitators by all their accounts, and by the one that was named once they are separated', async () => {
    await addFacilitator(db.pool, { communityId, source: 'chat', actorId: 'chat-1', now })
    const alone = await facilitatorsVersion(db.pool, communityId)
    await mergeIdentities(db, { communityId, identityKeys: [key('mail', 1), key('chat', 1)] })
    const merged = await facilitatorsVersion(db.pool, communityId)
    expect(merged).toBe(key('mail', 1))
    await splitIdentity(db, { communityId, identityKeys: [key('mail', 1)], dismissedAt: now })
    expect(await facilitatorsVersion(db.pool, communityId)).toBe(alone)
  })
})

describe('somebody who is in the chat and on the list', () => {
  const now = new Date('2025-07-01T12:00:00Z')
  const moves = [
    ['chat', 'member.joined', '2025-01-01'],
    ['mail', 'member.joined', '2025-02-01'],
    ['chat', 'member.left', '2025-03-01'],
    ['mail', 'member.left', '2025-04-01'],
    ['mail', 'member.joined', '2025-05-01'],
  ] as const

  it('has left when they have left both, and came back when they are in one again', async () => {
    const communityId = await newCommunity('UTC')
    const rows = moves.map(
      ([source, type, day]) =>
        normaliseEvent({ id: `${type} ${day}`, source, type, occurred_at: `${day}T09:00:00Z`, actor: { id: `ana in ${source}` } }, now)
          .ok ?? expect.fail(day),
    )
    await appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: now })
    const spells = async () => {
      await refreshCommunity(db, communityId, { now })
      const { rows: found } = await db.pool.query<{ joined_on: string; left_on: string | null; is_rejoin: boolean }>(
        'select joined_on::text, left_on::text, is_rejoin from membership_spell where community_id = $1 order by joined_at',
        [communityId],
      )
      return found.map(({ joined_on, left_on, is_rejoin }) => `${joined_on} to ${left_on ?? 'now'}${is_rejoin ? ' again' : ''}`)
    }
    expect(await spells()).toEqual(['2025-01-01 to 2025-03-01', '2025-02-01 to 2025-04-01', '2025-05-01 to now again'])
    await mergeIdentities(db, { communityId, identityKeys: [identityKey('chat', 'ana in chat'), identityKey('mail', 'ana in mail')] })
    expect(await spells()).toEqual(['2025-01-01 to 2025-04-01', '2025-05-01 to now again'])
  })
})
