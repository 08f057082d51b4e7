import { createHmac } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addCommunity, TEST_SECRET, type TestCommunity } from '../../e2e/access-app.ts'
import { alertContent } from '../../e2e/alert-content.ts'
import { HOOK_CERTIFICATE, type HookFate, type PostedHook, startHookServer, type TestHookServer } from '../../e2e/hook-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { type AlertContent, alertContentSchema } from '../../shared/contract/alert.ts'
import type { HookKind } from '../../shared/contract/alert-hook.ts'
import { makeWebhookSecret } from '../mail/sign-webhook.ts'
import { addHook, changeHook, listHooks, removeHook, rotateSecret, type StoredHook } from '../store/alert-hooks.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { resendMail } from '../store/outbox-list.ts'
import { addAlertHooks } from './alert-hooks.ts'
import { type DeliveryParts, deliverOutbox } from './deliver-outbox.ts'
import { type HookJobParts, hookDelivery } from './hook-jobs.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const T0 = new Date('2026-01-01T08:00:00Z')
const BASE = 'https://barnraise.example.org'
/** Where nothing stalls, a busy machine has all the time it may need. */
const PATIENT = { connect_ms: 20_000, hand_over_ms: 20_000 }
const HASTY = { connect_ms: 20_000, hand_over_ms: 150 }

let database: Awaited<ReturnType<typeof createTestDatabase>>
let community: StoredCommunity
let servers: TestHookServer[] = []
let at: Date
beforeAll(async () => {
  database = await createTestDatabase()
  const made: TestCommunity = await addCommunity(database.pool, 'pumps')
  const { rows } = await database.pool.query<StoredCommunity>('select * from community where community_id = $1', [made.community_id])
  community = rows[0] as StoredCommunity
})
afterAll(() => database.close())
beforeEach(async () => {
  at = T0
  await database.pool.query('delete from outbox')
  await database.pool.query('delete from alert_hook where community_id = $1', [community.community_id])
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})

const start = async (options: Parameters<typeof startHookServer>[0] = {}) => {
  const server = await startHookServer(options)
  servers.push(server)
  return server
}
const by = () => ({ userId: null, now: at })
const hookTo = async (
  address: string,
  { kind = 'webhook' as HookKind, secret = makeWebhookSecret(), rules = null as StoredHook['rules'] } = {},
) => {
  const { community_id: communityId } = community
  const made = {
    communityId,
    kind,
    label: 'Monitor',
    rules,
    address,
    host: new URL(address).host,
    secret: kind === 'slack' ? null : secret,
  }
  return (await addHook(database.pool, TEST_SECRET, { ...made, ...by() })) as StoredHook
}
const tell = (content: Partial<AlertContent> = {}, alert_id = '11111111-1111-4111-8111-111111111111') =>
  inTransaction(database.pool, (client) =>
    addAlertHooks(
      client,
      community,
      { alert_id, content: { ...alertContent, ...content }, audience: 'managers' },
      { baseUrl: BASE, now: at },
    ),
  )
type Over = Partial<DeliveryParts> & { job?: Partial<HookJobParts>; network?: Parameters<typeof hookDelivery>[1] }
const begin = ({ job = {}, network = {}, ...over }: Over = {}) => {
  const log = pino({ level: 'silent' })
  const parts = { db: database, secretKey: TEST_SECRET, toPrivate: true, now: () => at, log, ...job }
  return deliverOutbox({
    pool: database.pool,
    now: () => at,
    random: () => 0.5,
    log,
    perMinute: 1000,
    ...hookDelivery(parts, { timeouts: PATIENT, ...network }),
    ...over,
  })
}
const deliver = (over: Over = {}) => begin(over).done
const pass = (ms: number) => {
  at = new Date(at.getTime() + ms)
}
type Row = { state: string; answer: string | null; attempt_count: number; next_try_at: Date; mail_id: string; channel: string }
const rows = async (): Promise<Row[]> => (await database.pool.query<Row>('select * from outbox order by put_at, mail_key')).rows
const row = async (): Promise<Row> => (await rows())[0] as Row

