import { randomUUID } from 'node:crypto'
import { simpleParser } from 'mailparser'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  addCommunity,
  addPerson,
  asBrowser,
  buildAccessApp,
  signIn,
  type TestCommunity,
  TEST_ORIGIN,
  TEST_SECRET,
} from '../../e2e/access-app.ts'
import { startMailServer } from '../../e2e/mail-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { asksSchema, contactAnswerSchema, madeAskSchema } from '../../shared/contract/ask.ts'
import { eventKey } from '../ingest/keys.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { mailAskers } from '../jobs/ask-jobs.ts'
import { deliverOutbox } from '../jobs/deliver-outbox.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { createSmtpCarrier } from '../mail/smtp-carrier.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { askToken } from '../report/asks/ask-link.ts'
import { readClaims, readConfirmations } from '../report/value/read-claims.ts'
import { findWithdrawn, readStories } from '../report/value/stories.ts'
import { appendEvents } from '../store/append-events.ts'
import { mergeIdentities, splitIdentity } from '../store/merge-identities.ts'
import { asksRoutes } from './asks-routes.ts'
import { valueAnswerRoutes } from './value-answer-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let manager: Record<string, string>
let here: TestCommunity
let clock = new Date()
let refreshed = 0
let delivered = 0
const now = () => clock
const START = new Date('2026-03-02T12:00:00Z')
const ALL = { from_on: '2026-01-01', to_on: '2027-01-01' }
const days = (count: number, from = START) => new Date(from.getTime() + count * 86_400_000)

beforeAll(async () => {
  database = await createTestDatabase()
  const parts = { db: database, secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now }
  app = await buildAccessApp({
    pool: database.pool,
    routes: async (within) => {
      await within.register(valueAnswerRoutes({ ...parts, requestRefresh: () => void refreshed++ }))
      await within.register(asksRoutes({ ...parts, hasMailServer: true, requestDelivery: () => void delivered++ }))
    },
  })
})
afterAll(async () => {
  await app.close()
  await database.close()
})
let slug = ''
let nth = 0
beforeEach(async () => {
  slug = `c${++nth}`
  here = await addCommunity(database.pool, slug)
  await addPerson(database.pool, `${slug}@example.org`, 'manager', here)
  manager = asBrowser(await signIn(app, database.pool, `${slug}@example.org`))
  clock = START
  refreshed = 0
  delivered = 0
})

type Sent = {
  id: string
  type: string
  who: string | null
  at: Date
  to?: string
  source?: string
  bot?: boolean
  email?: string
  more?: object
}
const send = async (...events: Sent[]) => {
  const rows = events.map(({ id, type, who, at, to, source = 'forum', bot = false, email, more }) => {
    const actor = who === null ? null : { id: who, name: `${who[0]?.toUpperCase()}${who.slice(1)}`, is_bot: bot, email: email ?? null }
    const { ok, problems } = normaliseEvent({ id, source, type, occurred_at: at.toISOString(), actor, in_reply_to: to, ...more }, days(400))
    if (!ok) throw new Error(JSON.stringify(problems))
    return ok
  })
  await appendEvents(database, { communityId: here.community_id, rows, onConflict: 'replace', dryRun: false, receivedAt: clock })
  await refresh()
}
const refresh = () => refreshCommunity(database, here.community_id, { now: clock })
/** A question of ten days ago, answered by Hal a day later. */
const answered = (id: string, who: string | null, more: Partial<Sent> = {}, at = days(-10)): Sent[] => [
  { id, type: 'question.asked', who, at, ...more },
  {
    id: `${id}-a`,
    type: 'answer.posted',
    who: 'hal',
    at: days(1, at),
    to: id,
    ...(more.source === undefined ? {} : { source: more.source }),
  },
]

const path = (more: string) => `/api/v1/communities/${slug}/${more}`
const read = async () => asksSchema.parse((await app.inject({ url: path('asks'), headers: manager })).json())
const askable = async () => (await read()).askers.map((one) => one.id)
const ask = (id: string, how: 'link' | 'mail' = 'link', source = 'forum') =>
  app.inject({ method: 'POST', url: path('asks'), headers: manager, payload: { question: eventKey(source, id), how } })
