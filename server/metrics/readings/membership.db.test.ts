import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { BOT, newCommunity, writeFacts } from '../../rollup/given-membership.ts'
import { LAPSE_DAYS, ORDINARY_DAYS } from '../../rollup/lapse-days.ts'
import { type Fact, isMove, localDayAt, obviousMembership, uuidOf } from '../../rollup/obvious-membership.ts'
import { refreshMembership } from '../../rollup/refresh-membership.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { ReadPeriod } from '../reading.ts'
import { type MembershipFlow, membershipFlow } from './membership-flow.ts'
import { membershipRates } from './membership-rates.ts'
import { type MembershipStock, membershipStock } from './membership-stock.ts'
import { ODD_DAYS, type Span, spanOf, startOfDay } from './obvious-time.ts'
import { insertCommunity } from './random-contributions.ts'
import { type Silences, silences } from './silences.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

type Membership = { timeZone: string; knownBy: number; periods: ReadPeriod[]; facts: Fact[] }
/** Times in milliseconds; a spell without a beginning is a member since before the data. */
type Spell = { person: string; joined_at: number | null; left_at: number | null; is_rejoin: boolean }
type Active = { person: string; at: number }

const SECOND = 1000
const HOUR = 3600 * SECOND

/** Midnights and quarters of days, some a lapse earlier, some within a minute of each other. */
const timeAround = (day: string, timeZone: string) =>
  fc
    .tuple(
      fc.oneof(
        fc.integer({ min: -60, max: 60 }).map((quarters) => startOfDay(day, timeZone) + quarters * 6 * HOUR),
        fc.integer({ min: -4, max: 6 }).map((days) => startOfDay(addDays(day, days), timeZone)),
        fc.integer({ min: -4, max: 6 }).map((days) => startOfDay(addDays(day, days - LAPSE_DAYS), timeZone)),
        fc.integer({ min: -2, max: 2 }).map((days) => startOfDay(addDays(day, days - 2 * LAPSE_DAYS), timeZone)),
      ),
      fc.constantFrom(-1, 0, 0, 1, 30 * SECOND, 60 * SECOND, 61 * SECOND),
    )
    .map(([at, off]) => at + off)

const membership: fc.Arbitrary<Membership> = fc.constantFrom(...ODD_DAYS).chain(({ timeZone, day }) => {
  const time = timeAround(day, timeZone)
  const fact = fc.record({
    person: fc.integer({ min: 0, max: 5 }),
    type: fc.constantFrom<Fact['type']>('member.joined', 'member.joined', 'member.left', 'post.published', 'content.viewed'),
    at: time,
  })
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
    facts: fc.array(fact, { maxLength: 40, size: 'max' }).map((facts) => facts.map((f, key) => ({ ...f, key }))),
  })
})

const firstSeen = (active: Active[]) =>
  [...new Set(active.map((a) => a.person))].map((id) => Math.min(...active.filter((a) => a.person === id).map((a) => a.at)))

type Told = { spells: Spell[]; active: Active[]; timeZone: string }

const obviousFlow = ({ spells, active }: Told, span: Span): MembershipFlow => {
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
  ...new Set(spells.filter((s) => (s.joined_at ?? -Infinity) < at && (s.left_at === null || s.left_at >= at)).map((s) => s.person)),
]

const obviousStock = ({ spells, active, timeZone }: Told, span: Span): MembershipStock => {
  const start = Math.min(span.starts_at, span.known_by)
  const end = Math.min(span.ends_at, span.known_by)
  const lastOn = localDayAt(end - 1, timeZone)
  // on the last day, or one of the 89 before it
  const isRecent = (at: number) => at < end && daysBetween(localDayAt(at, timeZone), lastOn) < LAPSE_DAYS
  const wasActive = (id: string) => active.some((a) => a.person === id && isRecent(a.at))
  const hasJoined = (id: string) => spells.some((s) => s.person === id && s.joined_at !== null && isRecent(s.joined_at))
  const seen = [...new Set(active.filter((a) => a.at < end).map((a) => a.person))]
  const members = membersAt(spells, end)
  return {
    members_at_start: membersAt(spells, start).length,
    members_at_end: members.length,
    seen_at_start: firstSeen(active).filter((at) => at < start).length,
    seen_at_end: seen.length,
    lapsed_members: members.filter((id) => !wasActive(id) && !hasJoined(id)).length,
    lapsed_seen: seen.filter((id) => !wasActive(id)).length,
    provisional_days: Math.max(0, LAPSE_DAYS - daysBetween(lastOn, localDayAt(span.known_by - 1, timeZone))),
  }
}

const obviousSilences = ({ active, timeZone }: Told, span: Span): Silences => {
  const row: Silences = { silent_days: [], returned_counts: [], open_counts: [] }
  if (span.starts_at >= span.known_by || span.ends_at < span.known_by) return row
  const lastOn = localDayAt(span.known_by - 1, timeZone)
  const counts = new Map<number, { returned: number; open: number }>()
  for (const own of Map.groupBy(
    active.filter((a) => a.at < span.known_by),
    (a) => a.person,
  ).values()) {
    const days = [...new Set(own.map((a) => localDayAt(a.at, timeZone)))].sort()
    for (const [i, day] of days.entries()) {
      const next = days[i + 1]
      const length = daysBetween(day, next ?? lastOn)
      const count = counts.get(length) ?? { returned: 0, open: 0 }
      count[next ? 'returned' : 'open'] += 1
      if (length > ORDINARY_DAYS) counts.set(length, count)
    }
  }
  for (const [days, { returned, open }] of [...counts].sort(([a], [b]) => a - b)) {
    row.silent_days.push(days)
    row.returned_counts.push(returned)
    row.open_counts.push(open)
  }
  return row
}

