import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { localDayAt } from '../../rollup/obvious-membership.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { ReadPeriod } from '../reading.ts'
import { NEWCOMER_DAYS, type NewcomerStarts, newcomerStarts } from './newcomer-starts.ts'
import { startOfDay } from './obvious-time.ts'
import { insertCommunity } from './random-contributions.ts'
import { insertNewcomers, knownAt, lastTimeOf, type Newcomers, newcomers, standing } from './random-newcomers.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const obviousStarts = (everything: Newcomers, period: ReadPeriod): NewcomerStarts => {
  const { timeZone } = everything
  const knownBy = period.is_as_known_then ? Math.min(everything.knownBy, startOfDay(period.to_on, timeZone)) : everything.knownBy
  const data = knownAt(everything, knownBy)
  const on = (at: number) => localDayAt(at, timeZone)
  const lastWholeDay = addDays(on(knownBy), -1)
  const begins = [...data.acts, ...data.writings.filter((w) => w.at < knownBy)].map((a) => on(a.at)).toSorted()[0]
  const row = { ...newcomerStarts.empty }
  const isIn = (day: string | undefined): day is string => day !== undefined && day >= period.from_on && day < period.to_on
  const wait = (day: string) => {
    const until = daysBetween(lastWholeDay, addDays(day, NEWCOMER_DAYS))
    if (until > 0) row.days_until_ripe = Math.min(until, row.days_until_ripe ?? until)
    return until <= 0
  }
  for (const person of new Set([...everything.spells, ...everything.writings].map((a) => a.person))) {
    const [first, second] = standing(data)
      .filter((w) => w.person === person)
      .map((w) => on(w.at))
      .toSorted()
    const isPast = everything.spells.some((s) => s.person === person && s.joined_at === null)
    const joined = isPast
      ? undefined
      : data.spells
          .filter((s) => s.person === person)
          .map((s) => on(s.joined_at as number))
          .toSorted()[0]
    if (isIn(joined)) {
      row.joined_count += 1
      if (first !== undefined && first < joined) row.experienced_count += 1
      else if (begins !== undefined && joined < begins) row.predating_count += 1
      else if (wait(joined)) {
        row.ripe_joined_count += 1
        if (first !== undefined && daysBetween(joined, first) <= NEWCOMER_DAYS) row.ripe_joined_active_count += 1
      }
    }
    if (isIn(first)) {
      row.first_count += 1
      if (wait(first)) {
        row.ripe_first_count += 1
        if (second !== undefined && daysBetween(first, second) <= NEWCOMER_DAYS) row.ripe_first_again_count += 1
      }
    }
  }
  return row
}

test('newcomers agree with going through them one by one, as known at any time and as known now', async () => {
  const seen = { ripe: 0, active: 0, again: 0, predating: 0, experienced: 0 }
  await fc.assert(
    fc.asyncProperty(newcomers, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertNewcomers(db, communityId, data)
      const expected = data.periods.map((period) => obviousStarts(data, period))
      for (const row of expected) {
        seen.ripe += row.ripe_joined_count
        seen.active += row.ripe_joined_active_count
        seen.again += row.ripe_first_again_count
        seen.predating += row.predating_count
        seen.experienced += row.experienced_count
      }
      expect(await readPeriods(db.pool, newcomerStarts, { communityId, ...data, knownBy: new Date(data.knownBy) })).toEqual(expected)

      const later = { ...data, knownBy: lastTimeOf(data) + 1, periods: data.periods.map((p) => ({ ...p, is_as_known_then: false })) }
      const now = await readPeriods(db.pool, newcomerStarts, { communityId, ...later, knownBy: new Date(later.knownBy), isNow: true })
      expect(now).toEqual(later.periods.map((period) => obviousStarts(later, period)))
    }),
    { numRuns: 150, seed: 20240303 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(30)
})

test('looks again before the next newcomer has had their days', async () => {
  await fc.assert(
    fc.asyncProperty(newcomers, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertNewcomers(db, communityId, data)
      const knownBy = lastTimeOf(data) + 1
      const params = {
        communityId,
        timeZone: data.timeZone,
        periods: data.periods.map((p) => ({ ...p, is_as_known_then: false })),
        isNow: true,
      }
      const rows = await readPeriods(db.pool, newcomerStarts, { ...params, knownBy: new Date(knownBy) })
      for (const [i, row] of rows.entries()) {
        const changes = newcomerStarts.changesAt?.(row, new Date(knownBy))
        if (!changes || changes.getTime() <= knownBy) continue
        const before = await readPeriods(db.pool, newcomerStarts, { ...params, knownBy: changes })
        expect({ ...before[i], days_until_ripe: null }).toEqual({ ...row, days_until_ripe: null })
      }
    }),
    { numRuns: 60, seed: 20240304 },
  )
})