const linkOf = async (id: string, source = 'forum') => {
  const answer = await ask(id, 'link', source)
  expect(answer.statusCode, answer.body).toBe(201)
  return new URL(madeAskSchema.parse(answer.json()).link ?? '').pathname
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers: { ...FORM, ...headers }, payload: new URLSearchParams(form).toString() })
/** Posts as the browser that answered, once it has. */
const browserOf = (url: string) => {
  let cookie = ''
  return async (form: Record<string, string>) => {
    const answer = await post(url, form, cookie === '' ? {} : { cookie })
    cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] || cookie
    return { answer, page: await app.inject({ url: String(answer.headers.location ?? url), headers: { cookie } }) }
  }
}
const claims = async () => (await readClaims(database.pool, community(), ALL)).claims
const community = () => ({ ...here, name: 'Here', time_zone: 'Europe/Berlin', is_demo: false, demo_note: null })
const rowsOf = async (table: string, columns = '*') =>
  (await database.pool.query(`select ${columns} from ${table} where community_id = $1 order by 1`, [here.community_id])).rows

test('who may be asked: a question answered by somebody else some days ago and not long ago, by somebody known who has not told yet', async () => {
  await send(
    ...answered('right', 'ana'),
    ...answered('anonymous', null),
    ...answered('bot', 'robo', { bot: true }),
    ...answered('old', 'old', {}, days(-50)),
    { id: 'open', type: 'question.asked', who: 'cleo', at: days(-10) },
    { id: 'own', type: 'question.asked', who: 'dan', at: days(-10) },
    { id: 'own-a', type: 'answer.posted', who: 'dan', at: days(-9), to: 'own' },
    ...answered('fresh', 'eve', {}, days(-3)),
    ...answered('deleted', 'fay'),
    { id: 'gone', type: 'content.deleted', who: 'fay', at: days(-1), to: 'deleted' },
    ...answered('left', 'gus'),
    { id: 'out', type: 'member.left', who: 'gus', at: days(-1) },
    ...answered('told', 'ida'),
    { id: 'said', type: 'value.reported', who: 'ida', at: days(-1), to: 'told', more: { properties: { hours_saved: 2 } } },
    ...answered('ruled', 'jan'),
  )
  await database.pool.query(
    `insert into question_ruling (community_id, event_key, ruling, kind, since, ruled_at) values ($1, $2, 'not_a_question', 'unanswered_question', $3, $3)`,
    [here.community_id, eventKey('forum', 'ruled'), clock],
  )
  expect(await askable()).toEqual(['right'])
  expect((await read()).not_yet).toEqual({ too_fresh: 1, opted_out: 0, paused: 0, left: 1 })
  for (const id of ['anonymous', 'bot', 'old', 'open', 'own', 'fresh', 'deleted', 'left', 'told', 'ruled', 'nothing'])
    expect((await ask(id)).statusCode, id).toBe(409)
  clock = days(1.5)
  expect(await askable()).toEqual(['fresh', 'right'])
})

test('a question is asked about once, a person once a week by whichever account, and two managers at once ask once', async () => {
  await send(
    ...answered('one', 'ana'),
    ...answered('two', 'ana', {}, days(-12)),
    ...answered('chat', 'a.n.a', { source: 'chat' }),
    ...answered('ben', 'ben', { email: 'ana@example.org' }),
  )
  await send({ id: 'hello', type: 'post.published', who: 'ana', at: days(-20), email: 'Ana@Example.org' })
  await mergeIdentities(database, {
    communityId: here.community_id,
    identityKeys: [eventKey('forum', 'ana'), eventKey('chat', 'a.n.a')],
  })
  await refresh()
  const answers = await Promise.all([ask('one'), ask('two'), ask('one'), ask('chat', 'link', 'chat')])
  expect(answers.map((one) => one.statusCode).sort()).toEqual([201, 409, 409, 409])
  // neither account is merged with ben, and the address is the same
  expect((await ask('ben')).statusCode).toBe(409)
  expect(await askable()).toEqual([])
  clock = days(7.1)
  const second = await Promise.all([ask('one'), ask('two'), ask('chat', 'link', 'chat')])
  expect(second.filter((one) => one.statusCode === 201)).toHaveLength(1)
  expect(await rowsOf('value_ask', 'ask_id')).toHaveLength(2)
})

