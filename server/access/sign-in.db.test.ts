import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addCommunity,
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
import { FIRST_ADMINISTRATOR_EMAIL, firstAdministratorLink, makeSignInLink } from './first-administrator.ts'
import { directLinkAddress, makeLinkToken } from './one-time-link.ts'

type TestDatabase = Awaited<ReturnType<typeof createTestDatabase>>
type App = Awaited<ReturnType<typeof buildAccessApp>>

const PASSWORD = 'a barn raised together'

describe('signing in', () => {
  let database: TestDatabase
  let app: App
  const open = (link: string) => app.inject({ url: pathOf(link), remoteAddress: someAddress() })
  const me = (cookie: string) => app.inject({ url: '/api/v1/me', headers: { cookie } })
  const parts = () => ({ pool: database.pool, baseUrl: TEST_ORIGIN, now: new Date() })

  beforeAll(async () => {
    database = await createTestDatabase()
    app = await buildAccessApp({ pool: database.pool })
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })

  it('is first done by the printed link, which works once and leads to the start page', async () => {
    const printed = await firstAdministratorLink(parts())
    expect(printed?.email).toBe(FIRST_ADMINISTRATOR_EMAIL)
    const opened = await open(printed!.link)
    expect(opened.statusCode).toBe(302)
    expect(opened.headers.location).toBe('/')
    const cookie = [opened.headers['set-cookie']].flat().find((set) => String(set).includes('session_token'))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect((await me(cookiesOf(opened))).json()).toEqual({
      user: {
        id: expect.any(String),
        name: 'Administrator',
        email: FIRST_ADMINISTRATOR_EMAIL,
        has_password: false,
        needs_current_password: false,
      },
      is_administrator: true,
      roles: [{ role: 'administrator', slug: null }],
    })

    const again = await open(printed!.link)
    expect(again.headers.location).toBe('/sign-in?error=INVALID_TOKEN')
    expect(cookiesOf(again)).toBe('')
    // somebody has been in: later starts print no link
    expect(await firstAdministratorLink(parts())).toBeNull()
  })

  it('by a link past its time fails, and says so on the sign-in page', async () => {
    const old = await makeSignInLink({ ...parts(), now: new Date(Date.now() - 25 * 60 * 60 * 1000) })
    const opened = await open(old!.link)
    expect(opened.headers.location).toBe('/sign-in?error=INVALID_TOKEN')
    expect(cookiesOf(opened)).toBe('')
  })

  it('by a link withdrawn by a newer one fails, and the newer one works', async () => {
    const older = await makeSignInLink(parts())
    const newer = await makeSignInLink(parts())
    expect(cookiesOf(await open(older!.link))).toBe('')
    expect(cookiesOf(await open(newer!.link))).toContain('session_token=')
  })

  it('by one link twice at the same moment succeeds once', async () => {
    const link = (await makeSignInLink(parts()))!.link
    const opened = await Promise.all([open(link), open(link), open(link), open(link)])
    expect(opened.filter((answer) => cookiesOf(answer).includes('session_token='))).toHaveLength(1)
  })

  it('keeps no token that could be used: the database has its hash only', async () => {
    const link = (await makeSignInLink(parts()))!.link
    const token = new URL(link).searchParams.get('token')!
    const rows = await database.pool.query('select verification::text as row from verification')
    expect(rows.rows.length).toBeGreaterThan(0)
    for (const { row } of rows.rows) expect(row).not.toContain(token)
  })

  it('leads nowhere but to our own pages', async () => {
    const link = (await makeSignInLink(parts()))!.link
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const url = new URL(link)
      url.searchParams.set('callbackURL', elsewhere)
      const opened = await open(url.toString())
      expect(opened.statusCode, elsewhere).toBe(403)
      expect(cookiesOf(opened), elsewhere).toBe('')
    }
    expect(cookiesOf(await open(link))).toContain('session_token=')
  })

  it('by a link to an address that nobody here has makes no account', async () => {
    const { token } = await makeLinkToken(database.pool, 'stranger@example.org', new Date(), 60)
    const opened = await open(directLinkAddress(TEST_ORIGIN, token, '/'))
    expect(opened.headers.location).toBe('/sign-in?error=new_user_signup_disabled')
    expect((await database.pool.query('select from "user" where email = $1', ['stranger@example.org'])).rowCount).toBe(0)
  })

  it('is not offered to somebody unknown', async () => {
    expect(await makeSignInLink({ ...parts(), email: 'nobody@example.org' })).toBeNull()
  })

  describe('with a password', () => {
    const email = 'ana@example.org'
    const signInByPassword = (password: string, remoteAddress = someAddress(), headers: Record<string, string> = {}) =>
      app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password }, remoteAddress, headers })

    beforeAll(async () => {
      await addPerson(database.pool, email, 'viewer', await addCommunity(database.pool, 'pumps'))
    })

    it('needs one set first', async () => {
      const refused = await signInByPassword(PASSWORD)
      expect(refused.statusCode).toBe(401)
      expect(refused.headers['content-type']).toContain('application/problem+json')
      expect(refused.json()).toMatchObject({ type: '/problems/wrong-password', status: 401 })
      expect(cookiesOf(refused)).toBe('')
    })

    it('works once it is set, ends other sessions, and shows no token to scripts', async () => {
      const elsewhere = await signIn(app, database.pool, email)
      const cookie = await signIn(app, database.pool, email)
      const set = await app.inject({
        method: 'POST',
        url: '/api/v1/me',
        headers: asBrowser(cookie),
        payload: { name: 'Ana Ruiz', new_password: PASSWORD },
      })
      expect(set.json()).toMatchObject({ user: { name: 'Ana Ruiz', has_password: true } })
      expect((await me(elsewhere)).statusCode).toBe(401)
      expect((await me(cookie)).statusCode).toBe(200)

      const signedIn = await signInByPassword(PASSWORD)
      expect(signedIn.json()).toEqual({ is_signed_in: true })
      expect((await me(cookiesOf(signedIn))).statusCode).toBe(200)
      expect((await signInByPassword(`${PASSWORD}!`)).statusCode).toBe(401)
    })

    it('stays when somebody later signs in by link', async () => {
      await signIn(app, database.pool, email)
      expect((await signInByPassword(PASSWORD)).statusCode).toBe(200)
    })

    it('needs the current one to be changed', async () => {
      const cookie = cookiesOf(await signInByPassword(PASSWORD))
      const change = (payload: object) => app.inject({ method: 'POST', url: '/api/v1/me', headers: asBrowser(cookie), payload })
      expect((await change({ new_password: 'quite another one' })).json()).toMatchObject({
        status: 422,
        type: '/problems/current-password-missing',
      })
      expect((await change({ name: 'Not Ana', new_password: 'quite another one', current_password: 'wrong' })).json()).toMatchObject({
        status: 422,
        type: '/problems/current-password-wrong',
      })
      expect((await me(cookie)).json().user.name).toBe('Ana Ruiz')
      expect((await change({ new_password: 'short', current_password: PASSWORD })).statusCode).toBe(400)
      expect((await change({ new_password: 'quite another one', current_password: PASSWORD })).statusCode).toBe(200)
      expect((await signInByPassword(PASSWORD)).statusCode).toBe(401)
      expect((await change({ new_password: PASSWORD, current_password: 'quite another one' })).statusCode).toBe(200)
    })

    it('is limited by address, with a time to wait, and not by what the sender says its address is', async () => {
      const remoteAddress = someAddress()
      const answers = []
      for (let attempt = 0; attempt < 12; attempt += 1)
        answers.push(
          await signInByPassword('wrong wrong wrong', remoteAddress, {
            'x-forwarded-for': someAddress(),
            'x-barnraise-client-address': someAddress(),
          }),
        )
      const last = answers.at(-1)!
      expect(last.statusCode).toBe(429)
      expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
      expect(last.json()).toMatchObject({ status: 429, type: '/problems/too-many-attempts' })
      expect((await signInByPassword(PASSWORD)).statusCode, 'others sign in meanwhile').toBe(200)
    })

    it('that is forgotten can be replaced shortly after coming by a link, and not later', async () => {
      const cookie = await signIn(app, database.pool, email)
      const replace = () =>
        app.inject({ method: 'POST', url: '/api/v1/me', headers: asBrowser(cookie), payload: { new_password: PASSWORD } })
      expect((await me(cookie)).json().user).toMatchObject({ has_password: true, needs_current_password: false })
      expect((await replace()).statusCode).toBe(200)
      await database.pool.query(`update session set created_at = created_at - interval '16 minutes'`)
      expect((await me(cookie)).json().user).toMatchObject({ needs_current_password: true })
      expect((await replace()).json()).toMatchObject({ type: '/problems/current-password-missing' })
    })

    it('cannot be guessed at an open screen for long', async () => {
      await addPerson(database.pool, 'ben@example.org', 'administrator', null)
      const cookie = await signIn(app, database.pool, 'ben@example.org')
      const guess = () =>
        app.inject({
          method: 'POST',
          url: '/api/v1/me',
          headers: { ...asBrowser(cookie), authorization: `Basic ${someAddress()}` },
          payload: { new_password: 'quite another one', current_password: 'x' },
          remoteAddress: someAddress(),
        })
      let last = await guess()
      for (let attempt = 0; attempt < 30 && last.statusCode !== 429; attempt += 1) last = await guess()
      expect(last.statusCode).toBe(429)
      expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    })

    it('ends on signing out, at once', async () => {
      const cookie = cookiesOf(await signInByPassword(PASSWORD))
      const out = await app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: asBrowser(cookie) })
      expect(out.statusCode).toBe(200)
      const cleared = [out.headers['set-cookie']].flat().map(String)
      expect(cleared.length).toBeGreaterThan(1)
      for (const set of cleared) expect(set).toMatch(/^barnraise\.\w+=; Max-Age=0;[^,]*$/)
      expect((await me(cookie)).statusCode).toBe(401)
    })

    it('is refused from another site', async () => {
      const answer = await signInByPassword(PASSWORD, someAddress(), {
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'cors',
        'sec-fetch-dest': 'empty',
      })
      expect(answer.statusCode).toBe(403)
      expect(cookiesOf(answer)).toBe('')
    })

    it('works at any name of the server that the browser uses itself', async () => {
      for (const host of ['127.0.0.1:3000', 'localhost:3000', 'barn.example.org']) {
        const cookie = cookiesOf(await signInByPassword(PASSWORD, someAddress(), { host, origin: `http://${host}` }))
        expect(cookie, host).toContain('session_token=')
        const change = await app.inject({
          method: 'POST',
          url: '/api/v1/me',
          headers: { cookie, host, origin: `http://${host}` },
          payload: { name: 'Ana Ruiz' },
        })
        expect(change.statusCode, host).toBe(200)
      }
    })

    it.each([
      ['no JSON', 'application/json', '{"email":'],
      ['another type', 'application/json', '{"email":1,"password":[]}'],
      ['nothing', 'application/json', ''],
      ['another content type', 'text/plain', 'email=ana'],
    ])('says what is wrong with %s', async (_what, contentType, payload) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: { 'content-type': contentType },
        payload,
        remoteAddress: someAddress(),
      })
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
      expect(answer.headers['content-type']).toContain('application/problem+json')
    })
  })

  describe('lasts', () => {
    const moveEnd = (cookie: string, interval: string) =>
      database.pool.query('update session set expires_at = now() + $2::interval where token = $1', [
        decodeURIComponent(cookie.split('=')[1]!).split('.')[0],
        interval,
      ])

    it('as long as it is used: a session in use is prolonged', async () => {
      const cookie = await signIn(app, database.pool, FIRST_ADMINISTRATOR_EMAIL)
      expect((await moveEnd(cookie, '2 days')).rowCount).toBe(1)
      const answer = await me(cookie)
      expect(answer.statusCode).toBe(200)
      expect(cookiesOf(answer)).toBe(cookie)
      const left = await database.pool.query(`select 1 from session where expires_at > now() + interval '29 days'`)
      expect(left.rowCount).toBeGreaterThan(0)
    })

    it('no longer than a month unused', async () => {
      const cookie = await signIn(app, database.pool, FIRST_ADMINISTRATOR_EMAIL)
      await moveEnd(cookie, '-1 second')
      expect((await me(cookie)).statusCode).toBe(401)
    })
  })

  describe('without an invitation', () => {
    it.each([
      'sign-up/email',
      'sign-up',
      'sign-in/social',
      'update-user',
      'change-email',
      'set-password',
      'delete-user',
      'request-password-reset',
      'list-sessions',
    ])('has no way through %s', async (path) => {
      const before = await database.pool.query('select count(*) as count from "user"')
      const answer = await app.inject({
        method: 'POST',
        url: `/api/auth/${path}`,
        payload: {
          email: 'new@example.org',
          password: PASSWORD,
          name: 'New',
          provider: 'google',
          newEmail: 'new@example.org',
          newPassword: PASSWORD,
        },
        remoteAddress: someAddress(),
      })
      expect(answer.statusCode).toBe(404)
      expect((await database.pool.query('select count(*) as count from "user"')).rows).toEqual(before.rows)
    })

    it('gets no session from a cookie made up', async () => {
      const forged = await me('barnraise.session_token=abc.def; __Secure-barnraise.session_token=abc.def')
      expect(forged.statusCode).toBe(401)
    })
  })

  it('sends cookies for https only where the server is reached by https', async () => {
    const secure = await buildAccessApp({ pool: database.pool, baseUrl: 'https://barn.example.org' })
    const link = await makeSignInLink({ ...parts(), baseUrl: 'https://barn.example.org' })
    const opened = await secure.inject({ url: pathOf(link!.link), headers: { host: 'barn.example.org' }, remoteAddress: someAddress() })
    expect(String(opened.headers['set-cookie'])).toMatch(/__Secure-barnraise\.session_token=.*Secure/)
    await secure.close()
  })
})
