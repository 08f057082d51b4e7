import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertNotice } from '../shared/contract/alert.ts'
import { addDays } from '../shared/period.ts'
import { deliverOutbox } from '../server/jobs/deliver-outbox.ts'
import { doDueAlerts } from '../server/jobs/due-alerts.ts'
import { createSmtpCarrier } from '../server/mail/smtp-carrier.ts'
import { changeRuleSetting, snoozeRule } from '../server/store/alert-settings.ts'
import { listAlerts } from '../server/store/alerts.ts'
import { createCommunity, deleteCommunity, type StoredCommunity, updateCommunity } from '../server/store/communities.ts'
import { type Database, openDatabase } from '../server/store/connection.ts'
import { putInOutbox } from '../server/store/outbox.ts'
import { type MailFate, startMailServer, type TestMailServer } from './mail-server.ts'
import { createQuietRule } from './scripted-alert-rule.ts'
import { createTestDatabase } from './test-database.ts'

// A year of alerts from stored events: communities all round the world, two processes at once that are killed between telling and
// commit, a day and seven weeks in which nothing runs, and everything that may come late or be set otherwise meanwhile.

const HOUR = 3_600_000
const MONDAY = '2028-01-03'
const at = (weekNo: number, hours = 0): Date => new Date(Date.parse(`${addDays(MONDAY, 7 * weekNo)}T00:00:00Z`) + hours * HOUR)
const [FIRST, LAST] = [8, 51]
const DOWN = { from: at(33, 30), to: at(40, 30) }
const DAY_DOWN = { from: at(21), to: at(22) }

type Script = {
  zone?: string
  /** Events of a week other than five. */
  counts?: Record<number, number>
  /** Events of a week that come in later, in this one. */
  late?: { of: number; count: number; in: number }[]
  /** The feed ends with this week. */
  until?: number
  expected: AlertNotice[]
}
const quiet = (from: number, to: number, silent?: number): Record<number, number> =>
  Object.fromEntries(Array.from({ length: to - from + 1 }, (_, i) => [from + i, from + i === silent ? 0 : 1]))

const SCRIPTS: Record<string, Script> = {
  berlin: { zone: 'Europe/Berlin', counts: quiet(14, 26, 25), expected: ['began', 'clearly_worse', 'recovered'] },
  'pago-pago': { zone: 'Pacific/Pago_Pago', counts: { ...quiet(24, 27), ...quiet(44, 60) }, expected: ['began', 'recovered', 'began'] },
  // moves to the other end of the world in between
  moving: { zone: 'Pacific/Kiritimati', counts: quiet(24, 32), expected: ['began', 'recovered'] },
  // what comes late shows that it was quiet a week later only, and another time that it never was
  late: {
    counts: { ...quiet(11, 17), ...quiet(24, 26) },
    late: [
      { of: 11, count: 9, in: 15 },
      { of: 25, count: 9, in: 28 },
    ],
    expected: ['began', 'recovered', 'began', 'withdrawn'],
  },
  snoozed: { counts: quiet(12, 30, 24), expected: ['began', 'recovered'] },
  // what is snoozed until it is over, and what begins and ends while nothing runs
  unheard: { counts: { ...quiet(12, 14), ...quiet(34, 35) }, expected: [] },
  switched: { counts: quiet(12, 22), expected: ['began', 'recovered'] },
  deleted: { counts: quiet(12, 30), expected: ['began'] },
  // from before it was watched, and then while nothing runs
  past: { counts: { ...quiet(4, 12), ...quiet(34, 46, 45) }, expected: ['began', 'clearly_worse', 'recovered'] },
  archive: { counts: quiet(1, 2), until: 5, expected: [] },
}
const readersOf = (slug: string): string[] => (slug === 'berlin' ? ['ana', 'bo'] : ['ana'])

let database: Awaited<ReturnType<typeof createTestDatabase>>
let processes: Database[]
let mailServer: TestMailServer
let clock = at(FIRST, 3)
const communities = new Map<string, StoredCommunity>()

/** The same chances in every run: of the clock, and of everything that a race between the processes may ask for. */
const createChance = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
  return seed / 2 ** 32
}
const chance = createChance(2028)
const doom = createChance(4)

