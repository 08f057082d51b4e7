import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addCommunity, addKey, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { charterSchema } from '../../shared/contract/charter.ts'
import { accountsSchema } from '../../shared/contract/facilitator.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { thresholdSchema, thresholdsSchema } from '../../shared/contract/threshold.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import type { EventRow } from '../ingest/event-row.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { generateEvents } from '../ingest/sources/synthetic/synthetic.ts'
import { isJudgedByNow } from '../diagnosis/judged-by.ts'
import { readVerdicts } from '../diagnosis/store-verdicts.ts'
import { THRESHOLDS } from '../diagnosis/thresholds.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { buildHealthReport } from '../report/health-report.ts'
import { appendEvents } from '../store/append-events.ts'
import { addFacilitator, listFacilitators } from '../store/facilitators.ts'
import { findCommunity, updateCommunity } from '../store/communities.ts'
import { charterRoutes } from './charter-routes.ts'
import { facilitatorsRoutes } from './facilitators-routes.ts'
import { thresholdsRoutes } from './thresholds-routes.ts'

const END = new Date('2025-06-15T12:00:00Z')
let now = END
let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let here: TestCommunity
let manager: Record<string, string>
let sponsor: Record<string, string>
let refreshed: string[] = []

const send = async (slug: string) => {
  const community = await addCommunity(db.pool, slug)
  const events = generateEvents({
    archetype: 'community',
    seed: 5,
    members: 25,
    weeks: 24,
    contributionsPerWeek: 9,
    timeZone: 'Europe/Berlin',
    endAt: END,
  })
  const rows = [...events].map((event) => (normaliseEvent(event, END) as { ok: EventRow }).ok)
  const batch = {
    communityId: community.community_id,
    batchId: randomUUID(),
    onConflict: 'report',
    dryRun: false,
    receivedAt: END,
  } as const
  await appendEvents(db, { ...batch, rows })
  await refreshCommunity(db, community.community_id, { now: END })
  return community
}

beforeAll(async () => {
  db = await createTestDatabase()
  const parts = { pool: db.pool, now: () => now, requestRefresh: (communityId: string) => void refreshed.push(communityId) }
  app = await buildAccessApp({
    pool: db.pool,
    now: () => now,
    routes: async (server) => {
      for (const routes of [charterRoutes, thresholdsRoutes, facilitatorsRoutes]) await server.register(routes(parts))
    },
  })
  here = await send('here')
  await addPerson(db.pool, 'manager@example.org', 'manager', here)
  manager = asBrowser(await signIn(app, db.pool, 'manager@example.org'))
  await addPerson(db.pool, 'sponsor@example.org', 'sponsor', here)
  sponsor = asBrowser(await signIn(app, db.pool, 'sponsor@example.org'))
})
afterAll(async () => {
  await app.close()
  await db.close()
})
beforeEach(async () => {
  refreshed = []
  now = END
  for (const table of ['threshold_setting', 'charter', 'facilitator'])
    await db.pool.query(`delete from ${table} where community_id = $1`, [here.community_id])
  if (!(await isJudgedByNow(db.pool, here.community_id))) await refreshCommunity(db, here.community_id, { now })
})

const at = (path: string) => `/api/v1/communities/here/${path}`
const set = (id: string, payload: unknown) =>
  app.inject({ method: 'PUT', url: at(`thresholds/${id}`), headers: manager, payload: payload as object })
const reset = (id: string) => app.inject({ method: 'DELETE', url: at(`thresholds/${id}`), headers: manager })
const list = async (headers = manager) => thresholdsSchema.parse((await app.inject({ url: at('thresholds'), headers })).json())
const settingOf = async (id: string) => (await list()).thresholds.find((one) => one.id === id)?.value
const declare = (payload: unknown, headers = manager) =>
  app.inject({ method: 'PUT', url: at('charter'), headers, payload: payload as object })
const charter = async (headers = manager) => charterSchema.parse((await app.inject({ url: at('charter'), headers })).json())
const verdicts = async () =>
  (
    await db.pool.query<{ at_on: string; verdict: Verdict; course: unknown }>(
      'select at_on, verdict, course from verdict_result where community_id = $1 order by at_on',
      [here.community_id],
    )
  ).rows
