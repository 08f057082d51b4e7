import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { type Helping, helpingSchema, TOPIC_QUARTERS } from '../shared/contract/helping.ts'
import type { Measured } from '../shared/contract/metric.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import type { EventRow } from '../server/ingest/event-row.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { buildCases } from '../server/report/cases.ts'
import type { ReportedCommunity } from '../server/report/health-report.ts'
import { buildHelping, type HelpingQuery } from '../server/report/helping.ts'
import { buildSpans } from '../server/report/spans.ts'

const END = new Date('2025-06-18T09:30:00Z')
const ZONE = 'Asia/Kolkata'
const HOUR = 3_600_000
const YEAR = { from: '2024-07-01', to: '2025-06-30' }

let db: Database
/** A year of questions in topics, some of them taken back, some accepted; half of it in chats without threads; all of it there. */
let usual: ReportedCommunity
let both: ReportedCommunity
let flat: ReportedCommunity
beforeAll(async () => {
  db = await createTestDatabase()
  const rows = normalise(year())
  const threads = new Map(rows.map((row) => [row.event_key, row.thread_key]))
  const isInChat = (row: EventRow) => /[0-7]$/.test(row.thread_key ?? threads.get(row.target_key ?? '') ?? 'f')
  const asFlat = (row: EventRow): EventRow =>
    row.thread_key === null ? row : { ...row, inferred_link: row.target_key === null ? 'opens' : row.word_count % 2 ? 'named' : 'guess' }
  usual = await fill(rows)
  both = await fill(rows.map((row) => (isInChat(row) ? asFlat(row) : row)))
  flat = await fill(rows.map(asFlat))
}, 60_000)
afterAll(() => db.close())

const normalise = (events: readonly EventInput[]): EventRow[] =>
  events.map((event) => {
    const normalised = normaliseEvent(event, END)
    if (!normalised.ok) throw new Error(JSON.stringify([event, normalised.problems]))
    return normalised.ok
  })

const fill = async (rows: EventRow[]): Promise<ReportedCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: ZONE, now: END })
  if (community === null) throw new Error('the slug is taken')
  const { community_id: communityId } = community
  await appendEvents(db, { communityId, batchId: randomUUID(), rows, onConflict: 'report', dryRun: false, receivedAt: END })
  await refreshCommunity(db, communityId, { now: END })
  return { ...community, is_demo: false, demo_note: null }
}

/** Questions lie in eight topics, the first the busiest; one in nine names none. */
const year = (): EventInput[] => {
  const events = [
    ...generateEvents({
      archetype: 'community',
      seed: 9,
      members: 60,
      weeks: 30,
      contributionsPerWeek: 22,
      timeZone: ZONE,
      endAt: END,
      source: 'forum',
    }),
  ]
  const topics = new Map<string, string | undefined>()
  return events.flatMap((event, i): EventInput[] => {
    // what opens a thread names none
    const thread = event.thread_id ?? event.id
    if (!topics.has(thread)) topics.set(thread, topics.size % 9 === 8 ? undefined : `topic ${Math.floor(Math.sqrt(topics.size % 64))}`)
    const channel = topics.get(thread)
    const placed = channel === undefined ? event : { ...event, channel }
    if (event.type !== 'answer.posted' || i % 3 !== 0) return [placed]
    const asker = events.find((other) => other.id === event.in_reply_to)?.actor ?? { id: 'moderator' }
    return [
      placed,
      {
        id: `accept ${i}`,
        source: 'forum',
        type: 'answer.accepted',
        occurred_at: new Date(Date.parse(event.occurred_at) + 5 * HOUR).toISOString(),
        thread_id: event.thread_id,
        in_reply_to: event.id,
        actor: asker,
      } as EventInput,
    ]
  })
}

const build = async (community: ReportedCommunity, query: Partial<HelpingQuery> = {}): Promise<Helping> =>
  helpingSchema.parse(await buildHelping(db.pool, community, { ...YEAR, topics: 60, ...query }))

/** What the metrics find over the same days: by metric, or metric:category. */
const spansOf = async (community: ReportedCommunity, { from, to } = YEAR): Promise<Map<string, Measured>> => {
  const { spans } = await buildSpans(db.pool, community, [`${from}..${to}`])
  return new Map(
    spans[0]?.metrics.map(({ id, category, point: { period: _, is_unfinished: __, ...found } }) => [
      category === null ? id : `${id}:${category}`,
      found,
    ]),
  )
}
const step = (helping: Helping, id: string): Measured => helping.steps.find((one) => one.id === id)?.found as Measured

