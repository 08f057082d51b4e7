import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Point } from '../shared/contract/metric.ts'
import { daysOfPeriod } from '../shared/period.ts'
import type { EventRow } from '../server/ingest/event-row.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { loadContext } from '../server/metrics/capabilities.ts'
import { resolveCases } from '../server/metrics/cases/case-list.ts'
import { casesWithoutChats } from '../server/metrics/cases/cases-without-chats.ts'
import { sumCases } from '../server/metrics/cases/read-cases.ts'
import { metrics } from '../server/metrics/catalogue.ts'
import { leavesChatsOut, threadReachOf } from '../server/metrics/inferred-threads.ts'
import { buildCases } from '../server/report/cases.ts'
import { buildHealthReport, type ReportedCommunity } from '../server/report/health-report.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import { createTestDatabase } from './test-database.ts'

const END = new Date('2025-06-30T22:00:00Z')
const timeZone = 'Europe/Berlin'
const RANGE = { from: '2025-03', to: '2025-06', grain: 'month' as const }
let db: Awaited<ReturnType<typeof createTestDatabase>>
/** The same talk: half of its threads in flat chats; without these; all of it in flat chats; all in threads. */
let both: ReportedCommunity
let without: ReportedCommunity
let flat: ReportedCommunity
let said: ReportedCommunity

const fill = async (rows: EventRow[]): Promise<ReportedCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: timeZone, now: END })
  if (community === null) throw new Error('the slug is taken')
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: END })
  await refreshCommunity(db, community.community_id, { now: END })
  return { ...community, is_demo: false, demo_note: null }
}

beforeAll(async () => {
  db = await createTestDatabase()
  const events = generateEvents({ archetype: 'community', seed: 5, members: 60, weeks: 15, contributionsPerWeek: 60, timeZone, endAt: END })
  const rows = [...events].flatMap((event) => normaliseEvent(event, END).ok ?? [])
  const threads = new Map(rows.map((row) => [row.event_key, row.thread_key]))
  const isInChat = (row: EventRow) => /[0-7]$/.test(row.thread_key ?? threads.get(row.target_key ?? '') ?? 'f')
  const asFlat = (row: EventRow): EventRow =>
    row.thread_key === null ? row : { ...row, inferred_link: row.target_key === null ? 'opens' : row.word_count % 2 ? 'named' : 'guess' }
  both = await fill(rows.map((row) => (isInChat(row) ? asFlat(row) : row)))
  without = await fill(rows.filter((row) => !isInChat(row)))
  flat = await fill(rows.map(asFlat))
  said = await fill(rows)
}, 60_000)
afterAll(() => db.close())

const reportOf = async (community: ReportedCommunity): Promise<Map<string, Point[]>> => {
  const report = await buildHealthReport(db.pool, community, RANGE, END)
  return new Map(report.metrics.map(({ id, category, points }) => [category === null ? id : `${id}:${category}`, points]))
}
const numbersOf = ({ value, numerator, denominator, n, low, high, status }: Point) => ({
  value,
  numerator,
  denominator,
  n,
  low,
  high,
  status,
})
const metricOf = (key: string) => metrics.find((metric) => metric.id === key.split(':')[0]) as (typeof metrics)[number]

