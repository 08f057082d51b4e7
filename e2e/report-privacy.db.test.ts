import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { portfolioReportRoutes } from '../server/api/portfolio-report-routes.ts'
import { reportsRoutes } from '../server/api/reports-routes.ts'
import { sharedReportsRoutes } from '../server/api/shared-reports-routes.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { makeReport } from '../server/jobs/make-report.ts'
import { doPortfolioMails } from '../server/jobs/portfolio-mails.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { metrics } from '../server/metrics/catalogue.ts'
import { MIN_PEOPLE_NAMED } from '../server/report/cases.ts'
import { pseudonym } from '../server/report/pseudonym.ts'
import { makeReportToken } from '../server/report/report-token.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import { addCost } from '../server/store/costs.ts'
import { subscribePortfolio } from '../server/store/portfolio-subscriptions.ts'
import { addReportLink } from '../server/store/report-links.ts'
import { addSubscription } from '../server/store/report-subscriptions.ts'
import type { EventInput } from '../shared/contract/event.ts'
import type { ValueReport } from '../shared/contract/value-report.ts'
import { addKey, addPerson, asBrowser, buildAccessApp, signIn, TEST_ORIGIN, TEST_SECRET } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'

// What a report says to whom, field by field: a community whose members have names, of whom four only claim hours, and of whose stories
// one may be shown by name, one by role, one without either, one to nobody and one no more.

const MONTH = '2026-02'
const NOW = new Date('2026-03-02T12:00:00Z')
const ROLES = ['administrator', 'manager', 'sponsor', 'viewer'] as const

const MEMBERS = ['Zora', 'Yann', 'Xaver', 'Wilma', 'Vaclav', 'Ulrike', 'Teofil', 'Sidonie', 'Rasmus', 'Quirin', 'Philippa', 'Ottokar']
const nameOf = (first: string) => `${first} Quellwasser`
const actorOf = (first: string) => ({ id: `acct-${first.toLowerCase()}`, name: nameOf(first) })

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let community: StoredCommunity
const as: Record<string, Record<string, string>> = {}
let shared: string
/** What nobody may read: names but the one allowed, account ids, ids of people, pseudonyms. */
let forbidden: string[]

const story = (id: string, first: string, text: string, properties: object): Omit<EventInput, 'source'> => ({
  id,
  type: 'value.reported',
  occurred_at: '2026-02-12T09:00:00Z',
  actor: actorOf(first),
  properties: { story: text, ...properties },
})

