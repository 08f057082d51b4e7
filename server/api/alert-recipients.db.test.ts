import type { LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, someAddress, TEST_ORIGIN, TEST_SECRET } from '../../e2e/access-app.ts'
import { madeUpAlert, madeUpAlerts } from '../../e2e/made-up-alert.ts'
import { startMailServer } from '../../e2e/mail-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { AlertContent, AlertNotice } from '../../shared/contract/alert.ts'
import type { AlertRecipient, AlertRecipients } from '../../shared/contract/alert-recipient.ts'
import { MAX_TESTS_AN_HOUR } from '../../shared/contract/report-subscription.ts'
import { sendDueDigests } from '../jobs/alert-digests.ts'
import { makeAlertToken, makeToldToken } from '../jobs/alert-links.ts'
import { addAlertMails } from '../jobs/alert-mails.ts'
import { deliverOutbox } from '../jobs/deliver-outbox.ts'
import { hideSecrets } from '../mail/hide-secrets.ts'
import { createSmtpCarrier } from '../mail/smtp-carrier.ts'
import { messageId } from '../mail/compose-message.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { listDraftReaders } from '../store/draft-readers.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { alertLinkRoutes } from './alert-link-routes.ts'
import { alertRecipientsRoutes } from './alert-recipients-routes.ts'
import { alertTestRoute } from './alert-test-route.ts'
import { unsubscribeAlertsRoutes } from './unsubscribe-alerts-routes.ts'

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
let here: StoredCommunity
let there: StoredCommunity
let clock = new Date('2026-06-29T04:10:00Z')
const now = () => clock
const as: Record<string, Record<string, string>> = {}
const ids: Record<string, string> = {}
const AT = '/api/v1/communities/here/alert-recipients'
const ALERT = '5f0c0000-0000-4000-8000-000000000001'
const OTHER = '5f0c0000-0000-4000-8000-000000000002'
const THIRD = '5f0c0000-0000-4000-8000-000000000003'
const FIRST = '2026-06-22'

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
const post = (url: string, body: string, type = 'application/x-www-form-urlencoded') =>
  app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: body, remoteAddress: someAddress() })
const typeOf = (answer: LightMyRequestResponse) => [answer.statusCode, answer.json().type]
const list = async (who = 'manager') => (await ask(who, 'GET', AT)).json<AlertRecipients>()
const add = async (address: string, more: object = {}) => (await ask('manager', 'POST', AT, { address, ...more })).json<AlertRecipient>()
const setMe = (who: string, change: object) => ask(who, 'PUT', `${AT}/me`, { how: 'each', rules: null, version: 0, ...change })
const outbox = async (): Promise<Row[]> =>
  (
    await database.pool.query<Row>(
      `select *, replace(text_body, U&'\\00a0', ' ') as text_body from outbox order by put_at, to_address, mail_key`,
    )
  ).rows
const mailsTo = async (address: string) => (await outbox()).filter((row) => row.to_address === address)
const pathIn = (text: string, start: string) =>
  (new RegExp(`${TEST_ORIGIN}(${start}[^\\s<>"#]*)`).exec(text) as RegExpExecArray)[1] as string
const count = async (table: string) => Number((await database.pool.query(`select count(*) from ${table}`)).rows[0].count)
const alertNow = async (alertId = ALERT) =>
  (await database.pool.query('select ruling, ruling_note, ruled_by, version from alert where alert_id = $1', [alertId])).rows[0]
const snoozeNow = async () =>
  (
    await database.pool.query('select snoozed_until, snoozed_by, version from alert_rule_setting where community_id = $1', [
      here.community_id,
    ])
  ).rows[0]

/** As the judgement tells a notice: alert, notice and mails in one transaction. */
const tell = (content: AlertContent, { alertId = ALERT, of = here, audience = 'managers' as 'managers' | 'operators' } = {}) =>
  inTransaction(database.pool, async (client) => {
    await client.query(
      `insert into alert (community_id, alert_id, rule_id, began_on, state, is_history, opened_at, version) values ($1, $2, $3, $4, 'open', false, $5, 1)
       on conflict do nothing`,
      [of.community_id, alertId, content.rule, content.on, now()],
    )
    await client.query(
      `insert into alert_notice (community_id, alert_id, notice, noticed_on, told_at, sent, recipient_count, content)
       values ($1, $2, $3, $4, $5, 'sent', 0, $6) on conflict do nothing`,
      [of.community_id, alertId, content.notice, content.on, now(), JSON.stringify(content)],
    )
    const parts = { secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now: now() }
    return addAlertMails(client, of, { alert_id: alertId, content, audience }, parts)
  })
