import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayAt } from '../../rollup/obvious-membership.ts'
import type { Database } from '../../store/connection.ts'
import { telling } from '../given-rows.ts'
import { readPeriods } from '../measure-periods.ts'
import type { ReadPeriod } from '../reading.ts'
import { retention } from '../retention/retention.ts'
import { retentionMedian } from '../retention/retention-median.ts'
import { startOfDay } from './obvious-time.ts'
import { insertCommunity } from './random-contributions.ts'
import { insertNewcomers, knownAt, lastTimeOf, type Newcomers, newcomers } from './random-newcomers.ts'
import { type RetentionCohort, retentionCohort } from './retention-cohort.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const isMonth = ({ from_on, to_on }: ReadPeriod) => from_on.endsWith('-01') && to_on.endsWith('-01') && daysBetween(from_on, to_on) <= 31

/** One definition after the other, person by person. */
const obviousCohort = (everything: Newcomers, period: ReadPeriod): RetentionCohort => {
  if (!isMonth(period)) return retentionCohort.empty
  const { timeZone } = everything
  const knownBy = period.is_as_known_then ? Math.min(everything.knownBy, startOfDay(period.to_on, timeZone)) : everything.knownBy
  const data = knownAt(everything, knownBy)
  const on = (at: number) => localDayAt(at, timeZone)
  const lastWholeDay = addDays(on(knownBy), -1)
  const activity = [...data.acts, ...data.writings.filter((w) => w.at < knownBy)]
  const begins = activity.map((a) => on(a.at)).toSorted()[0] ?? null
  const isJoinKnown = data.spells.some((s) => s.joined_at !== null)
  const followedUntil = begins === null ? lastWholeDay : addDays(lastWholeDay, -LAPSE_DAYS)
  const row = structuredClone(retentionCohort.empty)
  const exits = new Map<number, { gone: number; followed: number }>()
  const entries = new Map<number, number>()
  for (const person of new Set([...everything.spells, ...everything.acts, ...everything.writings].map((a) => a.person))) {
    const days = activity
      .filter((a) => a.person === person)
      .map((a) => on(a.at))
      .toSorted()
    const spells = data.spells.filter((s) => s.person === person)
    // one whose first known move is to leave had joined before anything is known
    if (isJoinKnown && everything.spells.some((s) => s.person === person && s.joined_at === null)) continue
    const joins = spells.flatMap((s) => (s.joined_at === null ? [] : [on(s.joined_at)])).toSorted()
    const start = isJoinKnown ? joins[0] : days[0]
    if (start === undefined || start < period.from_on || start >= period.to_on) continue
    row.started_count += 1
    const entry = begins !== null && begins > start ? daysBetween(start, begins) : null
    if (entry !== null) row.predating_count += 1
    if (followedUntil < start) {
      row.too_young_count += 1
      continue
    }
    const isMember = spells.some((s) => s.left_at === null)
    const leaves = isMember ? [] : spells.map((s) => on(s.left_at as number)).toSorted()
    // who is known by being seen may have left before that
    const left = leaves.filter((day) => day >= start).at(-1)
    const sign = [start, ...joins, ...days].toSorted().at(-1) as string
    let gone: string | null = left ?? null
    if (begins !== null && left !== undefined && daysBetween(sign, left) > LAPSE_DAYS) gone = sign
    if (begins !== null && left === undefined && daysBetween(sign, lastWholeDay) >= LAPSE_DAYS) gone = sign
    const isGone = gone !== null && gone <= followedUntil
    const exit = daysBetween(start, isGone ? (gone as string) : followedUntil)
    if (entry !== null && exit <= entry) continue
    if (entry !== null) entries.set(entry, (entries.get(entry) ?? 0) + 1)
    const at = exits.get(exit) ?? { gone: 0, followed: 0 }
    exits.set(exit, isGone ? { ...at, gone: at.gone + 1 } : { ...at, followed: at.followed + 1 })
  }
  if (row.started_count === 0) return retentionCohort.empty
  const byDay = [...exits].toSorted(([a], [b]) => a - b)
  const byEntry = [...entries].toSorted(([a], [b]) => a - b)
  return {
    ...row,
    is_first_seen: isJoinKnown ? 0 : 1,
    is_lapse_known: begins === null ? 0 : 1,
    until_next_day: (startOfDay(addDays(on(knownBy), 1), timeZone) - knownBy) / 1000,
    exit_days: byDay.map(([day]) => day),
    gone_counts: byDay.map(([, at]) => at.gone),
    followed_counts: byDay.map(([, at]) => at.followed),
    entry_days: byEntry.map(([day]) => day),
    entry_counts: byEntry.map(([, count]) => count),
  }
}

