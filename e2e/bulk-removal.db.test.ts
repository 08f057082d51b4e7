import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { alertContentSchema } from '../shared/contract/alert.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { loadMaterial } from '../server/alerts/load-material.ts'
import { bulkRemoval } from '../server/alerts/rules/bulk-removal.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { createTestDatabase } from './test-database.ts'

// Monday, nine in the morning
const WEEK = 7 * 86_400_000
const BEGIN = Date.UTC(2026, 0, 5, 9)
const NOW = new Date(BEGIN + 20 * WEEK)

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const move = (id: string, type: 'member.joined' | 'member.left', person: string, at: number): EventInput => ({
  id,
  source: 'list',
  type,
  occurred_at: new Date(at).toISOString(),
  actor: { id: person },
})
/** Five people a week join, at hours of their own; with `seconds` 0 of the day's time alone. */
const steady = (weeks: number): EventInput[] =>
  Array.from({ length: weeks * 5 }, (_, i) =>
    move(`j${i}`, 'member.joined', `p${i}`, BEGIN + Math.floor(i / 5) * WEEK + (i % 5) * 86_400_000 + i * 61_000),
  )
const all = (type: 'member.joined' | 'member.left', from: number, to: number, at: number, name = 'p') =>
  Array.from({ length: to - from }, (_, i) => move(`${type}-${at}-${i}`, type, `${name}${from + i}`, at + i * 500))

const readOf = async (events: EventInput[]) => {
  const community = (await createCommunity(db, {
    slug: `c-${randomUUID()}`,
    name: 'Pumps',
    time_zone: 'Europe/Berlin',
    now: NOW,
  })) as StoredCommunity
  const rows = events.map((event) => normaliseEvent(event, NOW).ok ?? expect.fail(event.id))
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await refreshCommunity(db, community.community_id, { now: NOW })
  const found = await loadMaterial(db.pool, community, NOW)
  if (!found) throw new Error('nothing is known')
  return bulkRemoval.read(db.pool, found.material, { strictness: 1, kept: [] })
}

it('a purge is told once, with who came back of it in the week after, and how many the minute held', async () => {
  const purge = BEGIN + 12 * WEEK + 3_600_000
  const reading = await readOf([...steady(20), ...all('member.left', 0, 50, purge), ...all('member.joined', 0, 48, purge + WEEK)])
  const episode = { began_on: '2026-03-30', worse_on: [], ended_on: '2026-04-06', ending: 'recovered' as const }
  expect(reading.episodes).toEqual([episode])
  const began = await reading.tell(episode, 'began', '2026-03-30')
  expect(alertContentSchema.parse(began)).toEqual(began)
  // at the end of that week nobody was back yet
  expect(began.headline).toBe('50 members were removed at once on 30 March 2026.')
  expect(began.figures[0]?.now).toBe('50 within one minute, of 50 who left in the week')
  const recovered = await reading.tell(episode, 'recovered', '2026-04-06')
  expect(recovered.headline).toBe('50 members were removed and brought back on 30 March 2026.')
  expect(recovered.sentences[0]).toBe('By 6 April 2026 most were members again, nearly all of them within two weeks.')
  expect(reading.periods.find(({ on }) => on === '2026-03-30')).toMatchObject({ notice: 'began', is_standing: true })
  expect(reading.periods.filter(({ statistic }) => (statistic ?? 0) >= 1)).toHaveLength(1)
  // far from the limit in a week of five
  expect(reading.periods.find(({ on }) => on === '2026-02-16')?.statistic).toBeCloseTo(1 / 21, 9)
})

it('what lies in the first weeks is how it was set up, and a week of many who come by themselves is nothing', async () => {
  const first = all('member.joined', 0, 300, BEGIN, 'old')
  const second = all('member.joined', 300, 400, BEGIN + 3 * WEEK, 'old')
  // 200 in two hours after a talk
  const rush = Array.from({ length: 200 }, (_, i) => move(`r${i}`, 'member.joined', `r${i}`, BEGIN + 10 * WEEK + i * 36_000))
  const reading = await readOf([...first, ...second, ...steady(20), ...rush])
  expect(reading.episodes).toEqual([])
  expect(reading.sentence.replaceAll('\u00a0', ' ')).toBe('No member was removed or imported in bulk in 20 weeks.')
})

it('where only days are told, a busy day is no import, and what is five times the busiest is', async () => {
  const midnight = (week: number, day: number) => Date.UTC(2026, 0, 5) + week * WEEK + day * 86_400_000
  const day = (week: number, count: number, name: string) =>
    Array.from({ length: count }, (_, i) => move(`${name}${week}-${i}`, 'member.joined', `${name}${week}-${i}`, midnight(week, 2)))
  const weeks = Array.from({ length: 20 }, (_, week) => day(week, week === 11 ? 30 : 12, 'd')).flat()
  expect((await readOf(weeks)).episodes).toEqual([])
  const reading = await readOf([...weeks, ...day(15, 160, 'x')])
  expect(reading.episodes).toMatchObject([{ began_on: '2026-04-20', ending: 'settled', ended_on: '2026-04-27' }])
})

it('a source that tells of no members cannot be judged', async () => {
  const reading = await readOf([
    { id: 'q', source: 'forum', type: 'question.asked', occurred_at: new Date(BEGIN).toISOString(), actor: { id: 'ana' } },
  ])
  expect(reading).toMatchObject({ periods: [], cannot_judge: 'No source tells who joins or who leaves.' })
})