test('whoever was asked by one account is asked by no other this week that shares an address with any of theirs', async () => {
  await send(...answered('one', 'ana', { email: 'ana@example.org' }), ...answered('chat', 'a.n.a', { source: 'chat' }))
  await send(...answered('other', 'annie', { source: 'list', email: 'ana@example.org' }), ...answered('ben', 'ben'))
  await mergeIdentities(database, { communityId: here.community_id, identityKeys: [eventKey('forum', 'ana'), eventKey('chat', 'a.n.a')] })
  await refresh()
  expect((await ask('chat', 'link', 'chat')).statusCode).toBe(201)
  expect((await ask('other', 'link', 'list')).statusCode).toBe(409)
  expect(await askable()).toEqual(['ben'])
  expect((await read()).not_yet.paused).toBe(2)
})

test('a link that was not posted can be taken back, one that was cannot, and its days begin with posting', async () => {
  await send(...answered('one', 'ana'), ...answered('two', 'ben'))
  const [first, second] = [await linkOf('one'), await linkOf('two')]
  const [a, b] = (await read()).asks
  const byAsker = (name: string) => [a, b].find((one) => one?.asker === name)
  expect(byAsker('Ana')?.text).toContain(`${TEST_ORIGIN}${first}`)
  expect((await read()).replies.asked_count).toBe(0)
  expect((await app.inject({ method: 'DELETE', url: path(`asks/${byAsker('Ana')?.ask_id}`), headers: manager })).statusCode).toBe(204)
  expect((await app.inject({ url: first })).statusCode).toBe(404)
  expect(await askable()).toEqual(['one'])
  clock = days(5)
  const posted = await app.inject({ method: 'PUT', url: path(`asks/${byAsker('Ben')?.ask_id}/posted`), headers: manager })
  expect(madeAskSchema.parse(posted.json())).toMatchObject({ state: 'posted', link: null, expires_at: days(35).toISOString() })
  expect((await app.inject({ method: 'DELETE', url: path(`asks/${byAsker('Ben')?.ask_id}`), headers: manager })).statusCode).toBe(404)
  expect((await read()).replies.asked_count).toBe(1)
  clock = days(35.1)
  expect((await app.inject({ url: second })).body).toContain('This link has run out')
  expect((await post(second, { solved: 'yes' })).headers.location).toBe(`${second}?done=none`)
  expect(await claims()).toEqual([])
})

