import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson, asBrowser, buildAccessApp, signIn, TEST_ORIGIN, TEST_SECRET } from '../../e2e/access-app.ts'
import { madeUpReport } from '../../e2e/made-up-report.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { portfolioReportSchema } from '../../shared/contract/portfolio-report.ts'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { portfolioReportRoutes, portfolioUnsubscribeRoutes } from './portfolio-report-routes.ts'
import { createCommunity, type StoredCommunity } from '../store/communities.ts'
import { openDatabase } from '../store/connection.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { skipMonth } from '../store/report-schedule.ts'
import { addRevision } from '../store/reports.ts'
import { doPortfolioMails } from '../jobs/portfolio-mails.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let clock = new Date('2025-12-20T12:00:00Z')
const now = () => clock
const MONTH = '2025-12'
const communities: Record<string, StoredCommunity> = {}
let sponsor: string
let viewer: string
const as: Record<string, Record<string, string>> = {}

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  app = await buildAccessApp({
    pool,
    now,
    routes: async (fastify) => {
      await fastify.register(portfolioReportRoutes({ pool, now }))
      await fastify.register(portfolioUnsubscribeRoutes({ pool, secretKey: TEST_SECRET, now }))
    },
  })
  // made before the month, so that the schedule makes a report of it
  for (const [slug, name] of [
    ['pumps', 'Pumps'],
    ['seals', 'Seals'],
    ['welds', 'Welds'],
    ['silent', 'Silent'],
  ] as const)
    communities[slug] = (await createCommunity(database, {
      slug,
      name,
      time_zone: slug === 'seals' ? 'America/Los_Angeles' : 'Europe/Berlin',
      now: new Date('2025-10-05T00:00:00Z'),
    })) as StoredCommunity
  sponsor = await addPerson(pool, 'sue@example.org', 'sponsor', communities.pumps as StoredCommunity)
  for (const slug of ['seals', 'welds', 'silent']) await addPerson(pool, 'sue@example.org', 'sponsor', communities[slug] as StoredCommunity)
  viewer = await addPerson(pool, 'vic@example.org', 'viewer', communities.pumps as StoredCommunity)
  await addPerson(pool, 'out@example.org', 'viewer', communities.silent as StoredCommunity)
  for (const who of ['sue', 'vic', 'out']) as[who] = asBrowser(await signIn(app, pool, `${who}@example.org`))
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  for (const table of ['outbox', 'report_revision', 'report_schedule', 'portfolio_subscription'])
    await database.pool.query(`delete from ${table}`)
  clock = new Date('2025-12-20T12:00:00Z')
})

const freeze = (slug: string, change: Partial<ValueReport['content']> = {}, inputs: Record<string, unknown> = {}, month = MONTH) => {
  const community = communities[slug] as StoredCommunity
  const { content } = madeUpReport({
    ask: null,
    ...change,
    month,
    community: { slug, name: community.name, time_zone: community.time_zone, is_demo: false, demo_note: null },
  })
  return inTransaction(database.pool, (client) =>
    addRevision(client, {
      communityId: community.community_id,
      month,
      revision: 1,
      now: clock,
      userId: null,
      reason: null,
      changes: null,
      content,
      inputs,
    }),
  )
}
const subscribe = (who: string, is_subscribed = true) =>
  app.inject({ method: 'PUT', url: '/api/v1/portfolio-report/subscription', headers: as[who] ?? {}, payload: { is_subscribed } })
const round = (at: string, db = database) =>
  doPortfolioMails(
    { db, secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, now: new Date(at) },
    {
      onFailure: (error) => {
        throw error
      },
    },
  )
const mails = async () =>
  (
    await database.pool.query<{
      mail_key: string
      to_address: string
      subject: string
      text_body: string
      html_body: string
      headers: Record<string, string>
      state: string
    }>(`select * from outbox where kind = 'portfolio-report' order by mail_key`)
  ).rows
const read = async (who: string, month: string) => {
  const answer = await app.inject({ url: `/api/v1/portfolio-report/${month}`, headers: as[who] ?? {} })
  return answer.statusCode === 200 ? portfolioReportSchema.parse(JSON.parse(answer.body.replaceAll('\u00a0', ' '))) : answer
}
const skip = (slug: string, month = MONTH) =>
  skipMonth(database.pool, (communities[slug] as StoredCommunity).community_id, month, 'No data came in the month.', clock)