const contentOf = (notice: AlertNotice, on = FIRST): AlertContent => ({
  ...(madeUpAlerts().find((one) => one.notice === notice) as AlertContent),
  on,
})
const digests = (at: string) =>
  sendDueDigests({
    db: database,
    secretKey: TEST_SECRET,
    baseUrl: TEST_ORIGIN,
    now: new Date(at),
    onFailure: (error) => Promise.reject(error),
  })

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  const parts = { pool, now, secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, requestDelivery: () => {} }
  app = await buildAccessApp({
    pool,
    now,
    routes: async (fastify) => {
      for (const routes of [alertRecipientsRoutes, alertTestRoute, alertLinkRoutes, unsubscribeAlertsRoutes])
        await fastify.register(routes(parts))
    },
  })
  const stored = (made: { community_id: string; slug: string }): StoredCommunity => ({
    ...made,
    name: `Community ${made.slug}`,
    time_zone: 'Europe/Berlin',
    is_demo: false,
    demo_note: null,
    created_at: now(),
  })
  here = stored(await addCommunity(pool, 'here'))
  there = stored(await addCommunity(pool, 'there'))
  for (const role of ['manager', 'sponsor', 'viewer', 'administrator'] as const)
    ids[role] = await addPerson(pool, `${role}@example.org`, role, role === 'administrator' ? null : here)
  ids.both = await addPerson(pool, 'both@example.org', 'manager', there)
  for (const who of Object.keys(ids)) as[who] = asBrowser(await signIn(app, pool, `${who}@example.org`))
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  clock = new Date('2026-06-29T04:10:00Z')
  for (const table of ['outbox', 'alert_digest_entry', 'alert_notice', 'alert', 'alert_rule_setting', 'alert_recipient'])
    await database.pool.query(`delete from ${table}`)
})

