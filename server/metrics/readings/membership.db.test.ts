import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays } from '../../../shared/period.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { ReadPeriod } from '../reading.ts'
import { type MembershipFlow, membershipFlow } from './membership-flow.ts'
import { membershipRates } from './membership-rates.ts'
import { LAPSE_DAYS, type MembershipStock, membershipStock } from './membership-stock.ts'
import { ODD_DAYS, type Span, spanOf, startOfDay } from './obvious-time.ts'
import { insertCommunity, uuid } from './random-contributions.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** Times in milliseconds; a spell without a beginning is a member since before the data. */
type Spell = { person_id: string; joined_at: number | null; left_at: number | null; is_rejoin: boolean }
type Active = { person_id: string; first_at: number; last_at: number }
type Membership = { timeZone: string; knownBy: number; periods: ReadPeriod[]; spells: Spell[]; active: Active[] }

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR
const LAPSE = LAPSE_DAYS * DAY

/** Midnights and quarters of days, some a lapse earlier, some within a minute of each other. */
const timeAround = (day: string, timeZone: string) =>
  fc
    .tuple(
      fc.oneof(
        fc.integer({ min: -60, max: 60 }).map((quarters) => startOfDay(day, timeZone) + quarters * 6 * HOUR),
        fc.integer({ min: -4, max: 6 }).map((days) => startOfDay(addDays(day, days), timeZone)),
        fc.integer({ min: -4, max: 6 }).map((days) => startOfDay(addDays(day, days), timeZone) - LAPSE),
        fc.integer({ min: -130, max: -80 }).map((days) => startOfDay(day, timeZone) + days * DAY),
      ),
      fc.constantFrom(0, 0, 1, 30 * SECOND, 60 * SECOND, 61 * SECOND),
    )
    .map(([at, off]) => at + off)

const membership: fc.Arbitrary<Membership> = fc.constantFrom(...ODD_DAYS).chain(({ timeZone, day }) => {
  const time = timeAround(day, timeZone)
  // joining and leaving in turn: strictly rising times, perhaps with a leave first
  const spellsOf = fc.tuple(fc.uniqueArray(time, { maxLength: 5 }), fc.boolean()).map(([times, isSinceBefore]) => {
    const rising: (number | null)[] = times.toSorted((a, b) => a - b)
    if (isSinceBefore && rising.length) rising.unshift(null)
    const spells: Omit<Spell, 'person_id'>[] = []
    for (let i = 0; i < rising.length; i += 2)
      spells.push({ joined_at: rising[i] ?? null, left_at: rising[i + 1] ?? null, is_rejoin: i > 0 })
    return spells.filter((spell) => spell.joined_at !== null || spell.left_at !== null)
  })
  const activeOf = fc.array(fc.tuple(time, fc.integer({ min: 0, max: 5 * HOUR })), { maxLength: 4 })
  return fc.record({
    timeZone: fc.constant(timeZone),
    knownBy: time,
    periods: fc.array(
      fc
        .record({ from: fc.integer({ min: -12, max: 12 }), length: fc.constantFrom(1, 1, 7, 30), is_as_known_then: fc.boolean() })
        .map((p) => ({
          from_on: addDays(day, p.from),
          to_on: addDays(day, p.from + p.length),
          is_as_known_then: p.is_as_known_then,
        })),
      { minLength: 1, maxLength: 6 },
    ),
    spells: fc
      .array(spellsOf, { maxLength: 8, size: 'max' })
      .map((people) => people.flatMap((some, i) => some.map((spell) => ({ ...spell, person_id: uuid(3, i) })))),
    active: fc
      .array(activeOf, { maxLength: 10, size: 'max' })
      .map((people) =>
        people.flatMap((some, i) => some.map(([first_at, span]) => ({ person_id: uuid(3, i), first_at, last_at: first_at + span }))),
      ),
  })
})

const insertMembership = async (communityId: string, { spells, active }: Membership) => {
  const at = (ms: number | null) => (ms === null ? '-infinity' : new Date(ms).toISOString())
  await db.pool.query(
    `insert into membership_spell (community_id, person_id, joined_at, left_at, is_rejoin)
     select $1, * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::boolean[])`,
    [
      communityId,
      spells.map((s) => s.person_id),
      spells.map((s) => at(s.joined_at)),
      spells.map((s) => s.left_at && at(s.left_at)),
      spells.map((s) => s.is_rejoin),
    ],
  )
  // the readings use the two times of a row only; its day serves as a key
  await db.pool.query(
    `insert into activity_day (community_id, person_id, day_on, first_at, last_at, contribution_count)
     select $1, person_id, date '2000-01-01' + row_no::int, first_at, last_at, 1
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality as a (person_id, first_at, last_at, row_no)`,
    [communityId, active.map((a) => a.person_id), active.map((a) => at(a.first_at)), active.map((a) => at(a.last_at))],
  )
}