const measured = async () =>
  (
    await db.pool.query('select grain, from_on, points from period_result where community_id = $1 order by grain, from_on', [
      here.community_id,
    ])
  ).rows

describe('thresholds', () => {
  it('stand at their defaults, each with its rule, range and source', async () => {
    const { thresholds, is_judged_by_these } = await list(sponsor)
    expect(thresholds.map((one) => one.id)).toEqual(Object.keys(THRESHOLDS))
    expect(is_judged_by_these).toBe(true)
    expect(thresholds.find((one) => one.id === 'community_helpers')).toEqual({
      id: 'community_helpers',
      group: 'community',
      says: 'community: people who answered somebody at least',
      unit: 'people',
      value: 5,
      default_value: 5,
      least: 1,
      most: 1000,
      decimals: 0,
      is_adjustable: true,
      source: 'house rule',
      set_at: null,
    })
    expect(thresholds.filter((one) => !one.is_adjustable).map((one) => one.id)).toEqual(['dormant_recent_weeks', 'dormant_earlier_weeks'])
  })

  it('changed without any new event judge every month end anew, as a rebuild does, and measure nothing anew', async () => {
    const before = await verdicts()
    const points = await measured()
    expect(before.length).toBeGreaterThan(5)
    expect(before.at(-1)?.verdict.verdict).toBe('community')
    const answer = await set('community_helpers', { value: 40 })
    expect(answer.statusCode).toBe(200)
    expect(thresholdSchema.parse(answer.json())).toMatchObject({ value: 40, default_value: 5, set_at: END.toISOString() })
    expect(refreshed).toEqual([here.community_id])
    expect((await list()).is_judged_by_these).toBe(false)

    await refreshCommunity(db, here.community_id, { now })
    const after = await verdicts()
    expect((await list()).is_judged_by_these).toBe(true)
    expect(await measured()).toEqual(points)
    expect(after.map((one) => one.at_on)).toEqual(before.map((one) => one.at_on))
    for (const { verdict } of after) {
      expect(verdict.own_thresholds).toEqual([
        { id: 'community_helpers', says: 'community: people who answered somebody at least', unit: 'people', value: 40, default_value: 5 },
      ])
      const rule = verdict.rules.find((one) => one.id === 'community')
      expect(rule?.passed).toBe(false)
      expect(rule?.tests.find((one) => one.metric === 'helpers')?.threshold).toBe(40)
    }
    const community = await findCommunity(db, 'here')
    const report = await buildHealthReport(db.pool, community as never, { grain: 'month', from: '2025-03', to: '2025-05' }, now)
    expect(report.verdicts.map((one) => one.own_thresholds.length)).toEqual([1, 1, 1])
    expect(report.latest_verdict?.own_thresholds[0]?.value).toBe(40)

    await refreshCommunity(db, here.community_id, { now, rebuild: true })
    expect(await verdicts()).toEqual(after)

    expect((await reset('community_helpers')).statusCode).toBe(200)
    await refreshCommunity(db, here.community_id, { now })
    expect(await verdicts()).toEqual(before)
  })

  it('equal to the default are no setting', async () => {
    await set('enough_people', { value: 8 })
    await set('enough_people', { value: 5 })
    expect((await list()).thresholds.find((one) => one.id === 'enough_people')).toMatchObject({ value: 5, set_at: null })
    expect((await db.pool.query('select from threshold_setting')).rowCount).toBe(0)
  })

  it.each([
    ['blog_top_person', 0],
    ['blog_top_person', 100],
    ['blog_top_person', 50.5],
    ['blog_top_person', -1],
    ['blog_top_person', 1e308],
    ['blog_top_person', -1e308],
    ['enough_people', 5e-324],
    ['dormant_probability', 0],
    ['dormant_probability', 0.00011],
    ['workgroup_work_words', 0.04],
    ['standing_evaluations', 13],
  ])('refuse for %s the value %d, and name its range', async (id, value) => {
    const answer = await set(id, { value })
    expect(answer.statusCode).toBe(422)
    const [least, most] = THRESHOLDS[id as keyof typeof THRESHOLDS].range as readonly [number, number]
    expect(problemSchema.parse(answer.json())).toMatchObject({ type: '/problems/threshold-out-of-range', least, most })
    expect(refreshed).toEqual([])
    expect(await settingOf(id)).toBe(THRESHOLDS[id as keyof typeof THRESHOLDS].value)
  })

  it.each([[{ value: '50' }], [{ value: null }], [{}], [{ value: 50, note: 'x' }], ['{"value": NaN}'], ['{"value": 1e999}'], [[]]])(
    'refuse the body %j',
    async (payload) => {
      const headers = { ...manager, 'content-type': 'application/json' }
      const answer = await app.inject({ method: 'PUT', url: at('thresholds/blog_help'), headers, payload: payload as string })
      expect(answer.statusCode).toBe(400)
      expect(await settingOf('blog_help')).toBe(20)
    },
  )

  it('take both ends of a range', async () => {
    for (const value of [1, 1000]) expect((await set('community_helpers', { value })).statusCode).toBe(200)
    expect((await set('workgroup_artefact_words', { value: 0.55 })).statusCode).toBe(200)
    expect((await set('dormant_recent_contributions', { value: 0 })).statusCode).toBe(200)
    expect(await settingOf('dormant_recent_contributions')).toBe(0)
  })

  it.each(['no_such', 'constructor', '__proto__', 'community_helpers%00', '%F0%9F%A6%84'])('know no threshold %s', async (id) => {
    const answer = await set(id, { value: 5 })
    expect(answer.statusCode).toBe(404)
    expect(problemSchema.parse(answer.json()).type).toBe('/problems/unknown-threshold')
    expect((await reset(id)).statusCode).toBe(404)
  })

  it('refuse what is the same for all communities', async () => {
    const answer = await set('dormant_recent_weeks', { value: 9 })
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ type: '/problems/threshold-not-adjustable' })
  })

  it('refuse what contradicts another, also on the way back to a default', async () => {
    const refused = await set('community_top_answerer', { value: 61 })
    expect(refused.statusCode).toBe(422)
    expect(refused.json().detail).toContain('60\u00a0%')
    expect((await set('teaching_top_answerer', { value: 70 })).statusCode).toBe(200)
    expect((await set('community_top_answerer', { value: 65 })).statusCode).toBe(200)
    const back = await reset('teaching_top_answerer')
    expect(back.statusCode).toBe(422)
    expect(back.json().detail).toContain('65\u00a0%')
    expect(await settingOf('teaching_top_answerer')).toBe(70)
    await reset('community_top_answerer')
    expect((await reset('teaching_top_answerer')).statusCode).toBe(200)
  })

  it('set by two managers at once: none is lost, the last counts, and two that contradict are never both stored', async () => {
    const different = ['enough_people', 'community_helpers', 'blog_top_person', 'community_voices']
    await Promise.all(different.map((id) => set(id, { value: 7 })))
    expect((await list()).thresholds.filter((one) => one.set_at !== null).map((one) => one.id)).toHaveLength(4)
    await Promise.all([10, 11, 12, 13].map((value) => set('enough_people', { value })))
    expect([10, 11, 12, 13]).toContain(await settingOf('enough_people'))
    const [one, other] = await Promise.all([set('support_clear', { value: 70 }), set('support_leaning', { value: 75 })])
    expect([one.statusCode, other.statusCode].sort()).toEqual([200, 422])
  })

  it('are changed by managers alone, and read by a key', async () => {
    const url = at('thresholds/blog_help')
    expect((await app.inject({ method: 'PUT', url, headers: sponsor, payload: { value: 15 } })).statusCode).toBe(403)
    expect((await app.inject({ method: 'DELETE', url, headers: sponsor })).statusCode).toBe(403)
    const authorization = `Bearer ${await addKey(db.pool, here, ['read'])}`
    expect((await list({ authorization })).thresholds.length).toBeGreaterThan(30)
    expect((await app.inject({ method: 'PUT', url, headers: { authorization }, payload: { value: 15 } })).statusCode).toBe(403)
    expect(await settingOf('blog_help')).toBe(20)
  })
})

