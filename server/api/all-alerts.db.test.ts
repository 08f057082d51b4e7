import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { alertContent } from '../../e2e/alert-content.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { ALERT_RULES, type AlertRuleId } from '../../shared/contract/alert.ts'
import { type AlertsOfCommunity, allAlertsSchema, budgetSchema } from '../../shared/contract/all-alerts.ts'
import { ruleOf } from '../alerts/catalogue.ts'
import { loadStrictness } from '../alerts/strictness.ts'
import type { RateOf } from '../alerts/watched-pairs.ts'
import { keepBudget } from '../jobs/budget-job.ts'
import { allAlertsRoutes } from './all-alerts-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let admin: Record<string, string>
let manager: Record<string, string>
let viewer: Record<string, string>
let [a, b]: TestCommunity[] = []
let judged: string[] = []
/** A tenth of a false alarm a year and more by rule, a quarter of it at twice the limits; those without limits as they are. */
const rate = (rule: AlertRuleId, strictness = 1) =>
  (0.1 + ALERT_RULES.indexOf(rule) / 10) * (ruleOf(rule).has_limits ? 0.25 ** (strictness - 1) : 1)
const rateOf: RateOf = (rule, strictness, swing) =>
  rule === 'verdict-drift'
    ? { a_year: 0, standard_error: null, of: 'not simulated' }
    : { a_year: rate(rule, strictness) * (swing ?? 1), standard_error: 0.01, of: '' }
const NOW = new Date('2026-03-04T12:00:00Z')
const one = () => a as TestCommunity
const two = () => b as TestCommunity

beforeAll(async () => {
  database = await createTestDatabase()
  const requestJudgement = (id: string) => void judged.push(id)
  app = await buildAccessApp({
    pool: database.pool,
    now: () => NOW,
    routes: allAlertsRoutes({ pool: database.pool, now: () => NOW, requestJudgement, rateOf }),
  })
  a = await addCommunity(database.pool, 'a')
  b = await addCommunity(database.pool, 'b')
  await addPerson(database.pool, 'ada@example.org', 'administrator', null)
  await addPerson(database.pool, 'ana@example.org', 'manager', a)
  await addPerson(database.pool, 'vic@example.org', 'viewer', a)
  const person = async (name: string) => asBrowser(await signIn(app, database.pool, `${name}@example.org`))
  ;[admin, manager, viewer] = [await person('ada'), await person('ana'), await person('vic')]
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  judged = []
  for (const table of ['alert_budget', 'alert_watch', 'alert_rule_setting', 'alert_notice', 'alert'])
    await database.pool.query(`delete from ${table}`)
})

const watch = (community: TestCommunity, rule: AlertRuleId, over: { judgedOn?: string; cannotJudge?: string; swing?: number } = {}) =>
  database.pool.query(
    `insert into alert_watch (community_id, rule_id, watched_from, judged_on, judged_at, judged_by, standing)
     values ($1, $2, '2025-02-24', $3, $4, '', $5)`,
    [
      community.community_id,
      rule,
      over.judgedOn ?? '2026-02-23',
      NOW,
      JSON.stringify({ statistic: 0.2, cannot_judge: over.cannotJudge ?? null, swing: over.swing ?? null, sentence: '' }),
    ],
  )
const alert = async (
  community: TestCommunity,
  rule: AlertRuleId,
  over: { state?: string; ruling?: string; began?: string; isHistory?: boolean } = {},
) => {
  const id = randomUUID()
  const began = over.began ?? '2026-01-05'
  await database.pool.query(
    `insert into alert (community_id, alert_id, rule_id, began_on, state, is_history, opened_at, ruling, ruled_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $7, 1)`,
    [community.community_id, id, rule, began, over.state ?? 'open', over.isHistory ?? false, NOW, over.ruling ?? null],
  )
  await database.pool.query(
    `insert into alert_notice (community_id, alert_id, notice, noticed_on, told_at, sent, recipient_count, content)
     values ($1, $2, 'began', $3, $4, 'sent', 1, $5)`,
    [community.community_id, id, began, NOW, JSON.stringify({ ...alertContent, rule, headline: `About ${rule}.` })],
  )
  return id
}
const readAll = async (headers = admin) => allAlertsSchema.parse((await app.inject({ url: '/api/v1/alerts', headers })).json())
const of = async (slug: string, headers = admin) =>
  (await readAll(headers)).communities.find((found) => found.slug === slug) as AlertsOfCommunity
