import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addCommunity,
  addPerson,
  asBrowser,
  buildAccessApp,
  cookiesOf,
  pathOf,
  signIn,
  someAddress,
  type TestCommunity,
} from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { invitationAnswerSchema, meSchema, peopleSchema } from '../../shared/contract/access.ts'
import { createMailer } from '../mail/create-mailer.ts'
import { makeLinkToken } from './one-time-link.ts'
import { removePerson } from './people.ts'

type Letter = { to: string[]; raw: string }

/** A mail server that keeps what it is given, or refuses everything. */
const startMailServer = async (letters: Letter[], options: { refuses?: boolean } = {}) => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(options.refuses ? new Error('no such mailbox') : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map((each) => each.address), raw: Buffer.concat(parts).toString('utf8') })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

/** The plain text of a mail, its soft line breaks undone. */
const plainText = (letter: Letter): string => letter.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')
const linkIn = (letter: Letter): string => /https?:\/\/\S+\/sign-in\/link\?\S+/.exec(plainText(letter))![0]

describe('people', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let app: Awaited<ReturnType<typeof buildAccessApp>>
  let pumps: TestCommunity
  let administrator: Record<string, string>

  const invite = (payload: object, headers = administrator, on = app) =>
    on.inject({ method: 'POST', url: '/api/v1/invitations', headers, payload })
  const people = async () => peopleSchema.parse((await app.inject({ url: '/api/v1/people', headers: administrator })).json()).people
  const personBy = async (email: string) => (await people()).find((person) => person.email === email)
  const remove = (id: string, headers = administrator) => app.inject({ method: 'DELETE', url: `/api/v1/people/${id}`, headers })
  /** Opens an invitation as a person does: the page, then its button. */
  const accept = async (link: string) => {
    const page = await app.inject(pathOf(link))
    expect(page.statusCode).toBe(200)
    const fields = [...page.body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!])
    return app.inject({ url: `/api/auth/magic-link/verify?${new URLSearchParams(fields)}`, remoteAddress: someAddress() })
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    app = await buildAccessApp({ pool: database.pool })
    pumps = await addCommunity(database.pool, 'pumps')
    await addPerson(database.pool, 'boss@example.org', 'administrator', null)
    administrator = asBrowser(await signIn(app, database.pool, 'boss@example.org'))
  })
  afterEach(async () => {
    await app.close()
    await database.close()
  })

  it('are invited by a link to hand over, land on the welcome page and see their community', async () => {
    const answer = await invite({ email: 'Ana@Example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] })
    expect(answer.statusCode).toBe(201)
    const { link, is_mailed, expires_at } = invitationAnswerSchema.parse(answer.json())
    expect(is_mailed).toBe(false)
    expect((Date.parse(expires_at) - Date.now()) / 3_600_000).toBeCloseTo(72, 0)
    expect(await personBy('ana@example.org')).toMatchObject({
      name: 'Ana',
      has_signed_in: false,
      roles: [{ role: 'viewer', slug: 'pumps' }],
    })

    const accepted = await accept(link)
    expect(accepted.headers.location).toBe('/welcome')
    const me = await app.inject({ url: '/api/v1/me', headers: { cookie: cookiesOf(accepted) } })
    expect(meSchema.parse(me.json())).toMatchObject({ is_administrator: false, roles: [{ role: 'viewer', slug: 'pumps' }] })
    expect(await personBy('ana@example.org')).toMatchObject({ has_signed_in: true })
  })

  it('do not lose an invitation to a machine that looks at the link first', async () => {
    const { link } = (await invite({ email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] })).json()
    for (const method of ['GET', 'HEAD', 'GET'] as const) expect(cookiesOf(await app.inject({ method, url: pathOf(link) }))).toBe('')
    expect(cookiesOf(await accept(link))).toContain('session_token=')
  })

  it('invited again get further roles, keep their name, and the last role given in a community counts', async () => {
    await addCommunity(database.pool, 'valves')
    await invite({ email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] })
    await invite({ email: 'ana@example.org', name: 'Somebody', role: 'manager', slugs: ['valves', 'pumps'] })
    expect(await personBy('ana@example.org')).toMatchObject({
      name: 'Ana',
      roles: [
        { role: 'manager', slug: 'pumps' },
        { role: 'manager', slug: 'valves' },
      ],
    })
  })

  it('are not invited to communities there are not, not even to the others', async () => {
    const refused = await invite({ email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps', 'valves'] })
    expect(refused.statusCode).toBe(422)
    expect(refused.json().detail).toContain('valves')
    expect(await personBy('ana@example.org')).toBeUndefined()
  })

  it.each([
    ['no address', { email: 'ana', name: 'Ana', role: 'viewer', slugs: ['pumps'] }],
    ['no name', { email: 'ana@example.org', name: ' ', role: 'viewer', slugs: ['pumps'] }],
    ['a name that is no text', { email: 'ana@example.org', name: 'A\u0000', role: 'viewer', slugs: ['pumps'] }],
    ['a role there is not', { email: 'ana@example.org', name: 'Ana', role: 'king', slugs: ['pumps'] }],
    ['a role nowhere', { email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: [] }],
    ['a slug that is no slug', { email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['\u0000'] }],
    ['an administrator of one community', { email: 'ana@example.org', name: 'Ana', role: 'administrator', slugs: ['pumps'] }],
  ])('are not invited with %s', async (_what, payload) => {
    expect((await invite(payload)).statusCode).toBe(400)
  })

  it('once removed are out at once, and their unused links lead nowhere, even when invited anew', async () => {
    const first = (await invite({ email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] })).json().link
    const ana = await signIn(app, database.pool, 'ana@example.org')
    await makeLinkToken(database.pool, 'ana@example.org', new Date(), 60)
    expect((await remove((await personBy('ana@example.org'))!.id)).statusCode).toBe(204)
    expect((await app.inject({ url: '/api/v1/me', headers: { cookie: ana } })).statusCode).toBe(401)
    const traces = await database.pool.query(`select 1 from verification where value like '%ana@example.org%'`)
    expect(traces.rowCount).toBe(0)
    await invite({ email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] })
    expect((await accept(first)).headers.location).toBe('/sign-in?error=INVALID_TOKEN')
  })

  it('never lose their last administrator, not even when two remove each other at once', async () => {
    const boss = (await personBy('boss@example.org'))!.id
    const refused = await remove(boss)
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({ type: '/problems/last-administrator' })

    const second = await addPerson(database.pool, 'second@example.org', 'administrator', null)
    // both are held up where they delete, so that each has counted two before either is gone
    const holder = await database.pool.connect()
    await holder.query('begin; lock table "user" in share mode')
    const removals = Promise.all([removePerson(database.pool, second), removePerson(database.pool, boss)])
    const waiting = async () => (await holder.query('select count(*) as count from pg_locks where not granted')).rows[0].count
    await expect.poll(waiting).toBeGreaterThanOrEqual(2)
    await holder.query('commit')
    holder.release()
    expect((await removals).sort()).toEqual(['last_administrator', 'removed'])
    const left = await database.pool.query(`select 1 from role_grant where role = 'administrator'`)
    expect(left.rowCount).toBe(1)
  })

  it('unknown are not removed', async () => {
    expect((await remove('nobody-of-this-id')).statusCode).toBe(404)
    expect((await remove('%00')).statusCode).toBe(400)
  })

  it('who are no administrators cannot take the address of somebody yet to be invited', async () => {
    await addPerson(database.pool, 'eve@example.org', 'viewer', pumps)
    const eve = asBrowser(await signIn(app, database.pool, 'eve@example.org'))
    const taken = await app.inject({ method: 'POST', url: '/api/v1/me', headers: eve, payload: { email: 'ana@example.org' } })
    expect(taken.statusCode).toBe(403)
    expect(
      (await app.inject({ method: 'POST', url: '/api/v1/me', headers: eve, payload: { email: 'EVE@example.org', name: 'Eve' } }))
        .statusCode,
      'their own',
    ).toBe(200)
  })

  it('who administer give themselves an address and a password in place of the first ones', async () => {
    const change = (payload: object) => app.inject({ method: 'POST', url: '/api/v1/me', headers: administrator, payload })
    await addPerson(database.pool, 'ana@example.org', 'viewer', pumps)
    expect((await change({ email: 'Ana@example.org' })).statusCode).toBe(409)
    const changed = await change({ name: 'Ida', email: 'Ida@Example.org', new_password: 'barn in the valley' })
    expect(meSchema.parse(changed.json()).user).toMatchObject({ name: 'Ida', email: 'ida@example.org', has_password: true })
    const signedIn = await app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'IDA@example.org', password: 'barn in the valley' },
      remoteAddress: someAddress(),
    })
    expect(signedIn.statusCode).toBe(200)
    const byPassword = await app.inject({
      method: 'POST',
      url: '/api/v1/me',
      headers: asBrowser(cookiesOf(signedIn)),
      payload: { email: 'else@example.org' },
    })
    expect(byPassword.statusCode, 'without the password').toBe(422)
    expect((await change({ nonsense: true })).statusCode).toBe(400)
  })

  describe('change things from our own pages only', () => {
    const rename = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/api/v1/me', headers, payload: { name: 'Changed' } })
    const host = 'localhost:3000'

    it.each<[string, Record<string, string>]>([
      ['another origin', { origin: 'https://evil.example' }],
      ['a page in a sandbox', { origin: 'null' }],
      ['no origin at all', {}],
      ['another site by Fetch Metadata, whatever the origin', { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }],
      ['a sister host', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
      ['another port', { origin: 'http://localhost:3001' }],
      ['an origin that begins like ours', { origin: 'http://localhost:3000.evil.example' }],
    ])('not from %s', async (_what, sent) => {
      const refused = await rename({ cookie: administrator.cookie!, host, ...sent })
      expect(refused.statusCode).toBe(403)
      expect(refused.json()).toMatchObject({ type: '/problems/other-site' })
      expect(await personBy('boss@example.org')).toMatchObject({ name: 'boss' })
    })

    it.each<[string, Record<string, string>]>([
      ['our origin', { origin: 'http://localhost:3000' }],
      ['Fetch Metadata', { 'sec-fetch-site': 'same-origin' }],
    ])('by %s', async (_what, sent) => {
      expect((await rename({ cookie: administrator.cookie!, host, ...sent })).statusCode).toBe(200)
    })

    it('at the configured address behind a proxy that passes another host', async () => {
      expect((await rename({ cookie: administrator.cookie!, host: 'app.internal:8080', origin: 'http://localhost:3000' })).statusCode).toBe(
        200,
      )
    })
  })

  describe('with a mail server', () => {
    let letters: Letter[]
    let mailServer: Awaited<ReturnType<typeof startMailServer>>
    let mailing: typeof app

    beforeAll(async () => {
      letters = []
      mailServer = await startMailServer(letters)
    })
    beforeEach(async () => {
      letters.length = 0
      mailing = await buildAccessApp({
        pool: database.pool,
        sendMail: createMailer({ smtpUrl: mailServer.url, from: 'Barnraise <barn@example.org>' }),
      })
    })
    afterEach(() => mailing.close())
    afterAll(() => mailServer.close())

    const askForLink = (email: string, on = mailing) =>
      on.inject({
        method: 'POST',
        url: '/api/auth/sign-in/magic-link',
        payload: { email, callbackURL: '/c/pumps' },
        remoteAddress: someAddress(),
      })

    it('get their invitation by mail, with a link that works', async () => {
      const answer = await invite(
        { email: 'ana@example.org', name: 'Ana <b>Ruiz</b>', role: 'manager', slugs: ['pumps'] },
        administrator,
        mailing,
      )
      expect(answer.json()).toMatchObject({ is_mailed: true })
      expect(letters).toHaveLength(1)
      expect(letters[0]!.to).toEqual(['ana@example.org'])
      const text = plainText(letters[0]!)
      expect(text).toContain('Subject: boss invites you to Barnraise')
      expect(text).toContain('a manager of Community pumps')
      expect(text).toContain('Hello Ana &lt;b&gt;Ruiz&lt;/b&gt;,')
      expect((await accept(linkIn(letters[0]!))).headers.location).toBe('/welcome')
    })

    it('are invited all the same when the mail server refuses; the answer says that nothing was mailed', async () => {
      const refusing = await startMailServer([], { refuses: true })
      const app2 = await buildAccessApp({
        pool: database.pool,
        sendMail: createMailer({ smtpUrl: refusing.url, from: 'barn@example.org' }),
      })
      const answer = await invite({ email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] }, administrator, app2)
      expect(answer.statusCode).toBe(201)
      expect(answer.json()).toMatchObject({ is_mailed: false })
      expect(cookiesOf(await accept(answer.json().link))).toContain('session_token=')
      await app2.close()
      await refusing.close()
    })

    it('get a sign-in link when they ask for one, and it leads where they were going', async () => {
      await addPerson(database.pool, 'ana@example.org', 'viewer', pumps)
      expect((await mailing.inject('/api/v1/sign-in-options')).json()).toEqual({ can_mail_link: true })
      expect((await askForLink('ANA@example.org')).statusCode).toBe(200)
      await expect.poll(() => letters.length).toBe(1)
      expect((await accept(linkIn(letters[0]!))).headers.location).toBe('/c/pumps')
    })

    it('who are unknown get no mail and no account, and the answer is the same', async () => {
      await addPerson(database.pool, 'ana@example.org', 'viewer', pumps)
      const unknown = await askForLink('stranger@example.org')
      const known = await askForLink('ana@example.org')
      expect({ status: unknown.statusCode, body: unknown.body }).toEqual({ status: known.statusCode, body: known.body })
      await expect.poll(() => letters.length).toBe(1)
      expect(letters[0]!.to).toEqual(['ana@example.org'])
      expect(await personBy('stranger@example.org')).toBeUndefined()
    })

    it('are not sent links that lead to another site', async () => {
      await addPerson(database.pool, 'ana@example.org', 'viewer', pumps)
      const answer = await mailing.inject({
        method: 'POST',
        url: '/api/auth/sign-in/magic-link',
        payload: { email: 'ana@example.org', callbackURL: 'https://evil.example/' },
        remoteAddress: someAddress(),
      })
      expect(answer.statusCode).toBe(403)
      expect(letters).toEqual([])
    })

    it('learn that there is no mail server where there is none', async () => {
      expect((await app.inject('/api/v1/sign-in-options')).json()).toEqual({ can_mail_link: false })
      const answer = await askForLink('boss@example.org', app)
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ type: '/problems/no-mail' })
    })
  })
})
