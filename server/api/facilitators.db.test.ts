import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { facilitatorSchema, facilitatorsSchema } from '../../shared/contract/facilitator.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { identityKey } from '../ingest/keys.ts'
import { facilitatorsVersion } from '../store/facilitators.ts'
import { facilitatorsRoutes } from './facilitators-routes.ts'

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
    routes: facilitatorsRoutes({ pool: database.pool, now, requestRefresh: (communityId) => void refreshed.push(communityId) }),
  })
  here = await addCommunity(database.pool, 'here')
  await addPerson(database.pool, 'here@example.org', 'manager', here)
  manager = asBrowser(await signIn(app, database.pool, 'here@example.org'))
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  refreshed = []
  for (const table of ['facilitator', 'identity'])
    await database.pool.query(`delete from ${table} where community_id = $1`, [here.community_id])
  await addAccount('forum', 'ana/1', 'Ana')
  await addAccount('chat', 'ana', 'Ana', 'forum', 'ana/1')
  await addAccount('forum', 'ben', 'Ben')
})

/** An account as events would have shown it; with `of`, it is the same person as another. */
const addAccount = (source: string, id: string, name: string, ofSource = source, ofId = id) =>
  database.pool.query(
    'insert into identity (community_id, identity_key, source, source_actor_id, display_name, person_id) values ($1, $2, $3, $4, $5, $6)',
    [here.community_id, identityKey(source, id), source, id, name, identityKey(ofSource, ofId)],
  )
const PATH = '/api/v1/communities/here/facilitators'
const name = (payload: object) => app.inject({ method: 'PUT', url: PATH, headers: manager, payload })
const list = async () => facilitatorsSchema.parse((await app.inject({ url: PATH, headers: manager })).json()).facilitators
const takeBack = (id: string) => app.inject({ method: 'DELETE', url: `${PATH}/${id}`, headers: manager })
const version = () => facilitatorsVersion(database.pool, here.community_id)

test('somebody is named once, however often it is said, and the numbers are asked for anew', async () => {
  expect(await list()).toEqual([])
  for (let i = 0; i < 2; i++) {
    const answer = await name({ source: 'forum', actor_id: 'ana/1' })
    expect(answer.statusCode).toBe(200)
    expect(facilitatorSchema.parse(answer.json())).toMatchObject({
      source: 'forum',
      actor_id: 'ana/1',
      display_name: 'Ana',
      named_at: '2026-03-01T12:00:00.000Z',
    })
  }
  expect(await list()).toHaveLength(1)
  expect(refreshed).toEqual([here.community_id, here.community_id])
})

test('an account that no event has shown is no facilitator', async () => {
  for (const payload of [
    { source: 'forum', actor_id: 'anna' },
    { source: 'mail', actor_id: 'ben' },
  ]) {
    const answer = await name(payload)
    expect(answer.statusCode).toBe(404)
    expect(problemSchema.parse(answer.json()).detail).toContain(payload.actor_id)
  }
  expect((await name({ source: 'forum' })).statusCode).toBe(400)
  expect((await name({ source: 'forum', actor_id: 'a\0' })).statusCode).toBe(400)
  expect(refreshed).toEqual([])
})

test('taking it back by one account takes back the person', async () => {
  for (const [source, actor_id] of [
    ['forum', 'ana/1'],
    ['chat', 'ana'],
    ['forum', 'ben'],
  ] as const)
    await name({ source, actor_id })
  const before = await version()
  const chat = (await list()).find((one) => one.source === 'chat')
  expect((await takeBack(chat?.id ?? '')).statusCode).toBe(204)
  expect((await list()).map((one) => one.actor_id)).toEqual(['ben'])
  expect(await version()).not.toBe(before)
  expect((await takeBack(chat?.id ?? '')).statusCode).toBe(404)
  expect((await takeBack(randomUUID())).statusCode).toBe(404)
})

test('the version follows the people, not their accounts', async () => {
  expect(await version()).toBe('')
  await name({ source: 'forum', actor_id: 'ana/1' })
  const ana = await version()
  await name({ source: 'chat', actor_id: 'ana' })
  expect(await version()).toBe(ana)
  // merged into another person: the facilitator is now that one
  await database.pool.query('update identity set person_id = $2 where community_id = $1 and display_name = $3', [
    here.community_id,
    identityKey('forum', 'ben'),
    'Ana',
  ])
  expect(await version()).not.toBe(ana)
})
