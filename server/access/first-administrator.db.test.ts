import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { getMigrations } from 'better-auth/db/migration'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  addCommunity,
  addKey,
  addPerson,
  asBrowser,
  buildAccessApp,
  cookiesOf,
  pathOf,
  signIn,
  someAddress,
  TEST_ORIGIN,
} from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { openDatabase } from '../store/connection.ts'
import { createAuth } from './create-auth.ts'
import { FIRST_ADMINISTRATOR_EMAIL, firstAdministratorLink, makeSignInLink } from './first-administrator.ts'

describe('the first administrator', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let app: Awaited<ReturnType<typeof buildAccessApp>>
  const start = () => firstAdministratorLink({ pool: database.pool, baseUrl: TEST_ORIGIN, now: new Date() })
  const open = async (link: string) => cookiesOf(await app.inject({ url: pathOf(link), remoteAddress: someAddress() }))
  const administrators = async () => (await database.pool.query(`select user_id from role_grant where role = 'administrator'`)).rowCount

  beforeEach(async () => {
    database = await createTestDatabase()
    app = await buildAccessApp({ pool: database.pool })
  })
  afterEach(async () => {
    await app.close()
    await database.close()
  })

  it('is made once, by however many servers start at once, and one link works in the end', async () => {
    const links = await Promise.all([start(), start(), start(), start()])
    expect(await administrators()).toBe(1)
    // once more: now that there is one, only the links could get into each other's way
    links.push(...(await Promise.all([start(), start(), start(), start()])))
    const sessions = []
    for (const link of links) sessions.push(await open(link!.link))
    expect(sessions.filter((cookie) => cookie.includes('session_token='))).toHaveLength(1)
  })

  it('who has never been in gets a fresh link at each start, and the older ones stop working', async () => {
    const older = (await start())!
    const newer = (await start())!
    expect(newer.link).not.toBe(older.link)
    expect(await open(older.link)).toBe('')
    expect(await open(newer.link)).toContain('session_token=')
    expect(await start()).toBeNull()
  })

  it('keeps quiet once somebody has been in, also after they have signed out', async () => {
    const cookie = await open((await start())!.link)
    await app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: asBrowser(cookie) })
    expect(await start()).toBeNull()
  })

  it('is let in again by the operator, by whatever address they have taken', async () => {
    const cookie = await open((await start())!.link)
    await app.inject({
      method: 'POST',
      url: '/api/v1/me',
      headers: asBrowser(cookie),
      payload: { email: 'ida@example.org', new_password: 'barn in the valley' },
    })
    const link = await makeSignInLink({ pool: database.pool, baseUrl: TEST_ORIGIN, now: new Date() })
    expect(link).toMatchObject({ email: 'ida@example.org' })
    expect(await open(link!.link)).toContain('session_token=')
    expect(
      await makeSignInLink({ pool: database.pool, baseUrl: TEST_ORIGIN, now: new Date(), email: FIRST_ADMINISTRATOR_EMAIL }),
    ).toBeNull()
  })

  it('is not made where an administrator came by invitation', async () => {
    await addPerson(database.pool, 'ida@example.org', 'administrator', null)
    expect(await start()).toMatchObject({ email: 'ida@example.org' })
    expect(await administrators()).toBe(1)
  })
})

describe('accounts in the database', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  beforeEach(async () => {
    database = await createTestDatabase()
  })
  afterEach(() => database.close())

  const authParts = () => ({
    pool: database.pool,
    secret: 'x'.repeat(40),
    baseUrl: TEST_ORIGIN,
    sendMail: null,
    now: () => new Date(),
    onMailFailure: () => {},
  })

  it('have the shape that better-auth expects', async () => {
    const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems } = await getMigrations(createAuth(authParts()).options)
    expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems }).toEqual({
      toBeCreated: [],
      toBeAdded: [],
      toBeAddedIndexes: [],
      schemaProblems: [],
    })
  })

  it('keep neither address nor browser of who signs in', async () => {
    const app = await buildAccessApp({ pool: database.pool })
    await addPerson(database.pool, 'ana@example.org', 'viewer', await addCommunity(database.pool, 'pumps'))
    await signIn(app, database.pool, 'ana@example.org')
    expect((await database.pool.query('select ip_address, user_agent from session')).rows).toEqual([{ ip_address: null, user_agent: null }])
    await app.close()
  })

  it('cannot be asked while the database is away: the sender is told when to come again, and it goes on afterwards', async () => {
    // the way to the database, which can be cut and mended
    const real = new URL(database.url)
    const cables = new Set<Socket>()
    const lay = (port: number) => {
      const way = createServer((near) => {
        const far = connect(Number(real.port), real.hostname)
        for (const end of [near, far]) cables.add(end.on('error', () => {}).on('close', () => [near.destroy(), far.destroy()]))
        near.pipe(far).pipe(near)
      })
      return new Promise<Server>((resolve) => way.listen(port, '127.0.0.1', () => resolve(way)))
    }
    const way = await lay(0)
    const { port } = way.address() as AddressInfo
    const behind = openDatabase(Object.assign(new URL(real), { hostname: '127.0.0.1', port: String(port) }).toString())
    const app = await buildAccessApp({ pool: behind.pool })
    const here = await addCommunity(database.pool, 'pumps')
    await addPerson(database.pool, 'ana@example.org', 'viewer', here)
    const cookie = await signIn(app, behind.pool, 'ana@example.org')
    const authorization = `Bearer ${await addKey(behind.pool, here, ['read'])}`
    const ask = () =>
      Promise.all([
        app.inject({ url: '/api/v1/me', headers: { cookie } }),
        app.inject({ url: '/api/v1/me', headers: { authorization } }),
        app.inject({
          method: 'POST',
          url: '/api/auth/sign-in/email',
          payload: { email: 'ana@example.org', password: 'whatever it is' },
          remoteAddress: someAddress(),
        }),
        app.inject({ url: '/api/auth/magic-link/verify?token=x', remoteAddress: someAddress() }),
      ])
    const statuses = async () => (await ask()).map((answer) => answer.statusCode)
    expect(await statuses()).toEqual([200, 403, 401, 302])

    const isShut = new Promise((resolve) => way.close(resolve))
    for (const end of cables) end.destroy()
    await isShut
    for (const answer of await ask()) {
      expect(answer.statusCode).toBe(503)
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      expect(answer.headers['set-cookie'], 'nobody is signed out by it').toBeUndefined()
    }

    const mended = await lay(port)
    expect(await statuses()).toEqual([200, 403, 401, 302])
    await app.close()
    await behind.close()
    await new Promise((resolve) => mended.close(resolve))
  })
})