test('scanners that get and head every link change nothing; one click answers, and twice is once', async () => {
  await send(...answered('one', 'ana', { more: { channel: 'pumps', url: 'https://forum.example/t/1' } }))
  const url = await linkOf('one')
  const before = JSON.stringify([await rowsOf('event'), await rowsOf('value_ask'), await rowsOf('ask_opt_out')])
  for (const method of ['GET', 'HEAD'] as const)
    for (const link of [url, `${url}/stop`, `${url}?solved=yes`, `${url}?done=withdrawn`])
      expect((await app.inject({ method, url: link })).statusCode).toBe(200)
  expect(JSON.stringify([await rowsOf('event'), await rowsOf('value_ask'), await rowsOf('ask_opt_out')])).toBe(before)
  const page = await app.inject({ url })
  expect(page.headers).toMatchObject({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.body).toContain('your question of 20 February 2026 in pumps')

  await Promise.all([post(url, { solved: 'yes' }), post(url, { solved: 'yes' })])
  const [claim, more] = await claims()
  expect(more).toBeUndefined()
  expect(claim).toMatchObject({
    person_id: eventKey('forum', 'ana'),
    is_solved: 'yes',
    band: null,
    question_key: eventKey('forum', 'one'),
    is_asked: true,
  })
  expect(refreshed).toBeGreaterThan(0)
  expect(await readConfirmations(database.pool, community(), ALL)).toEqual({
    asked_count: 1,
    replied_count: 1,
    solved_count: 1,
    partly_count: 0,
    not_solved_count: 0,
    asked_people_count: 1,
    replied_people_count: 1,
    solved_people_count: 1,
    other_people_count: 0,
  })
})

test('an answer is built up, replaced, shown as stored and taken back, even after its link has run out', async () => {
  await send(...answered('one', 'ana'))
  const url = await linkOf('one')
  const click = browserOf(url)
  expect((await click({ band: 'hour' })).page.body).toContain('Did this solve it?')
  expect(await claims()).toEqual([])
  await click({ solved: 'partly' })
  await click({ band: 'hour' })
  const told = { story: 'It saved the <b>night</b>\r\nshift.', consent: 'name', name: 'Ana B.', role: 'Fitter' }
  const { page } = await click(told)
  expect(page.body).toContain('It saved the &lt;b&gt;night&lt;/b&gt;\nshift.')
  expect(page.body).not.toContain('<b>night')
  const [story] = await readStories(database.pool, community(), ALL)
  expect(story).toMatchObject({
    text: 'It saved the <b>night</b>\nshift.',
    consent: 'name',
    name: 'Ana B.',
    role: 'Fitter',
    on: '2026-03-02',
  })
  const [claim] = await claims()
  expect(claim).toMatchObject({ is_solved: 'partly', band: 'hour' })

  // changed a month later it still belongs to the day it was first said
  clock = days(20)
  await click({ solved: 'yes' })
  expect((await claims())[0]).toMatchObject({ key: claim?.key, is_solved: 'yes', on: '2026-03-02' })
  await click({ ...told, consent: 'role' })
  expect((await readStories(database.pool, community(), ALL))[0]).toMatchObject({ consent: 'role', name: null, role: 'Fitter' })
  await click({ ...told, consent: 'none' })
  expect(await readStories(database.pool, community(), ALL)).toEqual([])
  expect(await findWithdrawn(database.pool, here.community_id, [claim?.key ?? '', randomUUID()])).toHaveLength(2)
  await click({ ...told, consent: 'anonymous' })
  expect(await findWithdrawn(database.pool, here.community_id, [claim?.key ?? ''])).toEqual([])
  await click({ solved: 'no' })
  expect((await claims())[0]).toMatchObject({ is_solved: 'no', band: null })

  clock = days(40)
  expect((await click({ solved: 'yes' })).page.body).toContain('You can still take it back')
  expect((await claims())[0]).toMatchObject({ is_solved: 'no' })
  expect((await click({ withdraw: 'yes' })).page.body).toContain('This link has run out')
  expect(await claims()).toEqual([])
  expect((await rowsOf('event', 'type, properties')).filter(({ type }) => type === 'value.reported')).toEqual([])
  expect(await findWithdrawn(database.pool, here.community_id, [claim?.key ?? ''])).toEqual([claim?.key])
})

test('what was said behind a posted link is shown to the browser that said it alone, and anybody’s second click is not believed', async () => {
  await send(...answered('one', 'ana'))
  const url = await linkOf('one')
  const click = browserOf(url)
  await click({ solved: 'yes' })
  await click({ story: 'A secret of mine', consent: 'none' })
  const stranger = await app.inject({ url })
  expect(stranger.body).toContain('This question has its answer')
  expect(stranger.body).not.toContain('secret')
  expect((await post(url, { solved: 'no' })).statusCode).toBe(403)
  expect((await claims())[0]).toMatchObject({ is_solved: 'yes' })
})

test('a hostile story is kept as the words it is, cut where it is too long, without what turns or breaks the rest', async () => {
  await send(...answered('one', 'ana'))
  const click = browserOf(await linkOf('one'))
  await click({ solved: 'yes' })
  const { page } = await click({ story: `<script>alert(1)</script>\u0000\u202Eevil\u0007 ${'x'.repeat(10_000)}`, consent: 'anonymous' })
  for (const sign of ['<script', '\u202E', '\u0007', '\u0000']) expect(page.body).not.toContain(sign)
  expect(page.body).toContain('what came after is not kept')
  const [story] = await readStories(database.pool, community(), ALL)
  expect(story?.text).toMatch(/^<script>alert\(1\)<\/script>evil x+$/)
  expect(story?.text).toHaveLength(1000)
  await click({ story: 'שלום \u200fעולם', consent: 'name', name: ' \u202e ', role: '' })
  expect(await readStories(database.pool, community(), ALL)).toEqual([])
  expect((await click({ story: '', consent: 'name', name: 'Ana' })).page.body).toContain('Your words are gone')
  expect((await click({ solved: 'perhaps' })).answer.statusCode).toBe(400)
  expect((await click({ band: 'a week' })).answer.statusCode).toBe(400)
})

test('forged, edited and foreign tokens open nothing, and what is gone says so', async () => {
  await send(...answered('one', 'ana'), ...answered('two', 'ben'))
  const url = await linkOf('one')
  const other = askToken('another secret', here.community_id, randomUUID())
  for (const link of [
    url.replace(/.(?=.{5}$)/, (sign) => (sign === 'x' ? 'y' : 'x')),
    url.slice(0, -3),
    `/v/${other}`,
    '/v/x',
    `/v/${askToken(TEST_SECRET, here.community_id, randomUUID())}`,
    '/v/%00',
  ])
    for (const method of ['GET', 'POST'] as const)
      expect((await app.inject({ method, url: link, headers: FORM, payload: 'solved=yes' })).statusCode, link).toBe(404)
  await send({ id: 'gone', type: 'content.deleted', who: 'ana', at: days(-0.5), to: 'one' })
  const gone = await app.inject({ url })
  expect([gone.statusCode, gone.body]).toEqual([410, expect.stringContaining('nothing to answer')])
  await post(url, { solved: 'yes' })
  expect(await claims()).toEqual([])
  const second = await linkOf('two')
  await database.pool.query('delete from community where community_id = $1', [here.community_id])
  expect((await app.inject({ url: second })).statusCode).toBe(404)
})

test('an asker merged with another answers as who they are now; one who is erased leaves nothing', async () => {
  await send(...answered('one', 'ana'), { id: 'p', type: 'post.published', who: 'annie', at: days(-10), source: 'chat' })
  const url = await linkOf('one')
  const keys = [eventKey('chat', 'annie'), eventKey('forum', 'ana')]
  await mergeIdentities(database, { communityId: here.community_id, identityKeys: keys })
  await refresh()
  await browserOf(url)({ solved: 'yes' })
  await refresh()
  expect((await claims())[0]).toMatchObject({ person_id: keys[0], is_solved: 'yes' })
  expect(await rowsOf('value_report', 'person_id')).toEqual([{ person_id: keys[0] }])
  await database.pool.query('delete from event where community_id = $1 and identity_key = $2', [here.community_id, keys[1]])
  await database.pool.query('delete from identity where community_id = $1 and identity_key = $2', [here.community_id, keys[1]])
  expect([await rowsOf('value_ask'), await claims()]).toEqual([[], []])
  expect((await app.inject({ url })).statusCode).toBe(404)
})

test('opting out by one click of the mail program holds for every account and address, after a split and a new import too', async () => {
  await send(...answered('one', 'ana', { email: 'ana@example.org' }), ...answered('chat', 'a.n.a', { source: 'chat' }))
  const [forum, chat] = [eventKey('forum', 'ana'), eventKey('chat', 'a.n.a')]
  await mergeIdentities(database, { communityId: here.community_id, identityKeys: [forum, chat] })
  await refresh()
  await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text: 'ana@example.org' } })
  expect((await ask('one', 'mail')).statusCode).toBe(201)
  const [mail] = (await database.pool.query('select * from outbox where community_id = $1', [here.community_id])).rows
  expect(mail).toMatchObject({
    kind: 'value-ask',
    to_address: 'ana@example.org',
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  })
  const stop = new URL(String(mail.headers['List-Unsubscribe']).slice(1, -1)).pathname
  // as mail programs send it: no Origin, no cookie, and either kind of form
  const boundary = '--b\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
  const clicked = await app.inject({
    method: 'POST',
    url: stop,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: boundary,
  })
  expect([clicked.statusCode, clicked.body]).toEqual([200, expect.stringContaining('will not be asked again')])
  expect(await rowsOf('member_contact')).toEqual([])
  expect((await database.pool.query('select state from outbox where community_id = $1', [here.community_id])).rows).toEqual([
    { state: 'cancelled' },
  ])
  expect((await read()).opt_out_count).toBe(1)
  expect((await read()).replies.asked_count).toBe(0)

  await splitIdentity(database, { communityId: here.community_id, identityKeys: [chat], dismissedAt: null })
  await send(...answered('new', 'ana2', { source: 'list', email: 'ANA@example.org' }))
  clock = days(10)
  await refresh()
  expect(await askable()).toEqual([])
  for (const [id, source] of [
    ['chat', 'chat'],
    ['new', 'list'],
  ] as const)
    expect((await ask(id, 'link', source)).statusCode).toBe(409)
  const again = await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text: 'ana@example.org' } })
  expect(contactAnswerSchema.parse(again.json())).toMatchObject({
    added: 0,
    left_out: [{ line: 1, reason: expect.stringContaining('asked not to be') }],
  })
})

