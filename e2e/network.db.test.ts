import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import type { EventInput } from '../shared/contract/event.ts'
import type { Network } from '../shared/contract/network.ts'
import { daysOfPeriod } from '../shared/period.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { measureStructure } from '../server/metrics/statistics/graph-structure.ts'
import { measureReciprocity } from '../server/metrics/statistics/reciprocity.ts'
import { twoWayPeople } from '../server/metrics/statistics/two-way-share.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { buildCases, HIDDEN_GROUP } from '../server/report/cases.ts'
import { buildHealthReport, type ReportedCommunity } from '../server/report/health-report.ts'
import { buildNetwork } from '../server/report/network.ts'
import { buildPersonHelp } from '../server/report/person-help.ts'
import { buildSpans } from '../server/report/spans.ts'

const END = new Date('2025-06-18T09:30:00Z')
const DAYS = { from: '2024-06-19', to: '2025-06-18' }
const READER = { isSponsor: false, withNames: false }
const SPONSOR = { isSponsor: true, withNames: false }

let db: Database
let rich: ReportedCommunity
let events: EventInput[]
beforeAll(async () => {
  db = await createTestDatabase()
  events = spoil([
    ...generateEvents({
      archetype: 'community',
      seed: 7,
      members: 60,
      weeks: 56,
      contributionsPerWeek: 24,
      timeZone: 'Asia/Kolkata',
      endAt: END,
      hasBot: true,
      source: 'forum',
    }),
  ])
  rich = await fill('Asia/Kolkata', events)
}, 60_000)
afterAll(() => db.close())

/** Every ninth author unknown, every eleventh contribution taken back. */
const spoil = (made: EventInput[]): EventInput[] => [
  ...made.map((event, i) => (i % 9 === 0 && event.type !== 'member.joined' ? ({ ...event, actor: undefined } as EventInput) : event)),
  ...made.flatMap((event, i) =>
    i % 11 === 0 && /posted|asked/.test(event.type)
      ? [
          {
            id: `delete ${i}`,
            source: 'forum',
            type: 'content.deleted',
            occurred_at: new Date(Date.parse(event.occurred_at) + 1000).toISOString(),
            in_reply_to: event.id,
          } as EventInput,
        ]
      : [],
  ),
]

const fill = async (timeZone: string, some: readonly EventInput[]): Promise<ReportedCommunity> => {
  const slug = `network-${randomUUID().slice(0, 8)}`
  const community = await createCommunity(db, { slug, name: slug, time_zone: timeZone, now: END })
  if (community === null) throw new Error(`${slug} is taken`)
  const rows = some
    .filter((event) => Date.parse(event.occurred_at) <= END.getTime())
    .map((event) => {
      const normalised = normaliseEvent(event, END)
      if (!normalised.ok) throw new Error(JSON.stringify([event, normalised.problems]))
      return normalised.ok
    })
  await appendEvents(db, {
    communityId: community.community_id,
    batchId: randomUUID(),
    rows,
    onConflict: 'report',
    dryRun: false,
    receivedAt: END,
  })
  await refreshCommunity(db, community.community_id, { now: END })
  return { ...community, is_demo: false, demo_note: null }
}

/** Ties by pseudonym, as edges. */
const edgesOf = ({ people, ties }: Network) =>
  ties.count.map((weight, i) => ({
    from: people.key[ties.helper[i] as number] as string,
    to: people.key[ties.helped[i] as number] as string,
    weight,
  }))

const question = (id: string, asker: string, at: string, more = {}): EventInput =>
  ({ id, source: 'forum', thread_id: id, type: 'question.asked', occurred_at: at, actor: { id: asker }, ...more }) as EventInput
const answer = (id: string, to: string, helper: string, at: string, more = {}): EventInput =>
  ({
    id,
    source: 'forum',
    thread_id: to,
    in_reply_to: to,
    type: 'answer.posted',
    occurred_at: at,
    actor: { id: helper },
    ...more,
  }) as EventInput