/** As the standard says, and by nothing of ours. */
const verify = ({ headers, body }: PostedHook, secret: string): boolean => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const right = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${right}`)
}

describe('a webhook', () => {
  it('is posted with what was told, word for word, and signed after the standard', async () => {
    const server = await start()
    const secret = makeWebhookSecret()
    await hookTo(server.url, { secret })
    expect(await tell()).toBe(1)
    // the same notice once more is the same message
    await tell()
    expect(await deliver()).toMatchObject({ sent: 1 })
    const [posted] = server.posted as [PostedHook]
    expect(server.posted).toHaveLength(1)
    expect(posted.path).toBe('/in?key=s3cret')
    expect(posted.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-timestamp': String(T0.getTime() / 1000) })
    expect(posted.headers['webhook-id']).toMatch(/^msg_[\w-]{27}$/)
    expect(verify(posted, secret)).toBe(true)
    expect(verify(posted, makeWebhookSecret())).toBe(false)
    expect(verify({ ...posted, body: posted.body.replace('pumps', 'dumps') }, secret)).toBe(false)
    const { type, timestamp, data } = JSON.parse(posted.body)
    expect({ type, timestamp }).toEqual({ type: 'alert.began', timestamp: T0.toISOString() })
    expect(alertContentSchema.parse(data)).toEqual(alertContent)
    expect(data.alert_id).toBe('11111111-1111-4111-8111-111111111111')
    expect(data.links.alert).toBe(`${BASE}/c/${alertContent.community.slug}/alerts?alert=${data.alert_id}`)
    expect(data.links.evidence).toBe(`${BASE}${alertContent.evidence_path}`)
  })

  it('keeps its address and its secret out of the outbox, the list and the database in clear', async () => {
    const server = await start({ fate: () => ({ status: 404 }) })
    const secret = makeWebhookSecret()
    await hookTo(server.url, { secret })
    await tell()
    const lines: string[] = []
    await deliver({ log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) })
    const { rows: kept } = await database.pool.query('select to_jsonb(o) as o from outbox o')
    const { rows: hooks } = await database.pool.query('select to_jsonb(h) as h from alert_hook h')
    const hex = (text: string) => Buffer.from(text).toString('hex')
    for (const text of [
      JSON.stringify([kept, hooks]),
      JSON.stringify(await listHooks(database.pool, community.community_id)),
      lines.join(),
    ])
      for (const hidden of ['s3cret', '/in?', secret, secret.slice(6), hex('s3cret'), hex(secret)]) expect(text).not.toContain(hidden)
    expect((await row()).answer).toBe('404 Not Found')
  })

  it.each<[string, HookFate, string, RegExp]>([
    ['takes it', { status: 204 }, 'sent', /^204 No Content$/],
    ['refuses it', { status: 400, body: 'no such\n\u202eschema' }, 'refused', /^400 Bad Request · no such schema$/],
    ['is too busy', { status: 503, body: 'x'.repeat(100_000) }, 'waiting', /^503 Service Unavailable · x+… \(shortened\)$/],
    ['limits', { status: 429 }, 'waiting', /^429/],
    [
      'sends it on',
      { status: 302, headers: { location: 'http://10.0.0.1/admin?token=t0ken' } },
      'refused',
      /^302: it leads on to 10\.0\.0\.1, which is not followed/,
    ],
    ['hangs', 'hang', 'waiting', /gave no answer: nothing came within/],
    ['trickles headers', 'trickle headers', 'waiting', /gave no answer: nothing came within/],
    ['has said that it took it, and trickles', 'trickle body', 'sent', /^202 Accepted · x/],
    ['dies after the request', 'die after request', 'waiting', /gave no answer/],
    ['speaks something else', 'speak no http', 'waiting', /gave no answer/],
  ])('whose receiver %s', async (_what, fate, state, answer) => {
    const server = await start({ fate: (time) => (time === 1 ? fate : { status: 200 }) })
    await hookTo(server.url)
    await tell()
    await deliver({ network: { timeouts: typeof fate === 'string' ? HASTY : PATIENT } })
    expect(await row()).toMatchObject({ state, attempt_count: 1, answer: expect.stringMatching(answer) })
    expect((await row()).answer).not.toContain('t0ken')
    expect(server.posted).toHaveLength(1)
    pass(2 * MINUTE)
    await deliver()
    // at least once: a double carries the same id, and a time of its own
    expect(server.posted).toHaveLength(state === 'waiting' ? 2 : 1)
    const ids = server.posted.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(1)
    expect(new Set(server.posted.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(server.posted.length)
    expect((await row()).state).toBe(state === 'refused' ? 'refused' : 'sent')
  })

  it('waits as long as its receiver asks for, within a day', async () => {
    const asked = ['3600', '9999999', new Date(T0.getTime() + 2 * 3_600_000).toUTCString(), '-1', 'soon']
    for (const [index, after] of asked.entries()) {
      at = T0
      await database.pool.query('delete from outbox')
      await database.pool.query('delete from alert_hook where community_id = $1', [community.community_id])
      const server = await start({ fate: () => ({ status: 429, headers: { 'retry-after': after } }) })
      await hookTo(server.url)
      await tell()
      await deliver()
      const waits = ((await row()).next_try_at.getTime() - T0.getTime()) / MINUTE
      expect(waits).toBe([60, 24 * 60, 120, 1, 1][index])
    }
  })

  it('is switched off by 410 Gone, with the reason, and what waits for it is not sent', async () => {
    const server = await start({ fate: () => ({ status: 410, body: 'moved away' }) })
    await hookTo(server.url)
    await tell()
    pass(1)
    await tell({ notice: 'recovered' })
    expect(await deliver()).toMatchObject({ refused: 1 })
    expect(server.posted).toHaveLength(1)
    expect((await rows()).map(({ state }) => state)).toEqual(['refused', 'cancelled'])
    const [hook] = await listHooks(database.pool, community.community_id)
    expect(hook).toMatchObject({ is_on: false, version: 2, off_reason: expect.stringContaining('410 Gone · moved away') })
    expect(await tell({ notice: 'withdrawn' })).toBe(0)
  })

  it('is signed by both secrets for a day after another one was given', async () => {
    const server = await start()
    const [old, next] = [makeWebhookSecret(), makeWebhookSecret()]
    const hook = await hookTo(server.url, { secret: old })
    const place = { communityId: community.community_id, hookId: hook.hook_id, version: 1 }
    await rotateSecret(database.pool, TEST_SECRET, { ...place, ...by(), secret: next })
    const signedBy = async () => {
      await tell({ on: at.toISOString() })
      await deliver()
      const last = server.posted.at(-1) as PostedHook
      return [verify(last, old), verify(last, next)]
    }
    expect(await signedBy()).toEqual([true, true])
    pass(DAY - MINUTE)
    expect(await signedBy()).toEqual([true, true])
    pass(2 * MINUTE)
    expect(await signedBy()).toEqual([false, true])
  })

  it('is sent again where a process died at it, under the same id', async () => {
    const server = await start()
    await hookTo(server.url)
    await tell()
    await deliver()
    await database.pool.query(`update outbox set state = 'handing_over', lease_until = $1`, [new Date(T0.getTime() + MINUTE)])
    expect(await deliver()).toMatchObject({ sent: 0 })
    pass(MINUTE)
    expect(await deliver()).toMatchObject({ sent: 1, uncertain: 0 })
    const ids = server.posted.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
  })

  it('keeps its id where a person sends it again', async () => {
    const server = await start({ fate: (time) => ({ status: time === 1 ? 400 : 200 }) })
    await hookTo(server.url)
    await tell()
    await deliver()
    await resendMail(database.pool, community.community_id, { mailId: (await row()).mail_id, userId: null, now: at })
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(server.posted[0]?.headers['webhook-id']).toBe(server.posted[1]?.headers['webhook-id'])
  })

  it('goes where it is set to go now, and nowhere once it is removed or switched off', async () => {
    const [first, second] = [await start(), await start()]
    const hook = await hookTo(first.url)
    const place = { communityId: community.community_id, hookId: hook.hook_id, ...by() }
    const change = { ...place, label: 'Monitor', rules: null, isOn: true, address: { text: second.url, host: 'x' } }
    await tell()
    await changeHook(database.pool, TEST_SECRET, { ...change, version: 1 })
    await deliver()
    expect([first.posted.length, second.posted.length]).toEqual([0, 1])
    await tell({ notice: 'clearly_worse' })
    await changeHook(database.pool, TEST_SECRET, { ...change, address: null, isOn: false, version: 2 })
    await changeHook(database.pool, TEST_SECRET, { ...change, address: null, version: 3 })
    await tell({ notice: 'recovered' })
    await removeHook(database.pool, { ...place, version: 4 })
    await deliver()
    expect(second.posted).toHaveLength(1)
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['cancelled', 'cancelled', 'sent'])
    const [late] = (await rows()).filter(({ state }) => state === 'cancelled')
    expect(await resendMail(database.pool, community.community_id, { mailId: late?.mail_id ?? '', userId: null, now: at })).toBe(null)
  })

  it('gets those alerts alone that it is set for', async () => {
    await hookTo('http://127.0.0.1:1/all')
    await hookTo('http://127.0.0.1:1/one', { rules: ['silent-feed'] })
    expect(await tell({ rule: 'decline' })).toBe(1)
    expect(await tell({ rule: 'silent-feed' })).toBe(2)
  })

  it('says what to do where its address was sealed with another key', async () => {
    await hookTo('http://127.0.0.1:1/')
    await tell()
    await deliver({ job: { secretKey: 'x'.repeat(32) } })
    expect(await row()).toMatchObject({ state: 'refused', answer: expect.stringContaining('another SECRET_KEY') })
  })
})

describe('a message to a chat', () => {
  it('is text that names and sources cannot turn into anything else', async () => {
    const server = await start()
    await hookTo(server.url, { kind: 'slack' })
    await tell({
      subject: '<!channel> @here & <http://evil.example|us> [x](evil.example): fewer',
      sentences: ['*_`~||see evil.example/a||~`_*'],
    })
    await deliver()
    const { text, ...others } = JSON.parse(server.posted[0]?.body ?? '')
    expect(others).toEqual({})
    expect(Object.keys(server.posted[0]?.headers ?? {}).filter((name) => name.startsWith('webhook'))).toEqual([])
    const ours = text.replace(/https:\/\/barnraise\S+$/, '')
    expect(ours).not.toMatch(/[<>@*~`]|:\/\/|evil\.example|\]\(|\|\||&(?!(amp|lt|gt);)/)
    expect(text).toMatch(/^Barnraise: &lt;!channel&gt; ＠here &amp; /)
    expect(text).toMatch(/\nhttps:\/\/barnraise\.example\.org\/c\/\S+\/alerts\?alert=\S+$/)
  })

  it.each<[HookFate, string]>([
    ['hang', 'uncertain'],
    ['trickle headers', 'uncertain'],
    ['die after request', 'uncertain'],
    [{ status: 504 }, 'uncertain'],
    [{ status: 500 }, 'waiting'],
    [{ status: 429 }, 'waiting'],
    [{ status: 404, body: 'no_service' }, 'refused'],
    [{ status: 200, body: 'ok' }, 'sent'],
  ])('of which %j is the answer is %s, and not posted twice unless it was surely not taken', async (fate, state) => {
    const server = await start({ fate: (time) => (time === 1 ? fate : { status: 200 }) })
    await hookTo(server.url, { kind: 'slack' })
    await tell()
    await deliver({ network: { timeouts: typeof fate === 'string' ? HASTY : PATIENT } })
    expect((await row()).state).toBe(state)
    pass(DAY)
    await deliver()
    expect(server.posted).toHaveLength(state === 'waiting' ? 2 : 1)
  })

  it('is uncertain where a process died at it', async () => {
    const server = await start()
    await hookTo(server.url, { kind: 'slack' })
    await tell()
    await database.pool.query(`update outbox set state = 'handing_over', lease_until = $1`, [T0])
    expect(await deliver()).toMatchObject({ uncertain: 1 })
    expect(server.posted).toHaveLength(0)
  })
})