test('addresses are matched by account, by source and id, or by their hash, and stand for nobody else', async () => {
  await send(
    { id: '1', type: 'post.published', who: 'ana', at: days(-5), email: 'Ana@Example.org' },
    { id: '2', type: 'post.published', who: 'ben', at: days(-5) },
    { id: '3', type: 'post.published', who: 'ben', at: days(-5), source: 'chat' },
    { id: '4', type: 'post.published', who: 'cleo', at: days(-5) },
  )
  const text = [
    'source,id,address',
    'ANA@example.org',
    'cleo;"Cleo <cleo@exämple.org>"',
    'ben, ben@example.org',
    'chat\tben\tben@example.org',
    'nobody@example.org',
    'cleo, not an address',
    'cleo, a@b@c.org',
    'cleo, "a\u202e@b.org"',
  ].join('\r\n')
  const answer = contactAnswerSchema.parse(
    (await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text } })).json(),
  )
  expect(answer).toMatchObject({ added: 3, same: 0, left_out_count: 5 })
  expect(answer.left_out.map((one) => one.line)).toEqual([4, 6, 7, 8, 9])
  expect((await rowsOf('member_contact', 'address')).map((row) => row.address).sort()).toEqual([
    'ANA@example.org',
    'ben@example.org',
    'cleo@exämple.org',
  ])
  const all = await app.inject({ method: 'DELETE', url: path('contacts'), headers: manager })
  expect(all.json()).toEqual({ removed: 3 })
})

