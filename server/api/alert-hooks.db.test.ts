import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  addCommunity,
  addPerson,
  asBrowser,
  buildAccessApp,
  signIn,
  TEST_ORIGIN,
  TEST_SECRET,
  type TestCommunity,
} from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { hookSchema, hooksSchema, type MadeHook, MOST_HOOKS, madeHookSchema } from '../../shared/contract/alert-hook.ts'
import { alertHooksRoutes } from './alert-hooks-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let ana: Record<string, string>
let here: TestCommunity
let deliveries = 0
const NOW = '2026-03-01T12:00:00Z'
const PATH = '/api/v1/communities/here/alert-hooks'
const SECRET_ADDRESS = 'https://hooks.slack.com/services/T0/B0/s3cret'

beforeAll(async () => {
  database = await createTestDatabase()
  const now = () => new Date(NOW)
  const parts = { pool: database.pool, secretKey: TEST_SECRET, baseUrl: TEST_ORIGIN, toPrivate: false, now }
  app = await buildAccessApp({ pool: database.pool, now, routes: alertHooksRoutes({ ...parts, requestDelivery: () => void deliveries++ }) })
  here = await addCommunity(database.pool, 'here')
  const there = await addCommunity(database.pool, 'there')
  await addPerson(database.pool, 'ana@example.org', 'manager', here)
  await addPerson(database.pool, 'ana@example.org', 'manager', there)
  ana = asBrowser(await signIn(app, database.pool, 'ana@example.org'))
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  deliveries = 0
  await database.pool.query('delete from outbox')
  await database.pool.query('delete from alert_hook where community_id = $1', [here.community_id])
})

