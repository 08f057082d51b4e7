import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addKey, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { channelsSchema } from '../../shared/contract/channel.ts'
import { eventRoute } from '../ingest/event-route.ts'
import { appendEvents } from '../store/append-events.ts'
import { loadTextReading } from '../store/text-reading.ts'
import { channelsRoutes } from './channels-routes.ts'

const NOW = new Date('2026-04-01T12:00:00Z')
let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let here: TestCommunity
let there: TestCommunity
let manager: Record<string, string>
let viewer: Record<string, string>
let key: Record<string, string>

beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({
    pool: db.pool,
    now: () => NOW,
    routes: async (server) => {
      await server.register(channelsRoutes({ pool: db.pool, now: () => NOW }))
      await server.register(
        eventRoute({
          append: (batch) => appendEvents(db, batch),
          now: () => NOW,
          readingOf: (communityId) => loadTextReading(db.pool, communityId),
        }),
      )
    },
  })
  here = await addCommunity(db.pool, 'here')
  there = await addCommunity(db.pool, 'there')
  await addPerson(db.pool, 'manager@example.org', 'manager', here)
  manager = asBrowser(await signIn(app, db.pool, 'manager@example.org'))
  await addPerson(db.pool, 'viewer@example.org', 'viewer', here)
  viewer = asBrowser(await signIn(app, db.pool, 'viewer@example.org'))
  key = { authorization: `Bearer ${await addKey(db.pool, here, ['ingest'])}` }
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const URL = '/api/v1/communities/here/channels'
const put = (payload: object, headers = manager) => app.inject({ method: 'PUT', url: URL, headers, payload })
const map = async (channel: string, finds: string | null) => {
  const answer = await put({ source: 'chat', channel, finds })
  expect(answer.statusCode, answer.body).toBe(200)
}
const list = async (headers = viewer) => channelsSchema.parse((await app.inject({ url: URL, headers })).json())
const message = (id: string, channel: string | null, text: string, more: object = {}) => ({
  ...{ id, source: 'chat', type: 'message.posted', occurred_at: '2026-03-02T09:00:00Z', actor: { id: 'ana' }, channel, text },
  ...more,
})
const send = async (events: object[], onConflict = 'report') => {
  const answer = await app.inject({ method: 'POST', url: `/api/v1/events?on_conflict=${onConflict}`, headers: key, payload: { events } })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const found = async (id: string) => {
  const { rows } = await db.pool.query(
    'select type, classified_by, properties from event where community_id = $1 and source_event_id = $2',
    [here.community_id, id],
  )
  return rows[0]
}

describe('channels', () => {
  it('say what a message is before its text does, from the change on', async () => {
    await send([message('q1', 'news', 'Which pump is best?')])
    await map('news', 'announcement')
    await send([message('q2', 'news', 'Which valve is best?'), message('q3', 'other', 'Which hose is best?')])
    expect(await found('q1')).toMatchObject({ type: 'question.asked', classified_by: 'question-mark' })
    expect(await found('q2')).toMatchObject({ type: 'announcement.published', classified_by: 'channel' })
    expect(await found('q3')).toMatchObject({ type: 'question.asked', classified_by: 'question-mark' })
  })

  it('leave a reply a reply, and what the source says as it says it', async () => {
    await map('news', 'announcement')
    await send([
      message('r1', 'news', 'The blue one', { in_reply_to: 'q2', thread_id: 'q2' }),
      message('p1', 'news', 'Which one?', { type: 'question.asked' }),
      message('n1', null, 'Which one?'),
    ])
    expect(await found('r1')).toMatchObject({ type: 'reply.posted', classified_by: 'reply' })
    expect(await found('p1')).toMatchObject({ type: 'question.asked', classified_by: null })
    expect(await found('n1')).toMatchObject({ type: 'question.asked', classified_by: 'question-mark' })
  })

  it('are read anew by sending the same again to replace, and only then', async () => {
    const sent = [message('w1', 'team', 'I rebuilt the pump'), message('w2', 'team', 'It runs', { properties: { a: 1 } })]
    await send(sent)
    await map('team', 'work')
    expect(await send(sent)).toMatchObject({ accepted: 0, duplicate: 2 })
    expect(await found('w1')).toMatchObject({ classified_by: 'nothing-else' })
    expect(await send(sent, 'replace')).toMatchObject({ accepted: 2, duplicate: 0 })
    expect(await found('w1')).toEqual({ type: 'post.published', classified_by: 'channel', properties: { work: true } })
    expect(await found('w2')).toMatchObject({ properties: { a: 1, work: true } })
    // nothing has changed since
    expect(await send(sent, 'replace')).toMatchObject({ accepted: 0, duplicate: 2 })
    await map('team', 'post')
    expect(await send(sent, 'replace')).toMatchObject({ accepted: 2, duplicate: 0 })
    expect(await found('w1')).toEqual({ type: 'post.published', classified_by: 'channel', properties: null })
    await map('team', null)
    expect(await send(sent, 'replace')).toMatchObject({ accepted: 2 })
    expect(await found('w1')).toMatchObject({ classified_by: 'nothing-else' })
  })

  it('are listed with what was found, the mapping, and by which rules', async () => {
    await map('quiet', 'post')
    const { channels, channel_count, rules, note } = await list()
    expect(channels.map(({ channel, finds }) => [channel, finds])).toEqual([
      ['news', 'announcement'],
      ['team', null],
      ['other', null],
      ['quiet', 'post'],
    ])
    expect(channel_count).toBe(4)
    expect(channels[0]).toMatchObject({
      question_count: 2,
      announcement_count: 1,
      reply_count: 1,
      unsaid_count: 2,
      set_at: NOW.toISOString(),
    })
    expect(rules.find(({ rule }) => rule === 'question-mark')).toMatchObject({ message_count: 3, is_unsure: false })
    expect(rules.every(({ says }) => says !== null)).toBe(true)
    expect(note).toContain('import the same files again')
  })

  it('are changed by managers alone, and never into something else', async () => {
    expect((await put({ source: 'chat', channel: 'news', finds: 'post' }, viewer)).statusCode).toBe(403)
    expect((await put({ source: 'chat', channel: 'news', finds: 'spam' })).statusCode).toBe(400)
    expect((await put({ source: 'chat', channel: '', finds: 'post' })).statusCode).toBe(400)
    const { rows } = await db.pool.query('select from channel_rule where community_id = $1', [there.community_id])
    expect(rows).toEqual([])
  })
})
