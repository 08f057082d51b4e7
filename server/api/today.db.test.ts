import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addKey, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Cases } from '../../shared/contract/case.ts'
import type { HealthReport } from '../../shared/contract/health-report.ts'
import type { VerdictEvidence } from '../../shared/contract/verdict-evidence.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { type CareItem, type CareKind, type CareMark, careItemSchema, type Today, todaySchema } from '../../shared/contract/today.ts'
import { identityKey } from '../ingest/keys.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { appendEvents } from '../store/append-events.ts'
import { mergeIdentities } from '../store/merge-identities.ts'
import { healthRoutes } from './health-routes.ts'
import { todayRoutes } from './today-routes.ts'
import { verdictRoutes } from './verdict-routes.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
const asked = new Set<string>()
const now = new Date('2026-03-31T12:00:00Z')
const callers: Record<string, Record<string, string>> = {}
let here: TestCommunity

beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({
    pool: db.pool,
    routes: async (scope) => {
      await scope.register(healthRoutes({ pool: db.pool, now: () => now }))
      await scope.register(verdictRoutes({ pool: db.pool, now: () => now }))
      await scope.register(todayRoutes({ pool: db.pool, now: () => now, requestRefresh: (id) => void asked.add(id) }))
    },
  })
  here = await addCommunity(db.pool, 'here')
  for (const role of ['manager', 'viewer', 'sponsor'] as const) {
    await addPerson(db.pool, `${role}@example.org`, role, here)
    callers[role] = asBrowser(await signIn(app, db.pool, `${role}@example.org`))
  }
  callers.key = { authorization: `Bearer ${await addKey(db.pool, here, ['read'])}` }
  await send(here, EVENTS)
  await refresh(here)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

type Sent = { id: string; type: string; at: string; by: string; to?: string; channel?: string; thread?: string }
const send = async (community: TestCommunity, events: readonly Sent[], onConflict: 'report' | 'replace' = 'report') => {
  const rows = events.map(({ id, type, at, by, to, channel, thread }) => {
    const { ok } = normaliseEvent(
      {
        id,
        source: 'forum',
        type,
        occurred_at: at,
        actor: { id: by, name: `Name of ${by}` },
        thread_id: thread ?? to ?? id,
        in_reply_to: to,
        channel,
        url: `https://forum.example.org/${id}`,
      },
      now,
    )
    if (!ok) throw new Error(`rejected ${id}`)
    return ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict, dryRun: false, receivedAt: new Date() })
}
const refresh = async (community: TestCommunity) => {
  asked.delete(community.community_id)
  await refreshCommunity(db, community.community_id, { now })
}

const at = (daysBefore: number, hour = 12) =>
  new Date(Date.UTC(2026, 2, 31, hour) - daysBefore * 86_400_000 - (daysBefore === 0 && hour >= 12 ? 7_200_000 : 0)).toISOString()
/** Ada asks and Ben answers every third day for three months, with Cid about seals; Eve too until forty days ago, then no more. */
const EVENTS: Sent[] = [
  ...Array.from({ length: 34 }, (_, i) => 4 + i * 3).flatMap((day): Sent[] => [
    { id: `q${day}`, type: 'question.asked', at: at(day), by: 'ada', channel: day % 2 ? 'pumps' : 'seals' },
    { id: `a${day}`, type: 'answer.posted', at: at(day, 14), by: 'ben', to: `q${day}`, channel: day % 2 ? 'pumps' : 'seals' },
    ...(day > 38 && day % 2 === 0 ? [{ id: `e${day}`, type: 'answer.posted', at: at(day, 15), by: 'eve', to: `q${day}` }] : []),
    { id: `c${day}`, type: 'answer.posted', at: at(day - 1, 15), by: day % 2 ? 'ben' : 'cid', to: `q${day}` },
  ]),
  { id: 'accepted', type: 'answer.accepted', at: at(21), by: 'ada', to: 'a22', thread: 'q22' },
  { id: 'open2', type: 'question.asked', at: at(2), by: 'ada', channel: 'pumps' },
  { id: 'open9', type: 'question.asked', at: at(9), by: 'ada', channel: 'pumps' },
  { id: 'open6', type: 'question.asked', at: at(6), by: 'ada' },
  { id: 'open50', type: 'question.asked', at: at(50), by: 'ada' },
  { id: 'new1', type: 'question.asked', at: at(1), by: 'nia' },
  { id: 'new3', type: 'post.published', at: at(3), by: 'ned' },
  { id: 'met', type: 'post.published', at: at(3), by: 'mia' },
  { id: 'hello', type: 'reply.posted', at: at(2), by: 'ben', to: 'met' },
]

