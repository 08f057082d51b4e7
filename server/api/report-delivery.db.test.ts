import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addCommunity,
  addKey,
  addPerson,
  asBrowser,
  buildAccessApp,
  signIn,
  someAddress,
  TEST_ORIGIN,
  TEST_SECRET,
  type TestCommunity,
} from '../../e2e/access-app.ts'
import { madeUpReport } from '../../e2e/made-up-report.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { ReportLink } from '../../shared/contract/report-link.ts'
import { MAX_TESTS_AN_HOUR, type Subscription } from '../../shared/contract/report-subscription.ts'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { addDraftMails, addReportMails } from '../jobs/report-mails.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { makeReportToken } from '../report/report-token.ts'
import { MONEY_HIDDEN } from '../report/value/hide-money.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { mySubscriptionRoutes } from './my-subscription-routes.ts'
import { reportLinksRoutes } from './report-links-routes.ts'
import { reportMailRoute } from './report-mail-route.ts'
import { reportSubscriptionsRoutes } from './report-subscriptions-routes.ts'
import { sharedReportsRoutes } from './shared-reports-routes.ts'
import { unsubscribeRoutes } from './unsubscribe-routes.ts'
import { webPages } from './web-pages.ts'

type Row = {
  mail_key: string
  to_address: string
  state: string
  subject: string
  text_body: string
  html_body: string
  headers: Record<string, string>
}

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let here: TestCommunity & ReportedCommunity
let webRoot: string
let clock = new Date('2026-01-10T12:00:00Z')
let deliveries = 0
const now = () => clock
const as: Record<string, Record<string, string>> = {}
const AT = '/api/v1/communities/here'

const ask = (
  who: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD',
  url: string,
  payload?: object,
): Promise<LightMyRequestResponse> =>
  app.inject({
    method,
    url,
    headers: who === 'nobody' ? {} : (as[who] as Record<string, string>),
    remoteAddress: someAddress(),
    ...(payload === undefined ? {} : { payload }),
  })
const typeOf = (answer: LightMyRequestResponse) => [answer.statusCode, answer.json().type]
const subscribe = async (address: string, more: object = {}) =>
  (await ask('manager', 'POST', `${AT}/subscriptions`, { address, ...more })).json<Subscription>()
const list = async () => (await ask('manager', 'GET', `${AT}/subscriptions`)).json<{ subscriptions: Subscription[] }>().subscriptions
const outbox = async (): Promise<Row[]> => (await database.pool.query<Row>('select * from outbox order by to_address, mail_key')).rows
const mailTo = async (address: string) => (await outbox()).find((row) => row.to_address === address) as Row
const pathIn = (text: string, start: string) =>
  (new RegExp(`${TEST_ORIGIN}(${start}[^\\s<>"]*)`).exec(text) as RegExpExecArray)[1] as string

const freeze = async (report: ValueReport) => {
  await database.pool.query(
    `insert into report_revision (community_id, month, revision, made_at, made_by, reason, changes, content, inputs)
     values ($1, $2, $3, $4, null, $5, $6, $7, '{}')`,
    [
      here.community_id,
      report.content.month,
      report.revision,
      report.made_at,
      report.revision === 1 ? null : 'an import was missing',
      JSON.stringify(report.revision === 1 ? null : ['Joined: 6 instead of 5.']),
      JSON.stringify(report.content),
    ],
  )
  return report
}
const send = (report: ValueReport) =>
  inTransaction(database.pool, (client) =>
    addReportMails(client, here, report, { secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now: now() }),
  )

