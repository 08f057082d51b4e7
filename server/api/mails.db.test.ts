import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, TEST_SECRET, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { type Mail, mailSchema, mailsSchema, mailTextSchema } from '../../shared/contract/mail.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { makeToken } from '../report/signed-token.ts'
import { type MailKind, putInOutbox } from '../store/outbox.ts'
import { takeBackMails } from '../store/outbox-list.ts'
import { mailsRoutes } from './mails-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let manager: Record<string, string>
let elsewhere: Record<string, string>
let administrator: Record<string, string>
let here: TestCommunity
let there: TestCommunity
let asked = 0
const NOW = new Date('2026-03-01T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  const parts = { pool: database.pool, now: () => NOW, hasMailServer: true, requestDelivery: () => void asked++ }
  app = await buildAccessApp({ pool: database.pool, now: parts.now, routes: mailsRoutes(parts) })
  here = await addCommunity(database.pool, 'here')
  there = await addCommunity(database.pool, 'there')
  const person = async (email: string, role: 'manager' | 'administrator', community: TestCommunity | null) => {
    await addPerson(database.pool, email, role, community)
    return asBrowser(await signIn(app, database.pool, email))
  }
  manager = await person('ana@example.org', 'manager', here)
  elsewhere = await person('eve@example.org', 'manager', there)
  administrator = await person('ada@example.org', 'administrator', null)
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  asked = 0
  await database.pool.query('delete from outbox')
})

const PATH = '/api/v1/communities/here/mails'
type Put = { key: string; kind?: MailKind; state?: string; in?: TestCommunity | null; to?: string; html?: string; minute?: number }
const put = async ({
  key,
  kind = 'value-report',
  state = 'waiting',
  in: place = here,
  to = 'sam@example.org',
  html = '',
  minute = 0,
}: Put) => {
  const mail = {
    mail_key: key,
    community_id: place?.community_id ?? null,
    kind,
    to: { address: to, name: 'Sam' },
    subject: key,
    text: html,
    html,
  }
  await putInOutbox(database.pool, mail, new Date(NOW.getTime() + minute * 60_000))
  await database.pool.query('update outbox set state = $2 where mail_key = $1', [key, state])
  const { rows } = await database.pool.query<{ mail_id: string }>('select mail_id from outbox where mail_key = $1', [key])
  return rows[0]!.mail_id
}
const list = async (query = '', headers = manager, path = PATH) =>
  mailsSchema.parse((await app.inject({ url: `${path}${query}`, headers })).json())
const post = (id: string, what: 'resend' | 'cancel', headers = manager, path = PATH) =>
  app.inject({ method: 'POST', url: `${path}/${id}/${what}`, headers })

test('managers see the mail of their community alone, administrators all of it, the newest first', async () => {
  await put({ key: 'one' })
  await put({ key: 'two', state: 'handing_over', minute: 1 })
  await put({ key: 'other', in: there, minute: 2 })
  await put({ key: 'of several', in: null, state: 'sent', minute: 3 })
  const own = await list()
  expect(own.mails.map(({ subject, state }) => [subject, state])).toEqual([
    ['two', 'sending'],
    ['one', 'waiting'],
  ])
  expect(own).toMatchObject({ counts: { waiting: 1, sending: 1 }, next: null, has_server: true })
  const all = await list('', administrator, '/api/v1/mails')
  expect(all.mails.map(({ subject, community }) => [subject, community?.slug])).toEqual([
    ['of several', undefined],
    ['other', 'there'],
    ['two', 'here'],
    ['one', 'here'],
  ])
  expect((await list('?state=sent', administrator, '/api/v1/mails')).mails.map(({ subject }) => subject)).toEqual(['of several'])
})

test('a mail of another community cannot be read, sent again or taken back', async () => {
  const id = await put({ key: 'one', state: 'refused' })
  for (const answer of [
    await app.inject({ url: `/api/v1/communities/there/mails/${id}`, headers: elsewhere }),
    await post(id, 'resend', elsewhere, '/api/v1/communities/there/mails'),
    await post(id, 'cancel', elsewhere, '/api/v1/communities/there/mails'),
  ])
    expect([answer.statusCode, problemSchema.parse(answer.json()).type]).toEqual([404, '/problems/unknown-mail'])
})

test('pages of fifty follow each other without a gap, also where many came at once', async () => {
  for (let n = 0; n < 120; n++) await put({ key: `mail ${n}`, minute: n % 3 })
  const seen: string[] = []
  let next: string | null = null
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(next === null ? '' : `?before=${next}`)
    seen.push(...page.mails.map(({ subject }) => subject))
    next = page.next
  } while (next !== null)
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
})

