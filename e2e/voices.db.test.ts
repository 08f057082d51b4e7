import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { VOICES_OF, type VoicesOf, voicesSchema } from '../shared/contract/voices.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import type { ReportedCommunity } from '../server/report/health-report.ts'
import { buildSpans } from '../server/report/spans.ts'
import { buildVoices } from '../server/report/voices.ts'

const END = new Date('2025-06-18T09:30:00Z')
const ZONE = 'Asia/Kolkata'
const SPAN = { from: '2025-01-05', to: '2025-05-11' }
const SUFFIXES: Record<VoicesOf, string> = { contributions: '', answers: '-of-answers', starts: '-of-starts' }

let db: Database
/** A year with a bot, and a few contributions by nobody known. */
let usual: ReportedCommunity
beforeAll(async () => {
  db = await createTestDatabase()
  usual = await fill(year(25))
})
afterAll(() => db.close())

const fill = async (events: readonly EventInput[], timeZone = ZONE): Promise<ReportedCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: timeZone, now: END })
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

/** A year of forty people, a bot among them, with every `nth` reply by nobody known. */
const year = (anonymousEvery: number): EventInput[] =>
  [
    ...generateEvents({
      archetype: 'community',
      seed: 5,
      members: 40,
      weeks: 40,
      contributionsPerWeek: 20,
      timeZone: ZONE,
      endAt: END,
      hasBot: true,
      source: 'forum',
    }),
  ].map((event, i) =>
    i % anonymousEvery === 0 && !event.type.startsWith('member.') ? ({ ...event, actor: undefined } as EventInput) : event,
  )

/** Posts by these people on one day of noon in the community's zone; `many` by each. */
const posts = (many: readonly number[], day = '2025-03-03'): EventInput[] =>
  many.flatMap((count, person) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${day} ${person} ${i}`,
      source: 'forum',
      type: 'post.published' as const,
      occurred_at: `${day}T06:30:00Z`,
      actor: { id: `p${person}` },
    })),
  )

describe('how a span is shared out among people', () => {
  it('is what the metrics of the same span say, to the digit', async () => {
    for (const of of VOICES_OF) {
      const voices = voicesSchema.parse(await buildVoices(db.pool, usual, { ...SPAN, of }))
      const { spans } = await buildSpans(
        db.pool,
        usual,
        [voices.period],
        voices.metrics.map(({ id }) => id),
      )
      expect(voices.metrics.length, of).toBe(6)
      for (const { id, point } of voices.metrics) expect(point, id).toEqual(spans[0]?.metrics.find((one) => one.id === id)?.point)
      const at = (id: string) => voices.metrics.find((one) => one.id === `${id}${SUFFIXES[of]}`)?.point
      const { curve } = voices
      expect(curve?.marks[0]).toMatchObject({ least: 0.5, people: at('absence-factor')?.value })
      expect(curve?.amount).toBe(at('absence-factor')?.n)
      expect((curve?.amount ?? 0) + (curve?.anonymous ?? 0)).toBe(at('top-share')?.denominator)
      expect(Math.round((curve?.steps[0]?.amount ?? 0) / (curve?.steps[0]?.people ?? 1))).toBe(at('top-share')?.numerator)
    }
  })

  it('counts whom the events name, day by day in the zone of the community, and no bot', async () => {
    const { curve } = await buildVoices(db.pool, usual, { ...SPAN, of: 'contributions' })
    const { rows } = await db.pool.query<{ author: string; count: number }>(
      `select person_id as author, count(*)::int as count
       from contribution
       where community_id = $1 and person_id is not null and is_counted
         and (occurred_at at time zone $2)::date between $3 and $4
       group by 1
       order by 2 desc`,
      [usual.community_id, ZONE, SPAN.from, SPAN.to],
    )
    const counts = rows.map(({ count }) => count)
    const total = counts.reduce((a, b) => a + b, 0)
    const first = (people: number) => counts.slice(0, people).reduce((a, b) => a + b, 0)
    expect(curve).toMatchObject({ people: counts.length, amount: total })
    for (const step of curve?.steps ?? [])
      expect(step).toEqual({ people: step.people, amount: first(step.people), share: first(step.people) / total })
    for (const mark of curve?.marks ?? []) {
      expect(mark.share).toBe(first(mark.people) / total)
      expect(mark.share).toBeGreaterThanOrEqual(mark.least)
      expect(first(mark.people - 1) / total).toBeLessThan(mark.least)
    }
  })

  it('begins and ends with the local day', async () => {
    // 18:29 and 18:31 in UTC lie on both sides of midnight in Kolkata
    const at = (time: string, person: number) =>
      Array.from({ length: 10 }, (_, i) => ({
        id: `${time} ${person} ${i}`,
        source: 'forum',
        type: 'post.published' as const,
        occurred_at: time,
        actor: { id: `p${person}` },
      }))
    const community = await fill([0, 1, 2, 3, 4].flatMap((p) => [...at('2025-03-02T18:29:00Z', p), ...at('2025-03-02T18:31:00Z', p)]))
    const amountOf = async (from: string, to: string) => (await buildVoices(db.pool, community, { from, to, of: 'starts' })).curve?.amount
    expect([await amountOf('2025-03-02', '2025-03-02'), await amountOf('2025-03-03', '2025-03-03')]).toEqual([50, 50])
    expect(await amountOf('2025-03-02', '2025-03-03')).toBe(100)
  })
})

describe('what may not be told has no curve', () => {
  const told = async (events: EventInput[], of: VoicesOf = 'contributions') => {
    const voices = await buildVoices(db.pool, await fill(events), { ...SPAN, of })
    return { curve: voices.curve, status: voices.metrics.find(({ id }) => id.startsWith('absence-factor'))?.point.status }
  }

  it('below five people, and below 30 by them', async () => {
    expect(await told(posts([40, 9, 3, 1]))).toEqual({ curve: null, status: 'too_few' })
    expect(await told(posts([25, 1, 1, 1, 1]))).toEqual({ curve: null, status: 'too_few' })
    expect((await told(posts([26, 1, 1, 1, 1]))).curve).toMatchObject({
      people: 5,
      amount: 30,
      steps: [{ people: 1, amount: 26 }, { people: 5 }],
    })
  })

  it('where more than a fifth is anonymous', async () => {
    expect(await told(year(3))).toEqual({ curve: null, status: 'withheld' })
  })

  it('where no source tells it, nothing was written, or no data reach', async () => {
    expect(
      await told([{ id: 'j', source: 'list', type: 'member.joined', occurred_at: '2025-03-03T06:30:00Z', actor: { id: 'p' } }]),
    ).toEqual({
      curve: null,
      status: 'not_available',
    })
    expect(await told(posts([30, 1, 1, 1, 1], '2024-12-03'))).toEqual({ curve: null, status: 'not_applicable' })
    expect(await told(posts([26, 1, 1, 1, 1]), 'answers')).toEqual({ curve: null, status: 'not_available' })
    expect(await buildVoices(db.pool, await fill([]), { ...SPAN, of: 'answers' })).toMatchObject({
      known_by: null,
      metrics: [],
      curve: null,
    })
  })

  it('and what is no span is refused', async () => {
    await expect(buildVoices(db.pool, usual, { from: '2025-05-02', to: '2025-05-01', of: 'answers' })).rejects.toThrow(/span of days/)
  })
})