beforeAll(async () => {
  database = await createTestDatabase()
  webRoot = mkdtempSync(join(tmpdir(), 'barnraise-web-'))
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Barnraise</title>')
  const parts = {
    db: database,
    pool: database.pool,
    now,
    secretKey: TEST_SECRET,
    baseUrl: TEST_ORIGIN,
    requestDelivery: () => void deliveries++,
  }
  app = await buildAccessApp({
    pool: database.pool,
    now,
    routes: async (fastify) => {
      for (const routes of [
        reportSubscriptionsRoutes,
        mySubscriptionRoutes,
        reportMailRoute,
        reportLinksRoutes,
        unsubscribeRoutes,
        sharedReportsRoutes,
      ])
        await fastify.register(routes(parts))
      await fastify.register(webPages({ root: webRoot }))
    },
  })
  const made = await addCommunity(database.pool, 'here')
  here = { ...made, name: 'Community here', time_zone: 'Europe/Berlin', is_demo: false, demo_note: null }
  for (const role of ['manager', 'sponsor', 'viewer'] as const) {
    await addPerson(database.pool, `${role}@example.org`, role, made)
    as[role] = asBrowser(await signIn(app, database.pool, `${role}@example.org`))
  }
  as.key = { authorization: `Bearer ${await addKey(database.pool, made, ['read'])}` }
})
afterAll(async () => {
  await app.close()
  await database.close()
  rmSync(webRoot, { recursive: true })
})

describe('the list of subscriptions', () => {
  it('knows an address however it is spelled, also with letters beyond ASCII', async () => {
    const first = await subscribe('  Jörg.Müller@Bücher.example ', { name: 'Jörg' })
    expect(first).toMatchObject({
      address: 'Jörg.Müller@Bücher.example',
      name: 'Jörg',
      state: 'active',
      is_own: false,
      created_by: 'manager',
    })
    // decomposed letters, capitals, and the domain as the name system spells it
    expect((await subscribe('JÖRG.MU\u0308LLER@xn--bcher-kva.example')).id).toBe(first.id)
    expect((await list()).map(({ id }) => id)).toEqual([first.id])
  })

  it.each([
    'ana',
    'ana@',
    '@example.org',
    'ana@localhost',
    'a b@example.org',
    'a@b@example.org',
    'ana@example.org, bo@example.org',
    'ana@1.2.3.4',
    'Ana <ana@example.org>',
    'ana@example.org\r\nBcc: bo@example.org',
    '"a b"@example.org',
    'ana..b@example.org',
    'ana@exa_mple.org',
    `${'a'.repeat(65)}@example.org`,
    'ana\u202e@example.org',
    'ana@example.org/x',
    'ana@-example.org',
    '',
  ])('refuses %j as an address', async (address) => {
    expect((await ask('manager', 'POST', `${AT}/subscriptions`, { address })).statusCode).toBe(400)
  })

  it('sends a test to that address alone, marked as one, and only a few an hour', async () => {
    const { id } = await subscribe('test@example.org')
    await freeze(madeUpReport())
    for (let i = 0; i < MAX_TESTS_AN_HOUR; i++)
      expect((await ask('manager', 'POST', `${AT}/subscriptions/${id}/test`)).statusCode).toBe(202)
    expect(deliveries).toBe(MAX_TESTS_AN_HOUR)
    const refused = await ask('manager', 'POST', `${AT}/subscriptions/${id}/test`)
    expect([...typeOf(refused), refused.headers['retry-after']]).toEqual([429, '/problems/too-many-tests', '3600'])
    const mails = await outbox()
    expect(mails.map(({ to_address }) => to_address)).toEqual(Array(MAX_TESTS_AN_HOUR).fill('test@example.org'))
    expect(mails[0]?.subject).toMatch(/^Test: /)
    for (const body of [mails[0]?.text_body, mails[0]?.html_body]) expect(body).toContain('This is a test')
    clock = new Date(clock.getTime() + 3_600_001)
    expect((await ask('manager', 'POST', `${AT}/subscriptions/${id}/test`)).statusCode).toBe(202)
    await database.pool.query('delete from outbox')
    await ask('manager', 'DELETE', `${AT}/subscriptions/${id}`)
  })

  it('is for those who run the community; others know of their own subscription alone', async () => {
    for (const who of ['sponsor', 'viewer', 'key']) expect((await ask(who, 'GET', `${AT}/subscriptions`)).statusCode).toBe(403)
    const before = (await ask('viewer', 'GET', `${AT}/my-subscription`)).json()
    expect(before).toEqual({ address: 'viewer@example.org', is_active: false, since: null, unsubscribed_at: null })
    const after = (await ask('viewer', 'PUT', `${AT}/my-subscription`)).json()
    expect(after).toEqual({ address: 'viewer@example.org', is_active: true, since: now().toISOString(), unsubscribed_at: null })
    expect((await list()).find(({ address }) => address === 'viewer@example.org')).toMatchObject({ is_own: true })
  })
})

