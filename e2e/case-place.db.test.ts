import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case } from '../shared/contract/case.ts'
import { casePlaceSchema } from '../shared/contract/case-place.ts'
import type { EventInput } from '../shared/contract/event.ts'
import type { Point } from '../shared/contract/metric.ts'
import { daysOfPeriod, type Grain, grainOfLabel, periodOfDay } from '../shared/period.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { contextOf } from '../server/metrics/capabilities.ts'
import { resolveCases } from '../server/metrics/cases/case-list.ts'
import { readCasePage } from '../server/metrics/cases/read-cases.ts'
import { metrics } from '../server/metrics/catalogue.ts'
import { buildCasePlace } from '../server/report/case-place.ts'
import { NoCases, toCase } from '../server/report/cases.ts'
import { buildHealthReport, type ReportedCommunity } from '../server/report/health-report.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { createTestDatabase } from './test-database.ts'

const END = new Date('2025-06-18T09:30:00Z')
const MONTH = '2025-04'
const reader = { isSponsor: false, now: END }

let db: Database
let community: ReportedCommunity
let events: EventInput[]

const at = (event: EventInput, hours: number) => new Date(Date.parse(event.occurred_at) + hours * 3_600_000).toISOString()

/** Some contributions taken back, some answers accepted, members who leave. */
const spoil = (all: EventInput[]): EventInput[] => [
  ...all,
  ...all.flatMap((event, i): EventInput[] => {
    const base = { source: 'forum', thread_id: event.thread_id }
    const actor = event.actor ?? { id: 'moderator' }
    if (event.type === 'answer.posted' && i % 3 === 0)
      return [
        { ...base, id: `accept ${i}`, type: 'answer.accepted', occurred_at: at(event, 5), in_reply_to: event.id, actor } as EventInput,
      ]
    if (i % 13 === 0 && /posted|asked|published/.test(event.type))
      return [{ ...base, id: `delete ${i}`, type: 'content.deleted', occurred_at: at(event, 30), in_reply_to: event.id } as EventInput]
    if (event.type === 'member.joined' && i % 4 === 0)
      return [{ id: `left ${i}`, source: 'forum', type: 'member.left', occurred_at: at(event, 24 * 40), actor } as EventInput]
    return []
  }),
]

beforeAll(async () => {
  db = await createTestDatabase()
  events = spoil([
    ...generateEvents({
      archetype: 'community',
      seed: 5,
      members: 50,
      weeks: 30,
      contributionsPerWeek: 24,
      timeZone: 'Asia/Kolkata',
      endAt: END,
      hasBot: true,
      source: 'forum',
    }),
  ]).filter((event) => new Date(event.occurred_at) < END)
  const [asked] = events.filter((event) => event.type === 'question.asked').slice(-1)
  if (asked === undefined) throw new Error('nobody asked')
  // an answer before its question
  events.push({
    ...asked,
    id: 'lonely',
    type: 'answer.posted',
    occurred_at: at(asked, -1),
    in_reply_to: asked.id,
    actor: { id: 'x' },
  } as EventInput)
  const made = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'C', time_zone: 'Asia/Kolkata', now: END })
  if (made === null) throw new Error('the slug is taken')
  community = made
  const rows = events.map((event) => {
    const { ok } = normaliseEvent(event, END)
    if (!ok) throw new Error(`rejected ${event.id}`)
    return ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: END })
  await refreshCommunity(db, community.community_id, { now: END })
}, 120_000)
afterAll(() => db.close())

const KINDS = ['questions', 'contributions', 'practices', 'people', 'pairs', 'changes']