describe('the graph of help', () => {
  it('holds what the metrics of the same days count, to the digit', async () => {
    const network = await buildNetwork(db.pool, rich, DAYS, READER)
    const { spans } = await buildSpans(db.pool, rich, [`${DAYS.from}..${DAYS.to}`])
    expect(network.metrics.map(({ id }) => id)).toEqual(['two-way-share', 'giant-component-share', 'direct-reciprocity'])
    for (const { id, point } of network.metrics) expect(point).toEqual(spans[0]?.metrics.find((one) => one.id === id)?.point)
    const [twoWay, held, direct] = network.metrics.map(({ point }) => point)
    // and the same again from the ties themselves
    const edges = edgesOf(network)
    expect(edges.length).toBeGreaterThan(100)
    const both = twoWayPeople(
      edges.map(({ from }) => from),
      edges.map(({ to }) => to),
    )
    expect(twoWay).toMatchObject(both)
    expect(direct?.value).toBe(measureReciprocity(edges).r)
    const place = new Map(network.people.key.map((key, i) => [key, i]))
    const pairs = new Set(edges.map(({ from, to }) => [place.get(from) as number, place.get(to) as number].sort((a, b) => a - b).join(' ')))
    const ends = [...pairs].map((pair) => pair.split(' ').map(Number) as [number, number])
    const structure = measureStructure({
      node_count: held?.denominator ?? 0,
      tie_from: ends.map(([a]) => a),
      tie_to: ends.map(([, b]) => b),
    })
    expect(held?.numerator).toBe(structure.giant_count)
    expect(network.whole).toEqual({
      people: both.denominator,
      gave: new Set(edges.map(({ from }) => from)).size,
      received: new Set(edges.map(({ to }) => to)).size,
      both: both.numerator,
      ties: edges.length,
      helps: edges.reduce((sum, { weight }) => sum + weight, 0),
    })
    expect(network.left_out).toBeNull()
    expect(network.hidden).toBeNull()
  })

  it('is the same as the cases of direct reciprocity, and told by local days', async () => {
    const month = daysOfPeriod('2025-03', 'month')
    const network = await buildNetwork(db.pool, rich, { from: month.from_on, to: '2025-03-31' }, READER)
    const query = { metric: 'direct-reciprocity', period: '2025-03', limit: 500 }
    const { cases } = await buildCases(db.pool, rich, query, { isSponsor: false, now: END })
    const said = cases.map(({ values }) => `${values.helper_id} ${values.asker_id} ${values.questions}`).sort()
    const { people, ties } = network
    expect(
      ties.count
        .map((count, i) => `${people.pseudonym[ties.helper[i] as number]} ${people.pseudonym[ties.helped[i] as number]} ${count}`)
        .sort(),
    ).toEqual(said)
    const health = await buildHealthReport(db.pool, rich, { from: '2025-03', to: '2025-03', grain: 'month' }, END)
    for (const { id, point } of network.metrics) {
      const { period: _, ...monthly } = health.metrics.find((series) => series.id === id)?.points[0] ?? { period: '' }
      expect(point).toMatchObject(monthly)
    }
  })

  it('lists of each person the help that it counts', async () => {
    const network = await buildNetwork(db.pool, rich, DAYS, READER)
    const busiest = network.people.gave.indexOf(Math.max(...network.people.gave))
    const [key, name] = [network.people.key[busiest] as string, network.people.pseudonym[busiest]]
    const found = await buildPersonHelp(db.pool, rich, DAYS, key, false)
    expect(found.total).toBe((network.people.gave[busiest] as number) + (network.people.received[busiest] as number))
    expect(found.helps.filter(({ helper }) => helper === name)).toHaveLength(network.people.gave[busiest] as number)
    expect(found.helps.every(({ helper, helped }) => (helper === name) !== (helped === name))).toBe(true)
    expect(await buildPersonHelp(db.pool, rich, DAYS, 'nobody', false)).toEqual({ total: 0, helps: [], hidden: null })
  })

  it('leaves out the least tied where there are too many, says how many, and still counts everyone', async () => {
    const all = await buildNetwork(db.pool, rich, DAYS, READER)
    const some = await buildNetwork(db.pool, rich, DAYS, READER, { people: 20, ties: 30 })
    expect(some.whole).toEqual(all.whole)
    expect(some.metrics).toEqual(all.metrics)
    expect(some.ties.count.length).toBeLessThanOrEqual(30)
    expect(some.people.key.length).toBeGreaterThan(3)
    expect(some.left_out).toMatchObject({
      people: all.people.key.length - some.people.key.length,
      ties: all.ties.count.length - some.ties.count.length,
    })
    const whole = new Map(edgesOf(all).map(({ from, to, weight }) => [`${from} ${to}`, weight]))
    for (const { from, to, weight } of edgesOf(some)) expect(whole.get(`${from} ${to}`)).toBe(weight)
    for (const [i, key] of some.people.key.entries()) expect(some.people.gave[i]).toBe(all.people.gave[all.people.key.indexOf(key)])
  })

  it('knows people by pseudonym in an order that says nothing, and by name only where it is asked to', async () => {
    const named = await buildNetwork(db.pool, rich, DAYS, { isSponsor: false, withNames: true })
    const plain = await buildNetwork(db.pool, rich, DAYS, READER)
    expect(plain.people.name).toBeNull()
    expect(plain.people.pseudonym).toEqual(plain.people.pseudonym.toSorted())
    expect(named.people.name).toHaveLength(plain.people.key.length)
    const actors = new Set(events.flatMap(({ actor }) => (actor?.name == null ? [] : [actor.name])))
    const names = named.people.name?.filter((name) => name !== null) ?? []
    expect(actors.size === 0 || names.length > 0).toBe(true)
    for (const name of names) expect(actors.has(name)).toBe(true)
    const text = JSON.stringify(plain)
    for (const name of actors) expect(text.includes(name)).toBe(false)
  })
})

