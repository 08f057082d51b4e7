import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addPerson, buildAccessApp, signIn } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { createAuth } from './create-auth.ts'
import { readSession, readSignedToken } from './read-session.ts'

const secret = 'a secret of at least 32 characters'
const sign = (token: string, key = secret) => `${token}.${createHmac('sha256', key).update(token).digest('base64')}`

describe('a signed cookie', () => {
  it('gives its token when we signed it, and nothing otherwise', () => {
    expect(readSignedToken(sign('a.b'), secret)).toBe('a.b')
    for (const value of ['', '.', 'token', `token.`, sign('token', 'another'), `x${sign('token')}`, `${sign('token')}=`, sign('')])
      expect(readSignedToken(value, secret)).toBeNull()
  })
})

describe('a session', () => {
  let db: Awaited<ReturnType<typeof createTestDatabase>>
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())

  it('is read as better-auth reads it, and left to better-auth once it is to be prolonged or over', async () => {
    const app = await buildAccessApp({ pool: db.pool })
    const community = await addCommunity(db.pool, 'here')
    const userId = await addPerson(db.pool, 'ana@example.org', 'manager', community)
    const cookie = await signIn(app, db.pool, 'ana@example.org')
    // the app's own secret is its test's; the way to it is the cookie it set
    const asked = await app.inject({ url: '/api/v1/me', headers: { cookie } })
    expect(asked.json()).toMatchObject({ user: { email: 'ana@example.org' } })

    const auth = createAuth({
      pool: db.pool,
      secret,
      baseUrl: 'http://localhost:3000',
      sendMail: null,
      now: () => new Date(),
      onMailFailure: () => {},
    })
    const { rows } = await db.pool.query<{ id: string; token: string; expires_at: Date }>(
      'select id, token, expires_at from session where user_id = $1',
      [userId],
    )
    const session = rows[0] as (typeof rows)[number]
    const { name } = (await auth.$context).authCookies.sessionToken
    const mine = `other=1; ${name}=${encodeURIComponent(sign(session.token))}`
    const read = (header: string, at = new Date()) => readSession({ pool: db.pool, auth, now: () => at }, header)
    const grants = [{ role: 'manager', community_id: community.community_id, slug: 'here' }]
    const person = {
      kind: 'person',
      user_id: userId,
      name: 'ana',
      email: 'ana@example.org',
      session_id: session.id,
      is_administrator: false,
      grants,
    }
    expect(await read(mine)).toEqual(person)
    const theirs = await auth.api.getSession({ headers: new Headers({ cookie: mine }) })
    expect(theirs).toMatchObject({ user: { id: userId }, session: { id: session.id } })

    expect(await read(`${name}=${encodeURIComponent(sign(session.token, 'another secret, as long as the first'))}`)).toBeNull()
    expect(await read(`${name}=%E0%A4%A`)).toBeNull()
    expect(await read(mine, new Date(session.expires_at.getTime() + 1))).toBeNull()
    // a day old: due
    expect(await read(mine, new Date(session.expires_at.getTime() - 29 * 86_400_000 + 1))).toBeNull()
    await db.pool.query('delete from role_grant where user_id = $1', [userId])
    expect(await read(mine)).toEqual({ ...person, grants: [] })
    await db.pool.query('delete from session where id = $1', [session.id])
    expect(await read(mine)).toBeNull()
    await app.close()
  })
})