test('mails go out by themselves where that is turned on, by day, once in however many processes', async () => {
  await send(
    ...answered('one', 'ana', { email: 'ana@example.org' }),
    ...answered('two', 'ben'),
    ...answered('three', 'cleo', { more: { text: 'x' } }),
  )
  const round = () => mailAskers({ db: database, secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now, requestDelivery: async () => {} })
  await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text: 'ana@example.org\nben,ben@example.org' } })
  expect(await round()).toBe(0)
  const turn = (version: number) =>
    app.inject({ method: 'PUT', url: path('asks/setting'), headers: manager, payload: { is_mailing: true, version } })
  expect((await turn(0)).json()).toEqual({ is_mailing: true, version: 1 })
  expect((await turn(0)).statusCode).toBe(409)
  // four in the morning in Berlin
  clock = new Date('2026-03-03T03:00:00Z')
  expect(await round()).toBe(0)
  clock = new Date('2026-03-03T10:00:00Z')
  const counts = await Promise.all([round(), round(), round()])
  expect(counts.reduce((sum, count) => sum + count)).toBe(2)
  expect(await round()).toBe(0)
  const { rows } = await database.pool.query('select to_address, text_body, html_body from outbox where community_id = $1 order by 1', [
    here.community_id,
  ])
  expect(rows.map((row) => row.to_address)).toEqual(['ana@example.org', 'ben@example.org'])
  const link = /http:\/\/localhost:3000(\/v\/\S+)\n/.exec(rows[0].text_body)?.[1] ?? ''
  expect(rows[0].html_body).toContain(link)
  // whoever has the mail is who was asked: no cookie is needed
  await post(link, { solved: 'partly' })
  expect((await app.inject({ url: link })).body).toContain('Thank you')
  expect((await read()).replies).toMatchObject({ asked_count: 2, replied_count: 1, partly_count: 1 })
})

test('a rebuild after answers and withdrawals gives what refreshing gave, and one who says no has no benefit', async () => {
  await send(...answered('one', 'ana'), ...answered('two', 'ben'), ...answered('three', 'cleo'))
  const clicks = []
  for (const id of ['one', 'two', 'three']) clicks.push(browserOf(await linkOf(id)))
  // as after an import, which declares what its source can tell
  await database.pool.query(`update source set tells = '{questions,contributions}' where community_id = $1`, [here.community_id])
  const canTellValue = async () => (await loadContext(database.pool, here.community_id)).canTell('value_reports')
  expect(await canTellValue()).toBe(false)
  await clicks[0]?.({ solved: 'yes' })
  await clicks[1]?.({ solved: 'no' })
  await clicks[2]?.({ solved: 'yes' })
  await refresh()
  clock = days(1)
  await clicks[2]?.({ withdraw: 'yes' })
  await clicks[0]?.({ band: 'more' })
  await refresh()
  const tables = ['value_report', 'benefit_day', 'help_episode', 'activity_day', 'period_result', 'contribution']
  const all = async () =>
    Promise.all(tables.map((table) => rowsOf(table, 't.*').catch(() => rowsOf(table)))).then((rows) =>
      rows.map((one) => one.map((row) => JSON.stringify(row)).sort()),
    )
  const before = await all()
  expect(before[0]).toHaveLength(1)
  expect(await canTellValue()).toBe(true)
  await refreshCommunity(database, here.community_id, { now: clock, rebuild: true })
  expect(await all()).toEqual(before)
})