describe('who may not be told', () => {
  const hour = (n: number) => new Date(Date.parse('2025-05-01T00:00:00Z') + n * 3_600_000).toISOString()

  it('is everybody out of a group under five, to a sponsor', async () => {
    const small = await fill('Europe/Berlin', [
      question('q1', 'ana', hour(1)),
      answer('a1', 'q1', 'ben', hour(2)),
      question('q2', 'ben', hour(3)),
      answer('a2', 'q2', 'eva', hour(4), { actor: { id: 'eva', name: `‮=HYPERLINK("x")${'é'.repeat(150)}` } }),
    ])
    const days = { from: '2025-05-01', to: '2025-05-31' }
    const open = await buildNetwork(db.pool, small, days, { isSponsor: false, withNames: true })
    expect(open.whole).toMatchObject({ people: 3, gave: 2, received: 2, both: 1, ties: 2 })
    expect(open.people.key).toHaveLength(3)
    const closed = await buildNetwork(db.pool, small, days, SPONSOR)
    expect(closed.people.key).toEqual([])
    expect(closed.ties.count).toEqual([])
    expect(closed.hidden).toBe(HIDDEN_GROUP)
    expect(await buildPersonHelp(db.pool, small, days, open.people.key[0] as string, true)).toEqual({
      total: 0,
      helps: [],
      hidden: HIDDEN_GROUP,
    })
    expect((await buildPersonHelp(db.pool, small, days, open.people.key[0] as string, false)).total).toBeGreaterThan(0)
  })

  it('is anybody where too much is anonymous', async () => {
    const masked = await fill(
      'Europe/Berlin',
      Array.from({ length: 30 }, (_, i) => [
        question(`q${i}`, `p${i}`, hour(i), i % 2 === 0 ? { actor: undefined } : {}),
        answer(`a${i}`, `q${i}`, `p${i + 1}`, hour(i + 1)),
      ]).flat(),
    )
    const network = await buildNetwork(db.pool, masked, { from: '2025-05-01', to: '2025-05-31' }, READER)
    expect(network.people.key).toEqual([])
    expect(network.whole).toBeNull()
    expect(network.hidden).toMatch(/anonymous/)
  })

  it('is nobody where nobody helped, or nothing is known yet', async () => {
    const silent = await fill('Europe/Berlin', [question('q1', 'ana', hour(1))])
    const days = { from: '2025-05-01', to: '2025-05-31' }
    const none = await buildNetwork(db.pool, silent, days, SPONSOR)
    expect(none).toMatchObject({ whole: { people: 0, ties: 0 }, hidden: null, left_out: null })
    const empty = await createCommunity(db, { slug: 'network-empty', name: 'Empty', time_zone: 'UTC', now: END })
    expect(await buildNetwork(db.pool, empty as ReportedCommunity, days, READER)).toMatchObject({
      known_by: null,
      whole: null,
      hidden: null,
    })
    await expect(buildNetwork(db.pool, silent, { from: '2025-05-02', to: '2025-05-01' }, READER)).rejects.toThrow(/no span of days/)
  })
})
