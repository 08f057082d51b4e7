import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import type { EventInput } from '../shared/contract/event.ts'
import type { Cases } from '../shared/contract/case.ts'
import { casesSchema } from '../shared/contract/case.ts'
import type { Point } from '../shared/contract/metric.ts'
import { daysOfPeriod, GRAINS } from '../shared/period.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { contextOf } from '../server/metrics/capabilities.ts'
import { type CaseSet, resolveCases } from '../server/metrics/cases/case-list.ts'
import { numeratorWithin, sumCases } from '../server/metrics/cases/read-cases.ts'
import { metrics } from '../server/metrics/catalogue.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { buildCases, type CasesQuery, MIN_PEOPLE_NAMED, type NoCases } from '../server/report/cases.ts'
import { buildHealthReport, type ReportedCommunity } from '../server/report/health-report.ts'
import { buildSpans } from '../server/report/spans.ts'

const END = new Date('2025-06-18T09:30:00Z')
const HOUR = 3_600_000

let db: Database
/** Everything a place can hold, with a zone of half hours; and one where nobody tells who joined or left. */
let rich: ReportedCommunity
let joinless: ReportedCommunity
beforeAll(async () => {
  db = await createTestDatabase()
  rich = await fill('Asia/Kolkata', spoil([...inTopics(synthetic(7)), ...practices(), ...joiners()]))
  joinless = await fill(
    'America/Havana',
    [...synthetic(11)].filter((event) => !event.type.startsWith('member.')),
  )
}, 120_000)
afterAll(() => db.close())

const synthetic = (seed: number): EventInput[] => [
  ...generateEvents({
    archetype: 'community',
    seed,
    members: 60,
    weeks: 56,
    contributionsPerWeek: 24,
    timeZone: 'Asia/Kolkata',
    endAt: END,
    hasBot: true,
    source: 'forum',
  }),
]

/** Every seventh actor unknown, every thirteenth contribution taken back, every third answer accepted, and people who leave and come back. */
const spoil = (events: EventInput[]): EventInput[] => {
  const later = (event: EventInput, hours: number) => new Date(Date.parse(event.occurred_at) + hours * HOUR).toISOString()
  const more: EventInput[] = []
  for (const [i, event] of events.entries()) {
    const base = { source: 'forum', thread_id: event.thread_id }
    if (event.type === 'answer.posted' && i % 3 === 0 && event.in_reply_to)
      more.push({
        ...base,
        id: `accept ${i}`,
        type: 'answer.accepted',
        occurred_at: later(event, 5),
        in_reply_to: event.id,
        actor: { id: events.find((q) => q.id === event.in_reply_to)?.actor?.id ?? 'moderator' },
      } as EventInput)
    if (i % 13 === 0 && /posted|asked|published/.test(event.type))
      more.push({ ...base, id: `delete ${i}`, type: 'content.deleted', occurred_at: later(event, 30), in_reply_to: event.id } as EventInput)
    if (event.type === 'member.joined' && i % 4 === 0)
      for (const [type, hours] of [
        ['member.left', 24 * 30],
        ['member.joined', 24 * 45],
        ['member.left', 24 * 140],
      ] as const)
        more.push({
          id: `${type} ${hours} ${i}`,
          source: 'forum',
          type,
          occurred_at: later(event, hours),
          actor: event.actor,
        } as EventInput)
    if (/asked|posted/.test(event.type) && i % 2 === 0)
      more.push({
        ...base,
        id: `view ${i}`,
        type: 'content.viewed',
        occurred_at: later(event, 80),
        in_reply_to: event.id,
        actor: { id: `reader ${i % 23}` },
      } as EventInput)
  }
  return [
    ...events.map((event, i) => (i % 17 === 0 && /posted|published/.test(event.type) ? { ...event, actor: undefined } : event)),
    ...more,
  ].filter((event) => Date.parse(event.occurred_at) <= END.getTime()) as EventInput[]
}

/** Threads in a dozen channels, some of them busier. */
const inTopics = (events: EventInput[]): EventInput[] => {
  const threads = new Map<string, number>()
  return events.map((event) => {
    // what opens a thread names none
    const thread = event.thread_id ?? event.id
    const number = threads.get(thread) ?? threads.size
    threads.set(thread, number)
    return { ...event, channel: `topic ${Math.floor(Math.sqrt(number % 150))}` }
  })
}

