import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { type ReportContent, reportContentSchema } from '../shared/contract/value-report.ts'
import { DEMO_COMMUNITIES } from '../server/ingest/demo/demo-communities.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { loadDemo } from '../server/jobs/load-demo.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity, findCommunity, type StoredCommunity } from '../server/store/communities.ts'
import { buildReport } from '../server/report/value/build-report.ts'
import type { ReportMaterial } from '../server/report/value/report-material.ts'
import { writeReport } from '../server/report/value/write-report.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
const NO_WORDS = { ask: null, story_keys: null }

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const build = async (community: StoredCommunity, month: string, now: Date) => {
  const built = await buildReport(db.pool, community, month, { words: NO_WORDS, now })
  // what is stored and read again is the same
  expect(reportContentSchema.parse(JSON.parse(JSON.stringify(built.content)))).toEqual(built.content)
  return { content: built.content, inputs: built.inputs as ReportMaterial }
}
const figureOf = (report: ReportContent, id: string) =>
  [...report.benefits.flatMap(({ measured, confirmed }) => [...measured, ...confirmed]), report.pays.benefited].find((one) => one.id === id)

const send = async (community: StoredCommunity, facts: Omit<EventInput, 'source'>[], now: Date) => {
  const rows = facts.map((fact) => {
    const normalised = normaliseEvent({ source: 'forum', ...fact }, now)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: now })
  await refreshCommunity(db, community.community_id, { now })
}
const communityIn = async (timeZone: string, now: Date): Promise<StoredCommunity> =>
  (await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Seals', time_zone: timeZone, now })) as StoredCommunity

/** The same numbers from the events alone, as somebody would count them by hand. $2 and $3 are local days, the second not in it. */
const BY_HAND = `
with c as (
  select community_id, ($2::date)::timestamp at time zone time_zone as a, ($3::date)::timestamp at time zone time_zone as z,
    (date_trunc('month', $3::date - 1))::timestamp at time zone time_zone as m
  from community where slug = $1
),
ev as materialized (
  select e.*, i.person_id from event e join c using (community_id)
  left join identity i on i.community_id = e.community_id and i.identity_key = e.identity_key
  where e.occurred_at < c.z and not coalesce(i.is_bot, false)
),
question as (select ev.* from ev, c where type = 'question.asked' and occurred_at >= c.a),
ripe as materialized (select question.* from question, c where occurred_at <= c.z - interval '7 days'),
given as materialized (
  select a.*, q.event_key as question_key, a.occurred_at - q.occurred_at as lag
  from ev a join ev q on q.event_key = a.target_key and q.type = 'question.asked' and q.person_id is distinct from a.person_id
  where a.type = 'answer.posted'
),
recent as (select given.* from given, c where occurred_at >= c.a)
select
  (select count(*) from ripe) as ripe,
  (select count(*) from ripe where exists (select from given where question_key = ripe.event_key and lag <= interval '7 days')) as answered,
  (select count(*) from ripe where exists (
    select from given join ev s on s.type = 'answer.accepted' and s.target_key = given.event_key where question_key = ripe.event_key)) as accepted,
  (select count(distinct person_id) from recent) as helpers,
  (select count(*) from recent) as answers,
  (select max(n) from (select count(*) as n from recent group by person_id) as one) as top,
  (select count(*) from (select (array_agg(type order by occurred_at desc))[1] as last from ev
    where type in ('member.joined', 'member.left') group by person_id) as one where last = 'member.joined') as members,
  (select count(*) from ev, c where type = 'member.joined' and occurred_at >= c.m) as joined,
  (select count(*) from ev, c where type = 'member.left' and occurred_at >= c.m) as gone`

describe('a demo community', () => {
  const NOW = new Date('2026-03-18T10:00:00Z')
  const MONTH = '2026-02'
  let community: StoredCommunity
  beforeAll(async () => {
    await loadDemo(db, { now: NOW, demos: DEMO_COMMUNITIES.filter(({ slug }) => slug === 'pump-engineers') })
    community = (await findCommunity(db, 'pump-engineers')) as StoredCommunity
    await refreshCommunity(db, community.community_id, { now: NOW })
    // the count by hand joins as it comes: without statistics that takes seconds
    await db.pool.query('analyze event, identity')
  })

  test('says the numbers that a count by hand finds', async () => {
    const { content } = await build(community, MONTH, NOW)
    const help = figureOf(content, 'answered-share')
    const experience = figureOf(content, 'top-share-of-answers')
    const count = async (period: string | null | undefined) => {
      const [from = '', last = ''] = (period ?? '').split('..')
      const { rows } = await db.pool.query(BY_HAND, [
        'pump-engineers',
        from,
        new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10),
      ])
      return rows[0] as Record<string, number>
    }
    const [asked, answered] = [await count(help?.period), await count(experience?.period)]
    expect([help?.numerator, help?.denominator]).toEqual([asked.answered, asked.ripe])
    expect(asked.ripe).toBeGreaterThan(10)
    expect(figureOf(content, 'accepted-share')).toMatchObject({ numerator: asked.accepted, denominator: asked.ripe })
    expect([experience?.numerator, experience?.denominator]).toEqual([answered.top, answered.answers])
    expect(figureOf(content, 'helpers')?.value).toBe(String(answered.helpers))
    const cell = (id: string) => content.growth.rows.find((row) => row.id === id)?.cells[0].value
    expect(['joined', 'left', 'members'].map(cell)).toEqual([asked.joined, asked.gone, asked.members].map(String))
  })

  test('holds what it was made of: the same words can be written from it again', async () => {
    const { content, inputs } = await build(community, MONTH, NOW)
    expect(writeReport(JSON.parse(JSON.stringify(inputs)))).toEqual(content)
    expect(content.opening.headline).toMatch(/^Pump engineers is a community/)
    expect(content.is_month_whole).toBe(true)
  })
})