const PATH = '/api/v1/communities/here/today'
const today = async (as = 'manager', slug = 'here'): Promise<Today> => {
  const answer = await app.inject({ url: `/api/v1/communities/${slug}/today`, headers: callers[as] ?? {} })
  expect(answer.statusCode, answer.body).toBe(200)
  return todaySchema.parse(answer.json())
}
const mark = (kind: CareKind, key: string, as: CareMark | null) =>
  app.inject({ method: 'PUT', url: `${PATH}/marks`, headers: callers.manager as Record<string, string>, payload: { kind, key, mark: as } })
const itemOf = async (id: string): Promise<CareItem> => {
  const { items, marked } = await today()
  return [...items, ...marked].find((item) => item.id === id) as CareItem
}
const waits = (list: Today, kind: CareKind) => list.items.filter((item) => item.kind === kind).map((item) => item.id ?? item.channel)

/** All numbers of March and the year, by metric. */
const numbers = async (slug = 'here') => {
  const answer = await app.inject({
    url: `/api/v1/communities/${slug}/health?from=2026-02&to=2026-03&grain=month`,
    headers: callers.manager as Record<string, string>,
  })
  const report = answer.json<HealthReport>()
  return Object.fromEntries(report.metrics.map(({ id, category, points }) => [`${id} ${category ?? ''}`.trim(), points]))
}
const verdict = async <T>(path = '', slug = 'here') =>
  (await app.inject({ url: `/api/v1/communities/${slug}/verdict${path}`, headers: callers.manager as Record<string, string> })).json<T>()
const cases = async (metric: string) =>
  (
    await app.inject({
      url: `/api/v1/communities/here/cases?metric=${metric}&period=2026-03`,
      headers: callers.manager as Record<string, string>,
    })
  ).json<Cases>()

describe('today’s list', () => {
  it('names what waits, the most pressing first, and counts what is too old apart', async () => {
    const list = await today()
    expect(list.known_by).toBe('2026-03-31T12:00:00.000Z')
    // within seven days the oldest first, then the others
    expect(waits(list, 'unanswered_question')).toEqual(['open6', 'open2', 'open9'])
    expect(waits(list, 'waiting_newcomer')).toEqual(['new3', 'new1'])
    expect(list.open_by_age).toEqual([
      { from_days: 0, to_days: 1, count: 0 },
      { from_days: 1, to_days: 7, count: 3 },
      { from_days: 7, to_days: 30, count: 1 },
      { from_days: 30, to_days: null, count: 1 },
    ])
    expect(list.counts).toEqual({ unanswered_question: 3, waiting_newcomer: 2, quiet_regular: 1, topic_on_one: 1 })
    expect(list.cannot_tell).toEqual([])
    const [first] = list.items
    expect(first).toMatchObject({
      why: 'A question, waiting 6\u00a0days for an answer. 24\u00a0hours left to answer within 7 days.',
      url: 'https://forum.example.org/open6',
      source: 'forum',
      mark: null,
      marks: ['done', 'answered_elsewhere', 'not_a_question'],
    })
    const eve = list.items.find((item) => item.kind === 'quiet_regular')
    expect(eve?.person?.name).toBe('Name of eve')
    expect(eve?.why).toMatch(
      /^Wrote on \d+\sdays in \d+\sweeks of the 26 up to their last, never more than 6\sdays apart in a year\. Silent for 40\sdays now\.$/,
    )
    const topic = list.items.find((item) => item.kind === 'topic_on_one')
    expect(topic).toMatchObject({ channel: 'pumps', person: { name: 'Name of ben' } })
    expect(topic?.why).toContain('One person gave all')
  })

  it('shows as many of each kind as asked for, and counts them all', async () => {
    const answer = await app.inject({ url: `${PATH}?limit=1`, headers: callers.viewer as Record<string, string> })
    const list = todaySchema.parse(answer.json())
    expect(list.items.map((item) => item.kind)).toEqual(['unanswered_question', 'waiting_newcomer', 'quiet_regular', 'topic_on_one'])
    expect(list.counts.unanswered_question).toBe(3)
    for (const limit of ['0', '101', 'x'])
      expect((await app.inject({ url: `${PATH}?limit=${limit}`, headers: callers.viewer as Record<string, string> })).statusCode).toBe(400)
  })

  it('tells managers names, viewers and keys pseudonyms, and a sponsor nobody', async () => {
    const people = async (as: string) => (await today(as)).items.map(({ person }) => person)
    expect((await people('manager')).every((person) => person?.name?.startsWith('Name of '))).toBe(true)
    for (const as of ['viewer', 'key']) {
      expect((await people(as)).every((person) => person?.name === null && person.pseudonym.startsWith('Member '))).toBe(true)
      expect(JSON.stringify(await today(as))).not.toContain('Name of')
    }
    expect((await people('sponsor')).every((person) => person === null)).toBe(true)
    expect(JSON.stringify(await today('sponsor'))).not.toMatch(/Member |Name of/)
  })

  it('says what it cannot tell: of nothing, of a source without questions, and while everyone is quiet', async () => {
    const empty = await addCommunity(db.pool, 'empty')
    await addPerson(db.pool, 'manager@example.org', 'manager', empty)
    expect((await today('manager', 'empty')).cannot_tell).toHaveLength(4)
    await send(empty, [{ id: 'join', type: 'member.joined', at: at(3), by: 'ada' }])
    await refresh(empty)
    const list = await today('manager', 'empty')
    expect(list.items).toEqual([])
    expect(list.cannot_tell.map((one) => one.kind)).toEqual(['unanswered_question', 'waiting_newcomer', 'quiet_regular', 'topic_on_one'])
    expect(list.cannot_tell[0]?.reason).toBe('Not available from forum, which does not tell which contributions are questions.')

    const silent = await addCommunity(db.pool, 'silent')
    await addPerson(db.pool, 'manager@example.org', 'manager', silent)
    await send(
      silent,
      EVENTS.filter((event) => event.at < at(12)),
    )
    await send(silent, [{ id: 'last', type: 'content.viewed', at: at(0), by: 'ada', to: 'q13' }])
    await refresh(silent)
    const quiet = (await today('manager', 'silent')).cannot_tell.find((one) => one.kind === 'quiet_regular')
    expect(quiet?.reason).toBe('Nobody wrote in the last seven days: everyone is quiet, or the feed is, so nobody is named.')
  })
})