describe('who is told', () => {
  it('is nobody at an address that mail can never reach, until they have set one', async () => {
    const userId = await addPerson(database.pool, 'administrator@barnraise.invalid', 'manager', here)
    const drafted = async () => (await listDraftReaders(database.pool, here.community_id)).map(({ email }) => email)
    const before = await drafted()
    await tell(contentOf('began'))
    expect((await outbox()).filter(({ to_address }) => to_address.endsWith('.invalid'))).toEqual([])
    expect(typeOf(await ask('manager', 'POST', `${AT}/u-${userId}/test`))).toEqual([422, '/problems/bad-address'])
    await database.pool.query(`update "user" set email = 'first@example.org' where id = $1`, [userId])
    expect(await drafted()).toEqual([...before, 'first@example.org'].sort())
    await tell(contentOf('recovered', '2026-09-07'))
    expect(await mailsTo('first@example.org')).toHaveLength(1)
    await database.pool.query('delete from "user" where id = $1', [userId])
  })

  it('by default: managers of what is for managers, administrators of what is for operators, and nobody else', async () => {
    expect(await tell(contentOf('began'))).toBe(1)
    expect(await tell(madeUpAlert({ rule: 'silent-feed' }), { alertId: OTHER, audience: 'operators' })).toBe(1)
    expect((await outbox()).map(({ to_address, mail_key }) => [to_address, mail_key])).toEqual([
      ['administrator@example.org', `alert:${OTHER}:began:${FIRST}:u-${ids.administrator}`],
      ['manager@example.org', `alert:${ALERT}:began:${FIRST}:u-${ids.manager}`],
    ])
    expect((await list()).recipients.map(({ address, is_by_default, rules }) => [address, is_by_default, rules.length])).toEqual([
      ['administrator@example.org', true, 1],
      ['manager@example.org', true, 6],
    ])
  })

  it('where nobody manages: the administrators; of a demonstration that nobody manages nobody', async () => {
    const alone = await addCommunity(database.pool, 'alone')
    const of = { ...here, ...alone, name: 'Alone' }
    expect(await tell(contentOf('began'), { of })).toBe(1)
    expect((await outbox()).map(({ to_address }) => to_address)).toEqual(['administrator@example.org'])
    await database.pool.query('update community set is_demo = true where community_id = $1', [alone.community_id])
    expect(await tell(madeUpAlert({ rule: 'one-person' }), { of, alertId: OTHER })).toBe(0)
    expect(await tell(madeUpAlert({ rule: 'silent-feed' }), { of, alertId: THIRD, audience: 'operators' })).toBe(0)
    await database.pool.query('delete from community where community_id = $1', [alone.community_id])
  })

  it('once each, however often it is told and by how many at once', async () => {
    await add('ana@example.org')
    await setMe('viewer', { how: 'digest' })
    const counts = await Promise.all([1, 2, 3].map(() => tell(contentOf('began'))))
    expect(counts.sort()).toEqual([0, 0, 3])
    expect(await outbox()).toHaveLength(2)
    expect(await count('alert_digest_entry')).toBe(1)
    expect(await tell(contentOf('clearly_worse', '2026-10-12'))).toBe(3)
    expect(await outbox()).toHaveLength(4)
  })

  it('follows what each chose, and which rules', async () => {
    expect((await setMe('manager', { how: 'none' })).json()).toMatchObject({ how: 'none', is_by_default: false, version: 1 })
    await setMe('sponsor', { rules: ['one-person', 'silent-feed'] })
    await setMe('viewer', {})
    expect(await tell(contentOf('began'))).toBe(1)
    expect(await tell(madeUpAlert({ rule: 'one-person' }), { alertId: OTHER })).toBe(2)
    expect((await outbox()).map(({ to_address }) => to_address).sort()).toEqual([
      'sponsor@example.org',
      'viewer@example.org',
      'viewer@example.org',
    ])
  })

  it('keeps what is as by default as that, so that it follows the role', async () => {
    const { me } = await list()
    expect((await setMe('manager', { how: 'digest', rules: me?.rules })).json().rules).toEqual(me?.rules)
    await add('ana@example.org', { rules: me?.rules })
    await add('ben@example.org', { rules: ['decline'] })
    const { rows } = await database.pool.query('select rules from alert_recipient order by address nulls first')
    expect(rows).toEqual([{ rules: null }, { rules: null }, { rules: ['decline'] }])
  })

  it('ends with the role', async () => {
    await setMe('viewer', {})
    await database.pool.query('update role_grant set community_id = $2 where user_id = $1', [ids.viewer, there.community_id])
    expect(await tell(contentOf('began'))).toBe(1)
    expect((await list()).recipients.map(({ address }) => address)).not.toContain('viewer@example.org')
    expect(await count('alert_recipient')).toBe(0)
    await database.pool.query('update role_grant set community_id = $2 where user_id = $1', [ids.viewer, here.community_id])
  })

  it('is one mail for an address that is on the list and has an account', async () => {
    await add('Viewer@Example.org')
    expect(await tell(contentOf('began'))).toBe(2)
    await setMe('viewer', {})
    expect(await tell(contentOf('recovered', '2026-07-27'))).toBe(2)
    expect((await outbox()).map(({ to_address }) => to_address).sort()).toEqual([
      'Viewer@Example.org',
      'manager@example.org',
      'manager@example.org',
      'viewer@example.org',
    ])
    // what the account says counts
    await setMe('viewer', { how: 'none', version: 1 })
    expect(await tell(contentOf('clearly_worse', '2026-10-12'))).toBe(1)
  })
})

