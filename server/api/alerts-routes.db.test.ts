import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { keepAlert, keepWatch } from '../../e2e/keep-alerts.ts'
import { madeUpAlert } from '../../e2e/made-up-alert.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import {
  type Alert,
  type Alerts,
  alertCourseSchema,
  ALERT_GRAINS,
  alertSchema,
  alertsSchema,
  OPERATOR_RULES,
  watchedRuleSchema,
} from '../../shared/contract/alert.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { rules } from '../alerts/catalogue.ts'
import { alertRulesRoutes } from './alert-rules-routes.ts'
import { alertSaysRoutes } from './alert-says-routes.ts'
import { alertsRoutes } from './alerts-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let ana: Record<string, string>
let ben: Record<string, string>
let sponsor: Record<string, string>
let viewer: Record<string, string>
let here: TestCommunity
let there: TestCommunity
const judgements: string[] = []
const NOW = '2026-03-02T12:00:00Z'
const now = () => new Date(NOW)

beforeAll(async () => {
  database = await createTestDatabase()
  const parts = { pool: database.pool, now, requestJudgement: (id: string) => void judgements.push(id) }
  app = await buildAccessApp({
    pool: database.pool,
    now,
    routes: async (fastify) => {
      for (const routes of [alertsRoutes, alertRulesRoutes, alertSaysRoutes]) await fastify.register(routes(parts))
    },
  })
  here = await addCommunity(database.pool, 'here')
  there = await addCommunity(database.pool, 'there')
  const person = async (name: string, role: 'manager' | 'sponsor' | 'viewer') => {
    await addPerson(database.pool, `${name}@example.org`, role, here)
    return asBrowser(await signIn(app, database.pool, `${name}@example.org`))
  }
  ana = await person('ana', 'manager')
  ben = await person('ben', 'manager')
  sponsor = await person('sam', 'sponsor')
  viewer = await person('vic', 'viewer')
})
afterAll(async () => {
  await app.close()
  await database.close()
})
let id: string
beforeEach(async () => {
  judgements.length = 0
  for (const table of ['alert', 'alert_rule_setting', 'alert_watch']) await database.pool.query(`delete from ${table}`)
  const notices = [{ on: '2026-02-16', notice: 'began' as const, content: madeUpAlert() }]
  id = await keepAlert(database.pool, here.community_id, now(), { rule: 'decline', began_on: '2026-02-16', notices })
  await keepWatch(database.pool, here.community_id, now(), {
    rule: 'decline',
    watched_from: '2025-03-03',
    judged_on: '2026-02-16',
    statistic: 1.2,
  })
})

const PATH = '/api/v1/communities/here/alerts'
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const ask = (method: Method, rest: string, payload?: object, headers = ana) =>
  app.inject({ method, url: `${PATH}${rest}`, headers, ...(payload === undefined ? {} : { payload }) })
const read = async (headers = ana): Promise<Alerts> => alertsSchema.parse((await ask('GET', '', undefined, headers)).json())
const alertOf = async (headers = ana): Promise<Alert> => (await read(headers)).alerts[0] as Alert
const ruleOf = async (rule: string, headers = ana) => (await read(headers)).rules.find((one) => one.rule === rule)
const setting = (payload: object, headers = ana) => ask('PUT', '/rules/decline', payload, headers)
const snooze = (payload: object, headers = ana) => ask('POST', '/rules/decline/snooze', payload, headers)
const rule = (payload: object, headers = ana) => ask('PUT', `/${id}/ruling`, payload, headers)

test('what is watched, how it stands and what it told come together', async () => {
  const { rules: watched, alerts, next_judged_at } = await read()
  expect(watched.map((one) => one.rule)).toEqual(rules.map((one) => one.id))
  expect(ALERT_GRAINS).toEqual(Object.fromEntries(rules.map((one) => [one.id, one.grain])))
  expect(watched.find((one) => one.rule === 'decline')).toMatchObject({
    state: 'standing',
    is_on: true,
    statistic: 1.2,
    strictness: 1,
    version: 0,
  })
  expect(watched.find((one) => one.rule === 'one-person')).toMatchObject({ state: 'not_judged_yet', statistic: null, judged_at: null })
  expect(alerts).toMatchObject([{ alert_id: id, state: 'open', notices: [{ notice: 'began', sent: 'sent', recipient_count: 2 }] }])
  // tomorrow at six, where the community lives
  expect(next_judged_at).toBe('2026-03-03T05:00:00.000Z')
})

test('where the data have ended the day is told, and not where a feed is only slow', async () => {
  const knownBy = (at: string) =>
    database.pool.query(
      `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision) values ($1, '2020-01-01', $2, $3, 1)
       on conflict (community_id) do update set known_by = excluded.known_by`,
      [here.community_id, at, now()],
    )
  expect((await read()).data_ended_on).toBeNull()
  // midnight in Berlin, four weeks and most of a day before: alive feeds are known up to their last refresh
  await knownBy('2026-02-03T12:00:00Z')
  expect((await read()).data_ended_on).toBeNull()
  await knownBy('2026-02-02T23:00:00Z')
  expect((await read()).data_ended_on).toBe('2026-02-02')
  await database.pool.query('delete from community_state')
})