/** Every list of one period by its name, with all its cases, as its page lists them; none of a number that is not told. */
const readAllLists = async (period: string): Promise<Map<string, { kind: string; cases: Case[] }>> => {
  const grain = grainOfLabel(period) as Grain
  const report = await buildHealthReport(db.pool, community, { from: period, to: period, grain }, END)
  const context = contextOf(report.sources)
  const days = {
    communityId: community.community_id,
    timeZone: community.time_zone,
    knownBy: new Date(report.known_by as string),
    ...daysOfPeriod(period, grain),
  }
  const lists = new Map<string, { kind: string; cases: Case[] }>()
  for (const metric of metrics)
    for (const category of metric.categories ?? [null]) {
      const cases = resolveCases(metric.cases, { category, context })
      if ('none' in cases) continue
      const point = report.metrics.find((series) => series.id === metric.id && series.category === category)?.points[0] as Point
      const sides = 'set' in cases ? [['', cases.equals, cases.set] as const] : SIDES.map((side) => [side, side, cases[side]] as const)
      for (const [part, equals, set] of sides) {
        if (point[equals] === null || !KINDS.includes(set.list.kind)) continue
        const rows = await readCasePage(db.pool, set, null, days, { limit: 100_000, after: null })
        const shown = rows.map((row) => toCase(row, set.list.columns, community.community_id, false))
        lists.set([metric.id, category ?? '', part].join(':'), { kind: set.list.kind, cases: shown })
      }
    }
  return lists
}
const SIDES = ['numerator', 'denominator'] as const

const namesOf = (place: Awaited<ReturnType<typeof buildCasePlace>>) =>
  place.counts.map(({ metric, category, part }) => [metric, category ?? '', part ?? ''].join(':')).toSorted()

