import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCommunity, addKey, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { beforeAfterSchema, type Intervention, interventionSchema, interventionsSchema } from '../../shared/contract/intervention.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { interventionsRoutes } from './interventions-routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let ana: Record<string, string>
let ben: Record<string, string>
let viewer: Record<string, string>
let here: TestCommunity
const NOW = '2026-03-01T12:00:00Z'

beforeAll(async () => {
  database = await createTestDatabase()
  const now = () => new Date(NOW)
  app = await buildAccessApp({ pool: database.pool, now, routes: interventionsRoutes({ pool: database.pool, now }) })
  here = await addCommunity(database.pool, 'here')
  const person = async (name: string, role: 'manager' | 'viewer') => {
    await addPerson(database.pool, `${name}@example.org`, role, here)
    return asBrowser(await signIn(app, database.pool, `${name}@example.org`))
  }
  ana = await person('ana', 'manager')
  ben = await person('ben', 'manager')
  viewer = await person('vic', 'viewer')
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(() => database.pool.query('delete from intervention where community_id = $1', [here.community_id]))

const PATH = '/api/v1/communities/here/interventions'
const PLAIN = { on: '2025-11-03', title: 'Welcome posts', note: null, metrics: [] as string[] }
const add = (payload: object, headers = ana) => app.inject({ method: 'POST', url: PATH, headers, payload })
const change = (id: string, payload: object, headers = ana) => app.inject({ method: 'PUT', url: `${PATH}/${id}`, headers, payload })
const remove = (id: string, version: number, headers = ana) =>
  app.inject({ method: 'DELETE', url: `${PATH}/${id}?version=${version}`, headers })
const list = async (headers = ana, query = '') => interventionsSchema.parse((await app.inject({ url: `${PATH}${query}`, headers })).json())
const made = async (payload: object): Promise<Intervention> => {
  const answer = await add(payload)
  expect(answer.statusCode, answer.body).toBe(201)
  return interventionSchema.parse(answer.json())
}

test('what was tried is kept, the newest day first, and changed by the version it was made of', async () => {
  const first = await made(PLAIN)
  expect(first).toMatchObject({ ...PLAIN, version: 1, updated_by: 'ana' })
  await made({ ...PLAIN, on: '2026-01-05', title: 'Question hour' })
  expect((await list()).interventions.map(({ title }) => title)).toEqual(['Question hour', 'Welcome posts'])
  const next = { ...PLAIN, on: '2026-02-01', note: 'By name.', metrics: ['questions', 'content-mix:help'], version: 1 }
  const answer = await change(first.intervention_id, next, ben)
  expect(interventionSchema.parse(answer.json())).toMatchObject({ note: 'By name.', version: 2, updated_by: 'ben', on: '2026-02-01' })
  expect((await list()).interventions.map(({ title }) => title)).toEqual(['Welcome posts', 'Question hour'])
})

test('the later of two who change the same is told who was first, and what stands; then may decide', async () => {
  const { intervention_id: id } = await made(PLAIN)
  expect((await change(id, { ...PLAIN, title: 'Welcome by name', version: 1 }, ben)).statusCode).toBe(200)
  const stale = await change(id, { ...PLAIN, title: 'Welcome mails', version: 1 })
  expect(stale.statusCode).toBe(409)
  expect(stale.headers['content-type']).toContain('application/problem+json')
  const problem = problemSchema.parse(stale.json())
  expect(problem).toMatchObject({ type: '/problems/intervention-changed', current: { title: 'Welcome by name', version: 2 } })
  expect(problem.detail).toBe('ben changed this note on 1 March 2026, 13:00, after you had opened it.')
  expect((await change(id, { ...PLAIN, title: 'Welcome mails', version: 2 })).json()).toMatchObject({ title: 'Welcome mails', version: 3 })
  expect((await remove(id, 2, ben)).statusCode).toBe(409)
  expect((await list()).interventions).toHaveLength(1)
})

test('of two who change at once one wins, whichever', async () => {
  const { intervention_id: id } = await made(PLAIN)
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => change(id, { ...PLAIN, title: `Version of ${i}`, version: 1 }, i % 2 === 0 ? ana : ben)),
  )
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409, 409])
  expect((await list()).interventions[0]?.version).toBe(2)
})

test('a deleted one says who deleted it, and keeps nothing of its text', async () => {
  const { intervention_id: id } = await made({ ...PLAIN, note: 'A secret' })
  expect((await remove(id, 1, ben)).statusCode).toBe(204)
  expect((await list()).interventions).toEqual([])
  const late = await change(id, { ...PLAIN, version: 1 })
  expect(late.statusCode).toBe(410)
  expect(problemSchema.parse(late.json()).detail).toMatch(/^ben deleted this note on 1 March 2026, 13:00\./)
  expect((await remove(id, 1)).statusCode).toBe(410)
  expect((await app.inject({ url: `${PATH}/${id}/before-after`, headers: ana })).statusCode).toBe(404)
  const { rows } = await database.pool.query('select title, note from intervention where community_id = $1', [here.community_id])
  expect(rows).toEqual([{ title: '', note: null }])
})

