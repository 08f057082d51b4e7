import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReportContent } from '../shared/contract/value-report.ts'
import { formatPeriod } from '../shared/format.ts'
import { periodsBetween } from '../shared/period.ts'
import { deliverOutbox } from '../server/jobs/deliver-outbox.ts'
import { doDueReports } from '../server/jobs/due-reports.ts'
import { addDraftMails, addReportMails } from '../server/jobs/report-mails.ts'
import { createSmtpCarrier } from '../server/mail/smtp-carrier.ts'
import { buildReport } from '../server/report/value/build-report.ts'
import { type Database, openDatabase } from '../server/store/connection.ts'
import { createCommunity, updateCommunity, type StoredCommunity } from '../server/store/communities.ts'
import { putInOutbox } from '../server/store/outbox.ts'
import { addSubscription } from '../server/store/report-subscriptions.ts'
import { type MailFate, startMailServer, type TestMailServer } from './mail-server.ts'
import { createTestDatabase } from './test-database.ts'

// A leap year of monthly reports: communities all round the world, two processes at once that are killed in the middle, a summer in
// which nothing runs, and a mail server that fails in every way after which a mail may be tried again.

const HOUR = 3_600_000
const at = (text: string) => new Date(text)
const YEAR = periodsBetween('2028-01', '2028-12', 'month')
const DOWN = { from: at('2028-06-20T00:00Z'), to: at('2028-09-05T00:00Z') }
/** No mail is taken by anybody. */
const NO_MAIL = { from: at('2028-03-31T00:00Z'), to: at('2028-04-02T12:00Z') }

const ZONES: Record<string, string> = {
  berlin: 'Europe/Berlin',
  kiritimati: 'Pacific/Kiritimati',
  'pago-pago': 'Pacific/Pago_Pago',
  // moves to the other end of the world in the middle of the year
  moving: 'Pacific/Kiritimati',
  // its feed ends in April
  silent: 'UTC',
}
const HEARD_SILENT = YEAR.slice(0, 4)
const readersOf = (slug: string): string[] => (slug === 'berlin' ? ['ana', 'bo', 'cy'] : ['ana'])
const expectedMonths = (slug: string): string[] => (slug === 'silent' ? YEAR.slice(0, 5) : YEAR)

let database: Awaited<ReturnType<typeof createTestDatabase>>
let processes: Database[]
let mailServer: TestMailServer
let clock = at('2027-12-20T00:00Z')
const communities: StoredCommunity[] = []
let sample: ReportContent | undefined
const silence = { info: () => {}, warn: () => {}, error: () => {} }

/** The same chances in every run. */
const createChance = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
  return seed / 2 ** 32
}
const chance = createChance(2028)

const isWithin = ({ from, to }: { from: Date; to: Date }) => clock >= from && clock < to
const FATES: MailFate[] = ['take', 'defer recipient', 'take', 'take', 'defer message', 'take', 'die before data', 'take']
const fateOf = (_to: string, time: number): MailFate => (isWithin(NO_MAIL) ? 'defer recipient' : (FATES[time % FATES.length] as MailFate))

const addEvents = async ({ community_id, slug }: StoredCommunity) => {
  for (const month of ['2027-12', ...(slug === 'silent' ? HEARD_SILENT : YEAR)]) {
    const key = createHash('sha256').update(`${slug} ${month}`).digest('hex').slice(0, 32)
    await database.pool.query(
      `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
       values ($1, $2::uuid, 'forum', $3, 'post.published', $4, $4, $2::uuid)`,
      [community_id, key, month, at(`${month}-10T12:00:00Z`)],
    )
  }
}

/** As if every community had been refreshed a moment ago. */
const refreshAll = (now: Date) =>
  database.pool.query(
    `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision)
     select community_id, '2027-12-10', $1, $1, 1 from community
     on conflict (community_id) do update set known_by = excluded.known_by, refreshed_at = excluded.refreshed_at`,
    [now],
  )