describe('the charter', () => {
  it('is declared, changed and taken back; the last word counts', async () => {
    expect(await charter(sponsor)).toEqual({ purpose: null, note: null, declared_at: null })
    expect((await declare({ purpose: 'newsletter', note: '  News of the guild  ' })).statusCode).toBe(200)
    expect(await charter(sponsor)).toEqual({ purpose: 'newsletter', note: 'News of the guild', declared_at: END.toISOString() })
    await declare({ purpose: 'community' })
    expect(await charter()).toMatchObject({ purpose: 'community', note: null })
    expect((await declare({ purpose: null })).json()).toEqual({ purpose: null, note: null, declared_at: null })
    expect(refreshed).toHaveLength(3)
  })

  it('is not overwritten by a change that was made of another', async () => {
    await declare({ purpose: 'newsletter' })
    const refused = await declare({ purpose: 'blog', made_of: null })
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({ type: '/problems/charter-changed', charter: { purpose: 'newsletter' } })
    expect((await charter()).purpose).toBe('newsletter')
    expect((await declare({ purpose: 'blog', made_of: (await charter()).declared_at })).statusCode).toBe(200)
    expect((await declare({ purpose: null, made_of: '2020-01-01T00:00:00.000Z' })).statusCode).toBe(409)
    expect((await charter()).purpose).toBe('blog')
    await declare({ purpose: null })
    // of several at once that were made of the same, one is kept
    const answers = await Promise.all(['blog', 'community', 'newsletter'].map((purpose) => declare({ purpose, made_of: null })))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
  })

  it('is what the next refresh judges the whole history by', async () => {
    await declare({ purpose: 'newsletter' })
    expect((await list()).is_judged_by_these).toBe(false)
    expect(await refreshCommunity(db, here.community_id, { now })).toMatchObject({ verdicts: (await verdicts()).length })
    expect((await list()).is_judged_by_these).toBe(true)
    const refreshedOnce = await verdicts()
    const intentions = async () => (await readVerdicts(db.pool, here.community_id, '2025-01-01', '2025-12-31')).map((one) => one.intention)
    expect(new Set((await intentions()).map((one) => one?.purpose))).toEqual(new Set(['newsletter']))
    expect((await intentions()).at(-1)).toMatchObject({ state: 'drifting' })
    await refreshCommunity(db, here.community_id, { now, rebuild: true })
    expect(await verdicts()).toEqual(refreshedOnce)
    await declare({ purpose: 'community' })
    await refreshCommunity(db, here.community_id, { now })
    expect((await intentions()).at(-1)).toMatchObject({ state: 'as_intended' })
    await declare({ purpose: null })
    await refreshCommunity(db, here.community_id, { now })
    expect(new Set(await intentions())).toEqual(new Set([null]))
  })

  it('keeps a note as it was written, whatever is in it, and takes an empty one for none', async () => {
    const note = `<script>alert(1)</script> '; drop table charter; -- ‮מגדל 🦄 ${'x'.repeat(900)}`
    await declare({ purpose: 'blog', note })
    expect((await charter()).note).toBe(note)
    await declare({ purpose: 'blog', note: ' \n ' })
    expect((await charter()).note).toBeNull()
  })

  it.each([
    [{ purpose: 'cult' }],
    [{ purpose: '' }],
    [{}],
    [{ purpose: 'blog', note: 'a\0b' }],
    [{ purpose: 'blog', note: '\ud800' }],
    [{ purpose: 'blog', note: 'x'.repeat(1001) }],
    [{ purpose: 'blog', note: 5 }],
    [{ purpose: null, note: 'about nothing' }],
    [{ purpose: 'blog', more: 1 }],
  ])('refuses %j', async (payload) => {
    expect((await declare(payload)).statusCode).toBe(400)
    expect(await charter()).toMatchObject({ purpose: null })
    expect(refreshed).toEqual([])
  })

  it('is declared by managers alone', async () => {
    expect((await declare({ purpose: 'blog' }, sponsor)).statusCode).toBe(403)
    expect((await charter()).purpose).toBeNull()
  })

  it('of two who declare at once the last counts, and nothing fails', async () => {
    const answers = await Promise.all(['blog', 'community', 'newsletter'].map((purpose) => declare({ purpose })))
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 200])
    expect(['blog', 'community', 'newsletter']).toContain((await charter()).purpose)
  })
})

