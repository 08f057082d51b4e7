import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays } from '../../../shared/period.ts'
import { localDay, obviousBenefits, type Told } from '../../rollup/obvious-observing.ts'
import { fact, insert, keyed, newCommunity, read, readTold, refresh, START, ZONE } from '../../rollup/random-observing.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import { BENEFIT_DAYS, type BenefitStock, benefitStock } from './benefit-stock.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const FIRST_DAY = '2024-01-01'
const HOUR = 3_600_000
/** What happens at random, and people who join in the first days, so that there are members to speak of. */
const facts = fc
  .tuple(
    fc.array(fact, { minLength: 14, maxLength: 40, size: 'max' }),
    fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 5 }),
  )
  .map(([some, hours]) => [
    ...some.map((raw, i) => keyed(raw, i + 1)),
    ...hours.map((hour, i) => ({ key: 100 + i, type: 'member.joined', hour, person: i + 1, thread: null, target: null })),
  ])
/** Days on which a stretch may begin or end, and some on which none does. */
const ends = fc.array(
  fc
    .tuple(fc.integer({ min: -1, max: 6 }), fc.constantFrom(0, 0, BENEFIT_DAYS - 1, BENEFIT_DAYS, BENEFIT_DAYS + 1, 300, 800))
    .map(([a, b]) => a + b),
  { minLength: 1, maxLength: 8 },
)
const periodsTo = (days: number[]) =>
  days.map((day) => ({ from_on: addDays(FIRST_DAY, day), to_on: addDays(FIRST_DAY, day + 1), is_as_known_then: false }))

const obviousStock = (
  told: Told,
  spells: { person_id: string; joined_on: string; left_on: string | null }[],
  last_on: string,
): BenefitStock => {
  const isLately = (day: string) => day <= last_on && day > addDays(last_on, -BENEFIT_DAYS)
  const benefited = new Set(obviousBenefits(told).flatMap((b) => (isLately(b.day_on) ? [b.person_id] : [])))
  const isActivity = (type: string) => !['member.joined', 'member.left', 'content.deleted'].includes(type)
  const present = new Set(
    told.events.flatMap((e) =>
      e.person_id && !e.is_bot && isActivity(e.type) && isLately(localDay(e.occurred_at, told.timeZone)) ? [e.person_id] : [],
    ),
  )
  const members = new Set(
    spells.flatMap((s) => (s.joined_on <= last_on && (s.left_on === null || s.left_on > last_on) ? [s.person_id] : [])),
  )
  return {
    members_at_end: members.size,
    benefited_members: members.intersection(benefited).size,
    present_at_end: present.size,
    benefited_present: present.intersection(benefited).size,
  }
}

test('as known now: by definition, from the rollups, and person by person', async () => {
  const seen = { members: 0, present: 0 }
  await fc.assert(
    fc.asyncProperty(facts, ends, async (some, days) => {
      const communityId = await newCommunity(db, randomUUID())
      await insert(db, communityId, some, new Date(START))
      await refresh(db, communityId, null)
      const knownBy = new Date(Math.max(...some.map((f) => START + f.hour * HOUR)) + 1)
      const last_on = localDay(knownBy.getTime() - 1, ZONE)
      const params = { communityId, timeZone: ZONE, knownBy, periods: periodsTo(days).filter((p) => p.from_on <= last_on) }
      const told = await readTold(db, communityId)
      const spells = await read(
        db,
        communityId,
        'membership_spell',
        `person_id, case when joined_on = '-infinity' then '0001-01-01' else joined_on::text end as joined_on, left_on`,
      )
      const expected = params.periods.map((p) => obviousStock(told, spells as never, p.from_on))
      for (const row of expected) {
        seen.members += row.benefited_members
        seen.present += row.benefited_present
      }
      expect(await readPeriods(db.pool, benefitStock, params)).toEqual(expected)
      expect(await readPeriods(db.pool, benefitStock, { ...params, isNow: true })).toEqual(expected)
    }),
    { numRuns: 30, seed: 20240306 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(30)
}, 120_000)

test('as known then: the same as if what came later had not been told', async () => {
  await fc.assert(
    fc.asyncProperty(facts, ends, fc.integer({ min: 1, max: 200 }), async (some, days, hours) => {
      const knownBy = new Date(START + hours * HOUR)
      const last_on = localDay(knownBy.getTime() - 1, ZONE)
      const periods = periodsTo(days).filter((p) => p.from_on <= last_on)
      const whole = await newCommunity(db, randomUUID())
      await insert(db, whole, some, new Date(START))
      await refresh(db, whole, null)
      const early = await newCommunity(db, randomUUID())
      await insert(
        db,
        early,
        some.filter((f) => START + f.hour * HOUR < knownBy.getTime()),
        new Date(START),
      )
      await refresh(db, early, null)
      const then = await readPeriods(db.pool, benefitStock, { communityId: whole, timeZone: ZONE, knownBy, periods })
      const expected = await readPeriods(db.pool, benefitStock, { communityId: early, timeZone: ZONE, knownBy, periods, isNow: true })
      // who left without having joined was a member before anything was told: that shows only once they left
      const benefits = (rows: BenefitStock[]) => rows.map(({ benefited_members: _, members_at_end: __, ...row }) => row)
      expect(benefits(then)).toEqual(benefits(expected))
    }),
    { numRuns: 25, seed: 20240307 },
  )
}, 120_000)