describe('a report that is sent', () => {
  let report: ValueReport

  it('goes to everybody on the list, once, each with links of their own', async () => {
    await subscribe('boss@example.org', { name: 'The Boss' })
    report = await freeze(madeUpReport({ month: '2025-11', title: 'November 2025' }))
    expect(await send(report)).toBe(3)
    expect(await send(report)).toBe(0)
    const mails = await outbox()
    expect(mails.map(({ to_address }) => to_address).sort()).toEqual([
      'Jörg.Müller@Bücher.example',
      'boss@example.org',
      'viewer@example.org',
    ])
    const pages = mails.map(({ text_body }) => pathIn(text_body, '/r/'))
    expect(new Set(pages).size).toBe(3)
    for (const { html_body, text_body, headers } of mails) {
      expect(pathIn(html_body, '/r/')).toBe(pathIn(text_body, '/r/'))
      expect(headers['List-Unsubscribe']).toBe(`<${TEST_ORIGIN}${pathIn(text_body, '/unsubscribe/')}>`)
      expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
      expect(text_body.replace(/\s+/g, ' ')).toMatch(
        /You get this because (you asked for|manager put you on the list for) the monthly value report of/,
      )
    }
  })

  it('opens by the link in the mail, without signing in; a viewer who asked for it is not told what the community costs', async () => {
    const open = async (address: string) => {
      const token = pathIn((await mailTo(address)).text_body, '/r/').slice('/r/'.length)
      const answer = await ask('nobody', 'GET', `/api/v1/shared-reports/${token}`)
      return answer.json<{ report: ValueReport; expires_at: string | null }>()
    }
    const boss = await open('boss@example.org')
    expect(boss.expires_at).toBeNull()
    expect(boss.report.content.pays.break_even).toEqual(report.content.pays.break_even)
    expect((await open('viewer@example.org')).report.content.pays.break_even).toEqual({ sentence: MONEY_HIDDEN, figures: [] })
    expect((await mailTo('viewer@example.org')).html_body).toContain('What it costs is shown to')
    expect((await mailTo('boss@example.org')).html_body).not.toContain('What it costs is shown to')
  })

  it('shows what the mail server said where it would not take one', async () => {
    await database.pool.query(
      `update outbox set state = 'refused', answer = '550 <b>no such user</b>' where to_address = 'boss@example.org'`,
    )
    const boss = (await list()).find(({ address }) => address === 'boss@example.org')
    expect(boss).toMatchObject({ state: 'refused', refusal: { answer: '550 <b>no such user</b>', at: now().toISOString() } })
    // sent again by a person, and taken
    await database.pool.query(
      `insert into outbox (mail_key, community_id, kind, to_address, subject, text_body, html_body, headers, put_at, state, next_try_at, sent_at)
       select mail_key || ':again:1', community_id, kind, to_address, subject, text_body, html_body, headers, $1, 'sent', $1, $1
       from outbox where to_address = 'boss@example.org'`,
      [new Date(now().getTime() + 1000)],
    )
    expect((await list()).find(({ address }) => address === 'boss@example.org')).toMatchObject({ state: 'active', refusal: null })
  })

  it('says as a correction what it corrects', async () => {
    const corrected = madeUpReport(
      { month: '2025-11', title: 'November 2025' },
      {
        revision: 2,
        last_revision: 2,
        corrections: [
          { revision: 2, made_at: now().toISOString(), reason: 'An import was missing.', changes: ['Joined: 6 instead of 5.'] },
        ],
      },
    )
    await freeze(corrected)
    expect(await send(corrected)).toBe(3)
    const mail = (await outbox()).filter(
      ({ mail_key, to_address }) => to_address === 'boss@example.org' && mail_key.includes(':2025-11:2:'),
    )[0] as Row
    expect(mail.subject).toMatch(/^Corrected: /)
    for (const body of [mail.text_body, mail.html_body]) {
      expect(body.replace(/\s+/g, ' ')).toContain('It corrects the one before')
      expect(body).toContain('Joined: 6 instead of 5.')
    }
  })

  it('closes its links when the subscription is removed, and what waits is not sent', async () => {
    const { text_body } = await mailTo('boss@example.org')
    const token = pathIn(text_body, '/r/').slice('/r/'.length)
    const boss = (await list()).find(({ address }) => address === 'boss@example.org') as Subscription
    expect((await ask('manager', 'DELETE', `${AT}/subscriptions/${boss.id}`)).statusCode).toBe(204)
    expect(typeOf(await ask('nobody', 'GET', `/api/v1/shared-reports/${token}`))).toEqual([404, '/problems/no-shared-report'])
    const waiting = (await outbox()).filter(({ to_address, state }) => to_address === 'boss@example.org' && state === 'waiting')
    expect(waiting).toEqual([])
    expect((await ask('manager', 'DELETE', `${AT}/subscriptions/${boss.id}`)).statusCode).toBe(404)
  })

  it('goes to nobody who subscribed themself and may not see the community any more', async () => {
    const { rows } = await database.pool.query(
      `delete from role_grant where user_id = (select id from "user" where email = 'viewer@example.org') returning *`,
    )
    const token = pathIn((await mailTo('viewer@example.org')).text_body, '/r/').slice('/r/'.length)
    expect((await ask('nobody', 'GET', `/api/v1/shared-reports/${token}`)).statusCode).toBe(404)
    expect((await list()).map(({ address }) => address)).toEqual(['Jörg.Müller@Bücher.example'])
    const { role_grant_id, user_id, role, community_id, created_at } = rows[0]
    await database.pool.query(
      'insert into role_grant (role_grant_id, user_id, role, community_id, created_at) values ($1, $2, $3, $4, $5)',
      [role_grant_id, user_id, role, community_id, created_at],
    )
    expect((await ask('nobody', 'GET', `/api/v1/shared-reports/${token}`)).statusCode).toBe(200)
  })
})

