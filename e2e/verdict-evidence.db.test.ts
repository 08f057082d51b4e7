import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventInput } from '../shared/contract/event.ts'
import type { VerdictCases, VerdictComparison, VerdictEvidence } from '../shared/contract/verdict-evidence.ts'
import type { Verdict } from '../shared/contract/verdict.ts'
import { verdictRoutes } from '../server/api/verdict-routes.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { addFacilitator } from '../server/store/facilitators.ts'
import { addCommunity, addKey, addPerson, buildAccessApp, signIn, type TestCommunity } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'

const NOW = new Date('2025-06-18T09:30:00Z')

let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({
    pool: db.pool,
    routes: async (scope) => {
      await scope.register(compress, { globalDecompression: false })
      await scope.register(verdictRoutes({ pool: db.pool, now: () => NOW }))
    },
  })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const send = async (community: TestCommunity, events: object[]) => {
  const rows = events.map((event, i) => {
    const { ok, ...rest } = normaliseEvent({ id: `e${i}`, source: 'forum', ...event } as EventInput, NOW)
    if (!ok) throw new Error(JSON.stringify(rest))
    return ok
  })
  await appendEvents(db, {
    communityId: community.community_id,
    batchId: randomUUID(),
    rows,
    onConflict: 'report',
    dryRun: false,
    receivedAt: NOW,
  })
  await refreshCommunity(db, community.community_id, { now: NOW })
}
const at = (i: number) => new Date(Date.parse('2025-06-01T09:00:00Z') + i * 60_000).toISOString()

const reader = async (community: TestCommunity) => {
  const authorization = `Bearer ${await addKey(db.pool, community, ['read'])}`
  return async <T>(path: string, query: Record<string, string> = {}, headers: Record<string, string> = { authorization }) => {
    const url = `/api/v1/communities/${community.slug}/verdict${path}?${new URLSearchParams(query)}`
    const answer = await app.inject({ url, headers })
    return { status: answer.statusCode, body: answer.json<T & { detail?: string }>() }
  }
}

describe('the evidence of a community in which three write equally much', () => {
  let ask: Awaited<ReturnType<typeof reader>>
  let equals: TestCommunity
  const CASES = { rule: 'community', metric: 'top-share-of-answers' }
  beforeAll(async () => {
    equals = await addCommunity(db.pool, 'equals')
    // every third question is by the first of three, each answered by the next; one in four authors is unknown
    await send(
      equals,
      Array.from({ length: 24 }, (_, i) => [
        {
          id: `q${i}`,
          type: 'question.asked',
          occurred_at: at(i * 10),
          actor: { id: `p${i % 3}` },
        },
        {
          id: `a${i}`,
          type: 'answer.posted',
          occurred_at: at(i * 10 + 1),
          thread_id: `q${i}`,
          in_reply_to: `q${i}`,
          actor: i % 4 === 3 ? undefined : { id: `p${(i + 1) % 3}` },
        },
      ]).flat(),
    )
    ask = await reader(equals)
  })

  it('lists as many cases as the number says, each once, on whatever pages', async () => {
    const { body: verdict } = await ask<Verdict>('')
    const test = verdict.rules
      .flatMap((rule) => (rule.id === 'teaching-platform' ? rule.tests : []))
      .find((one) => one.metric === CASES.metric)
    expect(test).toMatchObject({ numerator: 6, denominator: 24 })
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: VerdictCases = (
        await ask<VerdictCases>('/cases', { ...CASES, rule: 'teaching-platform', limit: '4', ...(after === null ? {} : { after }) })
      ).body
      expect(page).toMatchObject({ part: 'numerator', equals: 'numerator', total: 6, count: 6 })
      seen.push(...page.cases.map((one) => one.key))
      // of equals it is one person's answers, not a mixture
      expect(new Set(page.cases.map((one) => one.values.person_id)).size).toBe(1)
      after = page.next
    } while (after !== null)
    expect([seen.length, new Set(seen).size]).toEqual([6, 6])
  })

  it('withholds with the number what it counts, and says why', async () => {
    const { body } = await ask<VerdictCases>('/cases', CASES)
    expect(body).toMatchObject({
      cases: [],
      shown: null,
      total: null,
      none: expect.stringContaining('Who gave 6 of 24 answers is not known'),
    })
  })

  it('says what is wrong with a question, and what there is instead', async () => {
    for (const [query, says] of [
      [{ rule: 'nonsense', metric: 'helpers' }, 'the rules are dormant, too-little-data'],
      [{ rule: 'community', metric: 'constructor' }, 'it tests content-mix:help+discussion'],
      [{ rule: 'mixed', metric: 'helpers' }, 'has no tests'],
      [{ rule: 'community', metric: 'helpers', part: 'numerator' }, 'leave `part` out'],
      [{ rule: 'newsletter', metric: 'content-mix:news', alternative: '7' }, 'in alternative 0 and 1 only'],
    ] as const)
      expect(await ask('/cases', query)).toMatchObject({ status: 404, body: { detail: expect.stringContaining(says) } })
    expect((await ask('/cases', { ...CASES, after: 'nonsense' })).body.detail).toContain('no page mark')
    expect((await ask('/cases', { ...CASES, at: '2031-01-01' })).body.detail).toContain('has not come yet')
    expect((await ask('/evidence', { at: '2025-02-30' })).status).toBe(400)
    expect((await ask('', { view: 'sideways' })).status).toBe(400)
    expect((await (await reader(await addCommunity(db.pool, 'empty')))('/evidence')).status).toBe(404)
  })

  it('names the people and threads behind it by pseudonym, and all who are anonymous in one row', async () => {
    const { body } = await ask<VerdictEvidence>('/evidence')
    expect(body.people.rows.map((one) => [one.is_anonymous, one.contributions, one.answers])).toEqual([
      [false, 14, 6],
      [false, 14, 6],
      [false, 14, 6],
      [true, 6, 6],
    ])
    expect(body.people.rows[0]?.person).toMatch(/^Member [0-9a-f]{8}$/)
    expect(body.people.sentence).toMatch(/^Who gave 6 of 24\sanswers is not known, three\speople made 88\s% of contributions/)
    expect(body.totals).toMatchObject({ contributions: 48, anonymous: 6, people: 3, threads: 24, answers: 24 })
    expect(body.threads.rows).toHaveLength(20)
    const { rows } = await db.pool.query<{ person_id: string }>('select person_id from identity where community_id = $1', [
      equals.community_id,
    ])
    for (const { person_id } of rows) expect(JSON.stringify(body)).not.toContain(person_id)
  })

  it('shows a sponsor nobody out of three', async () => {
    await addPerson(db.pool, 'sponsor@example.org', 'sponsor', equals)
    const cookie = await signIn(app, db.pool, 'sponsor@example.org')
    const { body } = await ask<VerdictEvidence>('/evidence', {}, { cookie })
    expect(body.people).toMatchObject({ rows: [], hidden: expect.stringContaining('a sponsor is not shown who') })
    expect(body.threads.rows.every((one) => one.opened_by === null)).toBe(true)
    const cases = (await ask<VerdictCases>('/cases', { rule: 'too-little-data', metric: 'contributions' }, { cookie })).body
    expect(cases.cases).toHaveLength(48)
    expect(JSON.stringify(cases.cases)).not.toContain('Member')
    expect((await ask<VerdictCases>('/cases', { rule: 'community', metric: 'helpers' }, { cookie })).body).toMatchObject({
      cases: [],
      count: 3,
    })
  })

  it('compares the views that differ, and says why the others do not', async () => {
    const alone = (await ask<VerdictComparison>('/comparison')).body
    expect(alone.views.map((one) => one.view)).toEqual(['as_found'])
    expect(alone.without.map((one) => one.view)).toEqual(['with_bots', 'without_facilitators'])
    await addFacilitator(db.pool, { communityId: equals.community_id, source: 'forum', actorId: 'p0', now: NOW })
    await refreshCommunity(db, equals.community_id, { now: NOW })
    const both = (await ask<VerdictComparison>('/comparison')).body
    expect(both.views.map((one) => [one.view, one.contributions])).toEqual([
      ['as_found', 48],
      ['without_facilitators', 34],
    ])
    expect(both.views[1]?.numbers.find((one) => one.metric === 'helpers')?.observed).toBe(2)
    const shown = (await ask<VerdictEvidence>('/evidence', { view: 'without_facilitators' })).body
    expect(shown.totals.contributions).toBe(34)
    expect((await ask<VerdictEvidence>('/evidence')).body.people.rows.filter((one) => one.is_facilitator)).toHaveLength(1)
  })
})

