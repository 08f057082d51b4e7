import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invitePerson } from '../server/access/invite-person.ts'
import { addCommunity, buildAccessApp } from './access-app.ts'
import { launchBrowser } from './browser.ts'
import { createTestDatabase } from './test-database.ts'

/** A free port: the app must know its address before it listens there. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('in a browser', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let app: FastifyInstance
  let browser: Browser
  let otherSite: Server
  let otherUrl: string
  let baseUrl: string

  beforeAll(async () => {
    database = await createTestDatabase()
    await addCommunity(database.pool, 'pumps')
    baseUrl = `http://localhost:${await freePort()}`
    app = await buildAccessApp({
      pool: database.pool,
      baseUrl,
      routes: async (routes) => {
        for (const path of ['/welcome', '/sign-in']) {
          routes.get(path, { config: { access: 'public' } }, async (_request, reply) =>
            reply.type('text/html').send('<!doctype html><title>A page of ours</title>'),
          )
        }
      },
    })
    await app.listen({ port: Number(new URL(baseUrl).port), host: '127.0.0.1' })
    // another port is another origin but the same site: the session cookie goes along, so only the door can refuse
    otherSite = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Another</title>'),
    )
    await new Promise<void>((resolve) => otherSite.listen(0, '127.0.0.1', resolve))
    otherUrl = `http://localhost:${(otherSite.address() as AddressInfo).port}`
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await new Promise((resolve) => otherSite.close(resolve))
    await app.close()
    await database.close()
  })

  it('an invitation signs in by its button, our pages may change things, and pages of others may not', async () => {
    const result = await invitePerson(
      database.pool,
      { email: 'ana@example.org', name: 'Ana', role: 'viewer', slugs: ['pumps'] },
      { baseUrl, now: new Date() },
    )
    const link = 'invited' in result ? result.invited.link : ''
    const page = await browser.newPage()
    await page.goto(link)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${baseUrl}/welcome`)

    const rename = (address: string, name: string) =>
      page.evaluate(
        ([url, body]) =>
          fetch(url!, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: body! }).then(
            (answer) => answer.status,
            () => 'blocked',
          ),
        [`${address}/api/v1/me`, JSON.stringify({ name })],
      )
    expect(await rename('', 'Ana Ruiz')).toBe(200)
    const nameNow = async () => (await database.pool.query<{ name: string }>('select name from "user"')).rows[0]!.name
    expect(await nameNow()).toBe('Ana Ruiz')

    await page.goto(otherUrl)
    expect(await rename(baseUrl, 'Stolen')).toBe('blocked')
    // a plain form needs no permission of the browser to be sent
    const refused = page.waitForResponse((response) => response.url() === `${baseUrl}/api/auth/sign-out`)
    await page.evaluate((action) => {
      document.body.innerHTML = `<form method="post" action="${action}"><button>Go</button></form>`
      document.querySelector('form')!.submit()
    }, `${baseUrl}/api/auth/sign-out`)
    expect((await refused).status()).toBeGreaterThanOrEqual(400)
    // the answer's page must be there before the next is asked for
    await page.waitForURL(`${baseUrl}/api/auth/sign-out`)
    expect(await nameNow()).toBe('Ana Ruiz')
    await page.goto(`${baseUrl}/welcome`)
    expect(await page.evaluate(() => fetch('/api/v1/me').then((answer) => answer.status))).toBe(200)
  })

  it('a used link leads to the sign-in page, which is told why', async () => {
    const result = await invitePerson(
      database.pool,
      { email: 'ben@example.org', name: 'Ben', role: 'viewer', slugs: ['pumps'] },
      { baseUrl, now: new Date() },
    )
    const link = 'invited' in result ? result.invited.link : ''
    for (const target of ['/welcome', '/sign-in?error=INVALID_TOKEN']) {
      const page = await browser.newPage()
      await page.goto(link)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.waitForURL(`${baseUrl}${target}`)
      await page.close()
    }
  })
})