test.each(['refused', 'uncertain', 'cancelled'])('a mail that is %s is sent again once, whoever presses twice', async (state) => {
  const id = await put({ key: 'report', state })
  const answers = await Promise.all([post(id, 'resend'), post(id, 'resend'), post(id, 'resend', administrator, '/api/v1/mails')])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409])
  expect(asked).toBe(1)
  const { mails } = await list()
  expect(mails).toHaveLength(2)
  const [copy, first] = [mails.find(({ again_of }) => again_of !== null) as Mail, mails.find(({ mail_id }) => mail_id === id) as Mail]
  expect(copy).toMatchObject({ state: 'waiting', again_of: id, to: { address: 'sam@example.org' }, attempt_count: 0 })
  expect(first).toMatchObject({ state, sent_again_as: copy.mail_id, can_resend: false })
  // where the copy fails as well, it has a copy in turn
  await database.pool.query(`update outbox set state = 'refused' where mail_id = $1`, [copy.mail_id])
  const again = mailSchema.parse((await post(copy.mail_id, 'resend')).json())
  expect(again).toMatchObject({ again_of: copy.mail_id, changed_by: 'ana' })
  const { rows } = await database.pool.query<{ mail_key: string }>('select mail_key from outbox order by mail_key')
  expect(rows.map(({ mail_key }) => mail_key)).toEqual(['report', 'report:again:1', 'report:again:2'])
})

test.each([
  ['waiting', 'It is still going to be sent.'],
  ['handing_over', 'It is still going to be sent.'],
  ['sent', 'The mail server took it.'],
])('a mail that is %s is not sent again', async (state, detail) => {
  const id = await put({ key: 'report', state })
  const answer = await post(id, 'resend')
  expect([answer.statusCode, problemSchema.parse(answer.json()).detail]).toEqual([409, detail])
  expect((await list()).mails).toHaveLength(1)
})

test('what waits can be taken back, and nothing else', async () => {
  const waiting = await put({ key: 'one' })
  expect(mailSchema.parse((await post(waiting, 'cancel')).json())).toMatchObject({
    state: 'cancelled',
    changed_by: 'ana',
    can_resend: true,
  })
  expect((await post(waiting, 'cancel')).statusCode).toBe(409)
  for (const state of ['claimed', 'handing_over', 'sent'])
    expect((await post(await put({ key: state, state }), 'cancel')).statusCode).toBe(409)
})

test('a mail shows no link that works in the name of its recipient', async () => {
  const link = `https://barn.example.org/api/v1/unsubscribe/${makeToken(TEST_SECRET, 'unsubscribe', [here.community_id, 's:1'])}`
  const html = `<a href="${link}">stop</a> <a href="${link}?x=1">stop</a> <a href="https://barn.example.org/c/here/report?month=2026-02">read</a> ${link}.`
  const id = await put({ key: 'report', html })
  const answer = await app.inject({ url: `${PATH}/${id}`, headers: manager })
  const mail = mailTextSchema.parse(answer.json())
  expect(answer.body).not.toContain(link.slice(-22))
  expect(mail.html).toContain('https://barn.example.org/c/here/report?month=2026-02')
  expect(mail.html).toBe(html.replaceAll(link.slice(-22), 'hidden'))
})

test('the address of a member is shortened, also in what the server said, and a member is not asked twice', async () => {
  const id = await put({ key: 'ask', kind: 'value-ask', state: 'refused', to: 'mia@example.org' })
  await database.pool.query(`update outbox set answer = '550 <mia@example.org> unknown'`)
  const answer = await app.inject({ url: PATH, headers: manager })
  expect(answer.body).not.toContain('mia@')
  expect(mailsSchema.parse(answer.json()).mails[0]).toMatchObject({
    to: { address: 'm…@example.org', is_shortened: true },
    answer: '550 <m…@example.org> unknown',
    can_resend: false,
  })
  expect(problemSchema.parse((await post(id, 'resend')).json()).detail).toBe('A member is not asked twice.')
})

test('who wants no more of a kind gets none that waits, and none by hand', async () => {
  const refused = await put({ key: 'old', state: 'refused' })
  await put({ key: 'waits' })
  await put({ key: 'claimed', state: 'claimed' })
  await put({ key: 'draft', kind: 'report-draft' })
  await put({ key: 'there', in: there })
  const of = { communityId: here.community_id, kinds: ['value-report'] as MailKind[], toAddress: 'Sam@Example.org' }
  expect(await takeBackMails(database.pool, of, 'They have unsubscribed.', NOW)).toBe(2)
  const { mails } = await list('', administrator, '/api/v1/mails')
  expect(Object.fromEntries(mails.map(({ subject, state }) => [subject, state]))).toEqual({
    old: 'refused',
    waits: 'cancelled',
    claimed: 'cancelled',
    draft: 'waiting',
    there: 'waiting',
  })
  expect(problemSchema.parse((await post(refused, 'resend')).json()).detail).toBe('Its recipient wants no more mail of this kind.')
})