describe('what stands in a mail', () => {
  it('is the same for a viewer as for a manager, but for their own links and why they get it', async () => {
    await setMe('viewer', {})
    await add('ana@example.org', { name: 'Ana Anders' })
    await tell(contentOf('began'))
    const bodies = await Promise.all(
      ['manager@example.org', 'viewer@example.org', 'ana@example.org'].map(async (to) => (await mailsTo(to))[0]),
    )
    const plain = bodies.map((mail) =>
      (mail?.text_body ?? '')
        .replace(/http:\S+\/(?:alert|unsubscribe-alerts)\/\S+/g, 'LINK')
        .replace(/You get this because[\s\S]*?\n\n/, ''),
    )
    const settings = /Choose what you are told[\s\S]*?\n\n/
    // who may only read says nothing of it
    expect(plain[1]).toBe(plain[0]?.replace(/Was it wrong[\s\S]*?LINK\n\nKnow it already[\s\S]*?LINK\n\n/, ''))
    // who has no account has nothing to choose there
    expect(plain[2]).toBe(plain[0]?.replace(settings, ''))
    for (const mail of bodies) {
      const others = ['manager@', 'viewer@', 'ana@', 'Ana Anders'].filter((one) => !mail?.to_address.startsWith(one))
      expect(others.filter((one) => `${mail?.text_body}${mail?.html_body}`.includes(one))).toEqual([])
    }
  })

  it('acts for nobody who only looks after mail', async () => {
    await tell(contentOf('began'))
    const [mail] = await mailsTo('manager@example.org')
    const shown = hideSecrets(mail?.text_body ?? '')
    for (const start of ['/alert/', '/unsubscribe-alerts/'])
      expect((await post(pathIn(shown, start), 'do=false_alarm')).statusCode).toBe(404)
    expect(await alertNow()).toMatchObject({ ruling: null })
    expect((await list()).me?.how).toBe('each')
  })
})

describe('the list', () => {
  it('is for managers; others see and set themselves alone', async () => {
    await add('ana@example.org', { name: 'Ana', how: 'digest', rules: ['decline'] })
    for (const who of ['sponsor', 'viewer']) {
      const seen = await list(who)
      expect([seen.recipients, seen.me?.address, seen.me?.how]).toEqual([[], `${who}@example.org`, 'none'])
      // nothing in it of anybody else
      expect(JSON.stringify(seen)).not.toMatch(/ana@|manager@|administrator@/)
      expect((await ask(who, 'POST', AT, { address: 'x@example.org' })).statusCode).toBe(403)
      expect((await ask(who, 'PUT', `${AT}/u-${ids.manager}`, { how: 'none', rules: null, version: 0 })).statusCode).toBe(403)
    }
    expect((await list()).recipients.find(({ name }) => name === 'Ana')).toMatchObject({
      how: 'digest',
      rules: ['decline'],
      created_by: 'manager',
      role: null,
    })
  })

  it('refuses what is no address, an unknown rule or way, and an id of nobody', async () => {
    for (const address of ['ana', 'a b@example.org', 'a@b', `${'x'.repeat(65)}@example.org`, 'a@example.org\r\nBcc: b@example.org'])
      expect((await ask('manager', 'POST', AT, { address })).statusCode).toBe(400)
    expect((await ask('manager', 'POST', AT, { address: 'a@example.org', how: 'none' })).statusCode).toBe(400)
    expect((await setMe('manager', { rules: ['weather'] })).statusCode).toBe(400)
    for (const id of [`u-${ids.both}`, 'r-5f0c0000-0000-4000-8000-00000000ffff', 'u-nobody'])
      expect(typeOf(await ask('manager', 'PUT', `${AT}/${id}`, { how: 'each', rules: null, version: 0 }))[0]).toBe(404)
    expect((await ask('manager', 'DELETE', `${AT}/u-${ids.manager}`)).statusCode).toBe(404)
  })

  it('answers 409 with what stands where somebody was faster', async () => {
    const ana = await add('ana@example.org')
    const change = (how: string, version: number) => ask('manager', 'PUT', `${AT}/${ana.id}`, { how, rules: null, version })
    expect((await change('digest', 1)).statusCode).toBe(200)
    const late = await change('none', 1)
    expect(typeOf(late)).toEqual([409, expect.stringMatching(/recipient-changed$/)])
    expect(late.json().current).toMatchObject({ how: 'digest', version: 2 })
  })

  it('does not sign up again who said no, by whatever way they come, unless the manager says that they want it', async () => {
    await add('ana@example.org')
    await tell(contentOf('began'))
    const path = pathIn((await mailsTo('ana@example.org'))[0]?.text_body ?? '', '/unsubscribe-alerts/')
    expect((await post(path, 'List-Unsubscribe=One-Click')).statusCode).toBe(200)
    const [ana] = (await list()).recipients.filter(({ address }) => address === 'ana@example.org')
    expect(ana).toMatchObject({ how: 'none', said_no_at: '2026-06-29T04:10:00.000Z' })
    expect((await mailsTo('ana@example.org'))[0]?.state).toBe('cancelled')
    expect(typeOf(await ask('manager', 'POST', AT, { address: 'ANA@example.org' }))).toEqual([409, expect.stringMatching(/said-no$/)])
    expect(typeOf(await ask('manager', 'PUT', `${AT}/${ana?.id}`, { how: 'each', rules: null, version: 2 }))[0]).toBe(409)
    expect(typeOf(await ask('manager', 'POST', `${AT}/${ana?.id}/test`))[0]).toBe(409)
    // taken off the list the no still holds, and nothing else is kept
    expect((await ask('manager', 'DELETE', `${AT}/${ana?.id}`)).statusCode).toBe(204)
    expect((await database.pool.query('select address, name, created_by from alert_recipient')).rows).toEqual([
      { address: null, name: null, created_by: null },
    ])
    expect(typeOf(await ask('manager', 'POST', AT, { address: 'ana@example.org' }))[0]).toBe(409)
    expect((await post(path, 'again=yes')).body).toContain('You are not on the list')
    // nor by an account with a role
    const userId = await addPerson(database.pool, 'ana@example.org', 'manager', here)
    expect(await tell(contentOf('recovered', '2026-07-27'))).toBe(1)
    await database.pool.query('delete from role_grant where user_id = $1', [userId])
    expect(await add('ana@example.org', { is_again: true })).toMatchObject({ how: 'each', said_no_at: null })
  })

  it('sends a test that says so, three an hour, to this address alone', async () => {
    const ana = await add('ana@example.org')
    for (let i = 0; i < MAX_TESTS_AN_HOUR; i++) expect((await ask('manager', 'POST', `${AT}/${ana.id}/test`)).statusCode).toBe(202)
    expect(typeOf(await ask('manager', 'POST', `${AT}/${ana.id}/test`))[0]).toBe(429)
    const mails = await outbox()
    expect(mails.map(({ to_address }) => to_address)).toEqual(['ana@example.org', 'ana@example.org', 'ana@example.org'])
    expect(mails[0]?.subject).toMatch(/^Test: /)
    expect(mails[0]?.text_body).toContain('made up')
    expect(mails[0]?.text_body).not.toContain('/alert/')
    expect(await count('alert')).toBe(0)
  })
})

