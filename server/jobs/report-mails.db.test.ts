import { simpleParser } from 'mailparser'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addCommunity, TEST_ORIGIN, TEST_SECRET } from '../../e2e/access-app.ts'
import { madeUpReport } from '../../e2e/made-up-report.ts'
import { startMailServer, type TestMailServer } from '../../e2e/mail-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { createSmtpCarrier } from '../mail/smtp-carrier.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { readUnsubscribeToken } from '../report/report-token.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { addSubscription } from '../store/report-subscriptions.ts'
import { deliverOutbox } from './deliver-outbox.ts'
import { addReportMails } from './report-mails.ts'

const now = new Date('2026-01-01T05:00:00Z')
const hostile = 'Pumps\r\nBcc: eve@example.org\u202e <script>{{x}}</script>'
let database: Awaited<ReturnType<typeof createTestDatabase>>
let server: TestMailServer
let community: ReportedCommunity

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startMailServer()
  const made = await addCommunity(database.pool, 'pumps')
  community = { ...made, name: hostile, time_zone: 'Europe/Berlin', is_demo: false, demo_note: null }
})
afterAll(async () => {
  await server.close()
  await database.close()
})

it('reaches its readers by a real mail server as it was laid out, whatever the community is called and however an address is written', async () => {
  const addresses = ['jörg@bücher.example', 'ana@example.org']
  for (const address of addresses)
    await addSubscription(database.pool, {
      communityId: community.community_id,
      address,
      name: 'A "B" <c@example.org>,\u202e d',
      byUserId: null,
      isAgain: false,
      isOwn: false,
      now,
    })
  const report = madeUpReport({ community: { ...madeUpReport().content.community, name: hostile } })
  const parts = { secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now }
  expect(await inTransaction(database.pool, (client) => addReportMails(client, community, report, parts))).toBe(2)
  const { rows } = await database.pool.query<{ to_address: string; text_body: string; html_body: string; subject: string }>(
    'select * from outbox',
  )
  const carrier = createSmtpCarrier({ url: server.url, from: 'Barnraise <barn@example.org>' })
  await deliverOutbox({ pool: database.pool, carrier, now: () => now, random: () => 0.5, log: pino({ level: 'silent' }), perMinute: 1000 })
    .done

  expect(server.held).toHaveLength(2)
  expect(server.held.map(({ to }) => to).sort()).toEqual(['ana@example.org', 'jörg@bücher.example'])
  for (const { to, raw } of server.held) {
    const mail = await simpleParser(raw)
    const put = rows.find((row) => row.to_address.slice(0, 3) === to.slice(0, 3))
    expect(mail.headers.has('bcc')).toBe(false)
    expect(mail.subject).toBe(put?.subject)
    expect(mail.subject).toMatch(/^Pumps Bcc: eve@example\.org <script>/)
    // what comes off the wire is what was put in, line for line
    expect(mail.text?.trimEnd()).toBe(put?.text_body.trimEnd())
    expect(String(mail.html).trimEnd()).toBe(put?.html_body.trimEnd())
    expect(mail.attachments).toEqual([])
    expect(Math.max(...raw.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThan(998)
    // RFC 8058, 3.1: both headers, and an address of https or ours
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    const unfolded = raw.replace(/\r\n[ \t]/g, ' ')
    const token = /^List-Unsubscribe: <http:\/\/localhost:3000\/unsubscribe\/([^>]+)>\r$/m.exec(unfolded)?.[1] as string
    expect(readUnsubscribeToken(TEST_SECRET, token)?.communityId).toBe(community.community_id)
  }
})

it('is laid out quickly enough for a full list', async () => {
  await database.pool.query(
    `insert into report_subscription (community_id, subscription_id, address_hash, address, created_at)
     select $1, gen_random_uuid(), decode(md5(i::text), 'hex'), 'p' || i || '@example.org', $2 from generate_series(1, 100) i`,
    [community.community_id, now],
  )
  const report = madeUpReport({ month: '2025-11' })
  const parts = { secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now }
  const before = performance.now()
  expect(await inTransaction(database.pool, (client) => addReportMails(client, community, report, parts))).toBe(102)
  // about half a second on two idle cores; the transaction that freezes a report waits for it
  expect(performance.now() - before).toBeLessThan(20_000)
})