beforeAll(async () => {
  database = await createTestDatabase()
  processes = [openDatabase(database.url, 4), openDatabase(database.url, 4)]
  mailServer = await startMailServer({ fate: fateOf })
  for (const [slug, time_zone] of Object.entries(ZONES)) {
    const community = (await createCommunity(database, { slug, name: `The ${slug} guild`, time_zone, now: clock })) as StoredCommunity
    communities.push(community)
    // what a report looks like, of a community of which nothing is known
    sample ??= (await buildReport(database.pool, community, '2027-12', { words: { ask: null, story_keys: null }, now: clock })).content
    await addEvents(community)
    for (const who of readersOf(slug))
      await addSubscription(database.pool, {
        communityId: community.community_id,
        address: `${who}@${slug}.example`,
        name: who,
        byUserId: null,
        isOwn: false,
        isAgain: false,
        now: clock,
      } as never)
  }
  await refreshAll(clock)
})
afterAll(async () => {
  await mailServer.close()
  for (const one of processes) await one.close()
  await database.close()
})

let kills = 0
const made = new Map<string, string[]>()
const failures: unknown[] = []
const outOfOrder: string[] = []

/** What one process does when its clock strikes. `isDoomed`: it is killed before it can commit. */
const strike = async (db: Database, content: ReportContent, isDoomed: () => boolean) => {
  const work = await doDueReports({
    db,
    now: clock,
    secretKey: 'a secret of the test',
    baseUrl: 'http://localhost:3000',
    requestRefresh: async () => {},
    onFailure: (error) => failures.push(error),
    // what a report says is another test's: a year of them in seconds
    build: async (_pool, { slug, name, time_zone }, month) => ({
      content: { ...content, month, title: formatPeriod(month), community: { ...content.community, slug, name, time_zone } },
      inputs: {},
    }),
    addMails: async (client, ...rest) => {
      const [{ community_id, slug }, report] = rest
      const before = await client.query('select from report_revision where community_id = $1 and month < $2', [
        community_id,
        report.content.month,
      ])
      // in order: what was missed before it is made
      if (before.rowCount !== expectedMonths(slug).indexOf(report.content.month)) outOfOrder.push(`${slug} ${report.content.month}`)
      const count = await addReportMails(client, ...rest)
      if (isDoomed()) {
        kills += 1
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
        await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      }
      return count
    },
    addDrafts: async (client, community, draft, parts) => {
      const count = await addDraftMails(client, community, draft, parts)
      // a key of its own each time: that there is one only is not thanks to the outbox
      const mail = { mail_key: `draft ${randomUUID()}`, community_id: community.community_id, kind: 'report-draft' as const }
      const to = { address: `manager@${community.slug}.example`, name: null }
      await putInOutbox(client, { ...mail, to, subject: `Draft of ${draft.content.month}`, text: 'A draft', html: '' }, parts.now)
      await client.query(`update outbox set state = 'cancelled' where mail_key = $1`, [mail.mail_key])
      return count + 1
    },
  })
  for (const { community_id, month } of work.made) made.set(community_id, [...(made.get(community_id) ?? []), month])
}

const deliver = (db: Database) => {
  const carrier = createSmtpCarrier({
    url: mailServer.url,
    from: 'Barnraise <barn@example.org>',
    timeouts: { connect_ms: 20_000, command_ms: 20_000, hand_over_ms: 20_000 },
  })
  return deliverOutbox({ pool: db.pool, carrier, now: () => clock, random: () => 0.5, log: silence, perMinute: 10_000 }).done
}

/**
 * Every few hours around the first of a month and while mail waits, else now and then. Never over the days in which a draft may go:
 * from the 26th on in February, and which strikes come before that depends on which process was faster.
 */
const nextStrike = async (): Promise<Date> => {
  const day = clock.getUTCDate()
  const isQuiet = day > 3 && day < 26 && (await database.pool.query(`select from outbox where state = 'waiting'`)).rowCount === 0
  return new Date(clock.getTime() + (isQuiet ? (day < 22 ? 96 : 24) : 7 + Math.floor(chance() * 12)) * HOUR)
}