describe('a mail on its way', () => {
  it('arrives with one-click headers and in the thread of the first; who refuses it is shown', async () => {
    await add('gone@example.org')
    await tell(contentOf('began'))
    clock = new Date('2026-06-30T04:10:00Z')
    await tell(contentOf('recovered', '2026-07-20'))
    const server = await startMailServer({ fate: (to) => (to.startsWith('gone') ? 'refuse recipient' : 'take') })
    const from = 'Barnraise <barn@example.org>'
    await deliverOutbox({
      pool: database.pool,
      carrier: createSmtpCarrier({ url: server.url, from }),
      now,
      random: () => 0.5,
      log: pino({ level: 'silent' }),
    }).done
    await server.close()
    const id = messageId(`alert:${ALERT}:began:${FIRST}:u-${ids.manager}`, from)
    const held = server.heldFor('manager@example.org').map(({ raw }) => raw.replace(/\r\n[ \t]+/g, ' '))
    const first = held.find((raw) => raw.includes(`Message-ID: ${id}`))
    const second = held.find((raw) => raw !== first)
    expect([held.length, first === undefined]).toEqual([2, false])
    expect(first).not.toMatch(/^(In-Reply-To|References):/m)
    expect(second).toContain(`In-Reply-To: ${id}`)
    expect(second).toContain(`References: ${id}`)
    for (const raw of [first, second]) {
      expect(raw).toMatch(/^List-Unsubscribe: <http:\/\/localhost:3000\/unsubscribe-alerts\/[\w.-]+>/m)
      expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    }
    const { recipients } = await list()
    expect(recipients.find(({ address }) => address === 'gone@example.org')?.refusal?.answer).toContain('mailbox unavailable')
    expect(recipients.find(({ address }) => address === 'manager@example.org')).toMatchObject({
      refusal: null,
      last_sent_at: '2026-06-30T04:10:00.000Z',
    })
  })
})

