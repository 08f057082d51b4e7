import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { buildBeforeAfter } from '../server/report/before-after.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import type { StoredIntervention } from '../server/store/interventions.ts'
import { beforeAfterSchema, type ComparedMetric } from '../shared/contract/intervention.ts'
import { addDays } from '../shared/period.ts'
import { createTestDatabase } from './test-database.ts'

// What came after something was tried, from events to the answer, counted again from the events themselves.

const NOW = new Date('2026-03-31T12:00:00Z')
const FIRST = '2024-06-03'
const ON = '2025-12-01'
const DAYS = 660

let db: Database
let community: StoredCommunity
type Asked = { on: string; isAnswered: boolean }
const asked: Asked[] = []

/** Two questions a day, half answered; after the day four, nearly all answered. All at noon. */
const eventsOf = () =>
  Array.from({ length: DAYS }, (_, i) => addDays(FIRST, i)).flatMap((day, i) => {
    const isAfter = day >= ON
    return Array.from({ length: isAfter ? 4 : 1 + ((i * 7) % 3) }, (_, n) => {
      const isAnswered = isAfter ? (i + n) % 10 !== 0 : (i * 3 + n) % 2 === 0
      asked.push({ on: day, isAnswered })
      const id = `q${i}-${n}`
      const question = {
        id,
        source: 'forum',
        type: 'question.asked',
        thread_id: id,
        occurred_at: `${day}T12:00:00Z`,
        actor: { id: `p${(i + n) % 30}` },
      }
      const answer = {
        ...question,
        id: `a${id}`,
        type: 'answer.posted',
        occurred_at: `${day}T14:00:00Z`,
        actor: { id: `h${i % 12}` },
        in_reply_to: id,
      }
      return isAnswered ? [question, answer] : [question]
    }).flat()
  })