const addEvents = async ({ community_id }: StoredCommunity, { counts = {}, late = [], until = 60 }: Script) => {
  const rows = Array.from({ length: until + 1 }, (_, n) => ({ n, count: counts[n] ?? 5, in: n }))
  rows.push(...late.map((one) => ({ n: one.of, count: one.count, in: one.in })))
  const events = rows.flatMap(({ n, count, in: weekNo }) =>
    Array.from({ length: count }, () => ({ key: randomUUID(), occurred: at(n, 60), received: at(weekNo, 60) })),
  )
  await database.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
     select $1, e.key, 'forum', e.key::text, 'post.published', e.occurred, e.received, e.key
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as e (key, occurred, received)`,
    [community_id, events.map(({ key }) => key), events.map(({ occurred }) => occurred), events.map(({ received }) => received)],
  )
}

/** As if every community had been refreshed a moment ago: another revision where anything has come in, or a week is over. */
const refreshAll = (now: Date) =>
  database.pool.query(
    `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision)
     select c.community_id, $3::date, case when c.slug = 'archive' then $2::timestamptz else $1::timestamptz end, $1,
       (select count(*) from event e where e.community_id = c.community_id and e.received_at <= $1)
         + case when c.slug = 'archive' then 0 else ($1::date - $3::date) / 7 end
     from community c
     on conflict (community_id) do update set
       known_by = excluded.known_by, refreshed_at = excluded.refreshed_at, revision = excluded.revision`,
    [now, at(6), MONDAY],
  )

beforeAll(async () => {
  database = await createTestDatabase()
  processes = [openDatabase(database.url, 4), openDatabase(database.url, 4)]
  const fates: MailFate[] = ['take', 'defer recipient', 'take', 'die before data']
  mailServer = await startMailServer({ fate: (_to, time) => fates[time % fates.length] as MailFate })
  for (const [slug, script] of Object.entries(SCRIPTS)) {
    const options = { slug, name: `The ${slug} guild`, time_zone: script.zone ?? 'UTC', now: clock }
    const community = (await createCommunity(database, options)) as StoredCommunity
    communities.set(slug, community)
    await addEvents(community, script)
  }
})
afterAll(async () => {
  await mailServer.close()
  for (const one of processes) await one.close()
  await database.close()
})

let judged = 0
const failures: unknown[] = []
const archiveReads: Date[] = []
const quietRule = createQuietRule({
  onRead: (communityId) => {
    if (communityId === communities.get('archive')?.community_id) archiveReads.push(clock)
  },
})

/** Whether whoever tells this is killed before it can commit: each at most once, so that every strike but one may be counted on. */
const killed = new Set<string>()
const isDoomed = (telling: string): boolean => {
  if (killed.has(telling) || doom() >= 0.5) return false
  killed.add(telling)
  return true
}

/** What one process does when its clock strikes. */
const strike = async (db: Database) => {
  const work = await doDueAlerts({
    db,
    now: clock,
    secretKey: 'a secret of the test',
    baseUrl: 'http://localhost:3000',
    requestRefresh: async () => {},
    onFailure: (error) => failures.push(error),
    rules: [quietRule],
    addHooks: async () => 0,
    addMails: async (client, { community_id, slug }, { content }) => {
      for (const who of readersOf(slug)) {
        const to = { address: `${who}@${slug}.example`, name: who }
        // a key of its own each time: that there is one only is not thanks to the outbox
        const mail = { mail_key: randomUUID(), community_id, kind: 'alert' as const, to, text: 'An alert', html: '' }
        await putInOutbox(client, { ...mail, subject: content.notice }, clock)
      }
      if (isDoomed(`${slug} ${content.notice}`)) {
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
        await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      }
      return readersOf(slug).length
    },
  })
  judged += work.judged
}

/** Until nothing waits: a mail server that fails is tried again some hours later. */
const deliver = async (db: Database) => {
  const carrier = createSmtpCarrier({
    url: mailServer.url,
    from: 'Barnraise <barn@example.org>',
    timeouts: { connect_ms: 20_000, command_ms: 20_000, hand_over_ms: 20_000 },
  })
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  for (let hours = 0; (await db.pool.query(`select from outbox where state <> 'sent'`)).rowCount; hours += 3) {
    const now = () => new Date(clock.getTime() + hours * HOUR)
    expect(hours).toBeLessThan(80)
    await deliverOutbox({ pool: db.pool, carrier, now, random: () => 0.5, log, perMinute: 10_000 }).done
  }
}

const idOf = (slug: string): string => (communities.get(slug) as StoredCommunity).community_id

/** What people do, once, when the clock has come so far. */
const DEEDS: [Date, () => Promise<unknown>][] = [
  [at(10), () => snooze('snoozed', at(26))],
  [at(10), () => snooze('unheard', at(20))],
  [at(16, 80), () => turn('switched', false, 0)],
  [at(18, 80), () => turn('switched', true, 1)],
  [at(20), () => deleteCommunity(database, idOf('deleted'))],
  [at(26), () => updateCommunity(database, idOf('moving'), { time_zone: 'Pacific/Pago_Pago' })],
]
const snooze = (slug: string, until: Date) =>
  snoozeRule(database.pool, { communityId: idOf(slug), rule: 'decline', until, userId: null, now: clock })
const turn = (slug: string, is_on: boolean, version: number) =>
  changeRuleSetting(database.pool, { communityId: idOf(slug), rule: 'decline', version, is_on, strictness: null, userId: null, now: clock })

const isWithin = ({ from, to }: { from: Date; to: Date }) => clock >= from && clock < to

test('a year of restarts, two processes, downtime and late events tells each recipient each notice exactly once', async () => {
  // three strikes in two weeks at least: of whatever is told, one may be killed
  for (; clock < at(LAST); clock = new Date(clock.getTime() + (92 + Math.floor(chance() * 20)) * HOUR)) {
    while (DEEDS[0] !== undefined && DEEDS[0][0] <= clock) await DEEDS.shift()?.[1]()
    if (isWithin(DOWN) || isWithin(DAY_DOWN)) continue
    await refreshAll(clock)
    // sometimes one of them alone, and then nobody is there to take up what it leaves
    const running = chance() < 0.3 ? processes.slice(0, 1) : processes
    await Promise.all(running.map(strike))
    await deliver(running[0] as Database)
  }

  expect(DEEDS).toEqual([])
  const held = mailServer.held.map(({ to, raw }) => ({ to, notice: /^Subject: (.*)$/im.exec(raw)?.[1]?.trim() }))
  for (const [slug, { expected }] of Object.entries(SCRIPTS))
    for (const who of readersOf(slug))
      expect(
        held
          .filter(({ to }) => to === `${who}@${slug}.example`)
          .map(({ notice }) => notice)
          .sort(),
        slug,
      ).toEqual([...expected].sort())

  const alertsOf = (slug: string) => listAlerts(database.pool, idOf(slug))
  const told = async (slug: string) =>
    (await alertsOf(slug)).flatMap(({ notices }) => notices.map(({ notice, sent }) => `${notice} ${sent}`))
  // what was told is what is kept
  for (const [slug, { expected }] of Object.entries(SCRIPTS)) {
    if (slug === 'deleted') continue
    const sent = (await told(slug)).filter((one) => one.endsWith(' sent'))
    expect(sent.sort(), slug).toEqual(expected.map((notice) => `${notice} sent`).sort())
  }
  expect(await alertsOf('deleted')).toEqual([])
  // with its reason, and the days it was about
  const [undone, shifted] = await alertsOf('late')
  expect(undone).toMatchObject({ state: 'withdrawn', began_on: addDays(MONDAY, 7 * 25), is_history: false })
  expect(undone?.notices.at(-1)?.content.sentences).toEqual(['What came late shows that it was not quiet.'])
  expect(shifted).toMatchObject({ state: 'recovered', began_on: addDays(MONDAY, 7 * 12) })
  expect((await told('snoozed')).sort()).toEqual(['began sent', 'clearly_worse history', 'recovered sent'])
  expect(await told('unheard')).toEqual(['began history', 'began history'])
  const past = [(await alertsOf('past')).at(-1), (await alertsOf('unheard'))[0], (await alertsOf('archive'))[0]]
  for (const alert of past) expect(alert).toMatchObject({ is_history: true, state: 'recovered', notices: [{ sent: 'history' }] })
  // nobody is told before the week is over there, nor much later than that
  const { rows: times } = await database.pool.query<{ slug: string; notice: string; wall: string; on: string; hours: number }>(
    `select c.slug, n.notice, n.noticed_on as "on",
       extract(epoch from (n.told_at at time zone c.time_zone) - (n.noticed_on + 7))::float / 3600 as hours
     from alert_notice n join community c on c.community_id = n.community_id
     where n.sent = 'sent' and c.slug <> 'moving' and n.notice <> 'withdrawn'`,
  )
  expect(times.filter(({ hours }) => hours < 0)).toEqual([])
  // but for what was noticed while nothing ran, or while it was switched off
  const isMissed = ({ slug, on }: { slug: string; on: string }) => slug === 'switched' || (on > '2028-07-31' && on < '2028-10-09')
  expect(times.filter((one) => one.hours > 24 * 18 && !isMissed(one))).toEqual([])
  // what has ended is read once, not every day
  expect(archiveReads.length).toBeLessThan(4)
  // nothing of all that went well by luck
  expect(killed.size).toBeGreaterThan(4)
  expect(failures.length).toBe(killed.size)
  expect(judged).toBeGreaterThan(200)
}, 180_000)
