import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addKey, buildAccessApp } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'
import type { HealthReport } from '../shared/contract/health-report.ts'
import { type Retention, retentionSchema } from '../shared/contract/retention.ts'
import { addDays } from '../shared/period.ts'
import { healthRoutes } from '../server/api/health-routes.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'

const NOW = new Date('2025-12-01T00:00:00Z')
let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let slug: string
let key: string

type Given = { id: string; type: string; on: string; who: string }
let sent = 0
const event = (type: string, on: string, who: string): Given => ({ id: `e${++sent}`, type, on, who })

/** 40 join on the first of January; ten never come again, ten are last seen on day 30, the others still write. */
const january = () =>
  Array.from({ length: 40 }, (_, i) => [
    event('member.joined', '2025-01-01', `jan ${i}`),
    ...(i < 10 ? [] : [event('reply.posted', '2025-01-31', `jan ${i}`)]),
    // 80 days apart, so that nobody lapses in between
    ...(i < 20 ? [] : [90, 170, 250, 330].map((day) => event('reply.posted', addDays('2025-01-01', day), `jan ${i}`))),
  ]).flat()
/** 30 join on the first of August: 31 days can be followed at the end of November. Five leave after a week. */
const august = () =>
  Array.from({ length: 30 }, (_, i) => [
    event('member.joined', '2025-08-01', `aug ${i}`),
    ...(i < 5 ? [event('member.left', '2025-08-08', `aug ${i}`)] : [event('reply.posted', '2025-10-15', `aug ${i}`)]),
  ]).flat()

beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({
    pool: db.pool,
    routes: async (scope) => void (await scope.register(healthRoutes({ pool: db.pool, now: () => NOW }))),
  })
  const community = await addCommunity(db.pool, 'garden')
  slug = community.slug
  key = await addKey(db.pool, community, ['read'])
  // the last of it makes the end of November the end of what is known
  const given = [event('reply.posted', '2025-01-01', 'host'), ...january(), ...august(), event('reply.posted', '2025-11-30', 'host')]
  const rows = given.map(({ id, type, on, who }) => {
    const { ok } = normaliseEvent({ id, source: 'forum', type, occurred_at: `${on}T12:00:00Z`, actor: { id: who } }, NOW)
    if (!ok) throw new Error('rejected')
    return ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await refreshCommunity(db, community.community_id, { now: NOW })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const ask = async (what: string) => app.inject({ url: `/api/v1/communities/${slug}/${what}`, headers: { authorization: `Bearer ${key}` } })
const read = async (query: string): Promise<Retention> => {
  const answer = await ask(`retention${query}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return retentionSchema.parse(answer.json())
}

describe('who stays', () => {
  it('by month of joining, as the health report says it', async () => {
    const found = await read('?from=2025-01&to=2025-08')
    const health = (await ask('health?from=2025-01&to=2025-08&grain=month')).json<HealthReport>()
    expect(found.cohorts).toHaveLength(8)
    expect(found.begins_with).toBe('joining')
    for (const [i, cohort] of found.cohorts.entries()) {
      for (const { days, still: _, ...share } of cohort.shares)
        expect(share).toEqual(health.metrics.find((s) => s.id === 'retention' && s.category === `${days}-days`)?.points[i])
      expect(cohort.median).toEqual(health.metrics.find((s) => s.id === 'retention-median')?.points[i])
    }
  })

  it('a cohort that everybody could be followed in, counted by hand', async () => {
    const january = (await read('?from=2025-01&to=2025-01')).cohorts[0]
    // on 30 November the last 90 days began on 2 September: the first of January lies 243 days before 1 September
    expect(january?.shares.map(({ days, status, value, numerator, denominator }) => [days, status, value, numerator, denominator])).toEqual(
      [
        [30, 'ok', 0.5, 20, 40],
        [90, 'ok', 0.5, 20, 40],
        [180, 'ok', 0.5, 20, 40],
        [365, 'not_reached', null, null, 40],
        [730, 'not_reached', null, null, 40],
      ],
    )
    expect(january?.started_count).toBe(40)
    expect(january?.curve).toMatchObject({
      people_count: 40,
      ends_before_day: 244,
      steps: [
        { day: 0, at_risk: 40, gone: 10, share: 0.75 },
        { day: 30, at_risk: 30, gone: 10, share: 0.5 },
      ],
    })
  })

  it('who joined too late to say, and a month in which nobody joined', async () => {
    const { cohorts } = await read('?from=2025-08&to=2025-09')
    expect(cohorts[0]?.shares.map((s) => [s.days, s.status, s.value])).toEqual([
      [30, 'ok', 25 / 30],
      [90, 'not_reached', null],
      [180, 'not_reached', null],
      [365, 'not_reached', null],
      [730, 'not_reached', null],
    ])
    expect(cohorts[0]?.curve).toMatchObject({ ends_before_day: 32, steps: [{ day: 7, at_risk: 30, gone: 5 }] })
    expect(cohorts[1]).toMatchObject({ started_count: 0, curve: null, median: { status: 'not_applicable' } })
  })

  it('all months as one cohort, each person for as long as they could be followed', async () => {
    const { all } = await read('?from=2025-01&to=2025-08')
    expect(all?.started_count).toBe(70)
    // day 0: 10 of 70; day 7: 5 of 60; day 30: 10 of 55; from day 32 on January alone
    expect(all?.curve?.steps.map((s) => [s.day, s.at_risk, s.gone])).toEqual([
      [0, 70, 10],
      [7, 60, 5],
      [30, 55, 10],
    ])
    expect(all?.shares.find((s) => s.days === 90)).toMatchObject({ status: 'ok', numerator: null, denominator: 70 })
    expect(all?.shares.find((s) => s.days === 90)?.value).toBeCloseTo((60 / 70) * (55 / 60) * (45 / 55), 12)
  })

  it('quarters and years pool their months, and counts stand where everybody could be followed', async () => {
    const { cohorts, quarters, years, all } = await read('?from=2025-01&to=2025-08')
    expect(quarters.map(({ from, to, started_count }) => [from, to, started_count])).toEqual([
      ['2025-01', '2025-03', 40],
      ['2025-04', '2025-06', 0],
      ['2025-07', '2025-08', 30],
    ])
    const { from, to, ...year } = years[0] as (typeof years)[number]
    expect([from, to, years.length]).toEqual(['2025-01', '2025-08', 1])
    expect(year).toEqual(all)
    expect(quarters[0]?.shares[1]).toMatchObject({ still: { count: 20, of: 40 }, status: 'ok', value: 0.5 })
    // day 30 of the quarter of August: everybody; day 90: nobody yet
    expect(quarters[2]?.shares.slice(0, 2).map((share) => share.still)).toEqual([{ count: 25, of: 30 }, null])
    expect(cohorts[1]?.shares.map((share) => share.still)).toEqual([null, null, null, null, null])
    // on day 30 ten more of the 30 that were left go, and from day 32 on January alone is followed
    expect(all?.curve?.followed.slice(0, 3)).toEqual([
      { day: 0, count: 70 },
      { day: 30, count: 55 },
      { day: 60, count: 20 },
    ])
  })

  it('as known at another time', async () => {
    const { cohorts } = await read('?from=2025-01&to=2025-01&as_of=2025-03-15T00:00:00Z')
    expect(cohorts[0]).toMatchObject({ curve: null, median: { status: 'not_reached' } })
    const { cohorts: later } = await read('?from=2025-01&to=2025-01&as_of=2025-08-01T00:00:00Z')
    expect(later[0]?.shares.find((s) => s.days === 90)).toMatchObject({ status: 'ok', value: 0.5 })
  })

  it.each([
    ['?from=2025-W01', 'no month'],
    ['?from=2025-01-01&to=2025-02-01', 'no month'],
    ['?from=0001-01&to=9999-12', 'more than 36 months'],
    ['?from=2021-01', 'more than 36 months'],
    ['?from=2025-03&to=2025-01', 'lies after'],
    ['?from=2025-13', '2025-13'],
  ])('refuses %s', async (query, words) => {
    const answer = await ask(`retention${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json<{ detail: string }>().detail).toContain(words)
  })
})