test('a year of restarts, two processes and a failing mail server sends each recipient each report exactly once', async () => {
  for (; clock < at('2029-01-08T00:00Z'); clock = await nextStrike()) {
    const moving = communities.find(({ slug }) => slug === 'moving') as StoredCommunity
    if (clock >= at('2028-05-15T00:00Z')) await updateCommunity(database, moving.community_id, { time_zone: 'Pacific/Pago_Pago' })
    if (isWithin(DOWN)) continue
    await refreshAll(clock)
    // sometimes one of them alone, and then nobody is there to take up what it leaves
    const running = chance() < 0.3 ? processes.slice(0, 1) : processes
    await Promise.all(running.map((db, i) => strike(db, sample as ReportContent, () => i === 0 && chance() < 0.4)))
    await Promise.all(running.map(deliver))
  }

  const { rows: revisions } = await database.pool.query<{ slug: string; month: string; revision: number; wall: string; due: string }>(
    `select c.slug, r.month, r.revision,
       to_char(r.made_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI') as wall,
       to_char((r.month || '-01')::date + interval '1 month' + interval '6 hours', 'YYYY-MM-DD HH24:MI') as due
     from report_revision r join community c on c.community_id = r.community_id
     order by c.slug, r.month`,
  )
  for (const { community_id, slug } of communities) {
    const own = revisions.filter((one) => one.slug === slug)
    expect(
      own.map(({ month, revision }) => `${month} ${revision}`),
      slug,
    ).toEqual(expectedMonths(slug).map((month) => `${month} 1`))
    // told once, by whichever process made it
    expect(made.get(community_id)?.sort(), slug).toEqual(expectedMonths(slug))
    // not before six in the morning of the first, by the clock on the wall there
    if (slug !== 'moving')
      expect(
        own.filter(({ wall, due }) => wall < due),
        slug,
      ).toEqual([])
  }
  expect(outOfOrder).toEqual([])
  const { rows: skipped } = await database.pool.query<{ month: string }>(
    'select t.month from report_schedule t join community c on c.community_id = t.community_id where t.skipped_at is not null order by t.month',
  )
  expect(skipped.map(({ month }) => month)).toEqual(YEAR.slice(5))

  const subjects = mailServer.held.map(
    ({ to, raw }) => `${to} ${/^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(raw)?.[1]?.replaceAll(/\s+/g, ' ')}`,
  )
  const countOf = (to: string, what: string) => subjects.filter((one) => one.startsWith(`${to} `) && one.includes(what)).length
  const wrong: string[] = []
  let reports = 0
  for (const { slug } of communities)
    for (const month of expectedMonths(slug))
      for (const who of readersOf(slug)) {
        const count = countOf(`${who}@${slug}.example`, formatPeriod(month))
        if (count !== 1) wrong.push(`${who}@${slug}: ${month} ${count} times`)
        reports += count
      }
  expect(wrong).toEqual([])
  expect(reports).toBe(12 * (3 + 1 + 1 + 1) + 5)
  // a draft of each month that somebody was there to send: not of those that fell into the summer, nor of what is silent
  const drafts = (
    await database.pool.query<{ draft: string }>(
      `select to_address || ' ' || subject as draft from outbox where kind = 'report-draft' order by subject, to_address`,
    )
  ).rows.map(({ draft }) => draft)
  expect(new Set(drafts).size).toBe(drafts.length)
  const drafted = (slug: string) => drafts.filter((one) => one.startsWith(`manager@${slug}.`)).map((one) => one.slice(-7))
  expect(drafted('berlin')).toEqual(YEAR.filter((month) => !['2028-06', '2028-07', '2028-08'].includes(month)))
  expect(drafted('silent')).toEqual(YEAR.slice(0, 5))
  // nothing of all that went well by luck
  const { rows: states } = await database.pool.query<{ state: string; tries: number }>(
    'select state, max(attempt_count)::int as tries from outbox where kind = $1 group by state',
    ['value-report'],
  )
  expect(states.map(({ state }) => state)).toEqual(['sent'])
  expect(states[0]?.tries).toBeGreaterThan(3)
  expect(kills).toBeGreaterThan(4)
  expect(failures.length).toBe(kills)
})
