import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import type { EventInput } from '../../../shared/contract/event.ts'
import { normaliseEvent } from '../../ingest/normalise-event.ts'
import { refreshRollups } from '../../rollup/refresh-rollups.ts'
import { appendEvents } from '../../store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../../store/communities.ts'
import { addCost } from '../../store/costs.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { buildCostAndClaims } from './break-even.ts'
import { readCostFacts } from './read-cost-facts.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let community: StoredCommunity
const NOW = new Date('2026-01-10T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  community = (await createCommunity(database, { slug: 'seals', name: 'Seals', time_zone: 'Europe/Berlin', now: NOW })) as StoredCommunity
})
afterAll(() => database.close())

/** A question of `asker` at this time, answered an hour later; `then` says what became of it. */
const asked = (
  id: string,
  at: string,
  asker: string,
  then: 'accepted' | 'solved' | 'said_by_other' | 'claimed' | 'open',
): Omit<EventInput, 'source'>[] => {
  const later = (hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString()
  const question = { id: `q${id}`, type: 'question.asked' as const, occurred_at: at, actor: { id: asker } }
  const answer = { id: `a${id}`, type: 'answer.posted' as const, occurred_at: later(1), actor: { id: 'helper' }, in_reply_to: `q${id}` }
  const reported = (by: string, properties: object) => ({
    id: `v${id}`,
    type: 'value.reported' as const,
    occurred_at: later(2),
    actor: { id: by },
    in_reply_to: `q${id}`,
    properties: properties as Record<string, unknown>,
  })
  const more = {
    accepted: [{ id: `y${id}`, type: 'answer.accepted' as const, occurred_at: later(2), actor: { id: asker }, in_reply_to: `a${id}` }],
    solved: [reported(asker, { solved: 'yes', band: 'hour' })],
    said_by_other: [reported('somebody', { solved: 'yes' })],
    claimed: [reported(asker, { solved: 'no', band: 'half_day' })],
    open: [],
  }[then]
  return then === 'open' ? [question] : [question, answer, ...more]
}

test('counts questions of the days for which the cost is known, and whoever confirmed them', async () => {
  const { community_id: communityId } = community
  const events = [
    // before the cost was known: in neither
    ...asked('old', '2025-03-10T10:00:00Z', 'p0', 'accepted'),
    // half past midnight on 1 July where the community lives, still June in UTC
    ...asked('edge', '2025-06-30T22:30:00Z', 'p1', 'accepted'),
    ...asked('solved', '2025-09-10T10:00:00Z', 'p2', 'solved'),
    ...asked('other', '2025-09-11T10:00:00Z', 'p3', 'said_by_other'),
    ...asked('no', '2025-09-12T10:00:00Z', 'p4', 'claimed'),
    ...asked('open', '2025-09-13T10:00:00Z', 'p5', 'open'),
    // half past midnight on 1 January there: the next year
    ...asked('late', '2025-12-31T23:30:00Z', 'p6', 'accepted'),
  ]
  const rows = events.map((event) => {
    const normalised = normaliseEvent({ source: 'forum', ...event }, NOW)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  await appendEvents(database, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await inTransaction(database.pool, (client) => refreshRollups(client, { communityId, timeZone: community.time_zone, marks: null }))
  await database.pool.query(
    `insert into community_state (community_id, known_by, first_event_on, refreshed_at) values ($1, $2, '2025-03-10', $2)
     on conflict (community_id) do update set known_by = excluded.known_by, first_event_on = excluded.first_event_on`,
    [communityId, NOW],
  )
  const cost = { from_on: '2025-07-01', hours_per_month: 10, hourly_rate: 50, other_per_month: 0, currency: 'EUR', note: null }
  await addCost(database.pool, { communityId, input: cost, userId: null, now: NOW })

  const facts = await readCostFacts(database.pool, community, '2025-12')
  expect(facts).toMatchObject({
    year: { from_on: '2025-01-01', to_on: '2026-01-01' },
    counted: { from_on: '2025-07-01', to_on: '2026-01-01' },
    answered_count: 4,
    confirmed_count: 2,
    has_unasked_claims: true,
    claim_bands: { hour: 1, half_day: 1 },
    asked: { asked_count: 0 },
  })
  expect(facts.cost.stretches).toEqual([{ currency: 'EUR', from_on: '2025-07-01', to_on: '2026-01-01', amount: expect.closeTo(3000, 8) }])
  // 3,000 ÷ 50 ÷ 2
  const { break_even, inputs } = await buildCostAndClaims(database.pool, community, '2025-12')
  expect(break_even.figures.find(({ id }) => id === 'break-even')?.value?.replaceAll('\u00a0', ' ')).toBe('30 hours')
  // kept with a frozen report: as JSON, and of nobody in particular
  expect(JSON.parse(JSON.stringify(inputs))).toEqual(inputs)
  const people = await database.pool.query<{ person_id: string }>('select person_id from identity where community_id = $1', [communityId])
  for (const { person_id } of people.rows) expect(JSON.stringify(inputs)).not.toContain(person_id)
})

test('of a community with nothing there is nothing, and it says so', async () => {
  const empty = (await createCommunity(database, { slug: 'empty', name: 'Empty', time_zone: 'Pacific/Apia', now: NOW })) as StoredCommunity
  const { break_even, claims, footnotes } = await buildCostAndClaims(database.pool, empty, '2025-12')
  expect(break_even).toEqual({ sentence: 'Nobody has said what the community costs.', figures: [] })
  expect(claims).toMatchObject({ claim_count: 0, low_hours: null, outliers: [], note: null })
  expect(claims.sentence).toContain('Nobody was asked')
  expect(footnotes).toEqual([])
})