const events = (): Omit<EventInput, 'source'>[] => {
  const helpers = MEMBERS.slice(0, 4)
  const threads = Array.from({ length: 60 }, (_, i): Omit<EventInput, 'source'>[] => {
    const day = `2026-${i % 2 === 0 ? '01' : '02'}-${String((i % 27) + 1).padStart(2, '0')}`
    const asker = MEMBERS[4 + (i % 8)] as string
    const helper = helpers[i % 4] as string
    return [
      { id: `q${i}`, type: 'question.asked', occurred_at: `${day}T08:00:00Z`, actor: actorOf(asker), text: 'How do I fit the seal?' },
      { id: `a${i}`, type: 'answer.posted', occurred_at: `${day}T09:00:00Z`, actor: actorOf(helper), in_reply_to: `q${i}` },
      ...(i % 3 === 0
        ? [{ id: `y${i}`, type: 'answer.accepted' as const, occurred_at: `${day}T10:00:00Z`, actor: actorOf(asker), in_reply_to: `a${i}` }]
        : []),
    ]
  }).flat()
  return [
    ...MEMBERS.map(
      (first): Omit<EventInput, 'source'> => ({
        id: `j-${first}`,
        type: 'member.joined',
        occurred_at: '2025-06-01T08:00:00Z',
        actor: actorOf(first),
      }),
    ),
    ...threads,
    // four members and no more say what an answer saved them
    ...MEMBERS.slice(4, 8).map(
      (first): Omit<EventInput, 'source'> => ({
        id: `v-${first}`,
        type: 'value.reported',
        occurred_at: '2026-02-14T09:00:00Z',
        actor: actorOf(first),
        properties: { hours_saved: 7.125 },
      }),
    ),
    story('s-name', 'Philippa', 'The seal held for a year.', { consent: 'name' }),
    story('s-role', 'Quirin', 'We stopped a leak.', { consent: 'role', role: 'Fitter' }),
    story('s-anonymous', 'Rasmus', 'It saved my week.', { consent: 'anonymous' }),
    story('s-none', 'Sidonie', 'WITHHELD-STORY', { consent: 'none' }),
    story('s-gone', 'Ottokar', 'WITHDRAWN-STORY', { consent: 'name' }),
    { id: 's-gone-away', type: 'content.deleted', occurred_at: '2026-02-20T09:00:00Z', actor: actorOf('Ottokar'), in_reply_to: 's-gone' },
  ]
}

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  const now = () => NOW
  const links = { secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN }
  app = await buildAccessApp({
    pool,
    now,
    routes: async (fastify) => {
      await fastify.register(reportsRoutes({ db: database, now, ...links, requestRefresh: () => {}, requestDelivery: () => {} }))
      await fastify.register(sharedReportsRoutes({ pool, secretKey: TEST_SECRET, now }))
      await fastify.register(portfolioReportRoutes({ pool, now }))
    },
  })
  community = (await createCommunity(database, { slug: 'seals', name: 'Seals', time_zone: 'Europe/Berlin', now: NOW })) as StoredCommunity
  const { community_id: communityId } = community
  const rows = events().map((event) => {
    const normalised = normaliseEvent({ source: 'forum', ...event }, NOW)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  await appendEvents(database, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await refreshCommunity(database, communityId, { now: NOW })
  const cost = { from_on: '2025-01-01', hours_per_month: 10, hourly_rate: 65, other_per_month: 77, currency: 'EUR', note: 'COST-NOTE' }
  await addCost(pool, { communityId, input: cost, userId: null, now: NOW })
  for (const role of ROLES) {
    const email = `${role}@example.org`
    const userId = await addPerson(pool, email, role, role === 'administrator' ? null : community)
    as[role] = asBrowser(await signIn(app, pool, email))
    await addSubscription(pool, { communityId, address: email, name: null, byUserId: userId, isAgain: true, isOwn: true, now: NOW })
    await subscribePortfolio(pool, { userId, nextMonth: MONTH, now: NOW })
  }
  as.key = { authorization: `Bearer ${await addKey(pool, community, ['read'])}` }
  await makeReport({ db: database, now: NOW, ...links }, community, MONTH, { userId: null, isMailed: true })
  await doPortfolioMails({ db: database, ...links, now: new Date('2026-03-03T00:00:00Z') })
  const link = await addReportLink(pool, { communityId, label: 'Board', month: MONTH, expiresAt: null, userId: null, now: NOW })
  if (typeof link === 'string') throw new Error(link)
  shared = makeReportToken(TEST_SECRET, { of: 'link', communityId, linkId: link.link_id })
  const people = await pool.query<{ person_id: string; identity_key: string }>(
    'select person_id, identity_key from identity where community_id = $1',
    [communityId],
  )
  forbidden = [
    ...MEMBERS.filter((first) => first !== 'Philippa').flatMap((first) => [first, actorOf(first).id]),
    'acct-',
    'WITHHELD-STORY',
    'WITHDRAWN-STORY',
    'COST-NOTE',
    ...people.rows.flatMap(({ person_id, identity_key }) => [person_id, identity_key, pseudonym(communityId, person_id)]),
  ]
})
afterAll(async () => {
  await app.close()
  await database.close()
})

/** Every text in it, with the way to it. */
const textsOf = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => [
          [`${path}.${key} (name)`, key] as [string, string],
          ...textsOf(one, `${path}.${key}`),
        ])
      : []

const MONEY = /€|EUR\b|\b65\b|727|6[,.]543/
/** Data begin in June 2025: nine months up to February 2026, of 10 × 65 + 77 each. */
const COST = '€6,543'

const get = async (who: string, path: string) => {
  const answer = await app.inject({ url: path, headers: as[who] ?? {} })
  expect(answer.statusCode, `${who} ${path}: ${answer.body}`).toBe(200)
  return answer.json()
}
const reportFor = (who: string): Promise<ValueReport> => get(who, `/api/v1/communities/seals/reports/${MONTH}`)
const mailsTo = async (kind: string) =>
  (
    await database.pool.query<{ to_address: string; subject: string; text_body: string; html_body: string }>(
      'select to_address, subject, text_body, html_body from outbox where kind = $1 order by to_address',
      [kind],
    )
  ).rows

/** Everything that anybody can read of the report. */
const everything = async (): Promise<Record<string, unknown>> => ({
  ...Object.fromEntries(await Promise.all([...ROLES, 'key'].map(async (who) => [`report as ${who}`, await reportFor(who)]))),
  ...Object.fromEntries(
    await Promise.all([...ROLES, 'key'].map(async (who) => [`list as ${who}`, await get(who, '/api/v1/communities/seals/reports')])),
  ),
  ...Object.fromEntries(
    await Promise.all(ROLES.map(async (who) => [`portfolio as ${who}`, await get(who, `/api/v1/portfolio-report/${MONTH}`)])),
  ),
  'shared link': await get('nobody', `/api/v1/shared-reports/${shared}`),
  mails: await mailsTo('value-report'),
  'portfolio mails': await mailsTo('portfolio-report'),
})

