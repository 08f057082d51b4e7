import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventInput } from '../shared/contract/event.ts'
import { hasVerdictCases, VERDICT_VIEWS, type VerdictView } from '../shared/verdict-views.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import type { ArchetypeName } from '../server/ingest/sources/synthetic/archetypes.ts'
import { generateEvents } from '../server/ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { countCases } from '../server/metrics/cases/read-cases.ts'
import type { ReportedCommunity } from '../server/report/health-report.ts'
import { type JudgedWindow, periodOf, readJudgedWindow } from '../server/report/judged-window.ts'
import { findTops, NO_TOPS, readWindowPeople } from '../server/report/verdict-people.ts'
import { casesOfTest, needsTops } from '../server/report/verdict-test-cases.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { createTestDatabase } from './test-database.ts'

const END = new Date('2025-06-18T09:30:00Z')
const DAY = 86_400_000

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/**
 * A community with a bot and facilitators, in which every ninth author is unknown, every eleventh contribution is taken back,
 * often months later, answers come late, and some things happen at the same moment.
 */
const spoiled = (archetype: ArchetypeName, seed: number): EventInput[] => {
  const events = [
    ...generateEvents({
      archetype,
      seed,
      members: 25,
      weeks: 34,
      contributionsPerWeek: 16,
      timeZone: 'Asia/Kolkata',
      endAt: END,
      hasBot: true,
      source: 'forum',
    }),
  ]
  const later = (event: EventInput, days: number) => new Date(Date.parse(event.occurred_at) + days * DAY).toISOString()
  const more = events.flatMap((event, i): EventInput[] => {
    const thread_id = event.thread_id ?? event.id
    const found: object[] = []
    if (i % 11 === 0 && /posted|asked|published/.test(event.type))
      found.push({ id: `delete ${i}`, type: 'content.deleted', occurred_at: later(event, i % 80), in_reply_to: event.id })
    if (i % 13 === 0 && event.type === 'question.asked')
      found.push({
        id: `late ${i}`,
        type: 'answer.posted',
        occurred_at: later(event, i % 60),
        in_reply_to: event.id,
        actor: { id: 'latecomer' },
        text: 'merge the draft after the agenda',
      })
    if (i % 17 === 0 && event.type === 'post.published')
      found.push({
        id: `join ${i}`,
        type: 'reply.posted',
        occurred_at: later(event, i % 70),
        actor: { id: 'joiner' },
        text: 'a release of the minutes',
      })
    return found.map((one) => ({ source: 'forum', thread_id, ...one }) as EventInput)
  })
  return [
    ...events.map((event, i) => (i % 9 === 0 && /posted|published|asked/.test(event.type) ? { ...event, actor: undefined } : event)),
    ...more,
  ].filter((event) => Date.parse(event.occurred_at) <= END.getTime()) as EventInput[]
}

const fill = async (events: EventInput[]): Promise<ReportedCommunity> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'A community', time_zone: 'Asia/Kolkata', now: END })
  if (community === null) throw new Error('the slug is taken')
  const rows = events.map((event) => {
    const { ok } = normaliseEvent(event, END)
    if (!ok) throw new Error('rejected')
    return ok
  })
  await appendEvents(db, {
    communityId: community.community_id,
    batchId: randomUUID(),
    rows,
    onConflict: 'report',
    dryRun: false,
    receivedAt: END,
  })
  await db.pool.query(
    `insert into facilitator (community_id, identity_key, named_at)
     select $1, identity_key, $2
     from event
     where community_id = $1 and type in ('answer.posted', 'reply.posted') and identity_key is not null
     group by identity_key
     order by count(*) desc, identity_key
     limit 2`,
    [community.community_id, END],
  )
  await refreshCommunity(db, community.community_id, { now: END })
  return { ...community, is_demo: false, demo_note: null }
}

const judge = async (community: ReportedCommunity, at: string | undefined, view: VerdictView): Promise<JudgedWindow> =>
  (await readJudgedWindow(db.pool, community, { at, view }, END)) as JudgedWindow

describe('the cases of a verdict', () => {
  it.each([
    ['community', 3],
    ['newsletter', 6],
  ] as const)(
    'of a %s add up to the number of every test of every rule, in every view',
    async (archetype, seed) => {
      const community = await fill(spoiled(archetype, seed))
      const wrong: string[] = []
      const counted = new Map<string, number>()
      for (const view of VERDICT_VIEWS)
        for (const at of [undefined, '2025-05-31', '2025-04-10', '2024-11-02']) {
          const window = await judge(community, at, view)
          const sums = new Map<string, ReturnType<typeof countCases>>()
          const tops = findTops(await readWindowPeople(db.pool, view, periodOf(window)))
          for (const rule of window.verdict.rules)
            for (const test of rule.tests) {
              const cases = casesOfTest(test, needsTops(test.metric) ? tops : NO_TOPS, view)
              const what = `${view} ${at} ${rule.id} ${test.metric} ${test.alternative}`
              if ('none' in cases) {
                if (hasVerdictCases(test.metric) && test.observed !== null) wrong.push(`${what} has none`)
                continue
              }
              const sides =
                'set' in cases
                  ? [[cases.set, test.observed] as const]
                  : [[cases.numerator, test.numerator] as const, [cases.denominator, test.denominator] as const]
              for (const [set, expected] of sides) {
                // rules share numbers: each is counted once a window
                const key = JSON.stringify([set.list.id, set.where, set.amount?.sql])
                const sum = sums.get(key) ?? countCases(db.pool, set, periodOf(window))
                sums.set(key, sum)
                const { total } = await sum
                if (total !== expected) wrong.push(`${what}: ${total} instead of ${expected}: ${set.words}`)
                counted.set(test.metric, (counted.get(test.metric) ?? 0) + total)
              }
            }
        }
      expect(wrong.slice(0, 20)).toEqual([])
      // lists that are empty everywhere would prove nothing
      if (archetype === 'community') expect([...counted].filter(([metric, total]) => total === 0 && metric !== 'feed-gap')).toEqual([])
    },
    120_000,
  )
})