/** Sixty who join in one month and never ask; most go on reading for some weeks. */
const joiners = (): EventInput[] =>
  Array.from({ length: 60 }, (_, i) => {
    const at = (days: number) => new Date(Date.parse('2024-07-02T08:00:00Z') + (i / 4 + days) * 24 * HOUR).toISOString()
    const actor = { id: `joiner ${i}` }
    return [
      { id: `joiner ${i}`, source: 'forum', type: 'member.joined', occurred_at: at(0), actor },
      ...Array.from({ length: i % 7 }, (_, n) => ({
        id: `joiner ${i} reads ${n}`,
        source: 'forum',
        type: 'content.viewed',
        occurred_at: at(3 + n * 25),
        actor,
        in_reply_to: 'e40',
      })),
    ] as EventInput[]
  })
    .flat()
    .filter((event) => Date.parse(event.occurred_at) <= END.getTime())

/** Practices, used by some, and value that askers report. */
const practices = (): EventInput[] =>
  Array.from({ length: 24 }, (_, i) => {
    const at = (days: number) => new Date(END.getTime() - (200 - i * 8) * 24 * HOUR + days * 24 * HOUR).toISOString()
    const actor = (n: number) => ({ id: `craftsman ${n % 7}` })
    return [
      { id: `practice ${i}`, source: 'wiki', type: 'practice.shared', occurred_at: at(0), actor: actor(i) },
      { id: `use ${i}`, source: 'wiki', type: 'practice.reused', occurred_at: at(3), actor: actor(i + 2), in_reply_to: `practice ${i}` },
      { id: `look ${i}`, source: 'wiki', type: 'content.viewed', occurred_at: at(1), actor: actor(i + 3), in_reply_to: `practice ${i}` },
    ] as EventInput[]
  })
    .flat()
    .filter((event) => Date.parse(event.occurred_at) <= END.getTime())