test('sponsors and viewers read of the community, not of the feed, and not who said what', async () => {
  expect([...OPERATOR_RULES]).toEqual(rules.filter(({ audience }) => audience === 'operators').map((one) => one.id))
  await keepAlert(database.pool, here.community_id, now(), {
    rule: 'silent-feed',
    began_on: '2026-03-01',
    notices: [{ on: '2026-03-01', notice: 'began', content: madeUpAlert() }],
  })
  await ask('POST', `/${id}/acknowledgement`)
  await rule({ ruling: 'false_alarm', note: 'Ask Tom of sales', version: 2 })
  await snooze({ days: 7 })
  expect(await alertOf()).toMatchObject({ rule: 'silent-feed' })
  expect((await read()).alerts[1]).toMatchObject({ acknowledged: { by: 'ana' }, ruling: { by: 'ana', note: 'Ask Tom of sales' } })
  for (const headers of [sponsor, viewer]) {
    const shown = await read(headers)
    expect(shown.rules.map((one) => one.rule)).toEqual(rules.map((one) => one.id).filter((one) => !OPERATOR_RULES.includes(one)))
    expect(shown.alerts).toMatchObject([
      { alert_id: id, acknowledged: { by: null }, ruling: { ruling: 'false_alarm', by: null, note: null } },
    ])
    expect(shown.rules[0]?.snoozed).toMatchObject({ by: null })
    expect(JSON.stringify(shown)).not.toMatch(/"ana"|Tom/)
    expect((await ask('GET', '/rules/silent-feed/course', undefined, headers)).statusCode).toBe(403)
    for (const answer of [
      await setting({ is_on: false, strictness: null, version: 1 }, headers),
      await snooze({ days: 7 }, headers),
      await rule({ ruling: 'right', version: 3 }, headers),
      await ask('POST', `/${id}/acknowledgement`, undefined, headers),
    ])
      expect(answer.statusCode).toBe(403)
  }
})

test('a rule is set by the version that was seen, and judged anew', async () => {
  const first = await setting({ is_on: true, strictness: 1.4, version: 0 })
  expect(watchedRuleSchema.parse(first.json())).toMatchObject({ strictness: 1.4, own_strictness: 1.4, version: 1 })
  expect(judgements).toEqual([here.community_id])
  const late = await setting({ is_on: false, strictness: null, version: 0 }, ben)
  expect(late.statusCode).toBe(409)
  expect(problemSchema.parse(late.json())).toMatchObject({
    type: '/problems/alert-rule-changed',
    detail: 'ana changed this rule on 2 March 2026, 13:00, after you had opened it.',
    current: { own_strictness: 1.4, version: 1 },
  })
  expect((await setting({ is_on: false, strictness: null, version: 1 }, ben)).json()).toMatchObject({
    is_on: false,
    state: 'off',
    version: 2,
  })
  expect((await setting({ is_on: true, strictness: null, version: 7 })).statusCode).toBe(409)
  const answers = await Promise.all(Array.from({ length: 4 }, () => setting({ is_on: true, strictness: null, version: 2 })))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409])
})

test('settings that make no sense are refused', async () => {
  // what is no number is null in JSON, and null is the usual
  for (const strictness of [0, 0.79, 2.01, 'x', Number.NaN, Number.POSITIVE_INFINITY, -1, undefined])
    if (typeof strictness !== 'number' || Number.isFinite(strictness))
      expect((await setting({ is_on: true, strictness, version: 0 })).statusCode, String(strictness)).toBe(400)
  for (const wrong of [{}, { is_on: 'yes', strictness: null, version: 0 }, { is_on: true, strictness: null, version: -1 }])
    expect((await setting(wrong)).statusCode).toBe(400)
  const limitless = rules.find(({ has_limits }) => !has_limits)
  const answer = await ask('PUT', `/rules/${limitless?.id}`, { is_on: true, strictness: 1.2, version: 0 })
  expect([answer.statusCode, answer.json().type]).toEqual([422, '/problems/no-limits'])
  expect((await ask('PUT', '/rules/everything', { is_on: true, strictness: null, version: 0 })).statusCode).toBe(400)
  expect(await ruleOf('decline')).toMatchObject({ version: 0 })
  expect(judgements).toEqual([])
})

test('a rule is snoozed for days or until a time, and told of again', async () => {
  expect((await snooze({ days: 7 })).json()).toMatchObject({
    snoozed: { until: '2026-03-09T12:00:00.000Z', at: '2026-03-02T12:00:00.000Z', by: 'ana' },
  })
  expect((await snooze({ until: '2026-04-01T00:00:00+02:00' }, ben)).json()).toMatchObject({
    is_on: true,
    snoozed: { until: '2026-03-31T22:00:00.000Z', by: 'ben' },
  })
  for (const until of ['2026-03-02T12:00:00Z', '2020-01-01T00:00:00Z', '2027-06-01T00:00:00Z'])
    expect((await snooze({ until })).statusCode, until).toBe(422)
  for (const wrong of [
    {},
    { days: 0 },
    { days: 367 },
    { days: 1.5 },
    { until: 'tomorrow' },
    { until: '2026-04-01T00:00:00' },
    { days: 7, until: '2026-04-01T00:00:00Z' },
  ])
    expect((await snooze(wrong)).statusCode, JSON.stringify(wrong)).toBe(400)
  expect((await ask('DELETE', '/rules/decline/snooze')).json()).toMatchObject({ snoozed: null })
  expect(judgements).toHaveLength(3)
  // one that is over is none
  await database.pool.query(`update alert_rule_setting set snoozed_until = '2026-03-01'`)
  expect(await ruleOf('decline')).toMatchObject({ snoozed: null })
})