const readBudget = async (headers = admin) => budgetSchema.parse((await app.inject({ url: '/api/v1/alert-budget', headers })).json())
const setBudget = (false_alarms: number | null, version: number) =>
  app.inject({ method: 'PUT', url: '/api/v1/alert-budget', headers: admin, payload: { false_alarms, version } })

it('counts as standing nothing that stood when the data ended, but what goes by the clock', async () => {
  await database.pool.query(
    `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision)
     values ($1, '2016-01-01', '2018-06-20T04:00:00Z', $2, 1)`,
    [one().community_id, NOW],
  )
  const stood = await alert(one(), 'decline', { began: '2018-04-02', isHistory: true })
  expect(await of('a')).toMatchObject({ standing: [], last: { alert_id: stood, stood_on: '2018-06-20', is_false: false } })
  await alert(one(), 'silent-feed')
  expect((await of('a')).standing.map(({ rule }) => rule)).toEqual(['silent-feed'])
  await database.pool.query('delete from community_state')
})

it('says what stands, what was told last, and what to expect, of what one may see', async () => {
  await watch(one(), 'answered-share')
  await watch(one(), 'silent-feed', { judgedOn: '2026-03-03' })
  await watch(one(), 'one-person', { cannotJudge: 'Too few answers.' })
  await watch(one(), 'newcomers-unanswered', { judgedOn: '2025-06-02' })
  await watch(two(), 'answered-share')
  const standing = await alert(one(), 'answered-share')
  await alert(one(), 'silent-feed', { began: '2026-02-02' })
  const called = await alert(two(), 'answered-share', { ruling: 'false_alarm' })
  // of which nobody was told, and which does not stand either
  await alert(two(), 'decline', { ruling: 'false_alarm', isHistory: true, began: '2026-02-02' })
  const found = await of('a')
  expect(found.standing.map(({ rule }) => rule)).toEqual(['silent-feed', 'answered-share'])
  expect(found).toMatchObject({ judged_count: 2, rule_count: 7, last: null })
  expect(found.watching).toBe(
    'Two of seven rules are judged; three are not judged yet, one cannot be judged so far, one has nothing new to judge.',
  )
  expect(found.expected).toBeCloseTo(rate('answered-share') + rate('silent-feed'), 12)
  // a fault of the feed is for who can mend it
  expect((await of('a', viewer)).standing.map(({ alert_id }) => alert_id)).toEqual([standing])
  expect(await of('a', viewer)).toMatchObject({ rule_count: 6, judged_count: 1 })
  expect((await readAll(manager)).communities.map(({ slug }) => slug)).toEqual(['a'])
  expect(await of('b')).toMatchObject({ standing: [], last: { alert_id: called, is_false: true, headline: 'About answered-share.' } })
})

it('holds what people said against what is stated, by the years each rule was watched', async () => {
  await watch(one(), 'answered-share')
  await watch(two(), 'answered-share')
  await alert(one(), 'answered-share', { ruling: 'false_alarm', state: 'passed' })
  await alert(one(), 'answered-share', { state: 'recovered', began: '2025-05-05', ruling: 'right' })
  await alert(one(), 'answered-share', { state: 'recovered', began: '2024-01-01', isHistory: true, ruling: 'false_alarm' })
  await alert(two(), 'answered-share', { state: 'recovered' })
  const { record } = await readAll()
  const years = (2 * 364) / 365.25
  expect(record).toMatchObject({ told: 3, ruled: 2, false_alarms: 1 })
  expect(record.years).toBeCloseTo(years, 12)
  expect(record.expected).toBeCloseTo(years * rate('answered-share'), 12)
  expect([record.low, record.high]).toEqual([expect.closeTo(0.0253, 4), expect.closeTo(5.5716, 4)])
})

