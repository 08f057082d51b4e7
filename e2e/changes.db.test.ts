import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import { type Changes, changesSchema } from '../shared/contract/changes.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { addDays, daysOfPeriod, shiftPeriod } from '../shared/period.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { BadRange } from '../server/report/bad-range.ts'
import { buildHealthReport, type ReportedCommunity } from '../server/report/health-report.ts'
import { buildChanges } from '../server/report/changes/build-changes.ts'

const END = new Date('2026-05-11T10:00:00Z')
const ZONE = 'Europe/Berlin'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const fill = async (events: readonly EventInput[]): Promise<ReportedCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: ZONE, now: END })
  if (community === null) throw new Error('the slug is taken')
  const rows = events.map((event) => {
    const normalised = normaliseEvent(event, END)
    if (!normalised.ok) throw new Error(JSON.stringify([event, normalised.problems]))
    return normalised.ok
  })
  const { community_id: communityId } = community
  await appendEvents(db, { communityId, batchId: randomUUID(), rows, onConflict: 'report', dryRun: false, receivedAt: END })
  await refreshCommunity(db, communityId, { now: END })
  return { ...community, is_demo: false, demo_note: null }
}

/** So many questions in each month, answered a day later, spread over its days; and a post every day, so that the feed is heard. */
const months = (first: string, questions: readonly number[]): EventInput[] =>
  questions.flatMap((count, m) => {
    const month = shiftPeriod(first, 'month', m)
    const { from_on } = daysOfPeriod(month, 'month')
    const day = (i: number, all: number) => addDays(from_on, Math.floor((i * 27) / Math.max(1, all)))
    const post = (i: number): EventInput => ({
      type: 'post.published',
      id: `${month} p${i}`,
      source: 'forum',
      occurred_at: `${addDays(from_on, i)}T09:00:00Z`,
      actor: { id: `m${i % 9}` },
    })
    const asked = Array.from({ length: count }, (_, i): EventInput[] => {
      const thread = { source: 'forum', thread_id: `${month} q${i}` }
      const when = (hour: number) => `${day(i, count)}T${hour}:00:00Z`
      return [
        { ...thread, type: 'question.asked', id: `${month} q${i}`, occurred_at: when(10), actor: { id: `m${i % 9}` } },
        {
          ...thread,
          type: 'answer.posted',
          id: `${month} a${i}`,
          occurred_at: when(14),
          actor: { id: `m${(i + 4) % 9}` },
          in_reply_to: `${month} q${i}`,
        },
      ]
    })
    return [...Array.from({ length: 10 }, (_, i) => post(i)), ...asked.flat()]
  })
const changeOf = ({ changes }: Changes, id: string) => changes.find((change) => change.id === id)

describe('what changed', () => {
  it('speaks of the last finished month: the unfinished one and the one the data begin in are never ranked or counted', async () => {
    const steady = [20, 24, 18, 22, 25, 19, 21, 23, 20, 17, 24, 22, 26, 19]
    const community = await fill([...months('2025-02', [...steady, 6]), ...months('2026-05', [0]).slice(0, 9)])
    const found = changesSchema.parse(await buildChanges(db.pool, community, {}))
    // February began with the first event, at its first day: it is whole
    expect(found).toMatchObject({ grain: 'month', period: '2026-04', before: '2026-03', year_before: '2025-04', cannot_tell: null })
    const questions = changeOf(found, 'questions')
    expect(questions).toMatchObject({ is_unusual: true, side: 'below', meaning: 'worse' })
    expect(questions?.past.map(({ value }) => value)).toEqual(steady)
    expect(questions?.year_before?.value).toBe(steady[2])
    expect(found.changes[0]?.is_unusual).toBe(true)
    expect(found.expected_by_chance).toBeCloseTo(found.looked_at * 0.05, 10)
    expect(found.changes.filter(({ probability }) => probability !== null).length).toBe(found.looked_at)
    // what it says is what the health report says of the same periods
    const report = await buildHealthReport(db.pool, community, { grain: 'month', from: '2026-03', to: '2026-04' }, END)
    for (const change of found.changes) {
      const series = report.metrics.find(({ id, category }) => id === change.id && category === change.category)
      expect([change.before, change.point], change.id).toEqual(series?.points)
    }
    const march = await buildChanges(db.pool, community, { period: '2026-03' })
    expect(changeOf(march, 'questions')?.is_unusual).toBe(false)
    await expect(buildChanges(db.pool, community, { period: '2026-05' })).rejects.toThrow(BadRange)
    await expect(buildChanges(db.pool, community, { period: '2026-13' })).rejects.toThrow(/no month/)
    await expect(buildChanges(db.pool, community, { grain: 'week', period: '2026-04' })).rejects.toThrow(/no week/)
  })

  it('takes weeks while there are too few months, and says what cannot be told', async () => {
    const young = await fill(months('2026-03', [20, 22, 6]).filter(({ occurred_at }) => new Date(occurred_at) < END))
    const found = changesSchema.parse(await buildChanges(db.pool, young, {}))
    expect(found).toMatchObject({ grain: 'week', looked_at: 0, year_before: null })
    expect(found.cannot_tell).toContain('12 whole weeks')
    expect(changeOf(found, 'questions')?.point.value).toBeGreaterThanOrEqual(0)
    expect(await buildChanges(db.pool, young, { grain: 'month' })).toMatchObject({ period: '2026-04', looked_at: 0 })
    const day = await fill([{ type: 'question.asked', id: 'q', source: 'forum', occurred_at: '2026-05-10T10:00:00Z', actor: { id: 'a' } }])
    expect(await buildChanges(db.pool, day, {})).toMatchObject({ period: null, changes: [], cannot_tell: 'No whole week is over yet.' })
    const nothing = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Nothing', time_zone: ZONE, now: END })
    if (nothing === null) throw new Error('the slug is taken')
    expect(await buildChanges(db.pool, { ...nothing, is_demo: false, demo_note: null }, {})).toMatchObject({ known_by: null, changes: [] })
  })

  it('calls nothing unusual in a month of which most was not heard', async () => {
    const events = months('2025-02', [20, 24, 18, 22, 25, 19, 21, 23, 20, 17, 24, 22, 26, 19, 20])
    const cut = events.filter(({ occurred_at }) => !(occurred_at >= '2026-04-04' && occurred_at < '2026-05-01'))
    const found = await buildChanges(db.pool, await fill([...cut, ...months('2026-05', [0]).slice(0, 9)]), {})
    expect(found).toMatchObject({ period: '2026-04', looked_at: 0 })
    expect(found.cannot_tell).toContain('the feed may have been cut')
  })
})
