import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { buildHealthReport } from '../server/report/health-report.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import type { Grain } from '../shared/period.ts'
import { createTestDatabase } from './test-database.ts'

// Which day, week and month an event lies in, worked out by Temporal and read from the report, where clocks and calendars are odd.

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** A zone and a day on which something is odd there. */
const PLACES = [
  ['UTC', '2024-02-29'],
  ['Europe/Berlin', '2024-03-31'],
  ['Europe/Berlin', '2020-12-31'],
  ['Asia/Kolkata', '2021-01-03'],
  ['Asia/Kathmandu', '2023-12-31'],
  ['Australia/Lord_Howe', '2024-04-07'],
  ['America/Havana', '2023-11-05'],
  ['Atlantic/Azores', '2023-10-29'],
  // one minute after midnight the clock went back to 23:01 of the day before
  ['America/St_Johns', '2006-10-29'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['Pacific/Apia', '2011-12-31'],
  ['Pacific/Kiritimati', '2024-12-31'],
  ['Africa/Casablanca', '2024-03-10'],
] as const

/** The local day that begins latest, of those that have begun: the first of two midnights begins it. */
const dayOf = (ms: number, zone: string): Temporal.PlainDate => {
  const naive = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate()
  const next = naive.add({ days: 1 })
  return next.toZonedDateTime(zone).epochMilliseconds <= ms ? next : naive
}
const labelOf = (day: Temporal.PlainDate, grain: Grain): string => {
  if (grain === 'day') return day.toString()
  if (grain === 'month') return day.toPlainYearMonth().toString()
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`
}

const send = async (community: StoredCommunity, times: number[], now: Date) => {
  const rows = times.map((ms, i) => {
    const event = {
      id: `e${i}`,
      source: 'test',
      type: 'post.published',
      occurred_at: new Date(ms).toISOString(),
      actor: { id: `p${i % 3}` },
    }
    const normalised = normaliseEvent(event, now)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: now })
}

it.each(PLACES)('in %s around %s each event counts in the day, week and month that Temporal names', async (zone, day) => {
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
  const around = fc.oneof(
    fc.integer({ min: -40, max: 60 }).map((hours) => midnight + hours * 3_600_000),
    fc.constantFrom(-1, 0, 1, 59_999, 60_000, 60_001, -3_600_001, -3_600_000, 86_400_000 - 1).map((off) => midnight + off),
    fc.integer({ min: -70 * 60, max: 70 * 60 }).map((minutes) => midnight + minutes * 60_000),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(around, { minLength: 4, maxLength: 40, size: 'max' }), async (times) => {
      const now = new Date(midnight + 400 * 86_400_000)
      const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Odd clocks', time_zone: zone, now })
      if (!community) throw new Error('the slug is taken')
      // in two batches, so that the second goes the way of a refresh
      await send(community, times.slice(0, times.length / 2), now)
      await refreshCommunity(db, community.community_id, { now })
      await send(community, times, now)
      await refreshCommunity(db, community.community_id, { now })
      for (const grain of ['day', 'week', 'month'] as const) {
        const labels = times.map((ms) => labelOf(dayOf(ms, zone), grain))
        const from = labels.toSorted()[0] as string
        const to = labels.toSorted().at(-1) as string
        const report = await buildHealthReport(db.pool, community, { grain, from, to }, now)
        const points = report.metrics.find(({ id }) => id === 'contributions')?.points ?? []
        expect(Object.fromEntries(points.filter(({ value }) => value).map(({ period, value }) => [period, value]))).toEqual(
          Object.fromEntries([...new Set(labels)].map((label) => [label, labels.filter((other) => other === label).length])),
        )
      }
    }),
    { numRuns: 2, seed: 2024 },
  )
})

it('says of a period that is not over that it is not', async () => {
  // half past midnight of the 1st in Kolkata, still the last day of the month in Greenwich
  const now = new Date('2026-03-31T19:00:00Z')
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Half hours', time_zone: 'Asia/Kolkata', now })
  if (!community) throw new Error('the slug is taken')
  await send(community, [now.getTime() - 3_600_000, now.getTime() - 60_000], now)
  await refreshCommunity(db, community.community_id, { now })
  const unfinished = async (grain: Grain) =>
    (await buildHealthReport(db.pool, community, { grain }, now)).metrics
      .find(({ id }) => id === 'contributions')
      ?.points.map(({ period, value, is_unfinished }) => [period, value, is_unfinished])
  expect(await unfinished('day')).toEqual([
    ['2026-03-31', 1, false],
    ['2026-04-01', 1, true],
  ])
  expect(await unfinished('month')).toEqual([
    ['2026-03', 1, false],
    ['2026-04', 1, true],
  ])
  expect(await unfinished('week')).toEqual([['2026-W14', 2, true]])
})