describe('what is said by a link', () => {
  const open = async (address = 'manager@example.org') => {
    await tell(contentOf('began'))
    return pathIn((await mailsTo(address))[0]?.text_body ?? '', '/alert/')
  }

  it('is said by a button, not by looking: scanners fetch every link', async () => {
    const path = await open()
    const page = await ask('nobody', 'GET', path)
    expect([page.statusCode, page.body.includes('This was a false alarm'), page.body.includes('Snooze for 4 weeks')]).toEqual([
      200,
      true,
      true,
    ])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    await ask('nobody', 'HEAD', path)
    await ask('nobody', 'GET', `${path}?done=false_alarm&do=false_alarm`)
    expect((await ask('nobody', 'GET', `${path}?done=false_alarm`)).body).not.toContain('Noted')
    expect(await alertNow()).toMatchObject({ ruling: null, version: 1 })
    expect(await snoozeNow()).toBeUndefined()
  })

  it('is counted once, by whom, and taken back', async () => {
    const path = await open()
    const done = await post(path, `do=false_alarm&note=${encodeURIComponent('A holiday\u202e <b>')}`)
    expect([done.statusCode, done.headers.location]).toEqual([303, `${path}?done=false_alarm`])
    expect(await alertNow()).toEqual({ ruling: 'false_alarm', ruling_note: 'A holiday <b>', ruled_by: ids.manager, version: 2 })
    await post(path, 'do=false_alarm')
    expect((await alertNow()).version).toBe(2)
    const shown = (await ask('nobody', 'GET', `${path}?done=false_alarm`)).body
    expect(shown).toContain('Noted: this was a false alarm.')
    expect(shown).toContain('You said on 29 June 2026 that this was a false alarm.')
    expect(shown).toContain('A holiday &lt;b&gt;')
    await post(path, 'do=right')
    expect(await alertNow()).toMatchObject({ ruling: 'right', ruling_note: null })
    await post(path, 'do=take_back')
    await post(path, 'do=take_back')
    expect(await alertNow()).toMatchObject({ ruling: null, ruled_by: null, version: 4 })
    expect((await ask('nobody', 'GET', `${path}?done=take_back`)).body).toContain('Taken back')
    expect((await post(path, 'do=drop')).statusCode).toBe(400)
    expect((await post(path, `do=right&note=${'x'.repeat(10_000)}`)).statusCode).toBe(303)
    expect((await alertNow()).ruling_note).toHaveLength(1000)
  })

  it('shows others who said it: a name, or that somebody did', async () => {
    await add('ana@example.org')
    await add('ben@example.org', { name: 'Ben <i>' })
    const path = await open()
    const link = async (address: string) => pathIn((await mailsTo(address))[0]?.text_body ?? '', '/alert/')
    await post(await link('ana@example.org'), 'do=right')
    expect((await ask('nobody', 'GET', path)).body).toContain('Somebody who was told of it said')
    await post(await link('ben@example.org'), 'do=false_alarm')
    expect((await ask('nobody', 'GET', path)).body).toContain('Ben &lt;i&gt; said')
    expect((await ask('nobody', 'GET', await link('ana@example.org'))).body).not.toContain('ben@')
  })

  it('is not for who may only read, also where they once managed it', async () => {
    await setMe('viewer', {})
    await tell(contentOf('began'))
    expect((await mailsTo('viewer@example.org'))[0]?.html_body).not.toContain('/alert/')
    const path = `/alert/${makeAlertToken(TEST_SECRET, { communityId: here.community_id, alertId: ALERT, recipientKey: `u-${ids.viewer}` })}`
    for (const answer of [await ask('nobody', 'GET', path), await post(path, 'do=snooze'), await post(path, 'do=right')])
      expect(answer.statusCode).toBe(403)
    expect([(await alertNow()).ruling, await snoozeNow()]).toEqual([null, undefined])
  })

  it('snoozes the rule for four weeks, once, and ends that', async () => {
    const path = await open()
    await post(path, 'do=snooze')
    expect(await snoozeNow()).toMatchObject({ snoozed_until: new Date('2026-07-27T04:10:00Z'), snoozed_by: ids.manager, version: 1 })
    clock = new Date('2026-07-06T00:00:00Z')
    await post(path, 'do=snooze')
    expect((await snoozeNow()).snoozed_until).toEqual(new Date('2026-07-27T04:10:00Z'))
    expect((await ask('nobody', 'GET', path)).body).toContain('You snoozed it on 29 June 2026. Until 27 July 2026 nobody is told')
    await post(path, 'do=unsnooze')
    expect((await snoozeNow()).snoozed_until).toBeNull()
    expect((await ask('nobody', 'GET', `${path}?done=unsnooze`)).body).toContain('The snooze is over')
  })

  it('is for links that are ours, of this purpose, whose recipient is still told, until a quarter after the end', async () => {
    const path = await open()
    const of = { communityId: here.community_id, alertId: ALERT, recipientKey: `u-${ids.manager}` }
    const foreign = [
      `${path.slice(0, -9)}${path.at(-9) === 'A' ? 'B' : 'A'}${path.slice(-8)}`,
      path.slice(0, -4),
      `/alert/${makeToldToken(TEST_SECRET, of)}`,
      `/alert/${makeAlertToken('another secret of thirty-two letters', of)}`,
      `/alert/${makeAlertToken(TEST_SECRET, { ...of, communityId: there.community_id })}`,
      `/alert/${makeAlertToken(TEST_SECRET, { ...of, alertId: OTHER })}`,
      `/alert/${makeAlertToken(TEST_SECRET, { ...of, recipientKey: `u-${ids.both}` })}`,
      '/alert/x',
    ]
    for (const one of foreign) {
      expect([one, (await ask('nobody', 'GET', one)).statusCode]).toEqual([one, 404])
      expect((await post(one, 'do=false_alarm')).statusCode).toBe(404)
    }
    expect(await alertNow()).toMatchObject({ ruling: null, version: 1 })
    await database.pool.query(`update alert set state = 'recovered', ended_on = '2026-07-20', closed_at = $1`, [
      new Date('2026-07-27T04:00:00Z'),
    ])
    clock = new Date('2026-10-25T03:00:00Z')
    expect((await ask('nobody', 'GET', path)).body).toContain('It has recovered since.')
    clock = new Date('2026-10-25T05:00:00Z')
    expect([(await ask('nobody', 'GET', path)).statusCode, (await post(path, 'do=right')).statusCode]).toEqual([410, 410])
  })
})

