import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth } from '../server/access/create-auth.ts'
import { createKey } from '../server/access/keys.ts'
import { createLiveRevisions, type LiveRevisions } from '../server/api/live-route.ts'
import { createMeters } from '../server/api/operations-routes.ts'
import { buildApp } from '../server/app.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { HOOK_QUEUE } from '../server/jobs/queues.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { openUploadFolder } from '../server/jobs/upload-folder.ts'
import { type Jobs, startJobs } from '../server/jobs/start-jobs.ts'
import { addCommunity, type TestCommunity } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'

// From an event to a verdict as a sender and a reader see it: the whole server on a socket, its jobs running.
const END = new Date('2025-06-30T22:00:00Z')

let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: FastifyInstance
let jobs: Jobs
let live: LiveRevisions
let address: string
let community: TestCommunity
let key: string

beforeAll(async () => {
  db = await createTestDatabase()
  community = await addCommunity(db.pool, 'pumps')
  const now = () => END
  key = (await createKey(db.pool, { communityId: community.community_id, name: 'test', scopes: ['ingest', 'read'], now: END })).key
  const logger = pino({ level: 'silent' })
  live = createLiveRevisions(db.pool, logger)
  const baseUrl = 'http://localhost:3000'
  const auth = createAuth({
    pool: db.pool,
    secret: '9f2d61b7c05e4a83b1d7f60e29c4853ad8',
    baseUrl,
    sendMail: null,
    now,
    onMailFailure: () => {},
  })
  jobs = await startJobs({
    db,
    databaseUrl: db.url,
    uploads: openUploadFolder('/nowhere'),
    smtp: null,
    secretKey: 'x'.repeat(40),
    baseUrl: 'http://localhost',
    now,
    log: logger,
    onRefreshed: () => {},
  })
  app = await buildApp({
    db,
    auth,
    secretKey: '9f2d61b7c05e4a83b1d7f60e29c4853ad8',
    now,
    logger,
    meters: createMeters(),
    live,
    baseUrl,
    version: 'test',
    sendMail: null,
    webRoot: '/nowhere',
    requestRefresh: (communityId) => void jobs.requestRefresh(communityId),
    removeDemo: async () => 0,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await jobs.stop()
  live.stop()
  await app.close()
  await db.close()
})

// biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
type Answer = Record<string, any>

const get = async (path: string) => {
  const answer = await fetch(address + path, { headers: { authorization: `Bearer ${key}` } })
  return { status: answer.status, body: (await answer.json()) as Answer }
}
const send = (body: string, contentType: string) =>
  fetch(`${address}/api/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': contentType }, body })

/** Reads server-sent events until one is named so; the reader must be open before what it waits for is sent. */
const openLive = async (slug: string) => {
  const stop = new AbortController()
  const answer = await fetch(`${address}/api/v1/communities/${slug}/live`, {
    headers: { authorization: `Bearer ${key}` },
    signal: stop.signal,
  })
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  let text = ''
  return {
    /** Waits for the next event of this name. */
    next: async (name: string) => {
      const event = new RegExp(`event: ${name}\\ndata: .*\\n\\n`)
      for (let found = event.exec(text); ; found = event.exec(text)) {
        if (found) {
          text = text.slice(found.index + found[0].length)
          return
        }
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended: ${text}`)
        text += new TextDecoder().decode(value)
      }
    },
    stop: () => stop.abort(),
  }
}