describe('marks', () => {
  it('takes what is done off the list, changes no number, and brings it back', async () => {
    const before = await numbers()
    for (const id of ['open6', 'new3']) {
      const { kind, key } = await itemOf(id)
      const answer = await mark(kind, key, 'done')
      expect(answer.statusCode, answer.body).toBe(200)
      expect(careItemSchema.parse(answer.json())).toMatchObject({ kind, id, mark: { as: 'done', marked_at: now.toISOString() } })
    }
    const list = await today()
    expect(waits(list, 'unanswered_question')).toEqual(['open2', 'open9'])
    expect(waits(list, 'waiting_newcomer')).toEqual(['new1'])
    expect(list.marked.map((item) => item.id).toSorted()).toEqual(['new3', 'open6'])
    expect(list.marked[0]?.mark?.marked_by).not.toBeNull()
    expect((await today('viewer')).marked[0]?.mark?.marked_by).toBeNull()
    expect(asked.size).toBe(0)
    await refresh(here)
    expect(await numbers()).toEqual(before)
    for (const { kind, key } of list.marked) expect((await mark(kind, key, null)).json()).toMatchObject({ mark: null })
    expect((await today()).counts).toMatchObject({ unanswered_question: 3, waiting_newcomer: 2 })
  })

  it('leaves a question answered elsewhere out of both sides, says so, and gives the former numbers back', async () => {
    const before = await numbers()
    const { kind, key } = await itemOf('open9')
    expect((await mark(kind, key, 'answered_elsewhere')).statusCode).toBe(200)
    expect([...asked]).toEqual([here.community_id])
    expect(waits(await today(), 'unanswered_question')).toEqual(['open6', 'open2'])
    await refresh(here)
    const after = await numbers()
    const point = (all: typeof before, metric: string) => all[metric]?.[1]
    for (const metric of ['answered-share', 'time-to-first-answer', 'accepted-share', 'answered-share-without-top top-1']) {
      expect(point(after, metric)?.denominator, metric).toBe((point(before, metric)?.denominator as number) - 1)
      expect(point(after, metric)?.numerator, metric).toBe(point(before, metric)?.numerator)
      expect(point(after, metric)?.reason, metric).toContain('1\u00a0question answered elsewhere, as a manager says, is left out.')
    }
    for (const metric of ['questions', 'contributions', 'content-mix help', 'helpers'])
      expect(after[metric], metric).toEqual(before[metric])
    const { left_out } = await verdict<VerdictEvidence>('/evidence')
    expect(left_out.sentence).toContain('One\u00a0question answered elsewhere, as a manager says, is left out of the answered share.')
    const list = await cases('answered-share')
    expect(list).toMatchObject({ total: point(after, 'answered-share')?.denominator })
    expect(list.cases.map((one) => one.id)).not.toContain('open9')
    expect(await cases('time-to-first-answer')).toMatchObject({ total: point(after, 'time-to-first-answer')?.denominator })
    expect((await cases('questions')).cases.map((one) => one.id)).toContain('open9')
    await mark(kind, key, null)
    await refresh(here)
    expect(await numbers()).toEqual(before)
  })

  it('leaves a newcomer’s question that was answered elsewhere out of those who got a reply', async () => {
    await send(here, [{ id: 'new9', type: 'question.asked', at: at(9), by: 'noa' }])
    await refresh(here)
    const before = await numbers()
    const { kind, key } = await itemOf('new9')
    expect(kind).toBe('waiting_newcomer')
    await mark(kind, key, 'answered_elsewhere')
    await refresh(here)
    const share = (all: typeof before) => all['newcomers-answered-share']?.[1]
    expect(share(await numbers())?.denominator).toBe((share(before)?.denominator as number) - 1)
    expect(await cases('newcomers-answered-share')).toMatchObject({ total: share(await numbers())?.denominator })
    await mark(kind, key, null)
    await refresh(here)
    expect(await numbers()).toEqual(before)
  })

  it('counts what is no question as if it had come as a post, whatever replies there are', async () => {
    const sentAs = await addCommunity(db.pool, 'sent-as')
    await addPerson(db.pool, 'manager@example.org', 'manager', sentAs)
    const noa = { id: 'new9', type: 'question.asked', at: at(9), by: 'noa' }
    const ruled = ['open9', 'q4', 'q22', 'new1', 'new9']
    await send(
      sentAs,
      [...EVENTS, noa].map((event) => (ruled.includes(event.id) ? { ...event, type: 'post.published' } : event)),
    )
    await refresh(sentAs)
    const before = await numbers()
    for (const id of ruled) {
      const { rows } = await db.pool.query<{ event_key: string }>(
        'select event_key from event where community_id = $1 and source_event_id = $2',
        [here.community_id, id],
      )
      expect((await mark('unanswered_question', rows[0]?.event_key as string, 'not_a_question')).statusCode).toBe(200)
    }
    await refresh(here)
    expect(await numbers()).toEqual(await numbers('sent-as'))
    expect(await numbers()).not.toEqual(before)
    expect(await verdict<Verdict>()).toEqual(await verdict<Verdict>('', 'sent-as'))
    for (const { kind, key } of (await today()).marked) await mark(kind, key, null)
    await refresh(here)
    expect(await numbers()).toEqual(before)
  })

  it('ends in one mark, whoever marks at once or twice, and asks for one refresh at most', async () => {
    const { kind, key } = await itemOf('open9')
    const answers = await Promise.all(
      (['done', 'answered_elsewhere', 'not_a_question', 'answered_elsewhere'] as const).map((as) => mark(kind, key, as)),
    )
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200])
    expect((await today()).marked).toHaveLength(1)
    await mark(kind, key, 'answered_elsewhere')
    asked.clear()
    expect((await mark(kind, key, 'answered_elsewhere')).json()).toMatchObject({ mark: { as: 'answered_elsewhere' } })
    expect(asked.size).toBe(0)
    await mark(kind, key, null)
    expect((await mark(kind, key, null)).json()).toMatchObject({ mark: null })
    await refresh(here)
  })

  it('outlives that a question is sent again or deleted, and can still be taken back', async () => {
    await send(here, [{ id: 'brief', type: 'question.asked', at: at(2), by: 'ada' }])
    await refresh(here)
    const { kind, key } = await itemOf('brief')
    await mark(kind, key, 'answered_elsewhere')
    await send(here, [{ id: 'brief', type: 'question.asked', at: at(5), by: 'ada', channel: 'seals' }], 'replace')
    await refresh(here)
    expect(waits(await today(), 'unanswered_question')).not.toContain('brief')
    expect(await itemOf('brief')).toMatchObject({ channel: 'seals', mark: { as: 'answered_elsewhere' } })
    await send(here, [{ id: 'gone', type: 'content.deleted', at: at(1), by: 'ada', to: 'brief', thread: 'brief' }])
    await refresh(here)
    expect((await itemOf('brief')).why).toContain('taken back since')
    expect((await mark(kind, key, 'not_a_question')).statusCode).toBe(200)
    expect((await mark(kind, key, null)).json()).toMatchObject({ mark: null })
    await refresh(here)
  })

  it('knows a regular again by any account, until they come back and go quiet once more; a topic for ninety days', async () => {
    const list = await today()
    for (const wanted of ['quiet_regular', 'topic_on_one'] as const) {
      const { kind, key } = list.items.find((item) => item.kind === wanted) as CareItem
      for (const as of ['answered_elsewhere', 'not_a_question'] as const) expect((await mark(kind, key, as)).statusCode).toBe(422)
      expect((await mark(kind, key, 'done')).json()).toMatchObject({ kind, key, mark: { as: 'done' } })
    }
    expect((await today()).counts).toMatchObject({ quiet_regular: 0, topic_on_one: 0 })
    const age = (days: number) =>
      db.pool.query(
        `update care_done set known_by = known_by - make_interval(days => $2) where community_id = $1 and kind = 'topic_on_one'`,
        [here.community_id, days],
      )
    await age(89)
    expect((await today()).counts.topic_on_one).toBe(0)
    await age(1)
    const { kind, key } = (await today()).items.find((item) => item.kind === 'topic_on_one') as CareItem
    expect((await mark(kind, key, 'done')).statusCode).toBe(200)
    expect((await today()).counts.topic_on_one).toBe(0)
    await send(here, [{ id: 'old', type: 'reply.posted', at: at(99), by: 'evelyn', to: 'q100' }])
    await refresh(here)
    await mergeIdentities(db, {
      communityId: here.community_id,
      identityKeys: [identityKey('forum', 'evelyn'), identityKey('forum', 'eve')],
    })
    await refresh(here)
    expect((await today()).counts.quiet_regular).toBe(0)
    const marked = (await today()).marked.filter((item) => item.kind === 'quiet_regular')
    expect(marked).toHaveLength(1)
    // back for a day, and silent again ever since
    await send(here, [{ id: 'back', type: 'reply.posted', at: at(33), by: 'evelyn', to: 'q34' }])
    await refresh(here)
    expect((await today()).counts.quiet_regular).toBe(1)
    for (const { kind, key } of (await today()).marked) expect((await mark(kind, key, null)).statusCode).toBe(200)
    expect((await today()).counts.topic_on_one).toBe(1)
  })

  it('refuses what is no item, no fit mark and no manager', async () => {
    for (const [kind, key] of [
      ['unanswered_question', 'nothing'],
      ['unanswered_question', '00000000-0000-4000-8000-000000000000'],
      ['quiet_regular', 'x'],
      ['topic_on_one', 'x'],
    ] as const) {
      const answer = await mark(kind, key, 'done')
      expect(answer.statusCode).toBe(404)
      expect(problemSchema.parse(answer.json()).type).toContain('unknown-item')
    }
    const post = await itemOf('new3')
    expect((await mark(post.kind, post.key, 'not_a_question')).statusCode).toBe(422)
    for (const payload of [
      {},
      { kind: 'x', key: 'y', mark: null },
      { kind: 'topic_on_one', key: 'y'.repeat(201), mark: null },
      { kind: 'topic_on_one', key: 'y\0', mark: null },
      { kind: 'waiting_newcomer', key: "'; drop table event --", mark: null },
    ])
      expect(
        (await app.inject({ method: 'PUT', url: `${PATH}/marks`, headers: callers.manager as Record<string, string>, payload })).statusCode,
        JSON.stringify(payload),
      ).toBe(400)
    for (const as of ['viewer', 'sponsor', 'key'])
      expect(
        (
          await app.inject({
            method: 'PUT',
            url: `${PATH}/marks`,
            headers: callers[as] ?? {},
            payload: { kind: post.kind, key: post.key, mark: 'done' },
          })
        ).statusCode,
      ).toBe(403)
  })
})