test('hostile, long and right-to-left texts come back as they were written', async () => {
  const title = `<script>alert("1")</script> '; drop table intervention; -- ${'ש'.repeat(40)}`.slice(0, 120)
  const note = `=cmd|' /C calc'!A0\n\u202eevil ${'x'.repeat(3900)}`
  expect(await made({ ...PLAIN, title, note })).toMatchObject({ title, note })
  expect((await add({ ...PLAIN, note: 'x'.repeat(4000) })).statusCode).toBe(201)
  for (const wrong of [
    { ...PLAIN, note: 'x'.repeat(4001) },
    { ...PLAIN, title: 'x'.repeat(121) },
    { ...PLAIN, title: '   ' },
    { ...PLAIN, title: 'a\u0000b' },
    { ...PLAIN, note: '\ud800' },
    { ...PLAIN, on: '2025-02-30' },
    { ...PLAIN, on: 'yesterday' },
    { ...PLAIN, metrics: Array.from({ length: 7 }, () => 'questions') },
    {},
  ])
    expect((await add(wrong)).statusCode, JSON.stringify(wrong).slice(0, 80)).toBe(400)
})

test('a day that makes no sense, and a measure that does not exist, are refused with what to do', async () => {
  const refused = async (payload: object) => {
    const answer = await add({ ...PLAIN, ...payload })
    expect(answer.statusCode).toBe(422)
    return problemSchema.parse(answer.json()).detail
  }
  expect(await refused({ on: '0205-11-03' })).toBe('3 November 205 lies before 1 January 1970; check the year.')
  expect(await refused({ on: '2027-03-03' })).toBe('3 March 2027 is more than a year ahead; check the year.')
  expect(await refused({ metrics: ['happiness'] })).toContain('"happiness" is nothing that can be compared')
  expect(await refused({ metrics: ['retention:30-days'] })).toContain('nothing that can be compared')
  expect(await refused({ metrics: ['questions', 'questions'] })).toBe('Name each measure once.')
  expect((await add({ ...PLAIN, on: '2026-12-24' })).statusCode).toBe(201)
})

test('whoever reads sees the notes and not who wrote them, and changes nothing', async () => {
  const { intervention_id: id } = await made({ ...PLAIN, note: 'Long' })
  const key = { authorization: `Bearer ${await addKey(database.pool, here, ['read'])}` }
  for (const reader of [viewer, key]) {
    expect((await list(reader)).interventions).toMatchObject([{ title: 'Welcome posts', note: 'Long', updated_by: null }])
    expect((await add(PLAIN, reader)).statusCode).toBe(403)
    expect((await change(id, { ...PLAIN, version: 1 }, reader)).statusCode).toBe(403)
    expect((await remove(id, 1, reader)).statusCode).toBe(403)
  }
  const { choices } = await list(viewer)
  expect(choices).toEqual(expect.arrayContaining(['questions', 'answered-share', 'content-mix:help']))
  expect(choices).not.toContain('retention:30-days')
})

test('five hundred are listed, on charts without their long notes', async () => {
  await database.pool.query(
    `insert into intervention (community_id, intervention_id, began_on, title, note, metrics, version, created_at, updated_at)
     select $1, gen_random_uuid(), date '2024-01-01' + n, 'Try ' || n, repeat('x', 4000), '{}', 1, $2, $2 from generate_series(1, 500) n`,
    [here.community_id, NOW],
  )
  expect((await list()).interventions).toHaveLength(500)
  const brief = await app.inject({ url: `${PATH}?is_brief=true`, headers: ana })
  expect(interventionsSchema.parse(brief.json()).interventions).toHaveLength(500)
  expect(brief.body.length).toBeLessThan(200_000)
})

test('there is nothing to compare where there are no data, and a planned day says so', async () => {
  const compare = async (on: string) => {
    const { intervention_id: id } = await made({ ...PLAIN, on })
    return beforeAfterSchema.parse((await app.inject({ url: `${PATH}/${id}/before-after`, headers: viewer })).json())
  }
  expect(await compare('2025-11-03')).toMatchObject({ status: 'no_data', metrics: [], days: 91 })
  expect(await compare('2026-03-02')).toMatchObject({ status: 'planned' })
})

test('a measure or a length that cannot be is refused', async () => {
  const { intervention_id: id } = await made(PLAIN)
  for (const query of [
    'days=3',
    'days=1000',
    'days=x',
    'metrics=happiness',
    'metrics=questions,helpers,joins,leavers,members,gini,contributions',
  ])
    expect((await app.inject({ url: `${PATH}/${id}/before-after?${query}`, headers: viewer })).statusCode).toBe(400)
  expect((await app.inject({ url: `${PATH}/none/before-after`, headers: viewer })).statusCode).toBe(400)
  const other = await addCommunity(database.pool, 'other')
  await addPerson(database.pool, 'olga@example.org', 'manager', other)
  const olga = asBrowser(await signIn(app, database.pool, 'olga@example.org'))
  expect((await app.inject({ url: `/api/v1/communities/other/interventions/${id}/before-after`, headers: olga })).statusCode).toBe(404)
})

test('they go with their community', async () => {
  const gone = await addCommunity(database.pool, 'gone')
  await database.pool.query(
    `insert into intervention (community_id, intervention_id, began_on, title, metrics, version, created_at, updated_at)
     values ($1, gen_random_uuid(), '2025-01-01', 'x', '{}', 1, $2, $2)`,
    [gone.community_id, NOW],
  )
  await database.pool.query('delete from community where community_id = $1', [gone.community_id])
  const { rowCount } = await database.pool.query('select from intervention where community_id = $1', [gone.community_id])
  expect(rowCount).toBe(0)
})