describe('the mail', () => {
  test('goes out once when the last report of the month is there, and waits for none that is not coming', async () => {
    expect((await subscribe('sue')).json()).toMatchObject({
      is_subscribed: true,
      address: 'sue@example.org',
      next_month: MONTH,
      sent_by: '2026-01-03',
    })
    await freeze('pumps')
    await freeze('welds')
    await skip('silent')
    // Los Angeles has not come to the first yet
    expect(await round('2026-01-01T06:00:00Z')).toBe(0)
    await freeze('seals')
    expect(await round('2026-01-01T15:00:00Z')).toBe(1)
    expect(await round('2026-01-01T15:10:00Z')).toBe(0)
    expect(await round('2026-01-05T15:10:00Z')).toBe(0)
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ mail_key: `portfolio-report:${MONTH}:${sponsor}`, to_address: 'sue@example.org' })
    expect(mail?.subject.replaceAll('\u00a0', ' ')).toContain('Value reports, December 2025: Nothing in the reports asks for your decision')
    expect(mail?.text_body).toContain('No data came in the month.')
    expect(mail?.text_body).toContain(`${TEST_ORIGIN}/report?month=${MONTH}`)
  })

  test('goes out on the third at the latest, with what there is', async () => {
    await subscribe('sue')
    await freeze('pumps')
    expect(await round('2026-01-02T23:59:00Z')).toBe(0)
    expect(await round('2026-01-03T00:00:00Z')).toBe(1)
    await freeze('seals')
    expect(await round('2026-01-04T00:00:00Z')).toBe(0)
  })

  test('is put in once by two processes at once', async () => {
    await subscribe('sue')
    await subscribe('vic')
    for (const slug of ['pumps', 'seals', 'welds']) await freeze(slug)
    const second = { ...openDatabase(database.url), url: database.url }
    try {
      await Promise.all(
        Array.from({ length: 6 }, (_, i) => round('2026-01-04T00:00:00Z', i % 2 === 0 ? database : (second as typeof database))),
      )
      await round('2026-01-04T00:01:00Z')
    } finally {
      await second.close()
    }
    expect((await mails()).map(({ to_address }) => to_address).sort()).toEqual(['sue@example.org', 'vic@example.org'])
  })

  test('catches up month by month, and says nothing of a month without any report', async () => {
    await subscribe('sue')
    await freeze('pumps')
    await freeze('pumps', {}, {}, '2026-02')
    expect(await round('2026-03-20T00:00:00Z')).toBe(2)
    expect((await mails()).map(({ mail_key }) => mail_key.split(':')[1])).toEqual([MONTH, '2026-02'])
  })

  test('ends with one click, of mail that waits too, and the link to look at ends nothing', async () => {
    await subscribe('vic')
    await freeze('pumps')
    await round('2026-01-03T00:00:00Z')
    const [mail] = await mails()
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const url = /<http:\/\/localhost:3000(.*)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
    expect(mail?.text_body).toContain(url)
    expect((await app.inject({ url })).body).toContain('No more of these mails?')
    const still = await app.inject({ url: '/api/v1/portfolio-report/subscription', headers: as.vic ?? {} })
    expect(still.json().is_subscribed).toBe(true)
    const post = () =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      })
    expect((await post()).statusCode).toBe(200)
    expect((await post()).statusCode).toBe(200)
    expect((await mails()).map(({ state }) => state)).toEqual(['cancelled'])
    const { rows: closed } = await database.pool.query('select is_closed, settled_at is not null as has_ended from outbox')
    expect(closed).toEqual([{ is_closed: true, has_ended: true }])
    expect(await round('2026-02-03T00:00:00Z')).toBe(0)
    const forged = await app.inject({ method: 'POST', url: `${url.slice(0, -3)}abc`, payload: '' })
    expect(forged.statusCode).toBe(404)
  })

  test('shows hostile names and asks as words', async () => {
    await subscribe('vic')
    await freeze('pumps', {
      ask: { text: '<script>alert(1)</script>\n\u202eevil {{mustache}} @@0@@', by: '<b>Bob</b>' },
      opening: { headline: '<img src=x onerror=1>', verdict: 'blog', trajectory: 'steady', sentences: [], note: null },
    })
    await round('2026-01-03T00:00:00Z')
    const [mail] = await mails()
    expect(mail?.html_body).not.toMatch(/<script|<img|onerror=1>|\u202e|\{\{/)
    expect(mail?.html_body).toContain('&lt;script&gt;')
    expect(mail?.html_body).toContain('@@0@@')
    expect(mail?.text_body).not.toContain('\u202e')
  })
})