test('an answer of today does not make a feed that ended look alive', async () => {
  await send(...answered('one', 'ana'))
  const url = await linkOf('one')
  clock = days(29)
  await refresh()
  const knownBy = async () => (await rowsOf('community_state', 'known_by'))[0]?.known_by.toISOString()
  const before = await knownBy()
  expect(before?.slice(0, 10)).toBe('2026-02-21')
  await browserOf(url)({ solved: 'yes' })
  await refresh()
  expect(await knownBy()).toBe(before)
  expect(await claims()).toHaveLength(1)
})

test('a mail that was refused asked nobody: it does not count, and the asker may be asked by link', async () => {
  await send(...answered('one', 'ana', { email: 'ana@example.org' }))
  await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text: 'ana@example.org' } })
  expect((await ask('one', 'mail')).statusCode).toBe(201)
  expect(delivered).toBe(1)
  const [made] = (await read()).asks
  const take = () => app.inject({ method: 'DELETE', url: path(`asks/${made?.ask_id}`), headers: manager })
  expect((await take()).statusCode).toBe(404)
  await database.pool.query(`update outbox set state = 'refused', settled_at = $2 where community_id = $1`, [here.community_id, clock])
  expect(await read()).toMatchObject({ asks: [{ state: 'not_sent' }], replies: { asked_count: 0 }, askers: [] })
  expect((await take()).statusCode).toBe(204)
  expect((await ask('one')).statusCode).toBe(201)
})

test('whoever asks for links too often is told to wait', async () => {
  const codes: number[] = []
  for (let i = 0; i < 92; i++) codes.push((await app.inject({ url: '/v/nothing', remoteAddress: '10.9.8.7' })).statusCode)
  expect([codes.indexOf(429), codes.at(-1)]).toEqual([90, 429])
})

test('through a real mail server it arrives with its one-click way out, and that click is all it takes', async () => {
  await send(...answered('one', 'ana', { email: 'ana@example.org', more: { channel: 'pumps\r\nBcc: everybody@example.org' } }))
  await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text: 'ana@example.org' } })
  await app.inject({ method: 'PUT', url: path('contacts'), headers: manager, payload: { text: 'ana, other@example.org' } })
  expect((await ask('one', 'mail')).statusCode).toBe(201)
  await app.inject({ method: 'DELETE', url: path('contacts'), headers: manager })
  const server = await startMailServer()
  await database.pool.query('delete from outbox where community_id <> $1', [here.community_id])
  const carrier = createSmtpCarrier({
    url: server.url,
    from: 'Barnraise <barn@example.org>',
    timeouts: { connect_ms: 20_000, command_ms: 20_000, hand_over_ms: 20_000 },
  })
  const round = deliverOutbox({ pool: database.pool, carrier, now, random: () => 0.5, log: pino({ level: 'silent' }) })
  expect((await round.done).sent).toBe(1)
  const [held] = server.heldFor('other@example.org')
  await server.close()
  const mail = await simpleParser(held?.raw ?? '')
  expect(mail.headers.get('bcc')).toBeUndefined()
  expect(mail.subject).toBe(`Did the answer help? Community ${slug}`)
  const unsubscribe = mail.headers.get('list') as { unsubscribe?: { url?: string }; 'unsubscribe-post'?: { name?: string } }
  const stop = new URL(unsubscribe.unsubscribe?.url ?? '')
  expect(mail.text).toContain(stop.href)
  const link = /href="([^"]+)"/.exec(String(mail.html))?.[1] ?? ''
  expect(`${link}/stop`).toBe(stop.href)
  expect((await app.inject({ url: new URL(link).pathname })).body).toContain('Did this solve it?')
  expect(await rowsOf('ask_opt_out')).toEqual([])
  expect((await post(stop.pathname, { 'List-Unsubscribe': 'One-Click' })).statusCode).toBe(200)
  // the address it went to was forgotten meanwhile, and is remembered as one not to write to
  expect((await rowsOf('ask_opt_out', 'kind')).map((row) => row.kind)).toEqual(['account', 'address', 'address'])
})
