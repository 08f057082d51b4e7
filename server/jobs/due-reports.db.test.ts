import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { ReportContent } from '../../shared/contract/value-report.ts'
import { formatPeriod } from '../../shared/format.ts'
import { buildReport } from '../report/value/build-report.ts'
import { createCommunity, deleteCommunity, type StoredCommunity } from '../store/communities.ts'
import { changeDraft, readDraft } from '../store/report-drafts.ts'
import { changeReportSettings } from '../store/report-settings.ts'
import { listReports, readRevision } from '../store/reports.ts'
import { type DueParts, doDueReports, MAX_WAIT_HOURS } from './due-reports.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let sample: ReportContent
let community: StoredCommunity
const at = (text: string) => new Date(text)

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.pool.query('delete from community')
  community = await add('pumps')
  sample ??= (
    await buildReport(database.pool, community, '2026-01', { words: { ask: null, story_keys: null }, now: at('2026-02-01T12:00Z') })
  ).content
})

/** Set up in December 2025, heard of every month until May. */
const add = async (slug: string): Promise<StoredCommunity> => {
  const made = (await createCommunity(database, { slug, name: slug, time_zone: 'UTC', now: at('2025-12-10T12:00Z') })) as StoredCommunity
  for (const month of ['2025-11', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'])
    await database.pool.query(
      `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
       values ($1, $2::uuid, 'forum', $2, 'post.published', $3, $3, $2::uuid)`,
      [made.community_id, randomUUID(), at(`${month}-10T12:00:00Z`)],
    )
  return made
}
const refreshed = (now: Date) =>
  database.pool.query(
    `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision)
     select community_id, '2025-11-10', $1, $1, 1 from community
     on conflict (community_id) do update set known_by = excluded.known_by, refreshed_at = excluded.refreshed_at`,
    [now],
  )
const asked: string[] = []
const failures: unknown[] = []
const build: DueParts['build'] = async (_pool, { slug, name, time_zone }, month, { words }) => ({
  content: {
    ...sample,
    month,
    title: formatPeriod(month),
    ask: words.ask,
    community: { ...sample.community, slug, name, time_zone },
  },
  inputs: {},
})
const round = async (time: string, parts: Partial<DueParts> = {}) => {
  asked.length = 0
  failures.length = 0
  const work = await doDueReports({
    db: database,
    now: at(time),
    secretKey: 'a secret of the test',
    baseUrl: 'http://localhost:3000',
    requestRefresh: async (id) => void asked.push(id),
    onFailure: (error) => failures.push(error),
    build,
    addMails: async () => 1,
    addDrafts: async () => 1,
    ...parts,
  })
  const months = (done: { month: string }[]) => done.map(({ month }) => month)
  return { made: months(work.made), drafted: months(work.drafted), waiting: months(work.waiting), mails: work.mail_count }
}
const NOTHING = { made: [], drafted: [], waiting: [], mails: 0 }

test('a past from before the community was set up is not made, and nobody is mailed about it', async () => {
  await refreshed(at('2026-01-02T12:00Z'))
  expect(await round('2026-01-02T12:00Z')).toEqual(NOTHING)
  await refreshed(at('2026-02-01T06:00Z'))
  expect(await round('2026-02-01T05:59Z')).toEqual(NOTHING)
  expect(await round('2026-02-01T06:00Z')).toEqual({ ...NOTHING, made: ['2026-01'], mails: 1 })
  expect(await round('2026-02-01T06:05Z')).toEqual(NOTHING)
})

test('a report waits for events that are not counted yet, asks for them, and not for ever', async () => {
  await refreshed(at('2026-01-31T23:59Z'))
  expect(await round('2026-02-01T06:00Z')).toEqual({ ...NOTHING, waiting: ['2026-01'] })
  expect(asked).toEqual([community.community_id])
  await refreshed(at('2026-02-01T06:30Z'))
  const mark = (day: string) =>
    database.pool.query('insert into stale_day (community_id, day_on, batch_id) values ($1, $2, $3)', [
      community.community_id,
      day,
      randomUUID(),
    ])
  await mark('2026-01-31')
  expect(await round('2026-02-01T06:35Z')).toEqual({ ...NOTHING, waiting: ['2026-01'] })
  await database.pool.query('delete from stale_day where community_id = $1', [community.community_id])
  // what has come in since belongs to the next month
  await mark('2026-02-01')
  expect(await round('2026-02-01T06:40Z')).toEqual({ ...NOTHING, made: ['2026-01'], mails: 1 })
  // nothing is refreshed any more: it waits once, as long as is said, and goes out as it is
  expect(await round('2026-03-01T06:00Z')).toMatchObject({ waiting: ['2026-02'] })
  const end = at('2026-03-01T06:00Z').getTime() + MAX_WAIT_HOURS * 3_600_000
  expect(await round(new Date(end - 60_000).toISOString())).toMatchObject({ waiting: ['2026-02'] })
  expect(await round(new Date(end).toISOString())).toMatchObject({ made: ['2026-02'], waiting: [] })
})

test('a draft is sent once, and what a manager writes meanwhile goes into the report', async () => {
  await refreshed(at('2026-01-29T06:00Z'))
  const both = await Promise.all([round('2026-01-29T06:00Z'), round('2026-01-29T06:00Z')])
  expect(both.flatMap(({ drafted }) => drafted)).toEqual(['2026-01'])
  expect(await round('2026-01-30T06:00Z')).toEqual(NOTHING)
  await refreshed(at('2026-02-01T06:00Z'))
  const write = (ask: string, version: number) =>
    changeDraft(database.pool, {
      communityId: community.community_id,
      month: '2026-01',
      ask,
      storyKeys: null,
      version,
      userId: null,
      now: at('2026-02-01T05:59Z'),
    })
  await write('Early', 0)
  let hasWritten = false
  const done = await round('2026-02-01T06:00Z', {
    // while it is being written, somebody changes the words once more
    build: async (...asking) => {
      if (!hasWritten) await write('Late', 1)
      hasWritten = true
      return (build as NonNullable<typeof build>)(...asking)
    },
  })
  expect(done.made).toEqual(['2026-01'])
  expect((await readRevision(database.pool, community.community_id, '2026-01'))?.content.ask?.text).toBe('Late')
  expect(await write('Too late', 2)).toBe('made')
  expect((await readDraft(database.pool, community.community_id, '2026-01')).ask).toBe('Late')
})

test('what ended while it was switched off is not made later', async () => {
  const set = (is_made: boolean, version: number, time: string) =>
    changeReportSettings(database.pool, {
      communityId: community.community_id,
      input: { is_made, draft_days: 0, version },
      userId: null,
      now: at(time),
    })
  await set(false, 0, '2026-01-15T12:00Z')
  await refreshed(at('2026-04-02T12:00Z'))
  expect(await round('2026-04-02T12:00Z')).toEqual(NOTHING)
  await set(true, 1, '2026-04-03T12:00Z')
  expect(await round('2026-04-03T12:05Z')).toEqual(NOTHING)
  await refreshed(at('2026-05-01T06:00Z'))
  expect((await round('2026-05-01T06:00Z')).made).toEqual(['2026-04'])
})

test('one that fails keeps no other from its report, and is made once it does not', async () => {
  const other = await add('zinc')
  await refreshed(at('2026-03-01T06:00Z'))
  const failing: DueParts['build'] = async (pool, one, ...rest) => {
    if (one.slug === 'pumps') throw new Error('cannot be told')
    return (build as NonNullable<typeof build>)(pool, one, ...rest)
  }
  expect((await round('2026-03-01T06:00Z', { build: failing })).made).toEqual(['2026-01', '2026-02'])
  expect(failures).toHaveLength(1)
  expect(await listReports(database.pool, community.community_id)).toEqual([])
  expect((await listReports(database.pool, other.community_id)).map(({ month }) => month)).toEqual(['2026-02', '2026-01'])
  expect((await round('2026-03-01T06:05Z')).made).toEqual(['2026-01', '2026-02'])
})

test('a community that is removed while its report is made leaves nothing, and is no failure', async () => {
  await refreshed(at('2026-02-01T06:00Z'))
  const done = await round('2026-02-01T06:00Z', {
    build: async (...asking) => {
      await deleteCommunity(database, community.community_id)
      return (build as NonNullable<typeof build>)(...asking)
    },
  })
  expect(done).toEqual(NOTHING)
  expect(failures).toEqual([])
  expect((await database.pool.query('select from report_revision where community_id = $1', [community.community_id])).rowCount).toBe(0)
})
