import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MAIL_FATES, type MailFate, startMailServer, type TestMailServer } from '../../e2e/mail-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Carrier } from '../mail/carrier.ts'
import { createSmtpCarrier } from '../mail/smtp-carrier.ts'
import type { SmtpTimeouts } from '../mail/smtp-session.ts'
import { putInOutbox } from '../store/outbox.ts'
import { dropOldTexts } from '../store/outbox-delivery.ts'
import { type DeliveryParts, deliverOutbox, TRY_DAYS } from './deliver-outbox.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const T0 = new Date('2026-01-01T08:00:00Z')
// a step that does not stall has all the time that a busy machine may need
const PATIENT: SmtpTimeouts = { connect_ms: 20_000, command_ms: 20_000, hand_over_ms: 20_000 }
const SHORT = 250

let database: Awaited<ReturnType<typeof createTestDatabase>>
let servers: TestMailServer[] = []
let at: Date
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  at = T0
  await database.pool.query('delete from outbox')
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})

const start = async (options: Parameters<typeof startMailServer>[0] = {}) => {
  const server = await startMailServer(options)
  servers.push(server)
  return server
}
const put = (address: string, { key = `test:${address}`, putAt = at } = {}) => {
  const mail = {
    mail_key: key,
    community_id: null,
    kind: 'test' as const,
    to: { address, name: null },
    subject: 'Hello',
    text: 'Hello',
    html: '',
  }
  return putInOutbox(database.pool, mail, putAt)
}
type Row = { mail_key: string; to_address: string; state: string; answer: string | null; attempt_count: number; next_try_at: Date }
const rows = async (): Promise<Row[]> => (await database.pool.query<Row>('select * from outbox order by mail_key')).rows
const row = async (): Promise<Row> => (await rows())[0] as Row
const carrierTo = (url: string, timeouts: Partial<SmtpTimeouts> = {}) =>
  createSmtpCarrier({ url, from: 'Barnraise <barn@example.org>', timeouts: { ...PATIENT, ...timeouts } })
const begin = (carrier: Carrier, options: Partial<DeliveryParts> = {}) =>
  deliverOutbox({
    pool: database.pool,
    carrier,
    now: () => at,
    random: () => 0.5,
    log: pino({ level: 'silent' }),
    perMinute: 1000,
    ...options,
  })
const deliver = (carrier: Carrier, options: Partial<DeliveryParts> = {}) => begin(carrier, options).done
const pass = (ms: number) => {
  at = new Date(at.getTime() + ms)
}

