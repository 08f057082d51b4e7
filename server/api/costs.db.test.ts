import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { type Cost, type CostInput, costSchema, costsSchema } from '../../shared/contract/cost.ts'
import { costsRoutes } from './costs-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let here: TestCommunity
const as: Record<string, Record<string, string>> = {}
const NOW = '2026-03-01T12:00:00Z'

beforeAll(async () => {
  database = await createTestDatabase()
  const now = () => new Date(NOW)
  app = await buildAccessApp({ pool: database.pool, now, routes: costsRoutes({ pool: database.pool, now }) })
  here = await addCommunity(database.pool, 'here')
  for (const [name, role] of [
    ['ana', 'manager'],
    ['ben', 'manager'],
    ['sue', 'sponsor'],
    ['vic', 'viewer'],
  ] as const) {
    await addPerson(database.pool, `${name}@example.org`, role, here)
    as[name] = asBrowser(await signIn(app, database.pool, `${name}@example.org`))
  }
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(() => database.pool.query('delete from community_cost where community_id = $1', [here.community_id]))

const PATH = '/api/v1/communities/here/costs'
const PLAIN: CostInput = {
  from_on: '2025-01-01',
  hours_per_month: 40,
  hourly_rate: 65,
  other_per_month: 120.5,
  currency: 'EUR',
  note: null,
}
const add = (payload: unknown, who = 'ana') =>
  app.inject({ method: 'POST', url: PATH, headers: { ...as[who], 'content-type': 'application/json' }, payload: payload as object })
const change = (id: string, payload: object, who = 'ana') =>
  app.inject({ method: 'PUT', url: `${PATH}/${id}`, headers: as[who] ?? {}, payload })
const remove = (id: string, version: number, who = 'ana') =>
  app.inject({ method: 'DELETE', url: `${PATH}/${id}?version=${version}`, headers: as[who] ?? {} })
const list = async (): Promise<Cost[]> => costsSchema.parse((await app.inject({ url: PATH, headers: as.ana ?? {} })).json()).costs
const made = async (payload: Partial<CostInput>): Promise<Cost> => {
  const answer = await add({ ...PLAIN, ...payload })
  expect(answer.statusCode, answer.body).toBe(201)
  return costSchema.parse(answer.json())
}

test('each statement holds from its day until the next one; the newest stands first', async () => {
  await made({ from_on: '2025-07-15', hourly_rate: 70 })
  const first = await made({})
  expect(first).toMatchObject({ ...PLAIN, version: 1, updated_by: 'ana', until_on: '2025-07-14', per_month: 2720.5 })
  expect((await list()).map(({ from_on, until_on }) => [from_on, until_on])).toEqual([
    ['2025-07-15', null],
    ['2025-01-01', '2025-07-14'],
  ])
  // taken back, the one before it holds on
  const [second] = await list()
  expect((await remove(second?.cost_id ?? '', 1)).statusCode).toBe(204)
  expect((await list()).map(({ from_on, until_on }) => [from_on, until_on])).toEqual([['2025-01-01', null]])
})

test('nothing of the amounts is kept once it is deleted', async () => {
  const { cost_id } = await made({ note: 'Two people at half' })
  await remove(cost_id, 1)
  const { rows } = await database.pool.query('select * from community_cost where community_id = $1', [here.community_id])
  expect(rows).toEqual([
    expect.objectContaining({ hours_per_month: '0.0000', hourly_rate: '0.0000', other_per_month: '0.0000', note: null }),
  ])
})

test('zero is an amount, and cents are kept to the cent', async () => {
  expect(await made({ hours_per_month: 0, hourly_rate: 0, other_per_month: 0 })).toMatchObject({ per_month: 0 })
  expect(await made({ from_on: '2025-02-01', hours_per_month: 0.25, hourly_rate: 0.1, other_per_month: 0.2 })).toMatchObject({
    hourly_rate: 0.1,
    other_per_month: 0.2,
  })
  expect(await made({ from_on: '2025-03-01', currency: 'BHD', hourly_rate: 12.345 })).toMatchObject({ hourly_rate: 12.345 })
  expect(await made({ from_on: '2025-04-01', currency: 'VND', hourly_rate: 900_000, other_per_month: 30_000_000 })).toMatchObject({
    currency: 'VND',
  })
})

test.each([
  [{ hours_per_month: -1 }, 400, 'write 0 or more'],
  [{ hours_per_month: 1e12 }, 400, 'at most 20,000 hours'],
  [{ hourly_rate: 1e12 }, 400, 'at most 100,000 EUR'],
  [{ other_per_month: 1e12 }, 400, 'at most 100,000,000 EUR'],
  [{ hourly_rate: Number.NaN }, 400, 'as a number'],
  [{ hourly_rate: '65' }, 400, 'as a number'],
  [{ hourly_rate: 65.123 }, 400, 'amounts in EUR have at most 2 decimals'],
  [{ currency: 'JPY', other_per_month: 120.5 }, 400, 'amounts in JPY have no decimals'],
  [{ currency: 'XXX' }, 400, 'name a currency'],
  [{ currency: 'eur' }, 400, 'name a currency'],
  [{ currency: 'DEM' }, 400, 'name a currency'],
  [{ from_on: '2025-02-30' }, 400, 'write the day'],
  [{ from_on: '2027-03-03' }, 422, 'more than a year ahead'],
  [{ from_on: '1969-12-31' }, 422, 'check the year'],
  [{ note: 'a\u0000b' }, 400, 'no text'],
  [{ note: 'x'.repeat(1001) }, 400, 'at most 1000 characters'],
])('%j is refused in words', async (bad, status, words) => {
  const answer = await add({ ...PLAIN, ...bad })
  expect([answer.statusCode, answer.body]).toEqual([status, expect.stringContaining(words)])
  expect(await list()).toEqual([])
})

test('two from the same day would leave open which holds', async () => {
  await made({})
  const other = await made({ from_on: '2025-02-01' })
  const again = await add(PLAIN)
  expect([again.statusCode, again.body]).toEqual([422, expect.stringContaining('1 January 2025')])
  const moved = await change(other.cost_id, { ...PLAIN, version: 1 })
  expect([moved.statusCode, moved.body]).toEqual([422, expect.stringContaining('same-day')])
  const both = await Promise.all([add({ ...PLAIN, from_on: '2025-03-01' }), add({ ...PLAIN, from_on: '2025-03-01' }, 'ben')])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422])
})