const send = (method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  app.inject({ method, url, headers: ana, ...(payload === undefined ? {} : { payload }) })
const list = async (path = PATH) => hooksSchema.parse((await app.inject({ url: path, headers: ana })).json())
const chat = { kind: 'slack', label: '#pumps', address: SECRET_ADDRESS, rules: null }
const made = async (payload: object): Promise<MadeHook> => {
  const answer = await send('POST', PATH, payload)
  expect(answer.statusCode, answer.body).toBe(201)
  return madeHookSchema.parse(answer.json())
}

it('is added with a secret that is shown once, and an address that is not shown again', async () => {
  const hook = await made({ ...chat, kind: 'webhook', rules: ['decline'] })
  expect(hook.secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(hook).toMatchObject({ host: 'hooks.slack.com', is_on: true, version: 1, created_by: 'ana', last: null, waiting_count: 0 })
  expect((await made(chat)).secret).toBeNull()
  const answer = await app.inject({ url: PATH, headers: ana })
  expect(answer.body).not.toMatch(/s3cret|whsec|services/)
  // both were made at the same moment here
  expect((await list()).hooks.map(({ kind, rules }) => [kind, rules]).sort()).toEqual([
    ['slack', null],
    ['webhook', ['decline']],
  ])
  expect((await list('/api/v1/communities/there/alert-hooks')).hooks).toEqual([])
})

it.each([
  ['nonsense', /no address/],
  ['ftp://example.org/', /no address/],
  ['javascript:alert(1)', /no address/],
  ['http://example.org/in', /must begin with https/],
  ['https://ana:s3cret@example.org/', /user and the password/],
  ['https://example.org/#in', /#/],
  ['https://localhost/', /network that this server stands in/],
  ['https://printer.local/', /network that this server stands in/],
  ['https://127.0.0.1/', /network that this server stands in/],
  ['https://2130706433/', /network that this server stands in/],
  ['https://0x7f.1/', /network that this server stands in/],
  ['https://[::1]/', /network that this server stands in/],
  ['https://[::ffff:10.0.0.1]/', /network that this server stands in/],
  ['https://169.254.169.254/latest', /not an address that hooks may reach/],
  ['https://discord.com/api/webhooks/1/x', /with \/slack at its end/],
])('takes no address such as %s', async (address, detail) => {
  const answer = await send('POST', PATH, { ...chat, address })
  expect(answer.statusCode).toBe(422)
  expect(answer.json().detail).toMatch(detail)
  expect(answer.body).not.toContain('s3cret')
})

it('is changed by the version it was made of, and its address only where one is given', async () => {
  const hook = await made(chat)
  const url = `${PATH}/${hook.hook_id}`
  const change = { version: 1, label: 'Pumps', address: null, rules: ['silent-feed'], is_on: false }
  const changed = hookSchema.parse((await send('PUT', url, change)).json())
  expect(changed).toMatchObject({ label: 'Pumps', host: 'hooks.slack.com', rules: ['silent-feed'], is_on: false, version: 2 })
  const stale = await send('PUT', url, change)
  expect(stale.statusCode).toBe(409)
  expect(stale.json()).toMatchObject({ detail: expect.stringMatching(/^ana changed this hook on/), current: { version: 2 } })
  expect((await send('PUT', url, { ...change, version: 2, address: 'https://10.0.0.1/' })).statusCode).toBe(422)
  const moved = await send('PUT', url, { ...change, version: 2, address: 'https://chat.example.org/in' })
  expect(moved.json()).toMatchObject({ host: 'chat.example.org', version: 3 })
  expect((await send('PUT', url, { ...change, version: 3, rules: [] })).statusCode).toBe(400)
  expect((await send('DELETE', `${url}?version=2`)).statusCode).toBe(409)
  expect((await send('DELETE', `${url}?version=3`)).statusCode).toBe(204)
  expect((await send('DELETE', `${url}?version=3`)).statusCode).toBe(404)
})

it('gets another secret, if it is signed at all', async () => {
  const hook = await made({ ...chat, kind: 'webhook' })
  const answer = await send('POST', `${PATH}/${hook.hook_id}/secret`, { version: 1 })
  const next = madeHookSchema.parse(answer.json())
  expect(next.secret).not.toBe(hook.secret)
  expect(next).toMatchObject({ version: 2, old_secret_until: '2026-03-02T12:00:00.000Z' })
  const plain = await made(chat)
  expect((await send('POST', `${PATH}/${plain.hook_id}/secret`, { version: 1 })).statusCode).toBe(422)
})

it('sends a test that says it is one, one at a time', async () => {
  const hook = await made(chat)
  const tested = await send('POST', `${PATH}/${hook.hook_id}/test`)
  expect(tested.statusCode).toBe(202)
  expect(hookSchema.parse(tested.json())).toMatchObject({ waiting_count: 1, last: { is_test: true, state: 'waiting', attempt_count: 0 } })
  expect(deliveries).toBe(1)
  expect((await send('POST', `${PATH}/${hook.hook_id}/test`)).statusCode).toBe(409)
  const { rows } = await database.pool.query('select text_body, to_address, to_name from outbox')
  expect(rows).toEqual([{ text_body: expect.stringContaining('This is a test'), to_address: 'hooks.slack.com', to_name: '#pumps' }])
  await send('PUT', `${PATH}/${hook.hook_id}`, { version: 1, label: 'x', address: null, rules: null, is_on: false })
  expect((await send('POST', `${PATH}/${hook.hook_id}/test`)).json().detail).toContain('switched off')
})

it('is not tested without end', async () => {
  const hook = await made(chat)
  const tests: number[] = []
  for (let n = 0; n <= 20; n++) {
    tests.push((await send('POST', `${PATH}/${hook.hook_id}/test`)).statusCode)
    await database.pool.query(`update outbox set state = 'sent' where hook_id = $1`, [hook.hook_id])
  }
  expect([new Set(tests.slice(0, 20)), tests[20]]).toEqual([new Set([202]), 429])
})

it('has room for so many', async () => {
  for (let n = 0; n < MOST_HOOKS; n++) await made(chat)
  expect((await send('POST', PATH, chat)).statusCode).toBe(422)
})