describe('a mail', () => {
  it('leaves once, and over one connection with the others', async () => {
    const server = await start()
    for (const one of ['a', 'b', 'c']) await put(`${one}@example.org`)
    expect(await put('a@example.org')).toBe(false)
    expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 3 })
    expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 0 })
    expect(server.held.map((mail) => mail.to).sort()).toEqual(['a@example.org', 'b@example.org', 'c@example.org'])
    expect(server.connectionCount()).toBe(1)
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
  })

  it.each<[MailFate, string, number, Partial<SmtpTimeouts>]>([
    ['refuse recipient', 'refused', 0, {}],
    ['defer recipient', 'waiting', 0, {}],
    ['refuse message', 'refused', 0, {}],
    ['defer message', 'waiting', 0, {}],
    ['say goodbye', 'uncertain', 1, {}],
    ['stall before data', 'waiting', 0, { command_ms: SHORT }],
    ['stall after data', 'uncertain', 1, { hand_over_ms: SHORT }],
    ['die before data', 'waiting', 0, {}],
    ['die in data', 'uncertain', 0, {}],
    ['die after data, kept', 'uncertain', 1, {}],
    ['die after data, lost', 'uncertain', 0, {}],
  ])('with a server that chooses to %s is %s', async (fate, state, held, timeouts) => {
    const server = await start({ fate: (_to, time) => (time === 1 ? fate : 'take') })
    await put('a@example.org')
    await deliver(carrierTo(server.url, timeouts))
    expect(await row()).toMatchObject({ state, attempt_count: 1, answer: expect.stringMatching(/./) })
    expect(server.held).toHaveLength(held)
    // what is not sure to be outside of the server is never sent again by itself
    pass(5 * MINUTE)
    await deliver(carrierTo(server.url))
    expect(server.held).toHaveLength(state === 'waiting' ? 1 : held)
  })

  it('is tried again by a server that has been mute, refuses connections, or does not know the password', async () => {
    await put('a@example.org')
    const mute = await start({ isMute: true })
    expect(await deliver(carrierTo(mute.url, { connect_ms: SHORT }))).toMatchObject({ again: 1 })
    expect(await row()).toMatchObject({ state: 'waiting', attempt_count: 1 })
    expect((await row()).answer).toMatch(/^The mail server 127\.0\.0\.1:\d+ did not answer in time\.$/)
    await mute.close()
    pass(DAY)
    expect(await deliver(carrierTo(mute.url))).toMatchObject({ again: 1 })
    expect((await row()).answer).toMatch(/^No connection to the mail server 127\.0\.0\.1:\d+: ECONNREFUSED\.$/)
    pass(DAY)
    const closed = await start({ login: { user: 'barn', password: 'right p@ss' } })
    expect(await deliver(carrierTo(closed.url.replace('right', 'wrong')))).toMatchObject({ again: 1 })
    expect((await row()).answer).toMatch(/does not accept the user and password of SMTP_URL\. It said: 535 who are you$/)
    pass(DAY)
    expect(await deliver(carrierTo(closed.url))).toMatchObject({ sent: 1 })
    expect(closed.held).toHaveLength(1)
  })

  it('does not hold up the others with a recipient that is refused, and does with a server that is away', async () => {
    const server = await start({ fate: (to) => (to.startsWith('b') ? 'refuse recipient' : 'take') })
    for (const one of ['a', 'b', 'c']) await put(`${one}@example.org`)
    expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 2, refused: 1 })
    expect(server.connectionCount()).toBe(1)
    for (const one of ['d', 'e', 'f']) await put(`${one}@example.org`)
    await server.close()
    expect(await deliver(carrierTo(server.url))).toMatchObject({ again: 1 })
  })

  it('goes on over a new connection where the server ends the old one between two mails', async () => {
    const server = await start()
    for (const one of ['a', 'b']) await put(`${one}@example.org`)
    let settled = 0
    const cut = () => {
      if (++settled === 1) server.cutAll()
    }
    expect(await deliver(carrierTo(server.url), { onOutcome: cut })).toMatchObject({ sent: 2 })
    expect(server.held).toHaveLength(2)
    expect(server.connectionCount()).toBe(2)
  })

  it('is tried at growing distances for some days, and then given up with the last answer', async () => {
    const answer = '451 4.7.1 greylisted, come back later'
    const never: Carrier = {
      limits: { prepare_ms: 0, hand_over_ms: 0 },
      open: () => ({ carry: async () => ({ state: 'again', answer, is_server_trouble: false }), abort: () => {}, close: () => {} }),
    }
    await put('a@example.org')
    const tries: number[] = []
    for (let n = 0; n < 100 && (await row()).state === 'waiting'; n++) {
      if ((await deliver(never)).again > 0) tries.push((at.getTime() - T0.getTime()) / MINUTE)
      at = (await row()).next_try_at > at ? (await row()).next_try_at : at
    }
    expect(tries.slice(0, 8)).toEqual([0, 1, 3, 7, 15, 31, 63, 127])
    expect(tries.at(-1)).toBeLessThan((TRY_DAYS * DAY) / MINUTE)
    expect(tries.at(-1)).toBeGreaterThan(((TRY_DAYS - 0.25) * DAY) / MINUTE)
    expect(await row()).toMatchObject({
      state: 'cancelled',
      answer: `It was tried for ${TRY_DAYS} days, and then given up. Last: ${answer}`,
    })
  })

  it('is not sent by surprise where it waited for days until a mail server was set', async () => {
    const server = await start()
    await put('old@example.org', { putAt: new Date(at.getTime() - TRY_DAYS * DAY - MINUTE) })
    await put('new@example.org', { putAt: new Date(at.getTime() - TRY_DAYS * DAY + MINUTE) })
    expect(await deliver(carrierTo(server.url))).toMatchObject({ cancelled: 1, sent: 1 })
    expect(server.held.map(({ to }) => to)).toEqual(['new@example.org'])
  })

  it('waits its turn where many were sent within a minute', async () => {
    const server = await start()
    for (let n = 0; n < 5; n++) await put(`${n}@example.org`)
    expect(await deliver(carrierTo(server.url), { perMinute: 3 })).toMatchObject({ sent: 3 })
    expect(await deliver(carrierTo(server.url), { perMinute: 3 })).toMatchObject({ sent: 0 })
    pass(MINUTE)
    expect(await deliver(carrierTo(server.url), { perMinute: 3 })).toMatchObject({ sent: 2 })
  })

  it('loses its text some time after its end, and only then', async () => {
    const server = await start({ fate: (to) => (to.startsWith('w') ? 'defer recipient' : 'take') })
    for (const one of ['waits', 'sent']) await put(`${one}@example.org`)
    await deliver(carrierTo(server.url))
    expect(await dropOldTexts(database.pool, new Date(at.getTime() - 1))).toBe(0)
    expect(await dropOldTexts(database.pool, at)).toBe(1)
    const { rows: kept } = await database.pool.query('select mail_key, text_body, is_text_dropped from outbox order by mail_key')
    expect(kept).toEqual([
      { mail_key: 'test:sent@example.org', text_body: '', is_text_dropped: true },
      { mail_key: 'test:waits@example.org', text_body: 'Hello', is_text_dropped: false },
    ])
    expect(await put('sent@example.org')).toBe(false)
  })
})

