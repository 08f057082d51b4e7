import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Database } from '../store/connection.ts'
import { BOT, newCommunity, writeFacts } from './given-membership.ts'
import { type Benefit, type Fact, isMove, localDayAt, obviousMembership, randomHistory, uuidOf } from './obvious-membership.ts'
import { refreshMembership } from './refresh-membership.ts'
import type { PartScope, RollupChange } from './rollup-change.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

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
  silence_length: 'silent_days',
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
    silence_length: await read('silence_length'),
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

describe('spells of membership', () => {
  const spellsOf = async (moves: [hour: number, 'member.joined' | 'member.left'][]) => {
    const communityId = await newCommunity(db, randomUUID(), 'UTC')
    const facts = moves.map(([hour, type], key): Fact => ({ key, person: 1, type, at: Date.UTC(2025, 0, 1, hour) }))
    await writeFacts(db, communityId, 'UTC', facts, [])
    await refresh(everything(communityId, 'UTC'))
    const hour = (at: unknown) => (typeof at === 'number' ? (at - Date.UTC(2025, 0, 1)) / 3_600_000 : at)
    return (await rollups(communityId)).membership_spell.map((s) => [hour(s.joined_at), hour(s.left_at), s.is_rejoin ? 'again' : 'first'])
  }
  it('joining twice, and leaving twice, counts once: the first', async () =>
    expect(
      await spellsOf([
        [1, 'member.joined'],
        [2, 'member.joined'],
        [5, 'member.left'],
        [6, 'member.left'],
      ]),
    ).toEqual([[1, 5, 'first']]))
  it('who leaves before they join had been a member since before the data, and comes back', async () =>
    expect(
      await spellsOf([
        [3, 'member.left'],
        [7, 'member.joined'],
      ]),
    ).toEqual([
      ['-infinity', 3, 'first'],
      [7, null, 'again'],
    ]))
  it('joining and leaving in the same instant is no membership, and joining after it no return', async () =>
    expect(
      await spellsOf([
        [2, 'member.left'],
        [2, 'member.joined'],
        [9, 'member.joined'],
      ]),
    ).toEqual([[9, null, 'first']]))
  it('leaving and joining again in the same instant is taken for leaving', async () =>
    expect(
      await spellsOf([
        [1, 'member.joined'],
        [4, 'member.joined'],
        [4, 'member.left'],
      ]),
    ).toEqual([[1, 4, 'first']]))
})

/** Days on which a stock moves: when silent people were last active is read on each refresh, and not told as a change. */
const stocksOf = (rows: Record<string, unknown>[]) =>
  rows
    .map(({ last_active_count: _, ...row }) => row)
    .filter(({ day_on: _, ...counts }) => Object.values(counts).some((count) => count !== 0))

describe('refreshing membership', () => {
  it('ends in the rows of a rebuild and of a slow obvious version, whatever was added and taken away, and tells which days differ', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async ({ timeZone, steps }) => {
        const communityId = await newCommunity(db, randomUUID(), timeZone)
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
          await writeFacts(db, communityId, timeZone, facts, benefits)
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
          expect(change.get('membership_day') ?? new Set()).toEqual(
            differingDays(stocksOf(before.membership_day), stocksOf(after.membership_day), 'day_on'),
          )
          expect(change.get('presence') ?? new Set()).toEqual(differingDays(before.presence, after.presence, 'from_on'))
        }
        const refreshed = await rollups(communityId)
        await refresh(everything(communityId, timeZone))
        expect(await rollups(communityId)).toEqual(refreshed)
      }),
      { seed: 7, numRuns: 25 },
    )
  }, 120_000)
})
