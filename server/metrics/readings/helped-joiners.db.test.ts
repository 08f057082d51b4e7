import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayAt } from '../../rollup/obvious-membership.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { ReadPeriod } from '../reading.ts'
import { HELPED_HORIZON_DAYS, HELPED_MONTHS, type HelpedJoiners, helpedJoiners, LANDMARK_DAYS } from './helped-joiners.ts'
import { startOfDay } from './obvious-time.ts'
import { insertCommunity } from './random-contributions.ts'
import { firstAnswers, insertNewcomers, knownAt, lastTimeOf, type Newcomers, newcomers } from './random-newcomers.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const isMonth = ({ from_on, to_on }: ReadPeriod) => from_on.endsWith('-01') && to_on.endsWith('-01') && daysBetween(from_on, to_on) <= 31
/** The first of the month so many months earlier. */
const monthsBefore = (first: string, count: number) => {
  const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 - count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}

/** One definition after the other, person by person. */
const obviousHelped = (everything: Newcomers, period: ReadPeriod): HelpedJoiners => {
  const row = structuredClone(helpedJoiners.empty)
  if (!isMonth(period)) return row
  const { timeZone } = everything
  const knownBy = period.is_as_known_then ? Math.min(everything.knownBy, startOfDay(period.to_on, timeZone)) : everything.knownBy
  const data = knownAt(everything, knownBy)
  const on = (at: number) => localDayAt(at, timeZone)
  const lastWholeDay = addDays(on(knownBy), -1)
  const activity = [...data.acts, ...data.writings.filter((w) => w.at < knownBy)]
  const begins = activity.map((a) => on(a.at)).toSorted()[0] ?? null
  const isJoinKnown = data.spells.some((s) => s.joined_at !== null)
  const followedUntil = begins === null ? lastWholeDay : addDays(lastWholeDay, -LAPSE_DAYS)
  const groups = { helped: [] as { day: number; isGone: boolean }[], unhelped: [] as { day: number; isGone: boolean }[] }
  let started = 0
  for (const person of new Set([...everything.spells, ...everything.acts, ...everything.writings].map((a) => a.person))) {
    if (isJoinKnown && everything.spells.some((s) => s.person === person && s.joined_at === null)) continue
    const days = activity.flatMap((a) => (a.person === person ? [on(a.at)] : [])).toSorted()
    const spells = data.spells.filter((s) => s.person === person)
    const joins = spells.flatMap((s) => (s.joined_at === null ? [] : [on(s.joined_at)])).toSorted()
    const start = isJoinKnown ? joins[0] : days[0]
    if (start === undefined || start < monthsBefore(period.to_on, HELPED_MONTHS) || start >= period.to_on) continue
    started += 1
    if (begins !== null && begins > start) {
      row.predating_count += 1
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
    const age = daysBetween(start, isGone ? (gone as string) : followedUntil)
    if (!isGone && age < LANDMARK_DAYS) row.too_young_count += 1
    else if (isGone && age <= LANDMARK_DAYS) row.gone_before_count += 1
    else {
      const isHelped = firstAnswers(data).some((a) => a.person === person && on(a.answered_at) <= addDays(start, LANDMARK_DAYS))
      groups[isHelped ? 'helped' : 'unhelped'].push(
        age > HELPED_HORIZON_DAYS
          ? { day: HELPED_HORIZON_DAYS + 1, isGone: false }
          : // with everybody followed to the horizon the days before it are one
            { day: daysBetween(period.to_on, followedUntil) + 1 >= HELPED_HORIZON_DAYS ? HELPED_HORIZON_DAYS : age, isGone },
      )
    }
  }
  if (started === 0) return helpedJoiners.empty
  row.landmark_count = row.gone_before_count + groups.helped.length + groups.unhelped.length
  row.is_first_seen = isJoinKnown ? 0 : 1
  row.is_lapse_known = begins === null ? 0 : 1
  row.until_next_day = (startOfDay(addDays(on(knownBy), 1), timeZone) - knownBy) / 1000
  for (const group of ['helped', 'unhelped'] as const) {
    const days = [...new Set(groups[group].map((p) => p.day))].toSorted((a, b) => a - b)
    row[`${group}_exit_days`] = days
    row[`${group}_gone_counts`] = days.map((day) => groups[group].filter((p) => p.day === day && p.isGone).length)
    row[`${group}_followed_counts`] = days.map((day) => groups[group].filter((p) => p.day === day && !p.isGone).length)
  }
  return row
}

test('helped and unhelped agree with going through the people one by one, as known at any time and as known now', async () => {
  const seen = { helped: 0, unhelped: 0, gone: 0, predating: 0, young: 0 }
  await fc.assert(
    fc.asyncProperty(newcomers, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertNewcomers(db, communityId, data)
      const expected = data.periods.map((period) => obviousHelped(data, period))
      for (const row of expected) {
        seen.helped += row.helped_exit_days.length
        seen.unhelped += row.unhelped_exit_days.length
        seen.gone += row.gone_before_count
        seen.predating += row.predating_count
        seen.young += row.too_young_count
      }
      expect(await readPeriods(db.pool, helpedJoiners, { communityId, ...data, knownBy: new Date(data.knownBy) })).toEqual(expected)

      const later = { ...data, knownBy: lastTimeOf(data) + 1, periods: data.periods.map((p) => ({ ...p, is_as_known_then: false })) }
      const now = await readPeriods(db.pool, helpedJoiners, { communityId, ...later, knownBy: new Date(later.knownBy), isNow: true })
      expect(now).toEqual(later.periods.map((period) => obviousHelped(later, period)))
    }),
    { numRuns: 120, seed: 20240305 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(15)
})
