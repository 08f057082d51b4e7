import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMailServer, type TestMailServer } from '../../e2e/mail-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { createSmtpCarrier } from '../mail/smtp-carrier.ts'
import { putInOutbox } from '../store/outbox.ts'
import { deliverOutbox, TRY_DAYS } from './deliver-outbox.ts'

const FROM = 'Barnraise <barn@example.org>'
const TIMEOUTS = { connect_ms: 120, command_ms: 120, hand_over_ms: 120 }
const MINUTE = 60_000
const T0 = new Date('2026-01-01T08:00:00Z')

let database: Awaited<ReturnType<typeof createTestDatabase>>
let server: TestMailServer | undefined
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
  await server?.close()
  server = undefined
})

const put = (address: string, key = `test:${address}`, putAt = at) =>
  putInOutbox(
    database.pool,
    {
      mail_key: key,
      community_id: null,
      kind: 'test',
      to: { address, name: null },
      subject: 'Hello',
      text: 'Hello there',
      html: '<p>Hello there</p>',
    },
    putAt,
  )
type Row = { mail_key: string; to_address: string; state: string; answer: string | null; attempt_count: number; next_try_at: Date }
const rows = async (): Promise<Row[]> => (await database.pool.query<Row>('select * from outbox order by mail_key')).rows
const states = async () => Object.fromEntries((await rows()).map((row) => [row.to_address, row.state]))

const begin = (url: string, options: { perMinute?: number; random?: () => number } = {}) =>
  deliverOutbox({
    pool: database.pool,
    carrier: createSmtpCarrier({ url, from: FROM, timeouts: TIMEOUTS }),
    now: () => at,
    random: options.random ?? (() => 0.5),
    log: pino({ level: 'silent' }),
    perMinute: options.perMinute ?? 1000,
  })
const deliver = (url: string, options = {}) => begin(url, options).done

describe('delivery', () => {
  it('sends what is due over one connection, once', async () => {
    server = await startMailServer()
    for (const one of ['a', 'b', 'c']) await put(`${one}@example.org`)
    expect(await put('a@example.org')).toBe(false)
    expect(await deliver(server.url)).toMatchObject({ sent: 3 })
    expect(await deliver(server.url)).toMatchObject({ sent: 0 })
    expect(server.held.map((mail) => mail.to).sort()).toEqual(['a@example.org', 'b@example.org', 'c@example.org'])
    expect(server.connectionCount()).toBe(1)
    expect(await states()).toEqual({ 'a@example.org': 'sent', 'b@example.org': 'sent', 'c@example.org': 'sent' })
  })

  it('gives up what waited too long', async () => {
    server = await startMailServer()
    await put('old@example.org', 'old', new Date(at.getTime() - (TRY_DAYS * 24 * 60 + 1) * MINUTE))
    expect(await deliver(server.url)).toMatchObject({ cancelled: 1, sent: 0 })
    expect((await rows())[0]).toMatchObject({ state: 'cancelled' })
  })

  it.each([
    ['refuse recipient', 'refused', 0],
    ['defer recipient', 'waiting', 0],
    ['refuse message', 'refused', 0],
    ['defer message', 'waiting', 0],
    ['say goodbye', 'uncertain', 1],
    ['stall before data', 'waiting', 0],
    ['stall after data', 'uncertain', 1],
    ['die before data', 'waiting', 0],
    ['die in data', 'uncertain', 0],
    ['die after data, kept', 'uncertain', 1],
    ['die after data, lost', 'uncertain', 0],
  ] as const)('where the server chooses to %s, the mail is %s', async (fate, state, held) => {
    for (const offersPipelining of [true, false]) {
      at = T0
      await database.pool.query('delete from outbox')
      const own = await startMailServer({ fate: (_to, time) => (time === 1 ? fate : 'take'), offersPipelining })
      await put('a@example.org')
      await deliver(own.url)
      expect(own.held).toHaveLength(held)
      const [row] = await rows()
      expect(row).toMatchObject({ state, attempt_count: 1 })
      at = new Date(at.getTime() + 5 * MINUTE)
      await deliver(own.url)
      expect(own.held).toHaveLength(state === 'waiting' ? held + 1 : held)
      await own.close()
    }
  })
})