describe('several who deliver', () => {
  it('send each of fifty mails once', async () => {
    const server = await start()
    for (let n = 0; n < 50; n++) await put(`${n}@example.org`)
    const counts = await Promise.all([1, 2, 3].map(() => deliver(carrierTo(server.url))))
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(50)
    expect(new Set(server.held.map(({ to }) => to)).size).toBe(50)
    expect(server.held).toHaveLength(50)
    expect((await rows()).filter(({ state }) => state === 'sent')).toHaveLength(50)
  })

  it('take over what somebody has claimed and died, and leave alone what may have left', async () => {
    const server = await start()
    for (const state of ['claimed', 'handing_over']) {
      await put(`${state}@example.org`)
      await database.pool.query(
        `update outbox set state = $1, lease_until = $2, claimed_by = gen_random_uuid(), attempt_count = 1 where mail_key = $3`,
        [state, new Date(T0.getTime() + 10 * MINUTE), `test:${state}@example.org`],
      )
    }
    expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 0, uncertain: 0 })
    pass(10 * MINUTE)
    expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 1, uncertain: 1 })
    expect(server.held.map(({ to }) => to)).toEqual(['claimed@example.org'])
    expect((await rows())[1]?.answer).toMatch(/^The program ended while the mail was handed over/)
  })

  it('cannot send what was taken from them while they were slow', async () => {
    const server = await start()
    await put('a@example.org')
    const carrier = carrierTo(server.url)
    const slow: Carrier = {
      ...carrier,
      open: () => {
        const carriage = carrier.open()
        return {
          ...carriage,
          carry: (letter, mayHandOver, time) =>
            carriage.carry(
              letter,
              async () => {
                // its lease ends, and another one does the work, just before it begins
                pass(DAY)
                expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 1 })
                return mayHandOver()
              },
              time,
            ),
        }
      },
    }
    await deliver(slow)
    expect(server.held).toHaveLength(1)
    expect(await row()).toMatchObject({ state: 'sent', attempt_count: 2 })
  })

  it('do not send again what one of them was handing over when it was killed', async () => {
    const server = await start({ fate: (to) => (to.startsWith('stall') ? 'stall after data' : 'take') })
    await put('stalls@example.org')
    await put('waits@example.org', { putAt: new Date(at.getTime() + 1) })
    const arrived = new Promise<void>((resolve) => server.whenData(resolve))
    const child = spawn(process.execPath, ['--input-type=module', '-e', deliverInAnotherProcess(server.url)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const gone = once(child, 'exit')
    await arrived
    child.kill('SIGKILL')
    await gone
    expect((await rows()).map(({ state }) => state)).toEqual(['handing_over', 'waiting'])
    pass(DAY)
    expect(await deliver(carrierTo(server.url))).toMatchObject({ sent: 1, uncertain: 1 })
    expect(server.held.map(({ to }) => to)).toEqual(['stalls@example.org', 'waits@example.org'])
  })
})

const deliverInAnotherProcess = (url: string): string => `
  import { createSmtpCarrier } from ${JSON.stringify(join(import.meta.dirname, '../mail/smtp-carrier.ts'))}
  import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../store/connection.ts'))}
  import { deliverOutbox } from ${JSON.stringify(join(import.meta.dirname, 'deliver-outbox.ts'))}
  const log = { info() {}, warn() {}, error: console.error }
  const { pool } = openDatabase(${JSON.stringify(database.url)})
  const carrier = createSmtpCarrier({ url: ${JSON.stringify(url)}, from: 'barn@example.org' })
  await deliverOutbox({ pool, carrier, now: () => new Date(${T0.getTime()}), random: () => 0.5, log }).done
`

