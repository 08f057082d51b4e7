import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { botSchema, botsSchema } from '../../shared/contract/bot.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { identityKey } from '../ingest/keys.ts'
import { answerToFeed, feedEvents, peopleEvents, refreshChat, storeEvents } from '../rollup/bots/given-chat.ts'
import { botsRoutes } from './bots-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let manager: Record<string, string>
let here: TestCommunity
let refreshed: string[] = []
const now = () => new Date('2026-03-01T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  app = await buildAccessApp({
    pool: database.pool,
    now,
    routes: botsRoutes({ pool: database.pool, now, requestRefresh: (communityId) => void refreshed.push(communityId) }),
  })
  here = await addCommunity(database.pool, 'here')
  await addPerson(database.pool, 'here@example.org', 'manager', here)
  manager = asBrowser(await signIn(app, database.pool, 'here@example.org'))
  await storeEvents(database, here.community_id, [
    ...peopleEvents(60),
    ...feedEvents(60),
    ...feedEvents(58, { id: 'ports', name: '\u202e<b>Port</b> feed' }),
    answerToFeed(2, 'ports'),
    {
      id: 'hello',
      source: 'chat',
      type: 'post.published',
      occurred_at: '2025-01-09T12:00:00Z',
      actor: { id: 'deploy[bot]', name: null, is_bot: true },
    },
  ])
  await refreshChat(database, here.community_id)
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const PATH = '/api/v1/communities/here/bots'
const list = async () => botsSchema.parse((await app.inject({ url: PATH, headers: manager })).json()).bots
const put = (payload: object, id = '') => app.inject({ method: 'PUT', url: `${PATH}${id && `/${id}`}`, headers: manager, payload })
const idOf = (actorId: string) => identityKey('chat', actorId)

test('accounts that look like bots are listed with their reasons in words, those to be decided first', async () => {
  const bots = await list()
  expect(bots.map(({ actor_id, state, is_left_out }) => [actor_id, state, is_left_out])).toEqual([
    ['ports', 'suspected', false],
    ['plant-news', 'recognised', true],
    ['deploy[bot]', 'recognised', true],
  ])
  const [ports, feed, deploy] = bots
  expect(ports).toMatchObject({ display_name: '\u202e<b>Port</b> feed', contributions: 58, ruled_at: null, other_accounts: 0 })
  expect(ports?.reasons.map((reason) => reason.sentence)).toEqual([
    '“feed” is part of its name or id, which may be a person’s all the same.',
    'It wrote 58 times: at the same minute of the hour in 58 of them, 1 of them lies in a thread in which somebody else wrote, it replied to nobody and their lengths differ by 0 %.',
  ])
  expect(feed?.reasons.map((reason) => reason.sentence)).toEqual([
    'It wrote 60 times: at the same minute of the hour in 60 of them, nobody else ever wrote in those threads, it replied to nobody and their lengths differ by 0 %.',
  ])
  expect(feed).toMatchObject({ first_seen_at: '2025-01-06T00:05:00.000Z', last_seen_at: '2025-01-20T18:05:03.000Z' })
  expect(deploy?.reasons.map((reason) => reason.sentence)).toEqual(['Its source says that it is a bot.', 'Its name or id ends in “[bot]”.'])
})

test('a manager has the last word, may take it back, and the numbers are asked for anew', async () => {
  refreshed = []
  const ruled = botSchema.parse((await put({ ruling: false }, idOf('plant-news'))).json())
  expect(ruled).toMatchObject({ state: 'person', is_left_out: false, ruled_at: '2026-03-01T12:00:00.000Z' })
  expect((await list()).at(-1)).toMatchObject({ actor_id: 'plant-news', state: 'person' })
  expect((await put({ ruling: true }, idOf('ports'))).json()).toMatchObject({ state: 'bot', is_left_out: true })
  expect((await put({ ruling: null }, idOf('plant-news'))).json()).toMatchObject({ state: 'recognised', is_left_out: true, ruled_at: null })
  expect((await put({ ruling: null }, idOf('ports'))).json()).toMatchObject({ state: 'suspected', is_left_out: false })
  expect(refreshed).toHaveLength(4)
})

test('a manager may name an account that was not found, and nobody else than accounts there are', async () => {
  const named = await put({ source: 'chat', actor_id: 'p2', ruling: true })
  expect(botSchema.parse(named.json())).toMatchObject({ id: idOf('p2'), state: 'bot', reasons: [], is_left_out: true })
  expect((await list()).map((bot) => bot.actor_id)).toContain('p2')
  expect((await put({ source: 'chat', actor_id: 'p2', ruling: null })).json()).toMatchObject({ state: 'ordinary', is_left_out: false })
  expect((await list()).map((bot) => bot.actor_id)).not.toContain('p2')

  refreshed = []
  const unknown = await put({ source: 'forum', actor_id: 'p2', ruling: true })
  expect(unknown.statusCode).toBe(404)
  expect(problemSchema.parse(unknown.json()).detail).toContain('p2')
  expect((await put({ ruling: true }, idOf('nobody'))).statusCode).toBe(404)
  for (const payload of [{}, { ruling: 'yes' }, { ruling: true, note: 'x' }]) expect((await put(payload, idOf('p2'))).statusCode).toBe(400)
  expect(refreshed).toEqual([])
})
