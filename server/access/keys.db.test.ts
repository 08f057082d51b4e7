import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { keysSchema, newKeySchema } from '../../shared/contract/access.ts'
import { recogniseKey } from './keys.ts'

describe('the keys of a community', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let app: Awaited<ReturnType<typeof buildAccessApp>>
  let here: TestCommunity
  let elsewhere: TestCommunity
  let manager: Record<string, string>
  let managerElsewhere: Record<string, string>
  let clock = new Date('2026-03-01T12:00:00Z')

  const keysPath = (community: TestCommunity) => `/api/v1/communities/${community.slug}/keys`
  const list = async (community = here, headers = manager) =>
    keysSchema.parse((await app.inject({ url: keysPath(community), headers })).json()).keys
  const make = (payload: object, community = here, headers = manager) =>
    app.inject({ method: 'POST', url: keysPath(community), headers, payload })
  const makeKey = async (payload: object) => newKeySchema.parse((await make(payload)).json())
  const send = (authorization: string) => app.inject({ method: 'POST', url: '/events', headers: { authorization } })

  beforeAll(async () => {
    database = await createTestDatabase()
    app = await buildAccessApp({
      pool: database.pool,
      now: () => clock,
      routes: async (routes) => {
        routes.post('/events', { config: { access: { scope: 'ingest' } } }, async (request) => ({ for: request.community?.slug }))
      },
    })
    here = await addCommunity(database.pool, 'here')
    elsewhere = await addCommunity(database.pool, 'elsewhere')
    await addPerson(database.pool, 'here@example.org', 'manager', here)
    await addPerson(database.pool, 'elsewhere@example.org', 'manager', elsewhere)
    manager = asBrowser(await signIn(app, database.pool, 'here@example.org'))
    managerElsewhere = asBrowser(await signIn(app, database.pool, 'elsewhere@example.org'))
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })

  it('are made by a manager, work at once, and tell whose events they bring', async () => {
    const made = await make({ name: 'Forum bridge', scopes: ['ingest'] })
    expect(made.statusCode).toBe(201)
    expect(made.headers['cache-control']).toContain('no-store')
    const { key } = newKeySchema.parse(made.json())
    const sent = await send(`Bearer ${key}`)
    expect(sent.json()).toEqual({ for: 'here' })
    expect((await send(`bearer ${key}`)).statusCode, 'the scheme is no matter of case (RFC 9110)').toBe(200)
  })

  it('are shown once: neither the list nor the database holds one', async () => {
    const { key, ...made } = await makeKey({ name: 'Once', scopes: ['read', 'ingest', 'read'] })
    expect(made.scopes).toEqual(['ingest', 'read'])
    const listed = await app.inject({ url: keysPath(here), headers: manager })
    expect(listed.json().keys).toContainEqual({ ...made, last_used_at: null })
    expect(listed.body).not.toContain(key)
    const secret = key.split('_')[2]!
    const rows = await database.pool.query(
      'select k::text as row, encode(secret_hash, $1) as hash from api_key k where community_id = $2',
      ['escape', here.community_id],
    )
    for (const { row, hash } of rows.rows) expect(`${row}${hash}`).not.toContain(secret)
  })

  it('say when they were last used, to the minute', async () => {
    const { key, id } = await makeKey({ name: 'Clock', scopes: ['ingest'] })
    const lastUsed = async () => (await list()).find((each) => each.id === id)!.last_used_at
    expect(await lastUsed()).toBeNull()
    clock = new Date('2026-03-01T12:00:10Z')
    await send(`Bearer ${key}`)
    expect(await lastUsed()).toBe('2026-03-01T12:00:10.000Z')
    clock = new Date('2026-03-01T12:01:09Z')
    await send(`Bearer ${key}`)
    expect(await lastUsed()).toBe('2026-03-01T12:00:10.000Z')
    clock = new Date('2026-03-01T12:01:11Z')
    await send(`Bearer ${key}`)
    expect(await lastUsed()).toBe('2026-03-01T12:01:11.000Z')
  })

  it('stop working the moment they are revoked', async () => {
    const { key, id } = await makeKey({ name: 'Leaked', scopes: ['ingest'] })
    expect((await send(`Bearer ${key}`)).statusCode).toBe(200)
    expect((await app.inject({ method: 'DELETE', url: `${keysPath(here)}/${id}`, headers: manager })).statusCode).toBe(204)
    const refused = await send(`Bearer ${key}`)
    expect(refused.statusCode).toBe(401)
    expect(refused.headers['www-authenticate']).toContain('error="invalid_token"')
    expect((await app.inject({ method: 'DELETE', url: `${keysPath(here)}/${id}`, headers: manager })).statusCode, 'a second time').toBe(404)
  })

  it('are not seen, made or revoked from another community', async () => {
    const { id, key } = await makeKey({ name: 'Ours', scopes: ['ingest'] })
    expect((await app.inject({ url: keysPath(here), headers: managerElsewhere })).statusCode).toBe(404)
    expect((await make({ name: 'Theirs', scopes: ['ingest'] }, here, managerElsewhere)).statusCode).toBe(404)
    // by the id alone, through the door of one's own community
    expect((await app.inject({ method: 'DELETE', url: `${keysPath(elsewhere)}/${id}`, headers: managerElsewhere })).statusCode).toBe(404)
    expect((await send(`Bearer ${key}`)).statusCode).toBe(200)
  })

  it('do not work with the name of another community in them', async () => {
    const { key } = await makeKey({ name: 'Moved', scopes: ['ingest'] })
    const other = newKeySchema.parse((await make({ name: 'Other', scopes: ['ingest'] }, elsewhere, managerElsewhere)).json()).key
    const [mark, , secret] = key.split('_')
    expect((await send(`Bearer ${mark}_${other.split('_')[1]}_${secret}`)).statusCode).toBe(401)
  })

  it('die with their community', async () => {
    const gone = await addCommunity(database.pool, `gone-${randomUUID().slice(0, 8)}`)
    await addPerson(database.pool, 'gone@example.org', 'manager', gone)
    const headers = asBrowser(await signIn(app, database.pool, 'gone@example.org'))
    const { key } = newKeySchema.parse((await make({ name: 'Gone', scopes: ['ingest'] }, gone, headers)).json())
    await database.pool.query('delete from community where community_id = $1', [gone.community_id])
    expect((await send(`Bearer ${key}`)).statusCode).toBe(401)
    expect(await recogniseKey(database.pool, key, clock)).toBeNull()
  })

  it.each(['Bearer', 'Bearer ', 'Bearer x', 'Bearer br_', 'Bearer a b', `Bearer ${'br_'.repeat(2000)}`, 'Bearer br_\u00e4'])(
    '%j is no key',
    async (authorization) => {
      const refused = await send(authorization)
      expect(refused.statusCode).toBe(401)
      expect(refused.json()).toMatchObject({ type: '/problems/unknown-key' })
    },
  )

  it('are asked for when none is sent, also of somebody signed in', async () => {
    for (const headers of [{}, manager, { authorization: 'Basic YTpi' }]) {
      const refused = await app.inject({ method: 'POST', url: '/events', headers })
      expect(refused.statusCode).toBe(401)
      expect(refused.json()).toMatchObject({ type: '/problems/key-needed' })
      expect(refused.headers['www-authenticate']).toBe('Bearer realm="barnraise"')
    }
  })

  it('do not fall back to the session when wrong', async () => {
    const answer = await app.inject({ url: '/api/v1/me', headers: { ...manager, authorization: 'Bearer wrong' } })
    expect(answer.statusCode).toBe(401)
  })

  it.each([
    ['no name', { name: '  ', scopes: ['ingest'] }],
    ['no scope', { name: 'Key', scopes: [] }],
    ['a scope there is not', { name: 'Key', scopes: ['everything'] }],
    ['a name with a NUL', { name: 'a\u0000b', scopes: ['ingest'] }],
    ['a name that is half a character', { name: 'a\ud800b', scopes: ['ingest'] }],
    ['a name too long', { name: 'x'.repeat(32_768), scopes: ['ingest'] }],
    ['nothing', {}],
  ])('are not made with %s', async (_what, payload) => {
    const refused = await make(payload)
    expect(refused.statusCode).toBe(400)
    expect(refused.json()).toMatchObject({ status: 400, detail: expect.any(String) })
  })

  it('take any name that is text', async () => {
    for (const name of ['<script>alert(1)</script>', '🐄 barn', 'مفتاح', '=1+1'])
      expect((await makeKey({ name, scopes: ['read'] })).name).toBe(name)
  })
})
