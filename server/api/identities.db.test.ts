import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { dismissedSchema, mergeAnswerSchema, mergedSchema, suggestionsSchema } from '../../shared/contract/identity.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { noteAccounts } from '../store/note-accounts.ts'
import { identitiesRoutes } from './identities-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let manager: Record<string, string>
let here: TestCommunity
let refreshed: string[] = []
const now = () => new Date('2026-03-01T12:00:00Z')
const HOSTILE = '<img src=x onerror=alert(1)> \u202eרוח =2+3'

beforeAll(async () => {
  database = await createTestDatabase()
  app = await buildAccessApp({
    pool: database.pool,
    now,
    routes: identitiesRoutes({ db: database, now, requestRefresh: (communityId) => void refreshed.push(communityId) }),
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
  await database.pool.query('delete from identity where community_id = $1', [here.community_id])
  const note = (source: string, accounts: { id: string; name?: string; email?: string }[]) =>
    noteAccounts(database, { communityId: here.community_id, source, accounts, now: now() })
  await note('slack', [{ id: 'U1', name: HOSTILE, email: 'ana@example.org' }])
  await note('mail', [{ id: 'ana@example.org', name: 'Ana Silva' }])
  refreshed = []
})

const PATH = '/api/v1/communities/here/identities'
const BOTH = [
  { source: 'slack', actor_id: 'U1' },
  { source: 'mail', actor_id: 'ana@example.org' },
]
const post = (what: string, payload: object) => app.inject({ method: 'POST', url: `${PATH}/${what}`, headers: manager, payload })
const get = async (what: string) => (await app.inject({ url: `${PATH}/${what}`, headers: manager })).json()
const suggestions = async () => suggestionsSchema.parse(await get('suggestions')).suggestions

test('a suggestion says why, and shows both accounts as they are called', async () => {
  const [found, ...more] = await suggestions()
  expect(more).toEqual([])
  expect(found?.strength).toBe('strong')
  expect(found?.reasons[0]).toBe('Both have the same mail address.')
  expect(found?.people.flatMap(({ accounts }) => accounts.map((one) => one.display_name)).sort()).toEqual([HOSTILE, 'Ana Silva'].sort())
})

test('merged, they are listed as one and the numbers are asked for anew; undone, all is as before', async () => {
  const answer = await post('merge', { accounts: BOTH })
  expect(answer.statusCode).toBe(200)
  const { before } = mergeAnswerSchema.parse(answer.json())
  expect(before).toHaveLength(2)
  expect(refreshed).toEqual([here.community_id])
  expect(await suggestions()).toEqual([])
  expect(mergedSchema.parse(await get('merged')).people[0]?.accounts).toHaveLength(2)
  const [undone] = before as [(typeof before)[number]]
  const undo = await post('split', { accounts: undone.map(({ source, actor_id }) => ({ source, actor_id })), is_remembered: false })
  expect(undo.statusCode).toBe(200)
  expect(refreshed).toHaveLength(2)
  expect(mergedSchema.parse(await get('merged')).total).toBe(0)
  expect(await suggestions()).toHaveLength(1)
})

test('separated, or said to be different, they are suggested only when that is taken back', async () => {
  await post('merge', { accounts: BOTH })
  await post('split', { accounts: [BOTH[0]] })
  expect(await suggestions()).toEqual([])
  const { pairs } = dismissedSchema.parse(await get('dismissed'))
  expect(pairs[0]?.accounts.map((one) => one.source).sort()).toEqual(['mail', 'slack'])
  refreshed = []
  expect((await post('dismiss', { accounts: BOTH, is_different: false })).json()).toEqual({ pairs: 1 })
  expect(await suggestions()).toHaveLength(1)
  expect((await post('dismiss', { accounts: BOTH })).json()).toEqual({ pairs: 1 })
  expect(await suggestions()).toEqual([])
  // no number depends on it
  expect(refreshed).toEqual([])
})

test('what cannot be is refused and says why', async () => {
  for (const [what, accounts, status] of [
    ['merge', [BOTH[0], { source: 'slack', actor_id: 'U9' }], 404],
    ['dismiss', [BOTH[0], { source: 'slack', actor_id: 'U9' }], 404],
    ['split', [{ source: 'slack', actor_id: 'U9' }], 404],
    ['split', BOTH, 404],
    ['merge', [BOTH[0]], 400],
    ['split', [], 400],
    ['merge', [BOTH[0], { source: 'slack', actor_id: 'a\0' }], 400],
  ] as const) {
    const answer = await post(what, { accounts })
    expect([what, answer.statusCode]).toEqual([what, status])
    expect(problemSchema.parse(answer.json()).detail).toBeTruthy()
  }
  expect(refreshed).toEqual([])
})

test('while the numbers are worked out, a merge says when to come again and changes nothing', { timeout: 30_000 }, async () => {
  const hurried = await buildAccessApp({
    pool: database.pool,
    now,
    routes: identitiesRoutes({ db: database, now, requestRefresh: () => {}, patience: 20 }),
  })
  const client = await database.pool.connect()
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`refresh ${here.community_id}`])
    const answer = await hurried.inject({ method: 'POST', url: `${PATH}/merge`, headers: manager, payload: { accounts: BOTH } })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
  } finally {
    await client.query('select pg_advisory_unlock_all()')
    client.release()
    await hurried.close()
  }
  expect(await suggestions()).toHaveLength(1)
})