describe('an address', () => {
  const leadsTo =
    (...addresses: string[]): NonNullable<NonNullable<Over['network']>['resolve']> =>
    (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )

  it.each([[['127.0.0.1']], [['1.1.1.1', '10.0.0.1']], [['::ffff:127.0.0.1']], [['169.254.169.254']]])(
    'whose name leads to %j is not connected to',
    async (addresses) => {
      const server = await start({ tls: true })
      await hookTo(`https://hook.example:${server.port}/`)
      await tell()
      await deliver({ job: { toPrivate: false }, network: { resolve: leadsTo(...addresses), ca: HOOK_CERTIFICATE } })
      expect(await row()).toMatchObject({ state: 'refused', answer: expect.stringMatching(/^hook\.example leads to \S+, and that /) })
      expect(server.posted).toHaveLength(0)
    },
  )

  it('of the own network is reached where the operator says so, but never that where a cloud keeps its keys', async () => {
    const server = await start({ tls: true })
    await hookTo(`https://hook.example:${server.port}/`)
    await tell()
    const trusted = { resolve: leadsTo('127.0.0.1'), ca: HOOK_CERTIFICATE }
    // a certificate nobody vouches for
    await deliver({ network: { resolve: trusted.resolve } })
    expect(await row()).toMatchObject({
      state: 'waiting',
      answer: expect.stringMatching(/^No connection to hook\.example:\d+: .*certificate/),
    })
    pass(2 * MINUTE)
    expect(await deliver({ network: trusted })).toMatchObject({ sent: 1 })
    await tell({ notice: 'recovered' })
    await deliver({ network: { resolve: leadsTo('169.254.169.254') } })
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['refused', 'sent'])
  })

  it('that refuses connections, or has no name, is tried again', async () => {
    const server = await start()
    await hookTo(server.url)
    await server.close()
    servers = []
    await tell()
    expect(await deliver()).toMatchObject({ again: 1 })
    expect((await row()).answer).toMatch(/^No connection to 127\.0\.0\.1:\d+: it takes no connections/)
    const noName: NonNullable<NonNullable<Over['network']>['resolve']> = (_name, _options, done) =>
      done(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), [])
    await database.pool.query('delete from outbox')
    await database.pool.query('delete from alert_hook where community_id = $1', [community.community_id])
    await hookTo('https://hook.example/')
    await tell()
    expect(await deliver({ network: { resolve: noName } })).toMatchObject({ again: 1 })
    expect((await row()).answer).toBe('No connection to hook.example: there is no such name.')
  })
})

