import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { DEMO_COMMUNITIES, type DemoCommunity } from '../ingest/demo/demo-communities.ts'
import { createCommunity, deleteCommunity, findCommunity, listCommunities } from '../store/communities.ts'
import { makeDemoReport } from './demo-report.ts'
import { loadDemo, removeDemo } from './load-demo.ts'
import { refreshCommunity } from './refresh-community.ts'

const NOW = new Date('2026-03-18T10:00:00Z')
const LATER = new Date('2026-03-20T10:00:00Z')

let db: Awaited<ReturnType<typeof createTestDatabase>>
const one = async <T>(sql: string, values: unknown[] = []): Promise<T> =>
  Object.values((await db.pool.query(sql, values)).rows[0] as object)[0] as T
const eventCount = () => one<number>('select count(*) from event')
const demoNamed = (slug: string) => DEMO_COMMUNITIES.find((demo) => demo.slug === slug) as DemoCommunity

describe('the demo communities', () => {
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())

  it('are loaded once, with what they are and under which licence', async () => {
    const loaded = await loadDemo(db, { now: NOW })
    expect(loaded.map(({ is_new }) => is_new)).toEqual(DEMO_COMMUNITIES.map(() => true))
    const communities = await listCommunities(db, { is_demo: true })
    expect(communities).toHaveLength(DEMO_COMMUNITIES.length)
    for (const { demo_note } of communities)
      expect(demo_note).toMatch(/^(Real: .*(CC BY-SA 3.0|MIT licence|Apache License 2.0); people pseudonymised|Synthetic: .*seed \d+)/)
    expect(await one("select count(*) from import where status <> 'done'")).toBe(0)
    // nothing lies after the moment they were loaded
    expect(await one<Date>('select max(occurred_at) from event').then((at) => at <= NOW)).toBe(true)

    const before = await eventCount()
    expect((await loadDemo(db, { now: LATER })).some(({ is_new }) => is_new)).toBe(false)
    expect(await eventCount()).toBe(before)
  })

  it.each([
    ['beer-questions', 'community'],
    ['made-mistakes', 'blog'],
    ['pump-engineers', 'community'],
    ['notes-from-the-field', 'blog'],
    ['safety-news', 'newsletter'],
    ['welding-standard', 'workgroup'],
    ['ask-the-metallurgist', 'teaching_platform'],
    ['maintenance-planners', 'mixed'],
    ['corrosion-circle', 'dormant'],
    ['heat-pump-beginners', 'too_little_data'],
  ])('%s reads "%s"', { timeout: 120_000 }, async (slug, verdict) => {
    const community = await findCommunity(db, slug)
    await refreshCommunity(db, community?.community_id as string, { now: NOW })
    expect(
      await one("select verdict->>'verdict' from verdict_result where community_id = $1 and is_latest", [community?.community_id]),
    ).toBe(verdict)
  })

  it('have a report of their last whole month once there are numbers, made once and sent to nobody', async () => {
    const parts = { db, secretKey: 'x'.repeat(40), baseUrl: 'http://localhost', now: NOW }
    const idOf = async (slug: string) => (await findCommunity(db, slug))?.community_id as string
    expect(await makeDemoReport(parts, await idOf('pump-engineers'))).toBe('2026-02')
    expect(await makeDemoReport(parts, await idOf('pump-engineers'))).toBeNull()
    expect(await one("select content -> 'opening' ->> 'verdict' from report_revision")).toBe('community')
    // not refreshed yet
    expect(await makeDemoReport(parts, await idOf('kubernetes-members'))).toBeNull()
    await db.pool.query("update community set is_demo = false where slug = 'beer-questions'")
    expect(await makeDemoReport(parts, await idOf('beer-questions'))).toBeNull()
    await db.pool.query("update community set is_demo = true where slug = 'beer-questions'")
    expect(await one('select count(*) from outbox')).toBe(0)
  })

  it('stay away once removed, alone or together, until they are asked for again', async () => {
    await deleteCommunity(db, (await findCommunity(db, 'safety-news'))?.community_id as string)
    await loadDemo(db, { now: LATER })
    expect(await findCommunity(db, 'safety-news')).toBeNull()
    expect(await removeDemo(db, { now: LATER })).toBe(DEMO_COMMUNITIES.length - 1)
    expect(await one('select count(*) from event')).toBe(0)
    expect(await loadDemo(db, { now: LATER })).toEqual([])
    expect(await listCommunities(db)).toEqual([])
    expect((await loadDemo(db, { now: LATER, again: true })).filter(({ is_new }) => is_new)).toHaveLength(DEMO_COMMUNITIES.length)
  })
})

describe('loading the demo', () => {
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())

  it('goes on where it was killed, with the same events', async () => {
    const whole = demoNamed('safety-news')
    const dying: DemoCommunity = {
      ...whole,
      read: async function* (endAt) {
        let count = 0
        for await (const item of whole.read(endAt)) {
          if (++count > 300) throw new Error('killed')
          yield item
        }
      },
    }
    // stored by a batch that was complete when the process died
    const half: DemoCommunity = { ...dying, read: (endAt) => firstOf(whole.read(endAt), 300) }
    await expect(loadDemo(db, { now: NOW, demos: [dying] })).rejects.toThrow('killed')
    await loadDemo(db, { now: NOW, demos: [half] })
    await db.pool.query('delete from demo_load')
    expect(await eventCount()).toBe(300)
    await loadDemo(db, { now: LATER, demos: [whole] })
    const { rows } = await db.pool.query(
      "select accepted_count, duplicate_count, conflict_count, status from import where status = 'done' order by accepted_count desc limit 1",
    )
    expect(rows[0]).toMatchObject({ duplicate_count: 300, conflict_count: 0 })
    expect(await one<Date>('select max(occurred_at) from event').then((at) => at <= NOW)).toBe(true)
  })

  it('leaves a community of one’s own alone that has taken the slug', async () => {
    const demo = demoNamed('heat-pump-beginners')
    await createCommunity(db, { slug: demo.slug, name: 'Ours', time_zone: 'UTC', now: NOW })
    expect(await loadDemo(db, { now: NOW, demos: [demo] })).toMatchObject([{ slug: 'heat-pump-beginners-demo', is_new: true }])
    await removeDemo(db, { now: NOW })
    expect((await findCommunity(db, demo.slug))?.name).toBe('Ours')
  })

  it('by two processes at once loads everything once', async () => {
    const demos = [demoNamed('notes-from-the-field'), demoNamed('made-mistakes')]
    const [first, second] = await Promise.all([
      loadDemo(db, { now: NOW, demos, again: true }),
      loadDemo(db, { now: NOW, demos, again: true }),
    ])
    expect([...first, ...second].filter(({ is_new }) => is_new)).toHaveLength(2)
    expect(await one("select count(*) from import where file_name = 'demo made-mistakes'")).toBe(1)
  })
})

async function* firstOf<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let taken = 0
  for await (const item of items) {
    if (++taken > count) return
    yield item
  }
}