describe('one case', () => {
  const day = '2025-04-15'
  const all = new Map<string, Awaited<ReturnType<typeof readAllLists>>>()
  const listsOf = async (period: string) => {
    const lists = all.get(period) ?? (await readAllLists(period))
    all.set(period, lists)
    return lists
  }

  it.each(['month', 'week', 'day'] as const)('is claimed by exactly the lists of its %s whose pages hold it', async (grain: Grain) => {
    const period = periodOfDay(day, grain)
    const lists = await listsOf(period)
    const inside = events.filter((event) => {
      const local = new Date(Date.parse(event.occurred_at) + 5.5 * 3_600_000).toISOString().slice(0, 10)
      return periodOfDay(local, grain) === period && !event.type.startsWith('member.')
    })
    expect(inside.length).toBeGreaterThan(2)
    for (const event of fc.sample(fc.constantFrom(...inside), { numRuns: 15, seed: 1 })) {
      const place = casePlaceSchema.parse(await buildCasePlace(db.pool, community, { source: 'forum', id: event.id, grain }, reader))
      const holding = [...lists].filter(([, { cases }]) => cases.some((one) => one.source === 'forum' && one.id === event.id))
      expect(place.period).toBe(period)
      expect(namesOf(place), event.id).toEqual(holding.map(([name]) => name).toSorted())
      for (const { metric, category, part, amount } of place.counts) {
        const its = lists.get([metric, category ?? '', part ?? ''].join(':'))?.cases.filter((one) => one.id === event.id) ?? []
        expect(amount).toBe(its.reduce((sum, one) => sum + one.amount, 0))
      }
    }
  })

  it('a person, a pair and a change of membership likewise, by the key their list gives', async () => {
    const lists = await listsOf(MONTH)
    for (const [name, kind] of [
      ['active-people::', 'people'],
      ['members::', 'people'],
      ['direct-reciprocity::denominator', 'pairs'],
      ['joins::', 'changes'],
    ] as const) {
      const list = lists.get(name)
      const [metric = '', category] = name.split(':')
      expect(list?.cases.length, name).toBeGreaterThan(0)
      for (const { key } of list?.cases.slice(0, 3) ?? []) {
        const query = { metric, category: category || undefined, period: MONTH, key, grain: 'month' as const }
        const place = casePlaceSchema.parse(await buildCasePlace(db.pool, community, query, reader))
        const holding = [...lists].filter(([, other]) => other.kind === list?.kind && other.cases.some((one) => one.key === key))
        expect(place.kind).toBe(list?.kind)
        expect(kind).toBe(list?.kind)
        expect(namesOf(place), `${name} ${key}`).toEqual(holding.map(([one]) => one).toSorted())
        expect(place.row?.case.key).toBe(key)
      }
    }
  })

  it('a joining counts in the changes of membership of its month', async () => {
    const joined = events.find((event) => event.type === 'member.joined' && event.occurred_at.startsWith('2025-0')) as EventInput
    const place = await buildCasePlace(db.pool, community, { source: 'forum', id: joined.id, grain: 'month' }, reader)
    expect(place.event?.state).toBe('no_contribution')
    expect(namesOf(place)).toContain('joins::')
    const sponsor = await buildCasePlace(
      db.pool,
      community,
      { source: 'forum', id: joined.id, grain: 'month' },
      { ...reader, isSponsor: true },
    )
    expect([sponsor.counts, sponsor.event?.person]).toEqual([[], null])
  })

  it('shows a question with what became of it, and its thread in order', async () => {
    const asked = events.find(
      (q) => q.type === 'question.asked' && events.some((a) => a.type === 'answer.posted' && a.in_reply_to === q.id),
    ) as EventInput
    const { event, episode, thread } = await buildCasePlace(db.pool, community, { source: 'forum', id: asked.id, grain: 'month' }, reader)
    expect(event).toMatchObject({ type: 'question.asked', kind: 'question', id: asked.id })
    const answers = events.filter((a) => a.type === 'answer.posted' && a.in_reply_to === asked.id)
    expect(episode).toMatchObject({ id: asked.id, asked_at: new Date(asked.occurred_at).toISOString() })
    expect(thread?.contributions.filter((one) => one.is_this).map((one) => one.id)).toEqual([asked.id])
    const times = thread?.contributions.map((one) => one.occurred_at) ?? []
    expect(times).toEqual(times.toSorted())
    for (const answer of answers) expect(thread?.contributions.map((one) => one.id)).toContain(answer.id)
  })

  it('says of what no number counts why not', async () => {
    const stateOf = async (id: string) => {
      const place = await buildCasePlace(db.pool, community, { source: 'forum', id, grain: 'month' }, reader)
      return [place.event?.state, place.counts.length]
    }
    expect(await stateOf('lonely')).toEqual(['quarantined', 0])
    const deletion = events.find((event) => event.type === 'content.deleted') as EventInput
    expect(await stateOf(deletion.in_reply_to as string)).toEqual(['removed', 0])
    expect(await stateOf(deletion.id)).toEqual(['no_contribution', 0])
    const { rows } = await db.pool.query<{ source_event_id: string }>(
      'select e.source_event_id from contribution c join event e using (community_id, event_key) where c.community_id = $1 and c.is_bot limit 1',
      [community.community_id],
    )
    expect(await stateOf(rows[0]?.source_event_id as string)).toEqual(['bot', 0])
  })

  it('knows no case that is not there', async () => {
    await expect(buildCasePlace(db.pool, community, { source: 'forum', id: 'nothing', grain: 'day' }, reader)).rejects.toThrow(NoCases)
    const query = { metric: 'active-people', period: MONTH, key: "x' or true --", grain: 'day' as const }
    await expect(buildCasePlace(db.pool, community, query, reader)).rejects.toThrow(NoCases)
  })

  it('shows a sponsor nobody', async () => {
    const lists = await listsOf(MONTH)
    const asked = events.find((event) => event.type === 'question.asked') as EventInput
    const sponsor = { ...reader, isSponsor: true }
    const place = await buildCasePlace(db.pool, community, { source: 'forum', id: asked.id, grain: 'month' }, sponsor)
    expect([place.event?.person, ...(place.thread?.contributions.map((one) => one.person) ?? [])].every((who) => who === null)).toBe(true)
    const key = lists.get('active-people::')?.cases[0]?.key as string
    const person = await buildCasePlace(db.pool, community, { metric: 'active-people', period: MONTH, key, grain: 'month' }, sponsor)
    expect([person.row, person.counts]).toEqual([null, []])
  })
})