describe('house rules', () => {
  it('stay when the community is renamed', async () => {
    await declare({ purpose: 'community', note: 'Help each other' })
    await set('community_helpers', { value: 6 })
    const { source, actor_id } = await someAccount()
    await addFacilitator(db.pool, { communityId: here.community_id, source, actorId: actor_id, now })
    await refreshCommunity(db, here.community_id, { now })
    const before = await verdicts()
    await updateCommunity(db, here.community_id, { name: 'Renamed' })
    await refreshCommunity(db, here.community_id, { now })
    expect(await verdicts()).toEqual(before)
    expect(await charter()).toMatchObject({ purpose: 'community', note: 'Help each other' })
    expect(await settingOf('community_helpers')).toBe(6)
    expect(await listFacilitators(db.pool, here.community_id)).toHaveLength(1)
  })

  it('of a community that is deleted meanwhile are refused as of one that is not there', async () => {
    const gone = await addCommunity(db.pool, 'gone')
    await addPerson(db.pool, 'gone@example.org', 'manager', gone)
    const headers = asBrowser(await signIn(app, db.pool, 'gone@example.org'))
    // deleted, and not yet told: whoever changes it now waits
    const client = await db.pool.connect()
    await client.query('begin')
    await client.query('delete from community where community_id = $1', [gone.community_id])
    const url = '/api/v1/communities/gone'
    const answers = [
      app.inject({ method: 'PUT', url: `${url}/thresholds/blog_help`, headers, payload: { value: 15 } }),
      app.inject({ method: 'PUT', url: `${url}/charter`, headers, payload: { purpose: 'blog' } }),
    ]
    let waiting = 0
    while (waiting < answers.length)
      waiting = (await db.pool.query("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"))
        .rowCount as number
    await client.query('commit')
    client.release()
    expect((await Promise.all(answers)).map((answer) => answer.statusCode)).toEqual([404, 404])
  })
})