describe('the page', () => {
  test('groups by what needs a decision, by name, and says what each report says', async () => {
    const opening = (trajectory: 'declining' | 'growing') => ({
      headline: `Going: ${trajectory}.`,
      verdict: 'community' as const,
      trajectory,
      sentences: [],
      note: null,
    })
    await freeze('welds', { opening: opening('growing') }, { verdict: { intention: { state: 'drifting' } } })
    await freeze('seals', { opening: opening('declining') })
    await freeze('pumps', { opening: opening('declining'), ask: { text: 'A second facilitator', by: 'Ana' } })
    await skip('silent')
    const report = await read('sue', MONTH)
    expect(report).toMatchObject({
      month: MONTH,
      months: [MONTH],
      sentence:
        'Three communities reported on December 2025. One manager asks something of you, two communities are in decline and one community is not what it was meant to be. One other has no report of the month.',
      groups: [
        { id: 'asks', entries: [{ slug: 'pumps', headline: 'Going: declining.', ask: { text: 'A second facilitator', by: 'Ana' } }] },
        { id: 'declining', entries: [{ slug: 'seals' }] },
        { id: 'drifting', entries: [{ slug: 'welds', is_drifting: true }] },
      ],
      missing: [{ slug: 'silent', reason: 'No data came in the month.' }],
    })
    if (!('groups' in report)) throw new Error('no report')
    const { content } = madeUpReport()
    const [members] = content.growth.rows.find(({ id }) => id === 'members')?.cells ?? []
    const lines = report.groups[0]?.entries[0]?.lines ?? []
    expect(lines.find(({ id }) => id === 'members')?.value).toMatch(new RegExp(`^${members?.value} \\(`))
    expect(lines).toContainEqual(expect.objectContaining({ label: content.pays.benefited.label, value: content.pays.benefited.value }))
    expect(report.totals.join(' ')).toContain('Together 93 of 126 questions were answered in time in December 2025')
    expect(report.totals.at(-1)).toContain('Members are never added up')
  })

  test('adds costs up only of the same days and currency', async () => {
    const costOf = (amount: number, currency = 'EUR') => ({
      cost_and_claims: { inputs: { counted: { from_on: '2025-01-01', to_on: '2026-01-01' }, cost: { stretches: [{ amount, currency }] } } },
    })
    await freeze('pumps', {}, costOf(1000))
    await freeze('seals', {}, costOf(2500))
    expect(await read('sue', MONTH)).toMatchObject({
      totals: expect.arrayContaining(['The two communities whose cost is known cost €3,500 together, from 1 January to 31 December 2025.']),
    })
    await freeze('welds', {}, costOf(10, 'USD'))
    expect(await read('sue', MONTH)).toMatchObject({ totals: expect.arrayContaining([expect.stringContaining('Costs are not added up')]) })
  })

  test('shows each reader the communities they may see, and says where there is nothing', async () => {
    await freeze('pumps')
    await freeze('seals')
    expect(await read('vic', 'latest')).toMatchObject({ month: MONTH, groups: [{ entries: [{ slug: 'pumps' }] }], missing: [] })
    expect(await read('out', 'latest')).toMatchObject({ statusCode: 404 })
    expect(await read('out', '2025-11')).toMatchObject({ groups: [], missing: [{ slug: 'silent', reason: 'No data have come yet.' }] })
    expect(await read('sue', '2027-01')).toMatchObject({
      groups: [],
      missing: expect.arrayContaining([{ slug: 'pumps', name: 'Pumps', reason: 'January 2027 has not begun there.' }]),
    })
    expect(await read('sue', '2025-13')).toMatchObject({ statusCode: 400 })
    expect(viewer).not.toBe(sponsor)
  })
})
