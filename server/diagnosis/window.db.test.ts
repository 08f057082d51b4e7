import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { VerdictView } from '../../shared/verdict-views.ts'
import { loadVerdicts, loadVerdictView, loadWindows } from './window.ts'

type Row = {
  id: string
  at: string
  by?: string | null
  kind?: 'question' | 'answer' | 'reply' | 'post' | 'announcement' | 'edit' | 'task'
  /** id of the start of its thread; its own where it starts one */
  thread?: string
  is_bot?: boolean
  is_quarantined?: boolean
  removed_at?: string
}

const key = (text: string | null | undefined) => {
  if (text == null) return null
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

let db: Awaited<ReturnType<typeof createTestDatabase>>
let communityId: string

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  communityId = randomUUID()
  await db.pool.query('insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, $4)', [
    communityId,
    `c-${communityId}`,
    'UTC',
    '2020-01-01T00:00:00Z',
  ])
  await db.pool.query(`insert into source (community_id, source, tells) values ($1, 'test', null)`, [communityId])
})

const insertEvents = (rows: { id: string; at: string; type?: string }[]) =>
  db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
     select $1, e.key, 'test', e.id, e.type, e.at, e.at, e.key
     from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as e (key, id, type, at)`,
    [communityId, rows.map((r) => key(r.id)), rows.map((r) => r.id), rows.map((r) => r.type ?? 'post.published'), rows.map((r) => r.at)],
  )

/** Contributions as the rollup leaves them, with the event each came from. */
const insert = async (rows: Row[]) => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const full = rows.map((row) => {
    const start = byId.get(row.thread ?? row.id) as Row
    const kind = row.kind ?? 'post'
    const startKind = start.kind ?? 'post'
    const is_answer = start !== row && startKind === 'question' && row.by !== start.by
    return {
      row,
      kind,
      start,
      thread_kind: ['edit', 'task'].includes(startKind) ? 'work' : startKind,
      question: is_answer ? start.id : null,
      is_answer,
    }
  })
  await insertEvents(rows)
  await db.pool.query(
    `insert into contribution (community_id, event_key, thread_key, occurred_at, removed_at, person_id, is_bot, kind, thread_kind, is_start,
       start_key, question_key, is_answer, is_quarantined, word_count, artefact_word_count, document_word_count, category, is_counted)
     select $1, c.*, 10, 0, 0, 'other', true
     from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::uuid[], $7::boolean[], $8::text[], $9::text[], $10::boolean[],
       $11::uuid[], $12::uuid[], $13::boolean[], $14::boolean[]) as c`,
    [
      communityId,
      full.map(({ row }) => key(row.id)),
      full.map(({ start }) => key(start.id)),
      full.map(({ row }) => row.at),
      full.map(({ row }) => row.removed_at ?? null),
      full.map(({ row }) => key(row.by === undefined ? 'someone' : row.by)),
      full.map(({ row }) => row.is_bot ?? false),
      full.map(({ kind }) => kind),
      full.map(({ thread_kind }) => thread_kind),
      full.map(({ row, start }) => row === start),
      full.map(({ start }) => key(start.id)),
      full.map(({ question }) => key(question)),
      full.map(({ is_answer }) => is_answer),
      full.map(({ row }) => row.is_quarantined ?? false),
    ],
  )
}

const ask = (atDays: string[], { knownBy = '2026-01-01T00:00:00Z', timeZone = 'UTC' } = {}) => ({
  communityId,
  timeZone,
  knownBy: new Date(knownBy),
  atDays,
})
const window = async (day: string, options?: Parameters<typeof ask>[1]) => (await loadWindows(db.pool, ask([day], options)))[0]
const verdict = async (day: string, options?: Parameters<typeof ask>[1]) => (await loadVerdicts(db.pool, ask([day], options)))[0]

const DAY = 86_400_000
const dayAfter = (day: string, count: number) => new Date(Date.parse(`${day}T12:00:00Z`) + count * DAY).toISOString()
/** `count` posts, one every `every` days from noon of a day on, by so many people in turn. */
const posts = (from: string, count: number, every = 1, people = 1): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `post ${from} ${i}`, at: dayAfter(from, i * every), by: `writer ${i % people}` }))

describe('the window of a verdict', () => {
  test('is ninety days that end with the day asked for, the day included', async () => {
    await insert([
      ...posts('2024-01-01', 60, 7),
      { id: 'first inside', at: '2025-01-01T00:00:00Z' },
      { id: 'last before', at: '2024-12-31T23:59:59Z' },
      { id: 'last inside', at: '2025-03-31T23:59:59Z' },
      { id: 'first after', at: '2025-04-01T00:00:00Z' },
      ...posts('2025-01-02', 30),
    ])
    const facts = await window('2025-03-31')
    expect(facts).toMatchObject({ from_on: '2025-01-01', at_on: '2025-03-31', days: 90 })
    const inside = posts('2024-01-01', 60, 7).filter((row) => row.at >= '2025-01-01' && row.at < '2025-04-01').length + 30 + 2
    expect(facts?.people.contribution_count).toBe(inside)
  })

  test('is extended to 180 and to 365 days until it holds thirty contributions', async () => {
    await insert(posts('2024-01-01', 400, 1))
    // 400 days of a post a day end on 2025-02-03: the rest of the window is silent
    expect(await window('2025-03-01')).toMatchObject({ days: 90 })
    expect(await window('2025-05-01')).toMatchObject({ days: 180, from_on: '2024-11-03' })
    expect(await window('2025-10-01')).toMatchObject({ days: 365 })
    expect(await window('2027-01-01', { knownBy: '2028-01-01T00:00:00Z' })).toMatchObject({ days: 365 })
  })

  test('is chosen by what people made and had not taken back: bots, quarantine and deletions do not fill it', async () => {
    await insert([
      ...posts('2025-01-05', 29, 1, 6),
      { id: 'by a bot', at: '2025-02-10T12:00:00Z', is_bot: true },
      { id: 'impossible', at: '2025-02-11T12:00:00Z', is_quarantined: true },
      { id: 'taken back', at: '2025-02-12T12:00:00Z', removed_at: '2025-03-01T00:00:00Z' },
    ])
    const before = await verdict('2025-03-31')
    expect(before?.window.days).toBe(365)
    expect(before?.exclusions).toMatchObject({ bot_contributions: 1, quarantined_contributions: 1, deleted_contributions: 1 })
  })

  test('knows only what was known at the end of the day', async () => {
    await insert([
      ...posts('2025-01-05', 29, 1, 6),
      { id: 'taken back later', at: '2025-02-12T12:00:00Z', removed_at: '2025-03-15T00:00:00Z' },
    ])
    expect((await window('2025-03-10'))?.people.contribution_count).toBe(30)
    expect((await window('2025-03-20'))?.people.contribution_count).toBe(29)
    expect((await window('2025-03-20'))?.feed.deleted_contribution_count).toBe(1)
  })

  test('begins and ends at midnight of the community', async () => {
    await insert([...posts('2025-01-02', 30), { id: 'late', at: '2025-03-31T22:30:00Z' }])
    // in Berlin it is half past midnight of 1 April
    expect((await window('2025-03-31', { timeZone: 'UTC' }))?.people.contribution_count).toBe(31)
    expect((await window('2025-03-31', { timeZone: 'Europe/Berlin' }))?.people.contribution_count).toBe(30)
    expect((await window('2025-04-01', { timeZone: 'Europe/Berlin' }))?.people.contribution_count).toBe(31)
  })

  test('counts a question as answered up to the last moment of the seventh day, and by someone else alone', async () => {
    await insert([
      { id: 'in time', at: '2025-03-01T10:00:00Z', kind: 'question', by: 'asker' },
      { id: 'its answer', at: '2025-03-08T10:00:00Z', kind: 'answer', thread: 'in time', by: 'helper' },
      { id: 'late', at: '2025-03-01T11:00:00Z', kind: 'question', by: 'asker' },
      { id: 'its late answer', at: '2025-03-08T11:00:00.001Z', kind: 'answer', thread: 'late', by: 'helper' },
      { id: 'own', at: '2025-03-02T10:00:00Z', kind: 'question', by: 'asker' },
      { id: 'its own answer', at: '2025-03-02T11:00:00Z', kind: 'answer', thread: 'own', by: 'asker' },
      { id: 'ripe', at: '2025-03-25T00:00:00Z', kind: 'question', by: 'asker' },
      { id: 'fresh', at: '2025-03-25T00:00:00.001Z', kind: 'question', by: 'asker' },
    ])
    expect((await window('2025-03-31'))?.episodes).toEqual({ question_count: 5, ripe_count: 4, ripe_answered_count: 1 })
  })

  test('of another community sees nothing of this one', async () => {
    await insert(posts('2025-01-05', 40))
    const [facts] = await loadWindows(db.pool, { ...ask(['2025-03-31']), communityId: randomUUID() })
    expect(facts?.people.contribution_count).toBe(0)
    expect(facts?.feed).toMatchObject({ history_weeks: 0, is_feed_alive: false, recent_contribution_count: 0, feed_gap_days: 365 })
  })
})

describe('the feed', () => {
  test('has a history from its first event of any type', async () => {
    await insertEvents([{ id: 'joined', at: '2024-12-01T08:00:00Z', type: 'member.joined' }])
    await insert(posts('2025-01-05', 40))
    // 1 December to 31 March: 121 days
    expect((await window('2025-03-31'))?.feed.history_weeks).toBe(17)
    expect((await window('2024-11-01'))?.feed.history_weeks).toBe(0)
  })

  test('is alive while any event arrives, and its gap begins after the last of them', async () => {
    await insert(posts('2024-11-01', 60))
    await insertEvents([{ id: 'viewed', at: '2025-02-20T08:00:00Z', type: 'content.viewed' }])
    const facts = await window('2025-03-31')
    // posts end on 30 December; the last 8 weeks begin on 4 February
    expect(facts?.feed).toMatchObject({ is_feed_alive: true, recent_contribution_count: 0, feed_gap_days: 39 })
    expect((await window('2025-04-30'))?.feed.is_feed_alive).toBe(false)
  })

  test('is alive, and without a gap, where its source is known to be whole up to the end of the day', async () => {
    await insert(posts('2024-06-01', 60))
    const whole = (observed_until: string) =>
      db.pool.query('update source set observed_until = $2 where community_id = $1', [communityId, observed_until])
    await whole('2025-04-01T00:00:00Z')
    expect((await window('2025-03-31'))?.feed).toMatchObject({ is_feed_alive: true, feed_gap_days: 0 })
    await whole('2025-03-31T00:00:00Z')
    expect((await window('2025-03-31'))?.feed).toMatchObject({ is_feed_alive: false, feed_gap_days: 1 })
  })

  test('of an unfinished day has to reach only the time all is known by', async () => {
    await insert(posts('2024-06-01', 60))
    await db.pool.query('update source set observed_until = $2 where community_id = $1', [communityId, '2025-03-31T15:00:00Z'])
    const facts = await window('2025-03-31', { knownBy: '2025-03-31T15:00:00Z' })
    expect(facts?.feed).toMatchObject({ is_feed_alive: true, feed_gap_days: 0 })
  })

  test('counts recent and earlier contributions, and the weeks of the earlier ones', async () => {
    await insert([
      ...posts('2024-10-01', 71),
      ...posts('2025-03-01', 10),
      { id: 'gone', at: '2024-01-01T12:00:00Z', removed_at: '2024-02-01T00:00:00Z' },
    ])
    // 1 October to 10 December: 71 days
    expect((await window('2025-03-31'))?.feed).toMatchObject({
      recent_contribution_count: 10,
      earlier_contribution_count: 71,
      earlier_start_count: 71,
      earlier_weeks: 71 / 7,
    })
    // what was known before it was taken back
    expect((await window('2024-01-15'))?.feed).toMatchObject({
      recent_contribution_count: 1,
      earlier_contribution_count: 0,
      earlier_weeks: 8,
    })
  })
})

describe('loadVerdicts', () => {
  /** Thirty questions a quarter by ten members, each answered by the next two on the same day. */
  const helping = (from: string, days: number): Row[] =>
    Array.from({ length: Math.floor(days / 3) }, (_, i): Row[] => {
      const id = `question ${from} ${i}`
      const at = (minutes: number) => new Date(Date.parse(dayAfter(from, i * 3)) + minutes * 60_000).toISOString()
      return [
        { id, at: at(0), kind: 'question', by: `member ${i % 10}` },
        { id: `${id} a`, at: at(10), kind: 'answer', thread: id, by: `member ${(i + 1) % 10}` },
        { id: `${id} b`, at: at(20), kind: 'answer', thread: id, by: `member ${(i + 2) % 10}` },
      ]
    }).flat()

  test('reads a community while its members help each other, and dormant once they have gone and the feed lives on', async () => {
    await insert(helping('2024-01-01', 365))
    await db.pool.query('update source set observed_until = $2 where community_id = $1', [communityId, '2025-12-31T00:00:00Z'])
    const verdicts = await loadVerdicts(db.pool, ask(['2024-01-31', '2024-05-31', '2024-12-31', '2025-03-31', '2025-12-15']))
    expect(verdicts.map(({ at, verdict, trajectory }) => [at, verdict, trajectory])).toEqual([
      ['2024-01-31', 'too_little_data', 'forming'],
      ['2024-05-31', 'community', 'forming'],
      ['2024-12-31', 'community', 'unknown'],
      ['2025-03-31', 'dormant', 'unknown'],
      ['2025-12-15', 'dormant', 'unknown'],
    ])
  })

  test('the same window gives the same support under another name and in another community', async () => {
    // just past the threshold of half, so that the draws disagree
    const news = (i: number): Row => ({ id: `news ${i}`, at: dayAfter('2024-05-01', i), kind: 'announcement', by: `member ${i % 7}` })
    const rows = [...posts('2024-04-05', 60, 1, 8), ...posts('2024-01-01', 20, 4), ...Array.from({ length: 61 }, (_, i) => news(i))]
    await insert(rows)
    const first = await verdict('2024-06-30')
    await db.pool.query(`update community set slug = slug || '-renamed', name = 'Another' where community_id = $1`, [communityId])
    expect(await verdict('2024-06-30')).toEqual(first)
    communityId = randomUUID()
    await db.pool.query(
      `insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, 'UTC', '2020-01-01Z')`,
      [communityId, `c-${communityId}`],
    )
    await db.pool.query(`insert into source (community_id, source, tells) values ($1, 'test', null)`, [communityId])
    await insert(rows.toReversed())
    expect(await verdict('2024-06-30')).toEqual(first)
    expect(first?.support).toBeGreaterThan(0.3)
    expect(first?.support).toBeLessThan(0.9)
  })

  test('a feed that has gone silent is too little data, not dormant', async () => {
    await insert(helping('2024-01-01', 365))
    expect((await verdict('2025-06-30'))?.verdict).toBe('too_little_data')
  })

  test('one day of many reads as it does alone', async () => {
    await insert([...helping('2024-01-01', 200), ...posts('2024-03-01', 100, 2, 3)])
    const days = ['2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30', '2024-09-30', '2025-06-30']
    const together = await loadVerdicts(db.pool, ask(days))
    const alone = await Promise.all(days.map((day) => verdict(day)))
    expect(together).toEqual(alone)
  })

  test('a flood of bots, quarantined and deleted content changes nothing but the exclusions', async () => {
    await insert(helping('2024-01-01', 200))
    const before = await verdict('2024-06-30')
    const noise = posts('2024-05-01', 50).map((row) => ({ ...row, by: 'feed bot', is_bot: true }))
    const wrong = posts('2024-05-02', 20).map((row) => ({ ...row, id: `wrong ${row.id}`, is_quarantined: true }))
    const gone = posts('2024-05-03', 20).map((row) => ({ ...row, id: `gone ${row.id}`, removed_at: '2024-06-15T00:00:00Z' }))
    await insert([...noise, ...wrong, ...gone])
    const after = await verdict('2024-06-30')
    expect(after).toEqual({
      ...before,
      exclusions: { ...before?.exclusions, bot_contributions: 50, quarantined_contributions: 20, deleted_contributions: 20 },
    })
  })

  test('a view counts bots as people, or leaves out what facilitators wrote, and says as much of the same days', async () => {
    const guide = key('guide') as string
    const guided = (i: number): Row[] => [
      { id: `asked ${i}`, at: dayAfter('2024-05-01', i), kind: 'question', by: `member ${i % 10}` },
      { id: `guided ${i}`, at: dayAfter('2024-05-01', i), kind: 'answer', thread: `asked ${i}`, by: 'guide' },
    ]
    await insert([
      ...helping('2024-04-02', 88),
      ...Array.from({ length: 50 }, (_, i) => guided(i)).flat(),
      ...posts('2024-05-01', 50).flatMap((row) =>
        [0, 1, 2, 3, 4].map((i) => ({ ...row, id: `${row.id} ${i}`, by: 'feed bot', is_bot: true })),
      ),
    ])
    await db.pool.query(
      `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot) values ($1, $2, 'test', 'g', $2, false)`,
      [communityId, guide],
    )
    await db.pool.query('insert into facilitator (community_id, identity_key, named_at) values ($1, $2, now())', [communityId, guide])
    const { atDays: _, ...asked } = ask([])
    const view = (name: VerdictView) => loadVerdictView(db.pool, { ...asked, at: '2024-06-30', view: name })
    const [found, withBots, without] = [await view('as_found'), await view('with_bots'), await view('without_facilitators')]
    expect(found.verdict).toEqual(await verdict('2024-06-30'))
    expect(found.facts.people).toMatchObject({ contribution_count: 187, answer_count: 108 })
    expect(found.verdict.exclusions.bot_contributions).toBe(250)
    expect(withBots.facts.people).toMatchObject({ contribution_count: 437, answer_count: 108 })
    expect(withBots.verdict).toMatchObject({ verdict: 'blog', exclusions: { bot_contributions: 0, bot_accounts: 0 } })
    expect(without.facts.people).toMatchObject({ contribution_count: 137, answer_count: 58 })
    expect(without.facts.episodes).toEqual({ question_count: 79, ripe_count: 78, ripe_answered_count: 28 })
    expect(without.cells.people).not.toContain(guide)
    expect(without.verdict.exclusions.bot_contributions).toBe(250)
  })

  test('a monthly newsletter by one author is one, on a year of twelve', async () => {
    await insert(
      Array.from({ length: 24 }, (_, i) => ({
        id: `news ${i}`,
        at: dayAfter('2023-01-15', i * 30.4),
        by: 'editor',
        kind: 'announcement' as const,
      })),
    )
    const found = await verdict('2024-12-31')
    expect(found).toMatchObject({ verdict: 'newsletter', window: { days: 365 } })
    expect(found?.sentence).toContain('by one author')
  })

  test('no events, no days: an empty verdict and no verdict', async () => {
    expect(await verdict('2025-03-31')).toMatchObject({
      verdict: 'too_little_data',
      window: { from: '2024-04-01', to: '2025-03-31', days: 365 },
    })
    expect(await loadVerdicts(db.pool, ask([]))).toEqual([])
  })

  test('is not asked for what is no day', async () => {
    await expect(loadVerdicts(db.pool, ask(['2025-02-30']))).rejects.toThrow(RangeError)
    await expect(loadVerdicts(db.pool, ask(['yesterday']))).rejects.toThrow(RangeError)
  })
})