const someAccount = async () =>
  (
    await db.pool.query<{ source: string; actor_id: string }>(
      'select source, source_actor_id as actor_id from identity where community_id = $1 and not is_bot order by 2 limit 1',
      [here.community_id],
    )
  ).rows[0] as { source: string; actor_id: string }

describe('choosing a person', () => {
  const find = async (query: string) => {
    const answer = await app.inject({ url: at(`accounts?${new URLSearchParams({ query })}`), headers: manager })
    expect(answer.statusCode).toBe(200)
    return accountsSchema.parse(answer.json()).accounts
  }

  it('finds accounts by a part of the name or id, and says who is named already', async () => {
    await db.pool.query(
      `insert into identity (community_id, identity_key, source, source_actor_id, display_name, person_id, is_bot)
       values ($1, $2, 'chat', 'u-100%', 'Zoë_Ž', $2, false), ($1, $3, 'chat', 'feed', 'Zoë feed', $3, true)`,
      [here.community_id, randomUUID(), randomUUID()],
    )
    expect(await find('zoë')).toEqual([{ source: 'chat', actor_id: 'u-100%', display_name: 'Zoë_Ž', is_facilitator: false }])
    expect(await find('100%')).toHaveLength(1)
    expect(await find('oë_')).toHaveLength(1)
    expect(await find('z%')).toEqual([])
    expect(await find('\\')).toEqual([])
    expect(await find("'; drop table identity; --")).toEqual([])
    const { source, actor_id } = await someAccount()
    await addFacilitator(db.pool, { communityId: here.community_id, source, actorId: actor_id, now })
    expect((await find(actor_id)).find((one) => one.actor_id === actor_id)?.is_facilitator).toBe(true)
  })

  it('gives at most twenty, and asks for a text', async () => {
    expect((await find('m')).length).toBeLessThanOrEqual(20)
    for (const query of ['', '?query=', '?query=%00'])
      expect((await app.inject({ url: at(`accounts${query}`), headers: manager })).statusCode).toBe(400)
    expect((await app.inject({ url: at('accounts?query=m'), headers: sponsor })).statusCode).toBe(403)
  })
})