beforeAll(async () => {
  db = await createTestDatabase()
  community = (await createCommunity(db, {
    slug: 'tried',
    name: 'Tried',
    time_zone: 'America/New_York',
    now: NOW,
  })) as StoredCommunity
  const rows = eventsOf().map((event) => {
    const normalised = normaliseEvent(event, NOW)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await refreshCommunity(db, community.community_id, { now: NOW })
}, 60_000)
afterAll(() => db.close())

const tried = (on: string, more: Partial<StoredIntervention> = {}): StoredIntervention => ({
  intervention_id: randomUUID(),
  on,
  title: `On ${on}`,
  note: null,
  metrics: [],
  version: 1,
  created_at: NOW,
  updated_at: NOW,
  updated_by: null,
  ...more,
})
const compare = async (on: string, { days = 90, keys = null as string[] | null, others = [] as StoredIntervention[] } = {}) => {
  const found = await buildBeforeAfter(db.pool, community, tried(on), others, { days, keys, now: NOW })
  return beforeAfterSchema.parse(JSON.parse(JSON.stringify(found)))
}
const metricOf = (found: { metrics: ComparedMetric[] }, key: string) => found.metrics.find((one) => one.key === key) as ComparedMetric
const within = (from: string, to: string) => asked.filter(({ on }) => on >= from && on < to)

test('each side holds the same weekdays, and counts what the events say', async () => {
  const found = await compare(ON)
  expect(found).toMatchObject({ status: 'compared', days: 91, days_each: 91, is_unfinished: false })
  expect(found.before).toBe('2025-09-01..2025-11-30')
  expect(found.after).toBe('2025-12-01..2026-03-01')
  const questions = metricOf(found, 'questions')
  expect([questions.before.value, questions.after.value]).toEqual([within('2025-09-01', ON).length, within(ON, '2026-03-02').length])
  const answered = metricOf(found, 'answered-share')
  for (const [point, some] of [
    [answered.before, within('2025-09-01', ON)],
    [answered.after, within(ON, '2026-03-02')],
  ] as const) {
    expect(point.denominator).toBe(some.length)
    expect(point.numerator).toBe(some.filter(({ isAnswered }) => isAnswered).length)
  }
  expect(questions).toMatchObject({ finding: 'more', placebo: { as_large: 0 } })
  expect(answered).toMatchObject({ finding: 'more' })
  expect(answered.change?.low).toBeGreaterThan(0.2)
})

test('the yardstick is the same comparison at every earlier week with data, counted again by hand', async () => {
  const { placebo, usual } = metricOf(await compare(ON, { keys: ['questions'] }), 'questions')
  const size = (day: string) => {
    const [was, is] = [within(addDays(day, -91), day).length, within(day, addDays(day, 91)).length]
    return (is - was) ** 2 / (is + was)
  }
  const dates: string[] = []
  for (let day = addDays(ON, -91); addDays(day, -91) >= FIRST; day = addDays(day, -7)) dates.push(day)
  expect(placebo).toEqual({
    dates: dates.length,
    as_large: dates.filter((day) => size(day) >= size(ON)).length,
    from_on: dates.at(-1),
    to_on: dates[0],
  })
  // windows: those of the dates, before and after
  const windows = new Set(dates.flatMap((day) => [day, addDays(day, -91)]))
  expect(usual?.windows).toBe(windows.size)
})

test('nothing changed on any other day, and nothing is claimed', async () => {
  for (const on of ['2025-07-02', '2025-08-20']) {
    const found = await compare(on, { days: 28, keys: ['questions', 'answered-share', 'time-to-first-answer'] })
    expect(found.metrics.map(({ finding }) => finding)).not.toContain('more')
    expect(found.metrics.map(({ finding }) => finding)).not.toContain('less')
  }
})

test('the year before stands beside it, where data reach', async () => {
  const { year_before } = metricOf(await compare(ON, { keys: ['questions'] }), 'questions')
  expect(year_before?.before.period).toBe('2024-09-02..2024-12-01')
  expect(year_before?.after.value).toBe(within('2024-12-02', '2025-03-03').length)
  expect(metricOf(await compare('2025-06-02', { keys: ['questions'] }), 'questions').year_before).toBeNull()
})

test('a time that is not over, or data that begin late, make both sides as short', async () => {
  const late = await compare('2026-03-01')
  expect(late).toMatchObject({ status: 'compared', is_unfinished: true, days_each: 28, before: '2026-02-01..2026-02-28' })
  const early = await compare('2024-07-03', { keys: ['questions', 'answered-share'] })
  expect(early).toMatchObject({ days_each: 28, is_unfinished: false })
  expect(early.reason).toMatch(/^The data begin 30\sdays before it/)
  expect(metricOf(early, 'questions')).toMatchObject({ finding: 'cannot_tell', change: { low: null }, usual: null })
  expect(metricOf(early, 'questions').reason).toContain('How much it swings by itself is not known')
  expect(metricOf(early, 'answered-share').change?.low).toBeTypeOf('number')
})

test('days without data, or still to come, compare nothing', async () => {
  expect(await compare('2026-04-20')).toMatchObject({ status: 'planned', metrics: [] })
  expect(await compare('2026-03-27')).toMatchObject({ status: 'too_soon' })
  expect(await compare('2024-06-05')).toMatchObject({ status: 'no_data' })
  expect(await compare('2001-01-01')).toMatchObject({ status: 'no_data' })
})

test('what else was tried in these days is named', async () => {
  const others = [tried('2025-12-24'), tried('2025-09-01'), tried('2025-08-31'), tried('2026-03-02')]
  const { also, also_count } = await compare(ON, { others, keys: ['questions'] })
  expect(also.map(({ on }) => on)).toEqual(['2025-12-24', '2025-09-01'])
  expect(also_count).toBe(2)
})

test('a measure that no source tells says so', async () => {
  const found = metricOf(await compare(ON, { keys: ['practices-reused', 'members'] }), 'practices-reused')
  expect(found).toMatchObject({ finding: 'cannot_tell', change: null, placebo: null })
  expect(found.reason).toMatch(/not available|Not available/i)
})

test('a purge of the list is no movement of people', async () => {
  const purged = (await createCommunity(db, { slug: 'purged', name: 'Purged', time_zone: 'UTC', now: NOW })) as StoredCommunity
  const event = (id: string, type: string, day: string, time: string) => ({
    id: `${type}-${id}`,
    source: 'list',
    type,
    occurred_at: `${day}T${time}Z`,
    actor: { id },
  })
  const joined = Array.from({ length: 500 }, (_, i) => event(`m${i}`, 'member.joined', addDays(FIRST, i), '08:00:00'))
  const left = Array.from({ length: 120 }, (_, i) =>
    event(`m${i}`, 'member.left', '2025-12-10', `09:00:${String(i % 60).padStart(2, '0')}`),
  )
  const late = event('late', 'member.joined', '2026-03-25', '08:00:00')
  const rows = [...joined, ...left, late].map((one) => {
    const normalised = normaliseEvent(one, NOW)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  await appendEvents(db, { communityId: purged.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await refreshCommunity(db, purged.community_id, { now: NOW })
  const keys = ['members', 'leavers', 'net-growth']
  const found = await buildBeforeAfter(db.pool, purged, tried('2025-12-01'), [], { days: 91, keys, now: NOW })
  for (const metric of found.metrics) {
    expect(metric.finding).toBe('cannot_tell')
    expect(metric.reason).toContain('within one minute')
  }
  const before = await buildBeforeAfter(db.pool, purged, tried('2025-06-02'), [], { days: 91, keys: ['members'], now: NOW })
  expect(before.metrics[0]).toMatchObject({ finding: 'not_unusual' })
})
