import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'
import type { Comparison } from '../shared/contract/comparison.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { comparisonRoute } from '../server/api/comparison-route.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { buildSpans } from '../server/report/spans.ts'

const now = new Date('2026-03-31T22:30:00Z')
const DAY = 86_400_000
let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: FastifyInstance
let pumps: TestCommunity
let seals: TestCommunity

/** A question a day, and an answer to so many of ten; people `from` to `to` in turn, each with an address. */
const talk = (days: number, answered: number, from: number, to: number): EventInput[] =>
  Array.from({ length: days }, (_, i): EventInput[] => {
    const at = (hours: number) => new Date(now.getTime() - (days - i) * DAY + hours * 3_600_000).toISOString()
    const actor = (n: number) => {
      const person = from + (n % (to - from + 1))
      return { id: `${person}`, email: `p${person}@example.org` }
    }
    const question = {
      id: `q${i}`,
      source: 'forum',
      thread_id: `q${i}`,
      type: 'question.asked' as const,
      occurred_at: at(0),
      actor: actor(i),
    }
    const answer = {
      ...question,
      id: `a${i}`,
      type: 'answer.posted' as const,
      occurred_at: at(1),
      actor: actor(i + 1),
      in_reply_to: `q${i}`,
    }
    return i % 10 < answered ? [question, answer] : [question]
  }).flat()

const fill = async (community: TestCommunity, events: EventInput[]) => {
  const rows = events.flatMap((event) => normaliseEvent(event, now).ok ?? [])
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: now })
  await refreshCommunity(db, community.community_id, { now })
}

beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({ pool: db.pool, routes: (fastify) => comparisonRoute({ pool: db.pool })(fastify) })
  pumps = await addCommunity(db.pool, 'pumps')
  seals = await addCommunity(db.pool, 'seals')
  await addCommunity(db.pool, 'empty')
  // people 1 to 10 and 8 to 29: three in both
  await fill(pumps, talk(80, 9, 1, 10))
  await fill(seals, talk(120, 3, 8, 29))
  await addPerson(db.pool, 'ada@example.org', 'administrator', null)
  await addPerson(db.pool, 'sam@example.org', 'sponsor', pumps)
  await addPerson(db.pool, 'sam@example.org', 'manager', seals)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const as = async (email: string) => {
  const headers = asBrowser(await signIn(app, db.pool, email))
  return async (query: string) => {
    const answer = await app.inject({ url: `/api/v1/comparison?${query}`, headers })
    return { status: answer.statusCode, body: answer.json() as Comparison & { type: string; detail: string } }
  }
}

describe('communities side by side', () => {
  it('says of each what its own spans say, and tells what differs from chance, in the order asked for', async () => {
    const ask = await as('ada@example.org')
    const { status, body } = await ask('of=seals,pumps,seals&days=90')
    expect(status).toBe(200)
    expect(body.communities.map(({ slug }) => slug)).toEqual(['seals', 'pumps'])
    for (const [i, { slug, name, period }] of body.communities.entries()) {
      const community = {
        community_id: (i === 0 ? seals : pumps).community_id,
        slug,
        name,
        time_zone: 'Europe/Berlin',
        is_demo: false,
        demo_note: null,
      }
      const { spans } = await buildSpans(db.pool, community, [period ?? ''])
      for (const row of body.rows) {
        const same = spans[0]?.metrics.find(({ id, category }) => (category === null ? id : `${id}:${category}`) === row.key)?.point
        const { cannot_compare: _, ...cell } = row.cells[i]!
        expect({ ...same, ...cell }, row.key).toEqual(same)
      }
    }
    // the day that is not over yet is left out, and data that begin late are said
    expect(body.communities.map(({ period }) => period)).toEqual(['2026-01-01..2026-03-31', '2026-01-01..2026-03-31'])
    expect(body.communities.map(({ note }) => note?.replaceAll('\u00a0', ' '))).toEqual([
      undefined,
      expect.stringMatching(/^Its data begin on 1[01] January 2026: 8\d days of 90\.$/),
    ])
    const row = body.rows.find(({ key }) => key === 'answered-share')
    expect(row?.differences).toMatchObject([{ a: 0, b: 1, finding: 'differs' }])
    expect(row?.differences[0]?.low).toBeGreaterThan(0.3)
    expect(body.tested).toBe(body.rows.reduce((sum, { differences }) => sum + differences.length, 0))
    expect(body.rows.find(({ key }) => key === 'questions')).toMatchObject({
      differences: [],
      untested: 'A count goes with size, so no difference is tested.',
    })
  })

  it('counts the people they share by the addresses, and tells a sponsor of no few', async () => {
    const administrator = await (await as('ada@example.org'))('of=pumps,seals&days=365')
    expect(administrator.body.overlap).toMatchObject({
      active_people: [10, 22],
      pairs: [{ state: 'told', a_in_both: 3, b_in_both: 3, a_recognisable: 10, reason: null }],
    })
    const sponsor = await (await as('sam@example.org'))('of=pumps,seals&days=365')
    expect(sponsor.body.overlap).toMatchObject({
      also_elsewhere: [null, null],
      pairs: [{ state: 'few', a_in_both: null, b_in_both: null }],
    })
  })

  it('says of one without data that there are none', async () => {
    const { body } = await (await as('ada@example.org'))('of=pumps,empty')
    expect(body.communities[1]).toMatchObject({ slug: 'empty', period: null, note: 'It has no data yet.' })
    expect(body.rows.every(({ cells }) => cells[1]?.value === null && cells[1].cannot_compare !== null)).toBe(true)
    expect(body.overlap).toMatchObject({ active_people: [10, null], pairs: [{ state: 'cannot_tell', a_in_both: null }] })
  })

  it('answers the same for what is not there and what one may not see, and takes two to five', async () => {
    const ask = await as('sam@example.org')
    const [unseen, unknown] = [await ask('of=pumps,empty'), await ask('of=pumps,nowhere')]
    expect(unseen).toEqual(unknown)
    expect(unknown).toMatchObject({ status: 404, body: { type: '/problems/unknown-community' } })
    expect(await ask('of=pumps,%00')).toMatchObject({ status: 404 })
    for (const of of ['', 'pumps', 'pumps,pumps', 'a,b,c,d,e,f']) expect(await ask(`of=${of}`)).toMatchObject({ status: 400 })
    expect(await ask('of=pumps,seals&days=30')).toMatchObject({ status: 400 })
  })
})