const toldBy = (facts: Fact[], timeZone: string): Told => {
  const people = facts.filter((f) => f.person !== BOT)
  return {
    timeZone,
    spells: obviousMembership(people, [], timeZone).membership_spell.map((s) => ({
      person: s.person_id,
      joined_at: s.joined_at === '-infinity' ? null : (s.joined_at as number),
      left_at: s.left_at,
      is_rejoin: s.is_rejoin,
    })),
    active: people.filter((f) => !isMove(f)).map((f) => ({ person: uuidOf('person', f.person), at: f.at })),
  }
}

const rebuild = async (communityId: string, timeZone: string) => {
  const client = await db.pool.connect()
  try {
    const nothing = { threads: null, people: null, threadPeople: null, events: null, days: null }
    await client.query('begin')
    await refreshMembership(client, { communityId, timeZone, ...nothing })
    await client.query('commit')
  } finally {
    client.release()
  }
}

test('membership agrees with its slow obvious version, as known then and as known now, and members at the end = at the start + joined − left', async () => {
  await fc.assert(
    fc.asyncProperty(membership, async ({ timeZone, periods, facts, knownBy }) => {
      const communityId = await newCommunity(db, randomUUID(), timeZone)
      await writeFacts(db, communityId, timeZone, facts, [])
      await rebuild(communityId, timeZone)
      const told = toldBy(facts, timeZone)
      const now = Math.max(knownBy, ...facts.map((f) => f.at + 1))
      for (const known of [
        { knownBy, periods, isNow: false },
        { knownBy: now, periods: periods.map((p) => ({ ...p, is_as_known_then: false })), isNow: true },
      ]) {
        const params = { communityId, timeZone, ...known, knownBy: new Date(known.knownBy) }
        const spans = known.periods.map((period) => spanOf(period, timeZone, known.knownBy))
        const flow = await readPeriods(db.pool, membershipFlow, params)
        const stock = await readPeriods(db.pool, membershipStock, params)
        const rates = await readPeriods(db.pool, membershipRates, params)
        expect(await readPeriods(db.pool, silences, params)).toEqual(spans.map((span) => obviousSilences(told, span)))
        expect(flow).toEqual(spans.map((span) => obviousFlow(told, span)))
        expect(stock).toEqual(spans.map((span) => obviousStock(told, span)))
        for (const [i, { members_at_start, members_at_end }] of stock.entries()) {
          expect(rates[i]).toEqual({ ...flow[i], members_at_start })
          expect(members_at_end).toBe(members_at_start + (flow[i]?.joined ?? 0) - (flow[i]?.left ?? 0))
        }
        if (known.isNow) expect(stock).toEqual(await readPeriods(db.pool, membershipStock, { ...params, isNow: false }))
      }
    }),
    { numRuns: 60, seed: 20240229 },
  )
}, 120_000)

test('who comes back on the day on which a lapse is over has lapsed until their first activity of that day', async () => {
  const communityId = await newCommunity(db, randomUUID(), 'UTC')
  const at = (time: string) => new Date(`${time}Z`).getTime()
  const facts: Fact[] = [
    { key: 1, person: 1, type: 'member.joined', at: at('2023-01-01T00:00') },
    { key: 2, person: 1, type: 'content.viewed', at: at('2024-01-01T09:00') },
    // 90 days later
    { key: 3, person: 1, type: 'content.viewed', at: at('2024-03-31T15:00') },
  ]
  await writeFacts(db, communityId, 'UTC', facts, [])
  await rebuild(communityId, 'UTC')
  const lapsedAt = async (knownBy: string) =>
    (
      await readPeriods(db.pool, membershipStock, {
        communityId,
        timeZone: 'UTC',
        knownBy: new Date(`${knownBy}Z`),
        periods: [{ from_on: '2024-03-01', to_on: '2024-04-01', is_as_known_then: true }],
      })
    )[0]?.lapsed_members
  // the day before is the last of the 90
  expect(await lapsedAt('2024-03-31T00:00')).toBe(0)
  expect(await lapsedAt('2024-03-31T15:00')).toBe(1)
  expect(await lapsedAt('2024-03-31T15:01')).toBe(0)
})

test('an import of a hundred within a second is seen as such, whichever period reads it', async () => {
  const communityId = randomUUID()
  await insertCommunity(db, communityId, 'Europe/Berlin')
  await db.pool.query(
    `insert into membership_spell (community_id, person_id, joined_at, is_rejoin, joined_on)
     select $1, gen_random_uuid(), timestamptz '2024-05-10T12:00:00Z' + n * interval '10 milliseconds', false, '2024-05-10' from generate_series(1, 100) as n`,
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