it('sets limits by a budget, in communities and rules that have none of their own', async () => {
  await watch(one(), 'answered-share')
  await watch(two(), 'answered-share')
  await watch(two(), 'bulk-removal')
  await watch(two(), 'verdict-drift')
  await database.pool.query(
    `insert into alert_rule_setting (community_id, rule_id, is_on, strictness, version, updated_at) values ($1, 'answered-share', true, 1.5, 1, $2)`,
    [two().community_id, NOW],
  )
  const before = await readBudget()
  const usual = rate('answered-share') + rate('answered-share', 1.5) + rate('bulk-removal')
  expect(before).toMatchObject({
    false_alarms: null,
    strictness: 1,
    version: 0,
    own_count: 1,
    watched: { communities: 2, rules: 4 },
    unstated_count: 1,
  })
  expect(before.expected).toBeCloseTo(usual, 12)
  expect(before.steps[0]).toMatchObject({ strictness: 1, expected: before.expected })
  // within reach of one step, and not of none
  const aim = before.steps.find(({ expected }) => expected < before.expected) ?? before.steps.at(-1)
  const set = budgetSchema.parse((await setBudget(aim?.expected ?? 0, 0)).json())
  expect(set).toMatchObject({ strictness: aim?.strictness, version: 1, updated_by: 'ada', is_kept: true })
  expect(judged.sort()).toEqual([one().community_id, two().community_id].sort())
  const strict = (community: TestCommunity, rule: AlertRuleId) => loadStrictness(database.pool, community.community_id, rule)
  expect(await strict(one(), 'answered-share')).toBe(set.strictness)
  expect(await strict(two(), 'answered-share')).toBe(1.5)
  expect(await strict(two(), 'bulk-removal')).toBe(ruleOf('bulk-removal').has_limits ? set.strictness : 1)
  // what cannot be kept is said
  const over = budgetSchema.parse((await setBudget(0, 1)).json())
  expect(over).toMatchObject({ strictness: 2, is_kept: false })
  const stale = await setBudget(1, 1)
  expect(stale.statusCode).toBe(409)
  expect(stale.json()).toMatchObject({ current: { version: 2 } })
  expect(budgetSchema.parse((await setBudget(null, 2)).json())).toMatchObject({ strictness: 1, false_alarms: null })
  for (const bad of [-1, 1001, 'many']) expect((await setBudget(bad as number, 3)).statusCode).toBe(400)
})

it('becomes stricter by itself where more is watched, and looser only when it is saved', async () => {
  await watch(one(), 'answered-share')
  const { steps, expected } = await readBudget()
  await setBudget(expected, 0)
  expect(await keepBudget(database, NOW, rateOf)).toEqual([])
  await watch(two(), 'answered-share')
  expect((await keepBudget(database, NOW, rateOf)).length).toBe(2)
  const tightened = await readBudget()
  const double = steps.find((step) => 2 * step.expected <= expected) ?? steps.at(-1)
  expect(tightened).toMatchObject({ strictness: double?.strictness, version: 1, tightened_at: NOW.toISOString() })
  expect(await keepBudget(database, NOW, rateOf)).toEqual([])
  await database.pool.query('delete from alert_watch where community_id = $1', [two().community_id])
  expect(await keepBudget(database, NOW, rateOf)).toEqual([])
  expect((await readBudget()).strictness).toBe(tightened.strictness)
  await setBudget(expected, 1)
  expect(await readBudget()).toMatchObject({ strictness: 1, tightened_at: null })
})