describe('what became of the questions of a span', () => {
  it('is what the metrics say of it, to the digit', async () => {
    for (const community of [usual, both, flat])
      for (const range of [YEAR, { from: '2025-01-05', to: '2025-06-18' }, { from: '2025-06-16', to: '2025-06-18' }]) {
        const [helping, metrics] = [await build(community, range), await spansOf(community, range)]
        expect(step(helping, 'answered_in_time')).toEqual(metrics.get('answered-share'))
        expect(step(helping, 'accepted')).toEqual(metrics.get('accepted-share'))
        expect(step(helping, 'thanked')).toEqual(metrics.get('acknowledged-share'))
        expect(helping.times.median).toEqual(metrics.get('time-to-first-answer'))
        expect(helping.times.p90).toEqual(metrics.get('time-to-first-answer-p90'))
        expect(helping.topics.on_one_helper).toEqual(metrics.get('topics-on-one-helper'))
        for (const quarter of TOPIC_QUARTERS) expect(helping.topics.quarters[quarter]).toEqual(metrics.get(`topic-quadrant:${quarter}`))
        expect((step(helping, 'asked').value ?? 0) + helping.left_out_count).toBe(metrics.get('questions')?.value)
      }
    expect(step(await build(usual), 'asked').value).toBeGreaterThan(80)
  })

  it('holds the cases that each step leads to', async () => {
    for (const community of [usual, both, flat]) {
      const helping = await build(community)
      for (const { id, found, cases } of helping.steps) {
        const listed = await buildCases(
          db.pool,
          community,
          { metric: cases.metric, period: helping.period, part: cases.part ?? undefined, limit: 1 },
          { isSponsor: false, now: END },
        ).catch((error) => error)
        if (found.reason?.startsWith('Not available')) continue
        expect(listed.total, id).toBe(found.numerator ?? found.value)
      }
    }
  })

  it('counts each question once by how long it waited', async () => {
    const { times } = await build(usual)
    const { counts, marks, steps } = times
    expect(counts?.question_count).toBe((counts?.answered_count ?? 0) + (counts?.waiting_count ?? 0))
    expect(counts).toMatchObject({ answered_count: times.median.numerator, question_count: times.median.denominator })
    for (const [i, mark] of marks.entries()) {
      expect(mark.answered_count).toBeGreaterThanOrEqual(marks[i - 1]?.answered_count ?? 0)
      expect(mark.at_risk).toBeLessThanOrEqual(marks[i - 1]?.at_risk ?? Number.POSITIVE_INFINITY)
    }
    // the curve passes one half where the metric says that it does, or runs level there around it
    const median = times.median.value as number
    const at = steps.findIndex(({ share }) => share >= 0.5 - 1e-9)
    const isLevel = Math.abs((steps[at]?.share ?? 0) - 0.5) < 1e-9
    expect(median).toBeGreaterThanOrEqual((steps[at]?.hours ?? 0) - 1e-9)
    expect(median).toBeLessThanOrEqual((steps[isLevel ? at + 1 : at]?.hours ?? 0) + 1e-9)
  })

  it('leaves flat chats out where most have threads, and says how many', async () => {
    const helping = await build(both)
    expect(helping.left_out_count).toBeGreaterThan(30)
    expect(step(helping, 'asked').value).toBe(helping.times.counts?.question_count)
    expect((await build(usual)).left_out_count).toBe(0)
  })

  it('marks what is inferred, and withholds what is too little of it, curve and topics too', async () => {
    expect(step(await build(flat), 'answered_in_time')).toMatchObject({ is_inferred: true, status: 'ok' })
    expect(step(await build(flat), 'answered')).toMatchObject({ is_inferred: true })
    const few = await build(flat, { from: '2025-06-02', to: '2025-06-15' })
    expect(step(few, 'answered_in_time').status).toBe('withheld')
    expect(step(few, 'answered').status).toBe('withheld')
    expect(few.times).toMatchObject({ counts: null, steps: [], marks: [] })
    expect(few.topics).toMatchObject({ topic_count: 0, topics: [], boundary: null })
  })

  it('says nothing where no data reach, and refuses what is no span', async () => {
    const before = await build(usual, { from: '1999-01-01', to: '1999-12-31' })
    expect(before.steps.every(({ found }) => found.value === null && found.reason === 'No data reach these days.')).toBe(true)
    expect(before.is_unfinished).toBe(false)
    const empty = await build(await fill([]))
    expect(empty).toMatchObject({ known_by: null, times: { counts: null }, topics: { topics: [] } })
    await expect(build(usual, { from: '2025-02-01', to: '2025-01-01' })).rejects.toThrow(/no span/)
    await expect(build(usual, { from: '1901-01-01', to: '2025-01-01' })).rejects.toThrow(/ask for less/)
  })
})