describe('a community that asks in threads and in chats without', () => {
  it('is measured over its threads alone where it matters who answers, and says what it leaves out', async () => {
    const [mixed, threaded] = [await reportOf(both), await reportOf(without)]
    let compared = 0
    for (const [key, points] of mixed) {
      if (!leavesChatsOut(metricOf(key), 'both')) continue
      compared++
      expect(points.map(numbersOf), key).toEqual(threaded.get(key)?.map(numbersOf))
      expect(points.some((point) => point.is_inferred)).toBe(false)
    }
    expect(compared).toBeGreaterThan(25)
    expect(mixed.get('answered-share')?.[0]?.reason).toMatch(
      /^\d+\squestions asked in chats without threads are left out: their threads are inferred\.$/,
    )
    expect(mixed.get('answered-share')?.[0]?.status).toBe('ok')
  })

  it('counts everything where it does not, marked where it rests on threads', async () => {
    const [mixed, whole] = [await reportOf(both), await reportOf(said)]
    for (const key of ['questions', 'contributions', 'active-people', 'content-mix:help', 'host-share'])
      expect(mixed.get(key)?.map(numbersOf), key).toEqual(whole.get(key)?.map(numbersOf))
    expect(mixed.get('content-mix:help')?.[0]).toMatchObject({ is_inferred: true, reason: expect.stringContaining('rest on a name') })
    expect(mixed.get('contributions')?.[0]?.is_inferred).toBeUndefined()
  })

  it('lists the cases of each number, which add up to it', async () => {
    const context = await loadContext(db.pool, both.community_id)
    expect(context.threads).toBe('both')
    const { known_by, metrics: series } = await buildHealthReport(db.pool, both, RANGE, END)
    const wrong: string[] = []
    for (const { id, category, points } of series) {
      const metric = metricOf(id)
      if (!leavesChatsOut(metric, 'both')) continue
      const all = casesWithoutChats(resolveCases(metric.cases, { category, context }))
      if ('none' in all) continue
      const point = points[1] as Point
      const sets =
        'set' in all
          ? ([[all.set, point[all.equals]]] as const)
          : ([
              [all.numerator, point.numerator],
              [all.denominator, point.denominator],
            ] as const)
      for (const [set, expected] of sets) {
        if (expected === null) continue
        const period = {
          communityId: both.community_id,
          timeZone,
          knownBy: new Date(known_by as string),
          ...daysOfPeriod(point.period, 'month'),
        }
        const { total } = await sumCases(db.pool, set, null, period)
        if (Math.abs(total - expected) > 1e-9) wrong.push(`${id}:${category}: ${total} instead of ${expected}: ${set.words}`)
      }
    }
    expect(wrong).toEqual([])
    const cases = await buildCases(
      db.pool,
      both,
      { metric: 'answered-share', period: '2025-03', limit: 500 },
      { isSponsor: false, now: END },
    )
    expect(cases.count).toBe(cases.point.denominator)
  })
})

describe('a community that talks in flat chats alone', () => {
  it('has its numbers marked where they rest on threads, and withheld under thirty questions', async () => {
    const [chat, whole] = [await reportOf(flat), await reportOf(said)]
    const counts = (chat.get('questions') ?? []).map((point) => point.value as number)
    expect(Math.min(...counts)).toBeLessThan(30)
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(30)
    for (const [key, points] of chat) {
      const reach = threadReachOf(metricOf(key))
      for (const [i, point] of points.entries()) {
        const plain = whole.get(key)?.[i] as Point
        if (reach === null || ['not_available', 'not_applicable'].includes(plain.status))
          expect(numbersOf(point), key).toEqual(numbersOf(plain))
        else if (reach === 'questions' && (counts[i] as number) < 30)
          expect(point, key).toMatchObject({
            status: 'withheld',
            value: null,
            numerator: null,
            denominator: null,
            is_inferred: true,
            reason: expect.stringContaining('fewer than 30 questions'),
          })
        else if (reach === 'questions')
          expect(point, key).toMatchObject({
            ...numbersOf(plain),
            is_inferred: true,
            reason: expect.stringContaining('probably a low estimate'),
          })
      }
    }
  })

  it('is marked the same as known at an earlier time, measured on the spot', async () => {
    const { metrics: now } = await buildHealthReport(db.pool, flat, RANGE, END)
    const { metrics: then } = await buildHealthReport(db.pool, flat, { ...RANGE, as_of: END }, END)
    const marked = (some: typeof now) =>
      some.flatMap(({ id, points }) => points.flatMap((point) => (point.is_inferred ? [`${id} ${point.period} ${point.status}`] : [])))
    expect(marked(then)).toEqual(marked(now))
    expect(marked(now).length).toBeGreaterThan(100)
  })
})
