import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { appendEvents } from '../store/append-events.ts'
import { createCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { refreshCommunity } from './refresh-community.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1, 12)
const STAYING = /^(retention|newcomer-activation|newcomer-second|benefit-share)/

type Told = { person: number; day: number; type: string; batch: number }

/** Enough people to speak of who join in two months, come now and then, ask, leave and come back; told in any order, in four batches. */
const told = fc
  .array(
    fc.record({
      person: fc.integer({ min: 0, max: 59 }),
      day: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 420 })),
      type: fc.constantFrom('post.published', 'post.published', 'question.asked', 'answer.posted', 'member.left', 'member.joined'),
      batch: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 120, maxLength: 300, size: 'max' },
  )
  .chain((acts) =>
    fc
      .array(fc.record({ day: fc.integer({ min: 0, max: 58 }), batch: fc.constantFrom(0, 0, 0, 1, 3) }), { minLength: 60, maxLength: 60 })
      .map((joins): Told[] => [...joins.map((join, person) => ({ ...join, person, type: 'member.joined' })), ...acts]),
  )

const readStaying = async (communityId: string) => {
  const { rows } = await db.pool.query<{ from_on: string; points: Record<string, unknown[]> }>(
    `select from_on, points from period_result where community_id = $1 and grain = 'month' order by from_on`,
    [communityId],
  )
  return rows.map(({ from_on, points }) => [
    from_on,
    Object.fromEntries(
      Object.entries(points)
        .filter(([key]) => STAYING.test(key))
        .sort(),
    ),
  ])
}

let communities = 0
test('who stays is the same after any refresh as after a rebuild, as time passes and as the past comes in late', async () => {
  let told30 = 0
  await fc.assert(
    fc.asyncProperty(
      told,
      fc.array(fc.constantFrom(0.2, 0.6, 1, 3, 40), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 130, max: 430 }),
      async (all, steps, from) => {
        const community = await createCommunity(db, {
          slug: `stays-${++communities}`,
          name: 'Stays',
          time_zone: 'America/Sao_Paulo',
          now: new Date(START),
        })
        const communityId = community?.community_id as string
        let now = START + from * DAY
        for (const [batch, days] of steps.entries()) {
          now += days * DAY
          const rows = all
            .map((act, i) => ({ ...act, i }))
            .filter((act) => act.batch === batch && START + act.day * DAY < now)
            .map(({ person, day, type, i }) => {
              const event = {
                id: `e${i}`,
                source: 'forum',
                type,
                occurred_at: new Date(START + day * DAY + (i % 20) * 1_800_000 - 10 * 3_600_000).toISOString(),
                actor: { id: `p${person}` },
                ...(type === 'answer.posted'
                  ? { thread_id: `e${all.findIndex((q, k) => k > i % 60 && q.type === 'question.asked')}` }
                  : {}),
              }
              const { ok, issues } = normaliseEvent(event, new Date(now)) as { ok?: never; issues?: unknown }
              if (!ok) throw new Error(JSON.stringify(issues))
              return ok
            })
          await appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: new Date(now) })
          await refreshCommunity(db, communityId, { now: new Date(now) })
          const refreshed = await readStaying(communityId)
          await refreshCommunity(db, communityId, { now: new Date(now), rebuild: batch % 2 === 1 })
          if (batch % 2 === 1) expect(refreshed).toEqual(await readStaying(communityId))
          told30 += refreshed.filter(([, points]) => (points as Record<string, unknown[]>)['retention:30-days']?.[6] === 'ok').length
        }
      },
    ),
    { numRuns: 6, seed: 20240308 },
  )
  expect(told30).toBeGreaterThan(10)
}, 240_000)