describe('from an event to a verdict', () => {
  it('counts a stream of events, judges the community, and tells open pages by itself', async () => {
    const before = await get('/api/v1/communities/pumps/verdict')
    expect(before).toMatchObject({ status: 404, body: { type: '/problems/no-verdict' } })

    const events = [...generateEvents({ archetype: 'community', seed: 5, timeZone: 'Europe/Berlin', endAt: END })]
    const pages = await openLive('pumps')
    const answer = await send(events.map((event) => JSON.stringify(event)).join('\n'), 'application/x-ndjson')
    expect(await answer.json()).toMatchObject({ accepted: events.length, rejected: 0 })

    const asked = events.filter((event) => event.type === 'question.asked' && event.occurred_at >= '2024-12-31T23:00:00Z')
    const countQuestions = async () => {
      const { body: report } = await get('/api/v1/communities/pumps/health?from=2025-01&to=2025-06')
      return (report.metrics as { id: string; points: { value: number }[] }[])
        .find(({ id }) => id === 'questions')
        ?.points.reduce((sum, point) => sum + point.value, 0)
    }
    // a page that asks again whenever it is told ends with all of them
    do await pages.next('refreshed')
    while ((await countQuestions()) !== asked.length)
    pages.stop()
    expect((await get('/api/v1/communities/pumps/verdict?at=2025-06-30')).body).toMatchObject({ verdict: 'community', at: '2025-06-30' })
  })

  it('asks for what waits to leave by mail and to hooks, both', async () => {
    // asked for by hand, not by the clock
    const count = async () =>
      (await db.pool.query(`select from pgboss.job where name = $1 and singleton_key = 'all'`, [HOOK_QUEUE])).rowCount ?? 0
    const before = await count()
    await jobs.requestDelivery()
    expect(await count()).toBe(before + 1)
  })

  it('counts one more event of a person, and takes it back when it is deleted', async () => {
    const countOf = async () => {
      await refreshCommunity(db, community.community_id, { now: END })
      const { body } = await get('/api/v1/communities/pumps/health?from=2025-05-05&to=2025-05-05&grain=day')
      return (body.metrics as { id: string; points: { value: number }[] }[]).find(({ id }) => id === 'questions')?.points[0]
        ?.value as number
    }
    const before = await countOf()
    const asked = { id: 'mine', source: 'curl', type: 'question.asked', occurred_at: '2025-05-05T12:00:00+02:00', actor: { id: 'me' } }
    await send(JSON.stringify({ events: [asked] }), 'application/json')
    expect(await countOf()).toBe(before + 1)
    const deleted = { id: 'gone', source: 'curl', type: 'content.deleted', occurred_at: '2025-05-06T12:00:00+02:00', in_reply_to: 'mine' }
    await send(JSON.stringify({ events: [deleted] }), 'application/json')
    expect(await countOf()).toBe(before)
  })

  it('lists exactly the episodes that a month of questions counts', async () => {
    const { body } = await get('/api/v1/communities/pumps/episodes?from=2025-03&to=2025-03&limit=200')
    const { body: report } = await get('/api/v1/communities/pumps/health?from=2025-03&to=2025-03')
    const point = (id: string) =>
      (report.metrics as { id: string; points: { value: number; numerator: number }[] }[]).find((m) => m.id === id)?.points[0]
    const episodes = body.episodes as { state: string; asked_at: string; first_answered_at: string | null }[]
    expect(episodes.length).toBe(point('questions')?.value)
    const inTime = episodes.filter((e) => e.first_answered_at && Date.parse(e.first_answered_at) - Date.parse(e.asked_at) <= 7 * 86_400_000)
    expect(inTime.length).toBe(point('answered-share')?.numerator)
  })

  it('pages through the same episodes that one long list holds', async () => {
    const all = (await get('/api/v1/communities/pumps/episodes?from=2025-03&to=2025-03&limit=200')).body.episodes as { id: string }[]
    const paged: { id: string }[] = []
    let before: string | null = ''
    while (before !== null) {
      const page = (
        await get(`/api/v1/communities/pumps/episodes?from=2025-03&to=2025-03&limit=7${before && `&before=${encodeURIComponent(before)}`}`)
      ).body
      paged.push(...(page.episodes as { id: string }[]))
      before = page.next as string | null
    }
    expect(paged).toEqual(all)
  })

  it('answers a range that is none with what to write instead', async () => {
    for (const query of [
      'from=2025-13&to=2025-14',
      'from=2025-06&to=2025-01',
      'from=0001-01-01&to=9999-12-31',
      'from=x',
      'grain=year',
      'as_of=yesterday',
    ])
      expect(await get(`/api/v1/communities/pumps/health?${query}`), query).toMatchObject({
        status: 400,
        body: { status: 400, detail: expect.stringMatching(/.{20}/) },
      })
    expect((await get('/api/v1/communities/pumps/verdict?at=2999-01-01')).body).toMatchObject({
      status: 400,
      detail: expect.stringContaining('has not come yet'),
    })
  })
})