describe('unsubscribing', () => {
  const path = async () => pathIn((await mailTo('Jörg.Müller@Bücher.example')).headers['List-Unsubscribe'] as string, '/unsubscribe/')
  const state = async () => (await list()).find(({ address }) => address.startsWith('Jörg'))?.state
  const post = async (body: string, type = 'application/x-www-form-urlencoded') =>
    // as a mail system posts: from elsewhere, without cookies
    app.inject({
      method: 'POST',
      url: await path(),
      headers: { 'content-type': type, 'sec-fetch-site': 'cross-site' },
      payload: body,
      remoteAddress: someAddress(),
    })

  it('does nothing when a scanner fetches the link', async () => {
    for (const method of ['HEAD', 'GET', 'GET'] as const) expect((await ask('nobody', method, await path())).statusCode).toBe(200)
    const page = await ask('nobody', 'GET', await path())
    expect(page.body).toContain('<form method="post">')
    expect(page.headers).toMatchObject({
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
    })
    expect(await state()).toBe('active')
  })

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'],
    ['application/x-www-form-urlencoded', 'end=yes'],
    ['application/json', '{"again":"yes"}'],
  ])('is done by one POST of %s, without cookies and without being sent on', async (type, body) => {
    const answer = await post(body, type)
    expect([answer.statusCode, answer.headers.location]).toEqual([200, undefined])
    expect(answer.body).toContain('You get no more of these mails')
    expect(await state()).toBe('unsubscribed')
    // a second time is as good
    expect((await post(body, type)).statusCode).toBe(200)
    expect((await post('again=yes')).body).toContain('You get the report again')
    expect(await state()).toBe('active')
  })

  it('cancels what waits, and holds until the person or a manager who knows better says otherwise', async () => {
    await post('List-Unsubscribe=One-Click')
    expect((await outbox()).filter(({ to_address }) => to_address.startsWith('Jörg')).every((row) => row.state === 'cancelled')).toBe(true)
    expect(await send(await freeze(madeUpReport({ month: '2025-10', title: 'October 2025' })))).toBe(1)
    const body = { address: 'jörg.müller@bücher.example' }
    expect(typeOf(await ask('manager', 'POST', `${AT}/subscriptions`, body))).toEqual([409, '/problems/said-no'])
    const { id } = (await list()).find(({ address }) => address.startsWith('Jörg')) as Subscription
    expect(typeOf(await ask('manager', 'POST', `${AT}/subscriptions/${id}/test`))).toEqual([409, '/problems/said-no'])
    // taken off the list, the address is forgotten and the no is not
    await ask('manager', 'DELETE', `${AT}/subscriptions/${id}`)
    expect((await database.pool.query('select address, name from report_subscription where removed_at is not null')).rows).toEqual([
      { address: null, name: null },
    ])
    expect(typeOf(await ask('manager', 'POST', `${AT}/subscriptions`, body))).toEqual([409, '/problems/said-no'])
    expect(await subscribe(body.address, { is_again: true })).toMatchObject({ state: 'active' })
    expect((await ask('nobody', 'GET', await path())).body).toContain('You are not on the list')
  })

  it('of one’s own is done and taken back on the page', async () => {
    expect((await ask('viewer', 'DELETE', `${AT}/my-subscription`)).json()).toMatchObject({
      is_active: false,
      unsubscribed_at: now().toISOString(),
    })
    expect((await ask('viewer', 'PUT', `${AT}/my-subscription`)).json()).toMatchObject({ is_active: true })
  })

  it.each(['/unsubscribe/x', '/unsubscribe/a.b.c', '/unsubscribe/%00', `/unsubscribe/${'x'.repeat(90)}`])(
    'knows nothing of %s',
    async (url) => {
      for (const method of ['GET', 'POST'] as const) expect((await ask('nobody', method, url)).statusCode).toBe(404)
    },
  )
})