const fill = async (timeZone: string, events: EventInput[]): Promise<ReportedCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: timeZone, now: END })
  if (community === null) throw new Error('the slug is taken')
  const rows = events.map((event) => {
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
  // whoever answers most is paid to
  await db.pool.query(
    `insert into facilitator (community_id, identity_key, named_at)
     select $1, identity_key, $2
     from event
     where community_id = $1 and type = 'answer.posted' and identity_key is not null
     group by identity_key
     order by count(*) desc, identity_key
     limit 2`,
    [community.community_id, END],
  )
  await refreshCommunity(db, community.community_id, { now: END })
  return { ...community, is_demo: false, demo_note: null }
}

const RANGES = { month: ['2024-04', '2025-07'], week: ['2025-W01', '2025-W25'], day: ['2025-06-01', '2025-06-18'] } as const

/** Every point of every metric, with the sets of its cases and the number each must add up to. */
const pointsOf = async (community: ReportedCommunity) => {
  const found: { what: string; point: Point; period: string; sets: [CaseSet, number | null, CaseSet | null][]; known_by: string }[] = []
  for (const grain of GRAINS) {
    const [from, to] = RANGES[grain]
    const report = await buildHealthReport(db.pool, community, { from, to, grain }, END)
    for (const series of report.metrics) {
      const metric = metrics.find((m) => m.id === series.id)
      if (metric === undefined) continue
      const resolved = resolveCases(metric.cases, { category: series.category, context: contextOf(report.sources) })
      if ('none' in resolved) continue
      for (const point of series.points) {
        const sets: [CaseSet, number | null, CaseSet | null][] =
          'set' in resolved
            ? [[resolved.set, point[resolved.equals], null]]
            : [
                [resolved.numerator, point.numerator, null],
                [resolved.denominator, point.denominator, numeratorWithin(resolved.numerator, resolved.denominator)],
              ]
        found.push({
          what: `${series.id}:${series.category} ${point.period}`,
          point,
          period: point.period,
          sets,
          known_by: report.known_by as string,
        })
      }
    }
  }
  return found
}

describe.each(['rich', 'joinless'] as const)('the cases of every number of a %s community', (which) => {
  it('add up to its numerator and denominator, or to its value or n', async () => {
    const community = which === 'rich' ? rich : joinless
    const wrong: string[] = []
    const counted = new Map<string, number>()
    // the same rows serve several metrics: each distinct question is asked once
    const asked = new Map<string, Promise<Awaited<ReturnType<typeof sumCases>>>>()
    for (const { what, point, period, sets, known_by } of await pointsOf(community)) {
      const grain = GRAINS.find(
        (g) => RANGES[g][0].length === period.length && (g !== 'week') === !period.includes('W'),
      ) as (typeof GRAINS)[number]
      const days = daysOfPeriod(period, grain)
      for (const [set, expected, within] of sets) {
        if (expected === null) continue
        const key = JSON.stringify([set.list.id, set.where, set.amount?.sql, within?.where, period])
        const sums =
          asked.get(key) ??
          sumCases(db.pool, set, within, {
            communityId: community.community_id,
            timeZone: community.time_zone,
            knownBy: new Date(known_by),
            ...days,
          })
        asked.set(key, sums)
        const { total } = await sums
        if (Math.abs(total - expected) > 1e-9) wrong.push(`${what} (${point.status}): ${total} instead of ${expected}: ${set.words}`)
        const [id = ''] = what.split(':')
        counted.set(id, (counted.get(id) ?? 0) + Math.abs(total))
      }
    }
    expect(wrong.slice(0, 40)).toEqual([])
    // a list that is empty for every period would prove nothing
    if (which === 'rich') {
      const withCases = metrics.filter((m) => !('none' in Object(m.cases))).map((m) => m.id)
      expect(withCases.filter((id) => !counted.get(id))).toEqual([])
    }
  }, 240_000)
})

describe('the pages of cases', () => {
  const ask = (query: Partial<CasesQuery>, isSponsor = false, community = rich): Promise<Cases> =>
    buildCases(db.pool, community, { metric: 'answered-share', period: '2025-03', limit: 50, ...query }, { isSponsor, now: END })
  const everyPage = async (query: Partial<CasesQuery>) => {
    const pages: Cases[] = []
    let after: string | undefined
    do {
      const page = casesSchema.parse(await ask({ ...query, after }))
      pages.push(page)
      after = page.next ?? undefined
    } while (after !== undefined)
    return pages
  }

  it.each([
    ['answered-share', {}],
    ['answered-share', { part: 'numerator' as const }],
    ['contributions', {}],
    ['top-share', {}],
    ['net-growth', {}],
    ['direct-reciprocity', {}],
    ['members', {}],
    ['content-mix', { category: 'help' }],
  ])('of %s %o hold each case once, and add up to the total', async (metric, more) => {
    const pages = await everyPage({ metric, limit: 3, ...more })
    const cases = pages.flatMap((page) => page.cases)
    expect(new Set(cases.map((c) => c.key)).size).toBe(cases.length)
    expect(cases.length).toBe(pages[0]?.count)
    expect(cases.length).toBeGreaterThan(3)
    expect(cases.reduce((sum, c) => sum + c.amount, 0)).toBeCloseTo(pages[0]?.total as number, 9)
    expect((await everyPage({ metric, limit: 500, ...more })).flatMap((page) => page.cases)).toEqual(cases)
  })

  it('of a denominator say which cases count in the numerator', async () => {
    const [all] = await everyPage({ limit: 500 })
    expect(all?.part).toBe('denominator')
    expect(all?.cases.filter((c) => c.in_numerator).length).toBe(all?.point.numerator)
    expect(all?.point.numerator).toBeLessThan(all?.point.denominator as number)
  })

  it('name the place where a question was asked, and nobody but by pseudonym', async () => {
    const page = await ask({ metric: 'questions' })
    expect(page.cases[0]).toMatchObject({ source: 'forum', id: expect.stringMatching(/^e\d+$/) })
    const { rows } = await db.pool.query<{ person_id: string; source_actor_id: string }>(
      'select person_id, source_actor_id from identity where community_id = $1',
      [rich.community_id],
    )
    for (const metric of ['questions', 'helpers', 'two-way-share', 'direct-reciprocity', 'joins', 'members', 'first-seen', 'host-share']) {
      const text = JSON.stringify(await ask({ metric, limit: 500 }))
      expect(
        rows.filter((row) => text.includes(row.person_id) || text.includes(row.person_id.slice(0, 8))),
        metric,
      ).toEqual([])
      expect(text).toMatch(/Member [0-9a-f]{8}/)
    }
  })

  it('show a sponsor nobody out of a group under five, and the number still', async () => {
    const small = await ask({ metric: 'host-share', part: 'numerator' }, true)
    expect(small).toMatchObject({ cases: [], next: null, hidden: expect.stringContaining(String(MIN_PEOPLE_NAMED)) })
    expect(small.total).toBe(small.point.numerator)
    const day = await pickSmallDay()
    const questions = await ask({ metric: 'questions', period: day }, true)
    expect(questions.cases.length).toBe(questions.point.value)
    for (const one of questions.cases) expect(one.values.asker_id).toBeNull()
    expect((await ask({ metric: 'questions', period: day })).cases.every((one) => String(one.values.asker_id).startsWith('Member'))).toBe(
      true,
    )
    expect((await ask({ metric: 'active-people' }, true)).cases.length).toBeGreaterThan(MIN_PEOPLE_NAMED)
  })
  const pickSmallDay = async (): Promise<string> => {
    const report = await buildHealthReport(db.pool, rich, { from: '2025-02-01', to: '2025-05-31', grain: 'day' }, END)
    const points = report.metrics.find((series) => series.id === 'questions')?.points
    for (const point of points ?? [])
      if (point.value === 1 && (await ask({ metric: 'questions', period: point.period })).cases[0]?.values.asker_id !== null)
        return point.period
    throw new Error('no day has one question')
  }

  it('say why there are none where the number may not be told', async () => {
    expect(await ask({ metric: 'joins' }, false, joinless)).toMatchObject({
      total: null,
      count: 0,
      cases: [],
      hidden: expect.stringContaining('not tell who joined'),
    })
    expect(await ask({ metric: 'members', period: '2031-01' })).toMatchObject({
      total: null,
      cases: [],
      hidden: 'No data reach this period.',
    })
  })

  it.each<[Partial<CasesQuery>, typeof NoCases | RegExp]>([
    [{ metric: 'no-such-thing' }, /no metric/],
    [{ metric: 'content-mix' }, /needs a category/],
    [{ metric: 'content-mix', category: "help' or true" }, /needs a category/],
    [{ metric: 'questions', category: 'help' }, /no categories/],
    [{ metric: 'questions', part: 'numerator' }, /no fraction/],
    [{ period: '2025-13' }, /no period/],
    [{ period: '2025-W99' }, /no period/],
    [{ after: 'x' }, /page mark/],
    [{ after: '1_' }, /page mark/],
  ])('refuse %o', async (query, message) => {
    await expect(ask(query)).rejects.toThrow(message)
  })

  it('begin after a mark that names a case which is gone since', async () => {
    const page = await ask({ metric: 'contributions', limit: 2 })
    const gone = `${page.next?.split('_')[0]}_ffffffff-ffff-ffff-ffff-ffffffffffff`
    expect((await ask({ metric: 'contributions', after: gone })).cases.length).toBeGreaterThan(0)
  })
})

it('every metric says what its cases are, or why it has none', () => {
  for (const metric of metrics) {
    for (const category of [null, ...(metric.categories ?? [])])
      for (const told of [true, false]) {
        const resolved = resolveCases(metric.cases, { category, context: { canTell: () => told } })
        if ('none' in resolved) expect(resolved.none, metric.id).toMatch(/^[A-Z].{20,}\.$/)
        else
          for (const set of 'set' in resolved ? [resolved.set] : [resolved.numerator, resolved.denominator])
            expect(set.words, metric.id).toMatch(/^[a-z\d].{5,}[^.]$/)
      }
  }
})

describe('a span of days taken as one period', () => {
  const LABEL = '2025-03-01..2025-05-31'

  it('adds up what its months hold, and its cases add up to it', async () => {
    const { spans } = await buildSpans(db.pool, rich, [LABEL])
    const report = await buildHealthReport(db.pool, rich, { from: '2025-03', to: '2025-05', grain: 'month' }, END)
    const over = (id: string) => spans[0]?.metrics.find((one) => one.id === id)?.point
    const sum = (id: string) => report.metrics.find((one) => one.id === id)?.points.reduce((total, { value }) => total + (value ?? 0), 0)
    for (const id of ['questions', 'contributions', 'joins']) expect(over(id)?.value, id).toBe(sum(id))
    expect(over('members')?.value).toBe(report.metrics.find((one) => one.id === 'members')?.points.at(-1)?.value)
    expect(over('questions')?.value).toBeGreaterThan(20)
    const cases = await buildCases(db.pool, rich, { metric: 'answered-share', period: LABEL, limit: 10 }, { isSponsor: false, now: END })
    expect(cases.total).toBe(over('answered-share')?.denominator)
    expect(cases.point).toEqual(over('answered-share'))
  })

  it('is the month where it is one, in every metric', async () => {
    const { spans } = await buildSpans(db.pool, rich, ['2025-04-01..2025-04-30'])
    const report = await buildHealthReport(db.pool, rich, { from: '2025-04', to: '2025-04', grain: 'month' }, END)
    const bare = ({ period: _, ...point }: Point) => point
    for (const { id, category, point } of spans[0]?.metrics ?? []) {
      const month = report.metrics.find((one) => one.id === id && one.category === category)?.points[0] as Point
      expect(bare(point), `${id} ${category}`).toEqual(bare(month))
    }
    expect(spans[0]?.metrics.length).toBeGreaterThan(60)
  })

  it('says so where it is none, or where no data reach it', async () => {
    for (const label of ['2025-04', '2025-04-31..2025-05-01', '2025-05-02..2025-05-01', '0001-01-01..9999-12-31', 'x'])
      await expect(buildSpans(db.pool, rich, [label]), label).rejects.toThrow(/span|days|ends/)
    await expect(buildSpans(db.pool, rich, Array(7).fill(LABEL))).rejects.toThrow(/At most/)
    const { spans } = await buildSpans(db.pool, rich, ['1999-01-01..1999-03-31'])
    expect(spans[0]?.metrics.find((one) => one.id === 'questions')?.point).toMatchObject({ value: null, status: 'not_applicable' })
    await expect(
      buildCases(db.pool, rich, { metric: 'retention-median', period: LABEL, limit: 10 }, { isSponsor: false, now: END }),
    ).rejects.toThrow(/by month only/)
  })
})
