import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addKey, addPerson, asBrowser, buildAccessApp, signIn, TEST_ORIGIN, TEST_SECRET, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import {
  MAX_ASK_LENGTH,
  reportCorrectionSchema,
  reportDraftSchema,
  reportListSchema,
  reportSettingsSchema,
} from '../../shared/contract/report-settings.ts'
import { valueReportSchema } from '../../shared/contract/value-report.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { readFrozen } from '../report/value/read-report.ts'
import { appendEvents } from '../store/append-events.ts'
import { createCommunity, findCommunity, type StoredCommunity, updateCommunity } from '../store/communities.ts'
import { reportSettingsRoutes } from './report-settings-routes.ts'
import { reportsRoutes } from './reports-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
const headers: Record<string, Record<string, string>> = {}
let here: TestCommunity
let clock = new Date('2026-03-10T12:00:00Z')
const now = () => clock
const PATH = '/api/v1/communities/here/reports'

const ask = (person: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  app.inject({ method, url, headers: headers[person] ?? {}, ...(payload === undefined ? {} : { payload }) })
const problemOf = (answer: { json: () => unknown }) => problemSchema.parse(answer.json())
const typeOf = (answer: { json: () => unknown }) => problemOf(answer).type.replace('/problems/', '')

type Sent = { id: string; type: string; at: string; by: string; to?: string; properties?: object }
const send = async (events: readonly Sent[], onConflict: 'report' | 'replace' = 'report') => {
  const rows = events.map(({ id, type, at, by, to, properties = {} }) => {
    const event = { id, source: 'forum', type, occurred_at: at, actor: { id: by }, thread_id: to ?? id, in_reply_to: to, properties }
    const { ok } = normaliseEvent(event, clock)
    if (!ok) throw new Error(`rejected ${id}`)
    return ok
  })
  await appendEvents(database, { communityId: here.community_id, rows, onConflict, dryRun: false, receivedAt: clock })
}
const refresh = () => refreshCommunity(database, here.community_id, { now: clock })
const questions = (month: string, count: number, prefix = 'q'): Sent[] =>
  Array.from({ length: count }, (_, i) => {
    const day = `${month}-${String(i + 1).padStart(2, '0')}`
    return [
      { id: `${prefix}-${day}`, type: 'question.asked', at: `${day}T09:00:00Z`, by: `asker ${i}` },
      { id: `a-${prefix}-${day}`, type: 'answer.posted', at: `${day}T11:00:00Z`, by: `helper ${i % 6}`, to: `${prefix}-${day}` },
    ]
  }).flat()

beforeAll(async () => {
  database = await createTestDatabase()
  const parts = { db: database, now, secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, requestRefresh: () => {}, requestDelivery: () => {} }
  app = await buildAccessApp({
    pool: database.pool,
    now,
    routes: async (fastify) => {
      await fastify.register(reportsRoutes(parts))
      await fastify.register(reportSettingsRoutes(parts))
    },
  })
  here = (await createCommunity(database, {
    slug: 'here',
    name: 'The guild',
    time_zone: 'Europe/Berlin',
    now: new Date('2025-12-20T12:00:00Z'),
  })) as StoredCommunity
  for (const [name, role] of Object.entries({ ana: 'manager', ben: 'manager', vic: 'viewer', sam: 'sponsor' } as const)) {
    await addPerson(database.pool, `${name}@example.org`, role, here)
    headers[name] = asBrowser(await signIn(app, database.pool, `${name}@example.org`))
  }
  headers.key = { authorization: `Bearer ${await addKey(database.pool, here, ['read'])}` }
  const story = { story: 'It saved my weekend.', consent: 'anonymous', hours_saved: 2 }
  await send([
    ...questions('2026-01', 12),
    ...questions('2026-02', 14),
    ...questions('2026-03', 4),
    { id: 'story', type: 'value.reported', at: '2026-02-20T09:00:00Z', by: 'asker 1', properties: story },
  ])
  await refresh()
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  clock = new Date('2026-03-10T12:00:00Z')
  for (const table of ['report_revision', 'report_draft', 'report_schedule', 'report_setting'])
    await database.pool.query(`delete from ${table} where community_id = $1`, [here.community_id])
})

const make = async (month: string, who = 'ana') => valueReportSchema.parse((await ask(who, 'POST', `${PATH}/${month}`, {})).json())

test('a report is made once, and by nobody a second time, however many try at once', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => ask(i % 2 ? 'ana' : 'ben', 'POST', `${PATH}/2026-02`, {})))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 200, 200, 201])
  expect(new Set(answers.map((answer) => JSON.stringify(valueReportSchema.parse(answer.json()).content))).size).toBe(1)
  const list = reportListSchema.parse((await ask('sam', 'GET', PATH)).json())
  expect(list).toMatchObject({ running_month: '2026-03', first_month: '2026-01', skipped: [] })
  expect(list.reports.map(({ month, revision }) => [month, revision])).toEqual([['2026-02', 1]])
})