describe('a link to a report', () => {
  const make = async (more: object = {}) =>
    (await ask('manager', 'POST', `${AT}/report-links`, { label: 'For the board', month: null, days: null, ...more })).json<ReportLink>()
  const read = (link: ReportLink, method: 'GET' | 'HEAD' = 'GET') =>
    ask('nobody', method, `/api/v1/shared-reports/${link.url.slice(`${TEST_ORIGIN}/r/`.length)}`)

  it('opens the latest report, or the month it was made for, in its last revision', async () => {
    const latest = await make()
    const november = await make({ month: '2025-11', days: 30 })
    expect((await read(latest)).json().report.content.month).toBe('2025-12')
    const answer = await read(november)
    expect(answer.json()).toMatchObject({
      expires_at: new Date(now().getTime() + 30 * 86_400_000).toISOString(),
      report: { revision: 2, made_by: null },
    })
    expect(Object.keys(answer.json()).sort()).toEqual(['expires_at', 'report'])
    expect(answer.headers).toMatchObject({
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
    })
    expect(typeOf(await ask('manager', 'POST', `${AT}/report-links`, { label: 'x', month: '2019-01', days: null }))).toEqual([
      422,
      '/problems/no-report',
    ])
  })

  it('is told apart by how often it was opened, by the day alone; a scanner’s HEAD is no opening', async () => {
    const link = await make()
    await read(link, 'HEAD')
    expect((await list_(link)).open_count).toBe(0)
    await read(link)
    await read(link)
    expect(await list_(link)).toMatchObject({ open_count: 2, last_opened_on: '2026-01-10' })
  })
  const list_ = async ({ id }: ReportLink) =>
    (await ask('manager', 'GET', `${AT}/report-links`)).json<{ links: ReportLink[] }>().links.find((one) => one.id === id) as ReportLink

  it('answers the same when it has ended, was revoked or never was', async () => {
    const [ending, revoked] = [await make({ days: 30 }), await make()]
    expect((await ask('manager', 'DELETE', `${AT}/report-links/${revoked.id}`)).statusCode).toBe(204)
    const before = clock
    clock = new Date(clock.getTime() + 30 * 86_400_000)
    const never = makeReportToken(TEST_SECRET, {
      of: 'link',
      communityId: here.community_id,
      linkId: '00000000-0000-4000-8000-000000000000',
    })
    const forged = makeReportToken(`${TEST_SECRET}!`, { of: 'link', communityId: here.community_id, linkId: ending.id })
    const answers = await Promise.all([
      read(ending),
      read(revoked),
      ...[never, forged, 'x', 'a.b.c.d', '%00'].map((token) => ask('nobody', 'GET', `/api/v1/shared-reports/${token}`)),
    ])
    expect((await list_(ending)).is_ended).toBe(true)
    clock = before
    expect(new Set(answers.map(({ statusCode, body, headers }) => JSON.stringify([statusCode, body, headers['x-robots-tag']]))).size).toBe(
      1,
    )
    expect(typeOf(answers[0] as LightMyRequestResponse)).toEqual([404, '/problems/no-shared-report'])
  })

  it('is made, seen and revoked by those who run the community alone', async () => {
    for (const who of ['sponsor', 'viewer', 'key']) {
      expect((await ask(who, 'GET', `${AT}/report-links`)).statusCode).toBe(403)
      expect((await ask(who, 'POST', `${AT}/report-links`, { label: 'x', month: null, days: null })).statusCode).toBe(403)
    }
  })

  it('is not found by search engines, and not told to where a reader goes next', async () => {
    const page = await ask('nobody', 'GET', new URL((await make()).url).pathname)
    expect(page.headers).toMatchObject({
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
    })
    expect((await ask('nobody', 'GET', '/c/here')).headers['x-robots-tag']).toBeUndefined()
    expect((await ask('nobody', 'GET', '/robots.txt')).body).toBe('User-agent: *\nDisallow: /r/\nDisallow: /v/\nDisallow: /unsubscribe/\n')
  })

  it('is not to be guessed at speed, whatever else is sent along', async () => {
    const remoteAddress = someAddress()
    const answers: number[] = []
    for (let i = 0; i < 61; i++)
      answers.push(
        (await app.inject({ url: '/api/v1/shared-reports/x', remoteAddress, headers: { authorization: `Bearer ${i}` } })).statusCode,
      )
    expect([answers[0], answers[59], answers[60]]).toEqual([404, 404, 429])
  })
})

describe('a draft', () => {
  it('goes to the managers, and to administrators only where there is none', async () => {
    const draft = madeUpReport(
      { month: '2026-01', title: 'January 2026', ask: null },
      { status: 'preview', revision: null, last_revision: null },
    )
    const put = () =>
      inTransaction(database.pool, (client) =>
        addDraftMails(client, here, draft, { secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now: now() }),
      )
    await addPerson(database.pool, 'admin@example.org', 'administrator', null)
    expect([await put(), await put()]).toEqual([1, 0])
    const mail = await mailTo('manager@example.org')
    expect(mail.subject).toContain('goes out on 1 February 2026')
    expect(mail.text_body).toContain(`${TEST_ORIGIN}/c/here/report?month=2026-01`)
    expect(mail.text_body).toContain('Nothing is asked of the sponsor so far')
    await database.pool.query(`delete from role_grant where role = 'manager'`)
    expect(await put()).toBe(1)
    expect(await mailTo('admin@example.org')).toBeDefined()
  })
})