describe('the topics', () => {
  it('are listed most asked first, each where the metric counts it, and those beyond the limit together', async () => {
    const whole = await build(usual)
    const { topics, boundary, named_question_count, topic_count, others, quarters } = whole.topics
    expect(topic_count).toBe(topics.length)
    expect(topic_count).toBe(8)
    expect(others).toBeNull()
    expect(boundary).not.toBeNull()
    for (const quarter of TOPIC_QUARTERS)
      expect(topics.filter((topic) => topic.quarter === quarter).length, quarter).toBe(quarters[quarter].value)
    const total = (of: 'questions' | 'answered' | 'answers') => topics.reduce((sum, topic) => sum + topic[of], 0)
    expect(total('questions')).toBe(named_question_count)
    expect(named_question_count).toBeLessThan(step(whole, 'asked').value as number)
    const short = (await build(usual, { topics: 3 })).topics
    expect(short.topics).toEqual(topics.slice(0, 3))
    const rest = topics.slice(3)
    expect(short.others).toEqual({
      topic_count: 5,
      questions: rest.reduce((sum, topic) => sum + topic.questions, 0),
      answered: rest.reduce((sum, topic) => sum + topic.answered, 0),
      answers: rest.reduce((sum, topic) => sum + topic.answers, 0),
    })
    expect(short).toMatchObject({ topic_count, boundary, quarters })
  })

  it('of ten thousand are as short to tell, whatever their names', async () => {
    const names = ['\u202Eright to left', 'مضخات', '<img src=x onerror=alert(1)>', 'x'.repeat(200)]
    const events = Array.from({ length: 10_000 }, (_, i): EventInput[] => {
      const at = (hours: number) => new Date(END.getTime() - 30 * 24 * HOUR + ((i % 20) + hours) * HOUR).toISOString()
      const place = { source: 'forum', thread_id: `q${i}`, channel: names[i] ?? `channel ${i}` }
      const question = { ...place, id: `q${i}`, type: 'question.asked', occurred_at: at(0), actor: { id: `p${i % 50}` } } as EventInput
      const answer = { ...place, id: `a${i}`, type: 'answer.posted', in_reply_to: `q${i}`, actor: { id: `p${(i + 1) % 50}` } }
      return i % 10 ? [question] : [question, { ...answer, occurred_at: at(2) } as EventInput]
    }).flat()
    // the first four are asked about again, six times each, and one person answers
    const more = names.flatMap((channel, n) =>
      Array.from({ length: 6 }, (_, i): EventInput[] => {
        const id = `more ${n} ${i}`
        const place = { source: 'forum', thread_id: id, channel }
        const at = (hours: number) => new Date(END.getTime() - 20 * 24 * HOUR + (i + hours) * HOUR).toISOString()
        return [
          { ...place, id, type: 'question.asked', occurred_at: at(0), actor: { id: 'p1' } } as EventInput,
          { ...place, id: `${id} a`, type: 'answer.posted', occurred_at: at(1), in_reply_to: id, actor: { id: `only ${n}` } } as EventInput,
        ]
      }).flat(),
    )
    const helping = await build(await fill(normalise([...events, ...more])))
    expect(helping.topics.topic_count).toBe(10_000)
    expect(helping.topics.topics.length).toBe(60)
    expect(helping.topics.others).toMatchObject({ topic_count: 9940, questions: 9940 })
    expect(new Set(helping.topics.topics.slice(0, 4).map(({ channel }) => channel))).toEqual(new Set(names))
    expect(helping.topics.topics.slice(0, 4).map(({ hangs_on_one }) => hangs_on_one)).toContain(true)
    // one question each tells nothing of who carries it
    expect(helping.topics.topics.at(-1)?.hangs_on_one).toBeNull()
    expect(JSON.stringify(helping).length).toBeLessThan(60_000)
  }, 60_000)
})