describe('nobody is named without consent', () => {
  test('in no field of anything that can be read', async () => {
    const all = await everything()
    const anyForbidden = new RegExp(forbidden.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i')
    expect(anyForbidden.test(`by ${nameOf('Zora')}`)).toBe(true)
    expect(Object.keys(all)).toHaveLength(17)
    for (const [what, value] of Object.entries(all)) {
      const texts = textsOf(value)
      expect(texts.length, what).toBeGreaterThan(5)
      expect(
        texts.filter(([, text]) => anyForbidden.test(text)).map(([path, text]) => `${path}: ${text.slice(0, 120)}`),
        what,
      ).toEqual([])
    }
  })

  test('and who consented is shown as they did, where stories stand', async () => {
    for (const content of [(await reportFor('sponsor')).content, (await get('nobody', `/api/v1/shared-reports/${shared}`)).report.content])
      expect(content.stories.map(({ text, by }: { text: string; by: string }) => `${by}: ${text}`).sort()).toEqual([
        'A member: It saved my week.',
        expect.stringMatching(/Fitter.*: We stopped a leak\.$/),
        expect.stringContaining('Philippa Quellwasser: The seal held'),
      ])
    for (const { html_body, text_body } of await mailsTo('value-report')) {
      expect(html_body).toContain('The seal held')
      expect(text_body).toContain('Philippa')
    }
  })

  test('a story that is taken back afterwards is gone from the page and the link', async () => {
    const later = normaliseEvent(
      {
        source: 'forum',
        id: randomUUID(),
        type: 'content.deleted',
        occurred_at: '2026-03-02T11:00:00Z',
        actor: actorOf('Philippa'),
        in_reply_to: 's-name',
      },
      NOW,
    )
    if (!later.ok) throw new Error('no event')
    await appendEvents(database, {
      communityId: community.community_id,
      rows: [later.ok],
      onConflict: 'report',
      dryRun: false,
      receivedAt: NOW,
    })
    for (const answer of [await reportFor('sponsor'), (await get('nobody', `/api/v1/shared-reports/${shared}`)).report]) {
      expect(JSON.stringify(answer)).not.toContain('Philippa')
      expect(answer.withdrawn_story_count).toBe(1)
    }
  })
})

test('nothing is told of a group under five', async () => {
  const ofPeople = new Set(metrics.filter(({ unit }) => unit === 'people').map(({ id }) => id))
  for (const who of [...ROLES, 'key']) {
    const { pays, benefits } = (await reportFor(who)).content
    expect(pays.claims).toMatchObject({ claim_count: null, low_hours: null, central_hours: null, high_hours: null, outliers: [] })
    expect(pays.claims.sentence).toMatch(/fewer than five/i)
    // four help, and their number is not told
    const figures = [
      ...benefits.flatMap(({ measured, confirmed }) => [...measured, ...confirmed]),
      ...pays.retention.figures,
      pays.benefited,
    ]
    expect(figures.find(({ metric }) => metric === 'helpers')?.value ?? null).toBeNull()
    for (const { id, metric, value } of figures)
      if (metric !== null && ofPeople.has(metric) && value !== null)
        expect(Number.parseInt(value, 10), id).toBeGreaterThanOrEqual(MIN_PEOPLE_NAMED)
  }
  // 4 × 7.125 hours, or their band, in no text
  for (const [what, value] of Object.entries(await everything()))
    for (const [path, text] of textsOf(value))
      expect(/28\.5|7\.125|16 to 64/.test(text), `${what}${path}: ${text.slice(0, 80)}`).toBe(false)
})

describe('what it costs', () => {
  test('is read by those who run it and who pay', async () => {
    for (const who of ['administrator', 'manager', 'sponsor']) {
      expect((await reportFor(who)).content.pays.break_even.sentence, who).toContain(COST)
      expect(JSON.stringify(await get(who, `/api/v1/portfolio-report/${MONTH}`)), who).toContain(COST)
    }
    expect(JSON.stringify(await get('nobody', `/api/v1/shared-reports/${shared}`))).toContain(COST)
  })

  test('is in no field that a viewer or a key reads, nor in a viewer’s mails', async () => {
    const mails = [...(await mailsTo('value-report')), ...(await mailsTo('portfolio-report'))]
    expect(
      mails
        .filter(({ text_body }) => text_body.includes(COST))
        .map(({ to_address }) => to_address.split('@')[0])
        .sort(),
    ).toEqual([...['administrator', 'administrator', 'manager', 'manager', 'sponsor', 'sponsor']])
    const toViewer = mails.filter(({ to_address }) => to_address === 'viewer@example.org')
    expect(toViewer).toHaveLength(2)
    const read = [await reportFor('viewer'), await reportFor('key'), await get('viewer', `/api/v1/portfolio-report/${MONTH}`)]
    for (const [path, text] of [
      ...read.flatMap((one) => textsOf(one)),
      ...toViewer.flatMap(({ subject, text_body }) => textsOf([subject, text_body])),
    ])
      expect(MONEY.test(text), `${path}: ${text.slice(0, 300)}`).toBe(false)
    for (const { html_body } of toViewer) expect(html_body).not.toMatch(/€|&euro;/)
  })
})