test('that somebody looks at it is said once, and taken back', async () => {
  expect(alertSchema.parse((await ask('POST', `/${id}/acknowledgement`)).json())).toMatchObject({ acknowledged: { by: 'ana' }, version: 2 })
  expect((await ask('POST', `/${id}/acknowledgement`, undefined, ben)).json()).toMatchObject({ acknowledged: { by: 'ana' }, version: 2 })
  expect((await ask('DELETE', `/${id}/acknowledgement`)).json()).toMatchObject({ acknowledged: null, version: 3 })
})

test('whether it was right is said by the version that was seen, and counted', async () => {
  expect((await rule({ ruling: 'false_alarm', note: '  A holiday.  ', version: 1 })).json()).toMatchObject({
    ruling: { ruling: 'false_alarm', note: 'A holiday.', by: 'ana', at: '2026-03-02T12:00:00.000Z' },
    version: 2,
  })
  const late = await rule({ ruling: 'right', version: 1 }, ben)
  expect(late.statusCode).toBe(409)
  expect(problemSchema.parse(late.json())).toMatchObject({
    type: '/problems/alert-changed',
    current: { version: 2, ruling: { ruling: 'false_alarm' } },
  })
  expect((await ruleOf('decline'))?.record).toMatchObject({
    told: 1,
    false_alarms: 1,
    right: 0,
    sentence: expect.stringContaining('Told once in a year; it was called a false alarm.'),
  })
  expect((await ask('DELETE', `/${id}/ruling?version=1`)).statusCode).toBe(409)
  expect((await ask('DELETE', `/${id}/ruling?version=2`)).json()).toMatchObject({ ruling: null, version: 3 })
})

test('hostile notes come back as they were written, long ones are refused', async () => {
  const note = `<img src=x onerror=alert(1)> '; drop table alert; -- =cmd|' /C calc'!A0 \u202egnp`
  expect((await rule({ ruling: 'right', note, version: 1 })).json()).toMatchObject({ ruling: { note } })
  for (const wrong of [
    { ruling: 'right', note: 'x'.repeat(10_000), version: 2 },
    { ruling: 'right', note: 'a\0b', version: 2 },
    { ruling: 'right', note: '\ud800', version: 2 },
    { ruling: 'maybe', version: 2 },
    { ruling: null, version: 2 },
    { ruling: 'right', version: 0 },
    { ruling: 'right' },
  ])
    expect((await rule(wrong)).statusCode, JSON.stringify(wrong).slice(0, 60)).toBe(400)
})

test('an alert of another community, and one there never was, are none', async () => {
  const other = await keepAlert(database.pool, there.community_id, now(), {
    rule: 'decline',
    began_on: '2026-02-16',
    notices: [{ on: '2026-02-16', notice: 'began', content: madeUpAlert() }],
  })
  for (const strange of [other, '00000000-0000-4000-8000-000000000000']) {
    expect((await ask('POST', `/${strange}/acknowledgement`)).statusCode).toBe(404)
    expect((await ask('PUT', `/${strange}/ruling`, { ruling: 'right', version: 1 })).statusCode).toBe(404)
    expect((await ask('DELETE', `/${strange}/ruling?version=1`)).statusCode).toBe(404)
  }
  expect((await ask('POST', '/nonsense/acknowledgement')).statusCode).toBe(400)
  const { rows } = await database.pool.query('select version, acknowledged_at from alert where community_id = $1', [there.community_id])
  expect(rows).toEqual([{ version: 1, acknowledged_at: null }])
})

test('a course of a community of which nothing is known is empty, and odd limits are refused', async () => {
  const course = alertCourseSchema.parse((await ask('GET', '/rules/decline/course')).json())
  expect(course).toMatchObject({ rule: 'decline', strictness: 1, periods: [], alerts: [], years: 0, cannot_judge: 'Nothing is known yet.' })
  expect((await ask('GET', '/rules/decline/course?strictness=1.234')).json()).toMatchObject({ strictness: 1.23 })
  for (const strictness of ['0', 'NaN', 'x', '', '0.79', '2.1', 'Infinity'])
    expect((await ask('GET', `/rules/decline/course?strictness=${strictness}`)).statusCode, strictness).toBe(400)
  const limitless = rules.find(({ has_limits }) => !has_limits)?.id
  expect((await ask('GET', `/rules/${limitless}/course?strictness=1.2`)).statusCode).toBe(422)
  expect((await ask('GET', '/rules/everything/course')).statusCode).toBe(400)
})