describe('the link that ends it', () => {
  it('does nothing when it is fetched; one click ends it; a digest or each can be had instead', async () => {
    await tell(contentOf('began'))
    const path = pathIn((await mailsTo('manager@example.org'))[0]?.text_body ?? '', '/unsubscribe-alerts/')
    expect((await ask('nobody', 'GET', path)).body).toContain('No more of these mails?')
    await ask('nobody', 'HEAD', path)
    expect((await list()).me?.how).toBe('each')
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
      expect((await post(path, 'List-Unsubscribe=One-Click', type)).body).toContain('You get no more of these mails')
      expect((await list()).me).toMatchObject({ how: 'none', version: 1 })
    }
    expect((await post(path, 'digest=yes')).body).toContain('You get a weekly digest')
    expect((await list()).me).toMatchObject({ how: 'digest', said_no_at: null })
    expect((await post(path, 'again=yes')).body).toContain('You get each alert as it comes')
    expect((await ask('nobody', 'GET', '/unsubscribe-alerts/x')).statusCode).toBe(404)
    expect((await post(path.replace('unsubscribe-alerts', 'alert'), 'do=right')).statusCode).toBe(404)
  })
})

describe('the weekly digest', () => {
  const MONDAY_7 = '2026-06-29T05:00:00Z'
  it('comes on Monday at seven where the community lives, once, and only with something to tell', async () => {
    await setMe('manager', { how: 'digest' })
    expect(await digests(MONDAY_7)).toBe(0)
    clock = new Date('2026-06-29T04:10:00Z')
    expect(await tell(contentOf('began'))).toBe(1)
    expect(await outbox()).toEqual([])
    expect(await digests('2026-06-29T04:59:59Z')).toBe(0)
    const counts = await Promise.all([digests(MONDAY_7), digests(MONDAY_7), digests('2026-06-29T05:00:07Z')])
    expect(counts.sort()).toEqual([0, 0, 1])
    expect(await digests('2026-07-06T05:00:00Z')).toBe(0)
    const [mail] = await outbox()
    expect(mail).toMatchObject({ mail_key: `alert-digest:2026-06-29:u-${ids.manager}`, to_address: 'manager@example.org' })
    expect(mail?.text_body).toContain('See what it rests on')
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  })

  it('leaves what was told after seven for the next, and makes up for downtime in one', async () => {
    await setMe('manager', { how: 'digest' })
    clock = new Date('2026-06-29T05:30:00Z')
    await tell(contentOf('began'))
    expect(await digests('2026-07-05T23:00:00Z')).toBe(0)
    clock = new Date('2026-07-13T04:10:00Z')
    await tell(contentOf('recovered', '2026-07-06'))
    // nothing ran for two Mondays
    expect(await digests('2026-07-15T12:00:00Z')).toBe(1)
    const [mail] = await outbox()
    expect(mail?.mail_key).toContain('2026-07-13')
    expect(mail?.text_body).toContain('Two things were noticed')
    expect(await digests('2026-07-20T12:00:00Z')).toBe(0)
  })

  it('is one over all communities, waits until it is seven in all of them, and tells what still stands', async () => {
    const { pool } = database
    await pool.query(`update community set time_zone = 'America/New_York' where community_id = $1`, [there.community_id])
    await pool.query(
      `insert into role_grant (role_grant_id, user_id, role, community_id, created_at) values (gen_random_uuid(), $1, 'manager', $2, now())`,
      [ids.both, here.community_id],
    )
    await setMe('both', { how: 'digest' })
    await pool.query(
      `insert into alert_recipient (community_id, recipient_id, user_id, how, created_at, version) values ($1, gen_random_uuid(), $2, 'digest', now(), 1)`,
      [there.community_id, ids.both],
    )
    clock = new Date('2026-06-24T04:10:00Z')
    await tell(contentOf('began', '2026-06-15'))
    clock = new Date('2026-06-29T10:10:00Z')
    await tell(madeUpAlert({ community: { ...there, time_zone: 'America/New_York' } }), { alertId: OTHER, of: there })
    expect(await digests('2026-06-29T10:59:00Z')).toBe(0)
    expect(await digests('2026-06-29T11:00:00Z')).toBe(1)
    expect((await mailsTo('both@example.org'))[0]?.text_body).toContain('Two things were noticed in two communities')
    // a week on, only one is told; the other still stands
    clock = new Date('2026-07-01T04:10:00Z')
    await tell(
      { ...contentOf('recovered', '2026-06-29'), community: { ...there, time_zone: 'America/New_York' } },
      { alertId: OTHER, of: there },
    )
    await tell(madeUpAlert({ rule: 'one-person', headline: 'A second thing' }), { alertId: THIRD })
    expect(await digests('2026-07-06T11:00:00Z')).toBe(1)
    const text = (await mailsTo('both@example.org'))[1]?.text_body ?? ''
    expect(text).toContain('Told before, and still so')
    const path = pathIn(text, '/unsubscribe-alerts/')
    expect((await ask('nobody', 'GET', path)).body).toContain('No more weekly digests?')
    expect((await post(path, 'List-Unsubscribe=One-Click')).statusCode).toBe(200)
    expect((await pool.query('select how from alert_recipient')).rows).toEqual([{ how: 'none' }, { how: 'none' }])
    // nor does one leave that waits, or again one that failed
    const left = await pool.query(`select distinct state, is_closed from outbox where kind = 'alert-digest'`)
    expect(left.rows).toEqual([{ state: 'cancelled', is_closed: true }])
    await pool.query('delete from role_grant where user_id = $1 and community_id = $2', [ids.both, here.community_id])
    await pool.query(`update community set time_zone = 'Europe/Berlin' where community_id = $1`, [there.community_id])
  })

  it('of an address without account is one over the communities it is on the list of; who said no, or lost the role, gets none', async () => {
    await add('ana@example.org', { how: 'digest' })
    await database.pool.query(
      `insert into alert_recipient (community_id, recipient_id, address_hash, address, how, created_at, version)
       select $1, gen_random_uuid(), address_hash, address, how, created_at, 1 from alert_recipient`,
      [there.community_id],
    )
    await setMe('viewer', { how: 'digest' })
    await setMe('sponsor', { how: 'digest' })
    await tell(contentOf('began'))
    await tell(contentOf('began'), { alertId: OTHER, of: there })
    await setMe('sponsor', { how: 'none', version: 1 })
    await database.pool.query('delete from role_grant where user_id = $1', [ids.viewer])
    expect(await digests(MONDAY_7)).toBe(1)
    expect((await mailsTo('ana@example.org')).map(({ text_body }) => text_body.includes('Two things'))).toEqual([true])
    expect(await count('alert_digest_entry')).toBe(2)
  })
})