describe('the evidence of one thread that holds everything', () => {
  it('is that thread, its host and every contribution to it', async () => {
    const single = await addCommunity(db.pool, 'single')
    const bot = { type: 'reply.posted', occurred_at: at(50), thread_id: 'all', actor: { id: 'x1', is_bot: true } }
    await send(single, [
      bot,
      ...Array.from({ length: 40 }, (_, i) => ({
        type: i === 0 ? 'post.published' : 'reply.posted',
        occurred_at: at(i),
        thread_id: 'all',
        channel: '<script>alert(1)</script>',
        text: i === 3 ? 'Merge the draft before you merge the other' : 'Thanks to you',
        actor: { id: `p${i % 8}` },
      })),
    ])
    const ask = await reader(single)
    const { body } = await ask<VerdictEvidence>('/evidence')
    expect(body.threads.sentence).toBe('One thread holds all 40\u00a0contributions.')
    expect(body.threads.rows).toMatchObject([{ contributions: 40, people: 8, categories: { discussion: 40 } }])
    expect(body.people.rows.filter((one) => one.hosted > 0)).toMatchObject([{ hosted: 40, share_of_hosted: 1, starts: 1 }])
    const hosted = (await ask<VerdictCases>('/cases', { rule: 'blog', metric: 'host-share' })).body
    expect(hosted).toMatchObject({ total: 40, test: { numerator: 40 } })
    expect(new Set(hosted.cases.map((one) => one.values.host_id)).size).toBe(1)
    const talk = (await ask<VerdictCases>('/cases', { rule: 'workgroup-by-talk', metric: 'work-words' })).body
    expect(talk).toMatchObject({ total: 3, count: 1, cases: [{ amount: 3, values: { work_words: 'draft, merge ×2', word_count: 8 } }] })
    expect(body.words.rows).toMatchObject([
      { word: 'merge', count: 2 },
      { word: 'draft', count: 1 },
    ])
    expect(body.left_out).toMatchObject({ rows: [{ contributions: 1, reasons: [expect.stringContaining('source says')] }] })
    // long before anything happened: nothing to list, and the days that nobody knows of
    const before = (await ask<VerdictEvidence>('/evidence', { at: '2025-01-31' })).body
    expect(before).toMatchObject({
      totals: { contributions: 0, threads: 0 },
      people: { rows: [], sentence: 'Nobody contributed in this window.' },
    })
    const days = (await ask<VerdictCases>('/cases', { rule: 'too-little-data', metric: 'feed-gap', at: '2025-01-31' })).body
    expect(days.total).toBe(days.test.numerator)
    expect(days.total).toBeGreaterThan(80)
  })
})