describe('the days of a month', () => {
  const question = (id: string, at: string, by: string): Omit<EventInput, 'source'> => ({
    id,
    type: 'question.asked',
    occurred_at: at,
    actor: { id: by },
  })
  const answer = (id: string, to: string, at: string, by: string): Omit<EventInput, 'source'> => ({
    id,
    type: 'answer.posted',
    occurred_at: at,
    actor: { id: by },
    in_reply_to: to,
  })

  test('are of the community’s zone, on both sides of a change of the clocks, and nothing later is used', async () => {
    const first = new Date('2026-04-01T00:05:00Z')
    const community = await communityIn('Europe/Berlin', first)
    await send(
      community,
      [
        // 28 February 23:30 in Berlin; then the first and the last half hour of March there, in winter and in summer time
        question('before', '2026-02-28T22:30:00Z', 'a'),
        question('first', '2026-02-28T23:30:00Z', 'a'),
        answer('first-a', 'first', '2026-03-01T09:00:00Z', 'b'),
        // the hour that the clocks leave out lies between these two
        question('spring', '2026-03-29T00:59:00Z', 'c'),
        answer('spring-a', 'spring', '2026-03-29T01:01:00Z', 'd'),
        question('late', '2026-03-31T21:30:00Z', 'e'),
        question('april', '2026-03-31T22:30:00Z', 'f'),
      ],
      first,
    )
    const { content } = await build(community, '2026-03', first)
    expect(content.days).toEqual({ from: '2026-03-01', to: '2026-03-31' })
    expect(content.is_month_whole).toBe(true)
    const { inputs } = await build(community, '2026-03', first)
    expect(inputs.measured_by).toBe('2026-03-31T22:00:00.000Z')
    expect(inputs.found?.month['answered-share']).toMatchObject({ numerator: 1, denominator: 1 })
    expect(inputs.found?.year['answered-share']).toMatchObject({ numerator: 1, denominator: 2 })
    expect(inputs.found?.month.helpers?.value).toBe(2)
    expect(JSON.stringify(content)).not.toMatch(/\b[1-4] people/)

    // a week later every question of March has had its time, and one was answered in April: March reads the same
    const later = new Date('2026-04-09T10:00:00Z')
    await send(community, [answer('late-a', 'late', '2026-04-02T09:00:00Z', 'g'), question('new', '2026-04-08T09:00:00Z', 'h')], later)
    const again = (await build(community, '2026-03', later)).content
    expect({ ...again, known_by: null }).toEqual({ ...content, known_by: null })
    expect((await build(community, '2026-04', later)).content.caveats).toEqual([
      'April 2026 is not over: the report holds what was known on 9 April 2026.',
    ])
  })

  test('of a month before the first event, after the last, or with none at all, say so', async () => {
    const now = new Date('2026-04-09T10:00:00Z')
    const empty = await communityIn('America/Sao_Paulo', now)
    const { content } = await build(empty, '2026-03', now)
    expect(content.opening.headline).toBe('Nothing is known of Seals yet: no data have come.')
    expect(content.known_by).toBeNull()
    expect(content.growth.rows.flatMap(({ cells }) => cells.map(({ value }) => value)).every((value) => value === null)).toBe(true)

    await send(empty, [question('only', '2025-06-05T10:00:00Z', 'a')], now)
    const headline = async (month: string) => (await build(empty, month, now)).content.opening.headline
    expect(await headline('2024-01')).toBe('Nothing is known of Seals in January 2024: its data begin on 5 June 2025.')
    expect(await headline('2026-03')).toBe('Nothing is known of Seals in March 2026: its data end on 5 June 2025.')
    expect(await headline('2025-06')).toBe('There is too little data to say what Seals is.')
    expect(await headline('2031-01')).toBe('Nothing is known of Seals in January 2031: that month has not come yet.')
    for (const month of ['0000-05', '0001-12', '9999-12']) await expect(headline(month)).rejects.toThrow('There is no report of')
    for (const month of ['0002-01', '9998-12']) expect(await headline(month)).toMatch(/^Nothing is known of Seals in /)
  })
})