test('as known at any time, the cohorts agree with going through the people one by one', async () => {
  let seen = 0
  let late = 0
  await fc.assert(
    fc.asyncProperty(newcomers, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertNewcomers(db, communityId, data)
      const expected = data.periods.map((period) => obviousCohort(data, period))
      seen += expected.filter((row) => row.exit_days.length > 1).length
      late += expected.filter((row) => row.entry_days.length > 0).length
      expect(await readPeriods(db.pool, retentionCohort, { communityId, ...data, knownBy: new Date(data.knownBy) })).toEqual(expected)
    }),
    { numRuns: 200, seed: 20240301 },
  )
  expect(late).toBeGreaterThan(10)
  // the random communities do hold cohorts to speak of
  expect(seen).toBeGreaterThan(50)
})

test('as known now, the people kept tell the same', async () => {
  await fc.assert(
    fc.asyncProperty(newcomers, fc.constantFrom(1, 86_400_000, 40 * 86_400_000), async (data, since) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertNewcomers(db, communityId, data)
      const knownBy = new Date(lastTimeOf(data) + since)
      const periods = data.periods.map((period) => ({ ...period, is_as_known_then: false }))
      const params = { communityId, timeZone: data.timeZone, knownBy, periods }
      const now = await readPeriods(db.pool, retentionCohort, { ...params, isNow: true })
      expect(now).toEqual(await readPeriods(db.pool, retentionCohort, params))
    }),
    { numRuns: 200, seed: 20240302 },
  )
})

test('looks again before time alone tells another number', async () => {
  const context = telling('joins', 'leaves', 'contributions')
  const tell = (row: RetentionCohort) => [retention.measure(row, context), retentionMedian.measure(row, context)]
  const people = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 0, max: 1000 }), fc.boolean()), {
    minLength: 20,
    maxLength: 60,
    size: 'max',
  })
  let settled = 0
  fc.assert(
    fc.property(people, fc.integer({ min: 0, max: 1100 }), fc.integer({ min: 1, max: 200 }), (some, followed, later) => {
      const known = cohortAt(some, followed)
      const changes = retentionCohort.changesAt?.(known, new Date(0))
      if (changes === null) {
        settled += 1
        expect(tell(cohortAt(some, followed + later))).toEqual(tell(known))
      } else expect(changes?.getTime()).toBe(86_400_000)
    }),
    { numRuns: 2000 },
  )
  expect(settled).toBeGreaterThan(50)
})

/** People who began on some day of a month and stay for so long, as followed for so many days after it. */
const cohortAt = (people: [start: number, stay: number, isQuick: boolean][], followed: number): RetentionCohort => {
  const exits = people.map(([start, stay, isQuick]) => {
    const gone = isQuick ? stay % 40 : stay
    const age = followed + 41 - start
    return gone <= age ? { day: gone, isGone: true } : { day: age, isGone: false }
  })
  const days = [...new Set(exits.map((e) => e.day))].toSorted((a, b) => a - b)
  return {
    ...retentionCohort.empty,
    started_count: people.length,
    is_lapse_known: 1,
    until_next_day: 86_400,
    exit_days: days,
    gone_counts: days.map((day) => exits.filter((e) => e.day === day && e.isGone).length),
    followed_counts: days.map((day) => exits.filter((e) => e.day === day && !e.isGone).length),
  }
}