test('what is frozen stays as it was read, whatever comes later, and a correction says what changed', async () => {
  const first = await make('2026-02')
  await send(questions('2026-02', 5, 'late'))
  await updateCommunity(database, here.community_id, { name: 'The other guild', time_zone: 'Asia/Tokyo' })
  await refresh()
  try {
    const read = valueReportSchema.parse((await ask('ana', 'GET', `${PATH}/2026-02`)).json())
    expect(read).toEqual(first)
    expect(read.content.community).toMatchObject({ name: 'The guild', time_zone: 'Europe/Berlin' })
    const plan = reportCorrectionSchema.parse((await ask('ana', 'GET', `${PATH}/2026-02/correction`)).json())
    expect(plan.changes).toContain('The community is called “The other guild” instead of “The guild”')
    expect(plan.changes.some((change) => / instead of /.test(change) && /\b19\b/.test(change))).toBe(true)
    const input = { reason: 'Mail of five days came late.', revision: 1 }
    const answers = await Promise.all(['ana', 'ben'].map((who) => ask(who, 'POST', `${PATH}/2026-02/revisions`, input)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    const corrected = valueReportSchema.parse((await ask('sam', 'GET', `${PATH}/2026-02`)).json())
    expect(corrected).toMatchObject({ revision: 2, last_revision: 2, made_by: null })
    expect(corrected.corrections).toEqual([
      { revision: 2, made_at: clock.toISOString(), reason: 'Mail of five days came late.', changes: plan.changes },
    ])
    // the first stays readable, and says that there is a later one
    const old = valueReportSchema.parse((await ask('sam', 'GET', `${PATH}/2026-02?revision=1`)).json())
    expect(old).toMatchObject({ revision: 1, last_revision: 2, content: first.content })
    expect(typeOf(await ask('sam', 'GET', `${PATH}/2026-02?revision=3`))).toBe('no-revision')
    expect(typeOf(await ask('ana', 'POST', `${PATH}/2026-02/revisions`, { reason: 'Again.', revision: 2 }))).toBe('nothing-to-correct')
    expect((await ask('ana', 'POST', `${PATH}/2026-02/revisions`, { reason: ' ', revision: 2 })).statusCode).toBe(400)
  } finally {
    await updateCommunity(database, here.community_id, { name: 'The guild', time_zone: 'Europe/Berlin' })
    await refresh()
  }
})

test('a story is gone from what is read once its teller takes the consent back, from the inputs too', async () => {
  const made = await make('2026-02')
  expect(made.content.stories.map(({ text }) => text)).toEqual(['It saved my weekend.'])
  await send([{ id: 'gone', type: 'content.deleted', at: '2026-03-09T09:00:00Z', by: 'asker 1', to: 'story' }])
  await refresh()
  const read = valueReportSchema.parse((await ask('sam', 'GET', `${PATH}/2026-02`)).json())
  expect(read).toMatchObject({ withdrawn_story_count: 1, content: { stories: [], ask: null } })
  const frozen = await readFrozen(database.pool, (await findCommunity(database, 'here')) as StoredCommunity, '2026-02')
  expect(JSON.stringify(frozen)).not.toContain('weekend')
  await database.pool.query(`delete from event where community_id = $1 and source_event_id = 'gone'`, [here.community_id])
})

test('a preview is kept nowhere, is not for sponsors, and shows what managers write to themselves alone', async () => {
  await ask('ana', 'PUT', `${PATH}/2026-03/draft`, { ask: 'Give us an hour a week.', story_keys: null, version: 0 })
  const seen = async (who: string) => (await ask(who, 'GET', `${PATH}/2026-03?preview=true`)).json()
  expect(await seen('ana')).toMatchObject({
    status: 'preview',
    revision: null,
    content: { ask: { text: 'Give us an hour a week.', by: 'ana' } },
  })
  expect(await seen('vic')).toMatchObject({ status: 'preview', content: { ask: null } })
  expect(await seen('key')).toMatchObject({ status: 'preview', content: { ask: null } })
  expect((await ask('sam', 'GET', `${PATH}/2026-03?preview=true`)).statusCode).toBe(403)
  expect(reportListSchema.parse((await ask('ana', 'GET', PATH)).json()).reports).toEqual([])
})

test('what is not there says what to do', async () => {
  const notMade = problemOf(await ask('ana', 'GET', `${PATH}/2026-02`))
  expect(notMade).toMatchObject({ type: '/problems/no-report', status: 404 })
  expect(notMade.detail).toContain('?preview=true')
  expect(problemOf(await ask('sam', 'GET', `${PATH}/2026-02`)).detail).not.toContain('preview')
  for (const [month, said] of [
    ['2026-03', 'is not over'],
    ['2026-04', 'has not begun'],
    ['2025-12', 'the first event is from January 2026'],
    ['0001-01', 'the first event is from January 2026'],
  ] as const) {
    const refused = await ask('ana', 'POST', `${PATH}/${month}`, {})
    expect([month, refused.statusCode, problemOf(refused).detail.includes(said)]).toEqual([month, 422, true])
  }
  for (const month of ['2025-13', '2025-00', '25-01', 'latest', '2025-1'])
    expect([month, (await ask('ana', 'GET', `${PATH}/${month}`)).statusCode]).toEqual([month, 400])
  expect((await ask('ana', 'GET', `${PATH}/0000-01?preview=true`)).statusCode).toBe(422)
  expect(typeOf(await ask('ana', 'POST', `${PATH}/2026-02/revisions`, { reason: 'Why', revision: 1 }))).toBe('no-report')
})

test('numbers that are being brought up to date are not frozen as they are', async () => {
  await send(questions('2026-02', 1, 'new'))
  const early = await ask('ana', 'POST', `${PATH}/2026-02`, {})
  expect([early.statusCode, typeOf(early), early.headers['retry-after']]).toEqual([503, 'numbers-waiting', '5'])
  await refresh()
  expect((await ask('ana', 'POST', `${PATH}/2026-02`, {})).statusCode).toBe(201)
})

test('two managers who write at once: the later is told what stands, and nothing is lost', async () => {
  const draft = (who: string, text: string, version: number) =>
    ask(who, 'PUT', `${PATH}/2026-03/draft`, { ask: text, story_keys: null, version })
  const answers = await Promise.all([draft('ana', 'One', 0), draft('ben', 'Two', 0), draft('ana', 'Three', 0)])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
  const stands = reportDraftSchema.parse((await ask('ana', 'GET', `${PATH}/2026-03/draft`)).json())
  const refused = problemOf(answers.find(({ statusCode }) => statusCode === 409) as { json: () => unknown })
  expect(refused.current).toMatchObject({ version: 1, ask: stands.ask, updated_by: stands.updated_by })
  expect((await draft('ben', 'Two', 1)).json()).toMatchObject({ version: 2, ask: 'Two', updated_by: 'ben' })
})

test('words that no page could show are refused, and what turns a text round is left out', async () => {
  const draft = (text: string) => ask('ana', 'PUT', `${PATH}/2026-03/draft`, { ask: text, story_keys: null, version: 0 })
  for (const text of ['a\0b', '\ud800', 'x'.repeat(MAX_ASK_LENGTH + 1), 'x'.repeat(10_000)])
    expect((await draft(text)).statusCode).toBe(400)
  const saved = await draft('  Fund \u202eit\u202c\r\n<b>now</b>\u0007 ')
  expect(saved.json()).toMatchObject({ ask: 'Fund it\n<b>now</b>', version: 1 })
  const story_keys = ['00000000-0000-4000-8000-000000000000']
  expect(typeOf(await ask('ana', 'PUT', `${PATH}/2026-03/draft`, { ask: null, story_keys, version: 1 }))).toBe('unknown-story')
  expect((await ask('ana', 'PUT', `${PATH}/2026-03/draft`, { ask: null, story_keys: ['x'], version: 1 })).statusCode).toBe(400)
})

test('what managers wrote goes into the report, and afterwards only into a correction of it', async () => {
  await ask('ben', 'PUT', `${PATH}/2026-02/draft`, { ask: 'Let Bo have a day for it.', story_keys: [], version: 0 })
  expect((await make('2026-02')).content).toMatchObject({ ask: { text: 'Let Bo have a day for it.', by: 'ben' }, stories: [] })
  const late = await ask('ben', 'PUT', `${PATH}/2026-02/draft`, { ask: 'Two days.', story_keys: null, version: 1 })
  expect([late.statusCode, typeOf(late)]).toEqual([409, 'report-made'])
  expect(problemOf(late).detail).toContain('correction')
  const corrected = await ask('ana', 'POST', `${PATH}/2026-02/revisions`, { reason: 'Two days.', revision: 1, ask: 'Two days.' })
  expect(corrected.json()).toMatchObject({ revision: 2, content: { ask: { text: 'Two days.', by: 'ana' } } })
})

test('settings are changed by the version that was seen, and say what comes next', async () => {
  const path = '/api/v1/communities/here/report-settings'
  const read = async () => reportSettingsSchema.parse((await ask('ana', 'GET', path)).json())
  expect(await read()).toMatchObject({ is_made: true, draft_days: 3, version: 0, next: { month: '2026-01' } })
  // what is due is made by the schedule, not by a test: as if it had been
  await make('2026-01')
  await database.pool.query('update report_revision set made_by = null where community_id = $1', [here.community_id])
  clock = new Date('2026-02-10T12:00:00Z')
  expect((await read()).next).toMatchObject({
    month: '2026-02',
    made_on: '2026-03-01',
    draft_on: '2026-02-26',
    waiting: null,
    is_silent: false,
  })
  expect((await ask('ana', 'PUT', path, { is_made: true, draft_days: 0, version: 0 })).json()).toMatchObject({
    version: 1,
    next: { draft_on: null },
  })
  expect(typeOf(await ask('ben', 'PUT', path, { is_made: false, draft_days: 5, version: 0 }))).toBe('report-settings-changed')
  expect((await ask('ben', 'PUT', path, { is_made: false, draft_days: 5, version: 1 })).json()).toMatchObject({ version: 2, next: null })
  for (const draft_days of [-1, 15, 2.5, '3'])
    expect((await ask('ana', 'PUT', path, { is_made: true, draft_days, version: 2 })).statusCode).toBe(400)
  expect((await ask('sam', 'GET', path)).statusCode).toBe(403)
})