const firstSeen = (active: Active[]) =>
  [...new Set(active.map((a) => a.person_id))].map((id) => Math.min(...active.filter((a) => a.person_id === id).map((a) => a.first_at)))

const obviousFlow = ({ spells, active }: Membership, span: Span): MembershipFlow => {
  const isIn = (at: number | null): at is number => at !== null && at >= span.starts_at && at < Math.min(span.ends_at, span.known_by)
  const joined = spells.map((s) => s.joined_at).filter(isIn)
  const left = spells.map((s) => s.left_at).filter(isIn)
  const mostInAMinute = (times: number[]) => Math.max(0, ...times.map((a) => times.filter((b) => b >= a && b <= a + 60 * SECOND).length))
  return {
    joined: joined.length,
    rejoined: spells.filter((s) => s.is_rejoin && isIn(s.joined_at)).length,
    left: left.length,
    first_seen: firstSeen(active).filter(isIn).length,
    most_joined_in_a_minute: mostInAMinute(joined),
    most_left_in_a_minute: mostInAMinute(left),
  }
}

const membersAt = (spells: Spell[], at: number) => [
  ...new Set(spells.filter((s) => (s.joined_at ?? -Infinity) < at && (s.left_at === null || s.left_at >= at)).map((s) => s.person_id)),
]

const obviousStock = ({ spells, active }: Membership, span: Span): MembershipStock => {
  const start = Math.min(span.starts_at, span.known_by)
  const end = Math.min(span.ends_at, span.known_by)
  const wasActive = (id: string) => active.some((a) => a.person_id === id && a.first_at < end && a.last_at + LAPSE >= end)
  const hasJoined = (id: string) =>
    spells.some((s) => s.person_id === id && s.joined_at !== null && s.joined_at < end && s.joined_at + LAPSE >= end)
  const seen = [...new Set(active.filter((a) => a.first_at < end).map((a) => a.person_id))]
  const members = membersAt(spells, end)
  return {
    members_at_start: membersAt(spells, start).length,
    members_at_end: members.length,
    seen_at_start: firstSeen(active).filter((at) => at < start).length,
    seen_at_end: seen.length,
    lapsed_members: members.filter((id) => !wasActive(id) && !hasJoined(id)).length,
    lapsed_seen: seen.filter((id) => !wasActive(id)).length,
  }
}

test('membership agrees with its slow obvious version, and members at the end = at the start + joined − left', async () => {
  await fc.assert(
    fc.asyncProperty(membership, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertMembership(communityId, data)
      const params = { communityId, ...data, knownBy: new Date(data.knownBy) }
      const spans = data.periods.map((period) => spanOf(period, data.timeZone, data.knownBy))
      const flow = await readPeriods(db.pool, membershipFlow, params)
      const stock = await readPeriods(db.pool, membershipStock, params)
      const rates = await readPeriods(db.pool, membershipRates, params)
      expect(flow).toEqual(spans.map((span) => obviousFlow(data, span)))
      expect(stock).toEqual(spans.map((span) => obviousStock(data, span)))
      for (const [i, { members_at_start, members_at_end }] of stock.entries()) {
        expect(rates[i]).toEqual({ ...flow[i], members_at_start })
        expect(members_at_end).toBe(members_at_start + (flow[i]?.joined ?? 0) - (flow[i]?.left ?? 0))
      }
    }),
    { numRuns: 250, seed: 20240229 },
  )
})

test('an import of a hundred within a second is seen as such, whichever period reads it', async () => {
  const communityId = randomUUID()
  await insertCommunity(db, communityId, 'Europe/Berlin')
  await db.pool.query(
    `insert into membership_spell (community_id, person_id, joined_at, is_rejoin)
     select $1, gen_random_uuid(), timestamptz '2024-05-10T12:00:00Z' + n * interval '10 milliseconds', false from generate_series(1, 100) as n`,
    [communityId],
  )
  const periods = ['2024-05-01', '2024-05-10', '2024-05-11'].map((from_on) => ({
    from_on,
    to_on: addDays(from_on, from_on === '2024-05-01' ? 31 : 1),
    is_as_known_then: false,
  }))
  const rows = await readPeriods(db.pool, membershipFlow, {
    communityId,
    timeZone: 'Europe/Berlin',
    knownBy: new Date('2024-06-01Z'),
    periods,
  })
  expect(rows.map((row) => [row.joined, row.most_joined_in_a_minute])).toEqual([
    [100, 100],
    [100, 100],
    [0, 0],
  ])
})