describe('a database that is away for a moment', () => {
  it('learns afterwards what came of a mail', async () => {
    const server = await start()
    await put('a@example.org')
    let failures = 0
    const failing = new Proxy(database.pool, {
      get: (pool, name) =>
        name === 'query'
          ? (text: string, values: unknown[]) =>
              text.trim().startsWith('update outbox') && text.includes('sent_at') && failures++ < 2
                ? Promise.reject(new Error('the database is away'))
                : pool.query(text, values)
          : Reflect.get(pool, name, pool),
    })
    expect(await deliver(carrierTo(server.url), { pool: failing, keepAgainAfterMs: [1, 1, 1] })).toMatchObject({ sent: 1 })
    expect(await row()).toMatchObject({ state: 'sent' })
    expect(failures).toBeGreaterThan(2)
  })
})

describe('stopping', () => {
  it('waits for a mail that is being handed over, and begins no other', async () => {
    const server = await start()
    for (const one of ['a', 'b']) await put(`${one}@example.org`, { putAt: T0 })
    const round = begin(carrierTo(server.url))
    await new Promise<void>((resolve) => server.whenData(resolve))
    await round.stop(20_000)
    expect(await round.done).toMatchObject({ sent: 1 })
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'waiting'])
  })

  it('gives back at once what it has only just claimed', async () => {
    const server = await start({ isMute: true })
    await put('a@example.org')
    const round = begin(carrierTo(server.url))
    await round.stop(20_000)
    expect(await row()).toMatchObject({ state: 'waiting', next_try_at: at })
    expect(await deliver(carrierTo((await start()).url))).toMatchObject({ sent: 1 })
  })

  it('breaks off what takes too long: uncertain where the message has left, else due at once', async () => {
    const server = await start({ fate: (to) => (to.startsWith('after') ? 'stall after data' : 'stall before data') })
    await put('after@example.org')
    const round = begin(carrierTo(server.url))
    await new Promise<void>((resolve) => server.whenData(resolve))
    await round.stop(10)
    expect(await row()).toMatchObject({ state: 'uncertain' })
    await put('before@example.org')
    const arrived = new Promise<void>((resolve) => server.whenRecipient(resolve))
    const next = begin(carrierTo(server.url))
    await arrived
    await next.stop(20_000)
    expect((await rows())[1]).toMatchObject({ to_address: 'before@example.org', state: 'waiting', next_try_at: at })
  })
})

describe('whatever happens', () => {
  const plan = fc.record({
    fates: fc.array(fc.array(fc.constantFrom(...MAIL_FATES.filter((fate) => !fate.startsWith('stall'))), { maxLength: 4 }), {
      minLength: 6,
      maxLength: 12,
    }),
    // of the answers that are to be kept in the database, which are lost: as if the process died then
    lost: fc.array(fc.boolean(), { maxLength: 8 }),
    offersPipelining: fc.boolean(),
  })

  it('what the outbox says of a mail is true of the mail server, and no mail is left behind', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ fates, lost, offersPipelining }) => {
        at = T0
        await database.pool.query('delete from outbox')
        const server = await start({ offersPipelining, fate: (to, time) => fates[Number(to.split('@')[0])]?.[time - 1] ?? 'take' })
        for (const n of fates.keys()) await put(`${n}@example.org`)
        const isSettling = /^update outbox\s+set state = \$3/
        let settled = 0
        const failing = new Proxy(database.pool, {
          get: (pool, name) =>
            name === 'query'
              ? (text: string, values: unknown[]) =>
                  isSettling.test(text.trim()) && lost[settled++]
                    ? Promise.reject(new Error('the database is away'))
                    : pool.query(text, values)
              : Reflect.get(pool, name, pool),
        })
        const isLeft = async () => (await rows()).some(({ state }) => ['waiting', 'claimed', 'handing_over'].includes(state))
        for (let round = 0; round < 24 && (await isLeft()); round++) {
          await Promise.all([deliver(carrierTo(server.url), { pool: failing, keepAgainAfterMs: [] }), deliver(carrierTo(server.url))])
          pass(30 * MINUTE)
        }
        for (const { to_address: to, state } of await rows()) {
          const held = server.heldFor(to).length
          if (state === 'sent') expect([to, held]).toEqual([to, 1])
          else if (state === 'refused') expect([to, held]).toEqual([to, 0])
          else {
            expect([to, state]).toEqual([to, 'uncertain'])
            expect(held).toBeLessThanOrEqual(1)
          }
        }
        await server.close()
      }),
      { numRuns: 4, seed: 7 },
    )
  })
})