test('the later of two who change the same is told what stands, and by whom; one that is gone says so', async () => {
  const { cost_id: id } = await made({})
  expect((await change(id, { ...PLAIN, hourly_rate: 70, version: 1 }, 'ben')).json()).toMatchObject({ version: 2, updated_by: 'ben' })
  const late = await change(id, { ...PLAIN, hourly_rate: 71, version: 1 })
  expect([late.statusCode, late.json()]).toEqual([
    409,
    expect.objectContaining({ detail: expect.stringContaining('ben'), current: expect.objectContaining({ hourly_rate: 70, version: 2 }) }),
  ])
  expect((await remove(id, 1)).statusCode).toBe(409)
  expect((await remove(id, 2, 'ben')).statusCode).toBe(204)
  const gone = await change(id, { ...PLAIN, version: 3 })
  expect([gone.statusCode, gone.json().detail]).toEqual([410, expect.stringContaining('ben')])
  expect((await change('00000000-0000-4000-8000-000000000000', { ...PLAIN, version: 1 })).statusCode).toBe(404)
})

test('a sponsor and a viewer are not shown the statements', async () => {
  for (const who of ['sue', 'vic']) {
    expect((await app.inject({ url: PATH, headers: as[who] ?? {} })).statusCode).toBe(403)
    expect((await add(PLAIN, who)).statusCode).toBe(403)
  }
})