describe('several hooks', () => {
  it('do not wait for one that hangs, nor does mail', async () => {
    const dead = await start({ fate: () => 'hang' })
    const alive = await start()
    await hookTo(dead.url)
    for (let day = 1; day <= 5; day++) await tell({ on: `2026-01-0${day}` })
    await hookTo(alive.url)
    await tell({ on: '2026-01-06' })
    const network = { timeouts: HASTY }
    // one round has the dead one in its hands while the other goes on
    const counts = await Promise.all([deliver({ network }), deliver({ network })])
    expect(alive.posted).toHaveLength(1)
    // of its six, one was tried, and the others wait as long
    expect(dead.posted).toHaveLength(1)
    expect(counts.reduce((sum, { again }) => sum + again, 0)).toBe(1)
    const waiting = (await rows()).filter(({ state }) => state === 'waiting')
    expect(new Set(waiting.map(({ next_try_at }) => next_try_at.getTime())).size).toBe(1)
    // next time another one of them has its turn
    pass(2 * MINUTE)
    await deliver({ network })
    expect(
      (await rows())
        .filter(({ state }) => state === 'waiting')
        .map(({ attempt_count }) => attempt_count)
        .sort(),
    ).toEqual([0, 0, 0, 0, 1, 1])
  })

  it('are each posted to once by several who deliver', async () => {
    const hooks = await Promise.all(Array.from({ length: 6 }, () => start()))
    for (const { url } of hooks) await hookTo(url)
    for (let day = 1; day <= 3; day++) await tell({ on: `2026-01-0${day}` })
    await Promise.all([1, 2, 3].map(() => deliver()))
    await deliver()
    for (const { posted } of hooks) expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(3)
    expect(hooks.map(({ posted }) => posted.length)).toEqual([3, 3, 3, 3, 3, 3])
  })

  it('keep what they are handed over when the program stops', async () => {
    const dead = await start({ fate: () => 'hang' })
    await hookTo(dead.url)
    await tell()
    const round = begin()
    while (dead.posted.length === 0) await new Promise((soon) => setImmediate(soon))
    await round.stop(0)
    expect(await row()).toMatchObject({ state: 'waiting', attempt_count: 1 })
  })
})
