import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventInput } from '../shared/contract/event.ts'
import { healthReportSchema } from '../shared/contract/health-report.ts'
import type { HealthReport } from '../shared/contract/health-report.ts'
import type { Grain } from '../shared/period.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { buildHealthReport } from '../server/report/health-report.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createTestDatabase } from './test-database.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'

// Communities such as nobody plans for. Whatever comes in, every number shown holds what it promises, and an error is an error.
const NOW = new Date('2026-03-31T12:00:00Z')
const SECOND = 1000
const DAY = 86_400 * SECOND

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

type Fact = Omit<EventInput, 'source'>
const person = (id: string | number) => ({ id: `p${id}` })
const at = (ms: number) => new Date(ms).toISOString()

const communityOf = async (facts: Iterable<Fact>, timeZone = 'Europe/Berlin'): Promise<StoredCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Odd', time_zone: timeZone, now: NOW })
  if (!community) throw new Error('the slug is taken')
  await send(community, facts)
  return community
}

const send = async (community: StoredCommunity, facts: Iterable<Fact>): Promise<void> => {
  const rows = [...facts].map((fact) => {
    const normalised = normaliseEvent({ source: 'test', ...fact }, NOW)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  for (let i = 0; i < rows.length; i += 5000)
    await appendEvents(db, {
      communityId: community.community_id,
      rows: rows.slice(i, i + 5000),
      onConflict: 'report',
      dryRun: false,
      receivedAt: new Date(NOW.getTime() + i),
    })
  await refreshCommunity(db, community.community_id, { now: NOW })
}

const report = async (
  community: StoredCommunity,
  grain: Grain = 'month',
  range: { from?: string; to?: string } = {},
): Promise<HealthReport> => {
  const built = await buildHealthReport(db.pool, community, { grain, ...range }, NOW)
  // what crosses HTTP: no NaN, no infinity, every field there
  healthReportSchema.parse(built)
  for (const { id, category, points } of built.metrics)
    for (const point of points) {
      const where = `${id}:${category} ${point.period}`
      if (point.value === null) expect(point.reason, where).toBeTruthy()
      if (point.numerator !== null && point.denominator !== null && point.value !== null && point.low !== null && point.high !== null)
        expect(point.low <= point.value && point.value <= point.high, where).toBe(true)
    }
  await expectBalance(built)
  return built
}

/** Members at the end = at the start + joined − left, in every period that says all three. */
const expectBalance = async (built: HealthReport): Promise<void> => {
  const values = (id: string) => built.metrics.find((series) => series.id === id)?.points.map((point) => point.value) ?? []
  const [members, joins, leavers] = [values('members'), values('joins'), values('leavers')]
  for (const [i, joined] of joins.entries()) {
    const [before, after, left] = [members[i - 1], members[i], leavers[i]]
    if (i === 0 || joined === null || before == null || after == null || left == null) continue
    expect(after, built.periods[i]).toBe(before + joined - left)
  }
}

const point = (built: HealthReport, id: string, category: string | null = null, index = -1) =>
  built.metrics.find((series) => series.id === id && series.category === category)?.points.at(index)

const question = (id: string, who: string | number, ms: number): Fact => ({
  id,
  type: 'question.asked',
  occurred_at: at(ms),
  actor: person(who),
  thread_id: id,
})
const answer = (id: string, to: string, who: string | number, ms: number): Fact => ({
  id,
  type: 'answer.posted',
  occurred_at: at(ms),
  actor: person(who),
  thread_id: to,
  in_reply_to: to,
})

describe('a community', () => {
  it('of none has no periods and no verdict, and says nothing', async () => {
    const built = await report(await communityOf([]))
    expect(built).toMatchObject({ periods: [], verdicts: [], latest_verdict: null, known_by: null })
  })

  it('with one event has one contribution, and too little of anything else', async () => {
    const built = await report(await communityOf([question('q', 1, NOW.getTime() - DAY)]))
    expect(point(built, 'contributions')).toMatchObject({ value: 1 })
    expect(point(built, 'top-share')).toMatchObject({ value: null, status: 'too_few' })
    expect(point(built, 'answered-share')).toMatchObject({ value: null, status: 'not_applicable' })
    expect(built.latest_verdict?.verdict).toBe('too_little_data')
  })

  it('of one member who talks to nobody is a blog, not a community', async () => {
    const facts: Fact[] = Array.from({ length: 80 }, (_, i) => ({
      id: `a${i}`,
      type: 'post.published',
      occurred_at: at(NOW.getTime() - (i + 1) * DAY),
      actor: person(1),
    }))
    const built = await report(
      await communityOf([{ id: 'j', type: 'member.joined', occurred_at: at(NOW.getTime() - 100 * DAY), actor: person(1) }, ...facts]),
    )
    expect(point(built, 'members')).toMatchObject({ value: 1 })
    expect(point(built, 'absence-factor')?.value ?? null).toBe(null)
    expect(built.latest_verdict?.verdict).toBe('blog')
  })

  it('that answers only itself has helped nobody', async () => {
    const start = NOW.getTime() - 30 * DAY
    const facts = Array.from({ length: 20 }, (_, i) => [
      question(`q${i}`, 1, start + i * DAY),
      answer(`a${i}`, `q${i}`, 1, start + i * DAY + SECOND),
    ]).flat()
    const built = await report(await communityOf(facts))
    expect(point(built, 'answered-share')).toMatchObject({ numerator: 0 })
    expect(point(built, 'helpers')).toMatchObject({ value: 0 })
  })

  it('where all happened in one second counts all of it once, on one day', async () => {
    const ms = NOW.getTime() - 10 * DAY
    const facts = Array.from({ length: 6000 }, (_, i) =>
      i % 3 === 0
        ? question(`q${i}`, i % 50, ms + (i % 900))
        : answer(`a${i}`, `q${i - (i % 3)}`, (i + 7) % 50, ms + ((i - (i % 3)) % 900) + 3),
    )
    const community = await communityOf(facts)
    const built = await report(community, 'day', { from: '2026-03-20', to: '2026-03-22' })
    expect(built.metrics.find(({ id }) => id === 'contributions')?.points.map(({ value }) => value)).toEqual([null, 6000, 0])
  })

  it('with ten years of silence between two days keeps both, and the silence is zeros', async () => {
    const then = Date.parse('2015-06-10T10:00:00Z')
    const lively = (prefix: string, ms: number) =>
      Array.from({ length: 12 }, (_, i) => [
        question(`${prefix}q${i}`, i, ms + i * SECOND),
        answer(`${prefix}a${i}`, `${prefix}q${i}`, i + 1, ms + 60 * SECOND),
      ]).flat()
    const community = await communityOf([...lively('x', then), ...lively('y', NOW.getTime() - DAY)])
    const built = await report(community, 'month', { from: '2015-06', to: '2026-03' })
    const values = built.metrics.find(({ id }) => id === 'contributions')?.points.map(({ value }) => value) as number[]
    expect(values.at(0)).toBe(24)
    expect(values.at(-1)).toBe(24)
    expect(values.slice(1, -1).every((value) => value === 0)).toBe(true)
    expect(point(built, 'answered-share', null, 0)).toMatchObject({ numerator: 12, denominator: 12 })
  })

  it('where every event is by a bot counts nobody, and says that bots were left out', async () => {
    const facts: Fact[] = Array.from({ length: 90 }, (_, i) => ({
      id: `b${i}`,
      type: 'post.published',
      occurred_at: at(NOW.getTime() - (i + 1) * DAY),
      actor: { id: 'bot', is_bot: true },
    }))
    const built = await report(await communityOf(facts))
    expect(point(built, 'contributions')?.value).toBe(0)
    expect(point(built, 'members')?.value).toBe(0)
    expect(built.latest_verdict?.verdict).toBe('too_little_data')
    expect(JSON.stringify(built.latest_verdict?.exclusions)).toMatch(/bot/)
  })

  it('whose members leave before they join, join twice and leave twice still adds up', async () => {
    const month = (m: number, day = 10) => Date.UTC(2025, m, day, 9)
    const facts: Fact[] = [
      { id: '1', type: 'member.left', occurred_at: at(month(1)), actor: person('early') },
      { id: '2', type: 'member.joined', occurred_at: at(month(3)), actor: person('early') },
      { id: '3', type: 'member.joined', occurred_at: at(month(2)), actor: person('twice') },
      { id: '4', type: 'member.joined', occurred_at: at(month(4)), actor: person('twice') },
      { id: '5', type: 'member.left', occurred_at: at(month(6)), actor: person('twice') },
      { id: '6', type: 'member.left', occurred_at: at(month(7)), actor: person('twice') },
      { id: '7', type: 'member.joined', occurred_at: at(month(5)), actor: person('blink') },
      { id: '8', type: 'member.left', occurred_at: at(month(5)), actor: person('blink') },
      question('q', 'early', month(8)),
    ]
    const built = await report(await communityOf(facts), 'month', { from: '2025-01', to: '2025-10' })
    const values = (id: string) => built.metrics.find((series) => series.id === id)?.points.map(({ value }) => value)
    // joining and leaving in the same instant is no membership; joining twice is one joining
    expect(values('joins')?.slice(1, 9)).toEqual([0, 1, 1, 0, 0, 0, 0, 0])
    expect(values('rejoins')?.[3]).toBe(1)
    expect(values('leavers')?.[6]).toBe(1)
    expect(values('leavers')?.[7]).toBe(0)
    expect(values('members')?.[8]).toBe(1)
  })

  it('whose answers came before their questions has no negative waiting, and counts what it left out', async () => {
    const start = NOW.getTime() - 60 * DAY
    const facts = Array.from({ length: 40 }, (_, i) => [
      question(`q${i}`, i % 8, start + i * DAY),
      answer(`early${i}`, `q${i}`, (i + 1) % 8, start + i * DAY - 3600 * SECOND),
      ...(i % 2 ? [answer(`late${i}`, `q${i}`, (i + 2) % 8, start + i * DAY + 3600 * SECOND)] : []),
    ]).flat()
    const community = await communityOf(facts)
    const built = await report(community, 'month', { from: '2026-01', to: '2026-03' })
    const asked = built.metrics.find(({ id }) => id === 'questions')?.points.reduce((sum, { value }) => sum + (value ?? 0), 0)
    expect(asked).toBe(40)
    const answered = built.metrics
      .find(({ id }) => id === 'answered-share')
      ?.points.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0)
    expect(answered).toBe(20)
    for (const { value } of built.metrics.find(({ id }) => id === 'time-to-first-answer')?.points ?? [])
      if (value !== null) expect(value).toBeGreaterThanOrEqual(1)
    expect(JSON.stringify(built.latest_verdict?.exclusions)).toMatch(/quarantine|40|before/)
  })

  it('with one thread of very many replies is measured in seconds, and a reply more too', async () => {
    const start = NOW.getTime() - 40 * DAY
    const facts: Fact[] = [
      question('long', 0, start),
      ...Array.from(
        { length: 8_000 },
        (_, i): Fact => ({
          id: `r${i}`,
          type: 'reply.posted',
          occurred_at: at(start + (i + 1) * 60 * SECOND),
          actor: person(i % 40),
          thread_id: 'long',
        }),
      ),
    ]
    const community = await communityOf(facts)
    await send(community, [answer('one-more', 'long', 39, NOW.getTime() - SECOND)])
    const built = await report(community, 'month', { from: '2026-02', to: '2026-03' })
    const all = built.metrics.find(({ id }) => id === 'contributions')?.points.reduce((sum, { value }) => sum + (value ?? 0), 0)
    expect(all).toBe(8_002)
    expect(point(built, 'answered-share', null, 0)).toMatchObject({ numerator: 1, denominator: 1 })
  }, 60_000)
})