describe('what the API says of itself', () => {
  it('is what its answers are, for every read', async () => {
    const { body } = await get('/api/v1/openapi.json')
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    ajv.addSchema(body, 'openapi')
    const paths: [string, string][] = [
      ['/api/v1/metrics', '/api/v1/metrics'],
      ['/api/v1/communities/{slug}', '/api/v1/communities/pumps'],
      ['/api/v1/communities/{slug}/health', '/api/v1/communities/pumps/health?grain=week'],
      ['/api/v1/communities/{slug}/verdict', '/api/v1/communities/pumps/verdict?at=2025-04-30'],
      ['/api/v1/communities/{slug}/episodes', '/api/v1/communities/pumps/episodes?from=2025-03'],
    ]
    for (const [path, address] of paths) {
      const pointer = `openapi#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/get/responses/200/content/application~1json/schema`
      const answer = await get(address)
      expect(answer.status).toBe(200)
      const validate = ajv.compile({ $ref: pointer })
      expect(validate(answer.body) ? [] : validate.errors, path).toEqual([])
    }
  })
})

/** One line a series, a rule or a field, so that a difference can be read. */
const lineByLine = ({ metrics, verdicts, latest_verdict, ...rest }: Answer): string =>
  [
    rest,
    ...metrics.map(({ id, category, points }: Answer) => [
      id,
      category,
      ...points.map((p: Answer) => [
        p.period,
        p.value,
        p.numerator,
        p.denominator,
        p.n,
        p.low,
        p.high,
        p.status,
        p.reason,
        p.is_unfinished,
      ]),
    ]),
    ...verdicts.map(({ period, verdict, because }: Answer) => ({ period, verdict, because })),
    ...Object.entries(latest_verdict).flatMap(([name, value]) => (name === 'rules' ? (value as Answer[]) : [{ [name]: value }])),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')

describe('the golden report', () => {
  it('of a fixed community has not changed, down to the sentence', async () => {
    const golden = await addCommunity(db.pool, 'golden')
    const goldenKey = (await createKey(db.pool, { communityId: golden.community_id, name: 'test', scopes: ['ingest', 'read'], now: END }))
      .key
    const headers = { authorization: `Bearer ${goldenKey}`, 'content-type': 'application/x-ndjson' }
    const events = [
      ...generateEvents({
        archetype: 'mixed',
        seed: 3,
        members: 40,
        weeks: 30,
        contributionsPerWeek: 10,
        timeZone: 'Europe/Berlin',
        endAt: END,
      }),
    ]
    const stored = await fetch(`${address}/api/v1/events`, {
      method: 'POST',
      headers,
      body: events.map((event) => JSON.stringify(event)).join('\n'),
    })
    expect(stored.status).toBe(200)
    await refreshCommunity(db, golden.community_id, { now: END, rebuild: true })
    const answer = await fetch(`${address}/api/v1/communities/golden/health?from=2025-02&to=2025-06`, { headers })
    await expect(lineByLine((await answer.json()) as Answer)).toMatchFileSnapshot('golden-health-report.txt')
  })
})

// a listening server that refuses to close would hang the run
it('closes while a page is still listening', async () => {
  const extra = await fetch(`${address}/api/v1/communities/pumps/live`, { headers: { authorization: `Bearer ${key}` } })
  const reader = (extra.body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  const closed = once(app.server, 'close')
  await Promise.all([app.close(), closed])
  expect(app.server.listening).toBe(false)
  await reader.cancel().catch(() => {})
})
