import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { Role } from '../shared/contract/access.ts'
import { createAuth } from '../server/access/create-auth.ts'
import { createKey } from '../server/access/keys.ts'
import { createLiveRevisions } from '../server/api/live-route.ts'
import { createMeters } from '../server/api/operations-routes.ts'
import { buildApp } from '../server/app.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { createPrinter } from '../server/print/create-printer.ts'
import { addCommunity, addPerson, signIn, type TestCommunity, TEST_SECRET } from './access-app.ts'
import { launchBrowser } from './browser.ts'
import { createTestDatabase } from './test-database.ts'

type ContextOptions = Parameters<Browser['newContext']>[0]

/**
 * The pages as they are shipped, on a server and database of their own, in a real browser: for tests of what a person does there.
 * Refreshes that a route asks for are carried out by `settle`, or at once by `send`.
 */
export const openPages = async () => {
  const database = await createTestDatabase()
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const baseUrl = `http://localhost:${port}`
  const now = () => new Date()
  const logger = pino({ level: 'silent' })
  const auth = createAuth({ pool: database.pool, secret: TEST_SECRET, baseUrl, sendMail: null, now, onMailFailure: () => {} })
  const asked = new Set<string>()
  const printer = createPrinter({ chromium: { path: process.env.CHROMIUM_PATH, env: process.env }, webRoot: inject('webRoot') })
  const app = await buildApp({
    db: database,
    auth,
    secretKey: TEST_SECRET,
    now,
    logger,
    meters: createMeters(),
    live: createLiveRevisions(database.pool, logger),
    baseUrl,
    version: 'test',
    // these tests open more pages in a minute than an office does
    requestsPerMinute: 100_000,
    sendMail: null,
    webRoot: inject('webRoot'),
    printer,
    requestRefresh: (communityId: string) => {
      asked.add(communityId)
    },
    removeDemo: async () => 0,
  })
  await app.listen({ port, host: '127.0.0.1' })
  await addPerson(database.pool, 'ada@example.org', 'administrator', null)
  const browser = await launchBrowser()

  const refresh = (communityId: string) => refreshCommunity(database, communityId, { now: now() })
  const cookieOf = async (email: string) =>
    (await signIn(app, database.pool, email)).split('; ').map((pair) => ({
      name: pair.slice(0, pair.indexOf('=')),
      value: pair.slice(pair.indexOf('=') + 1),
      domain: 'localhost',
      path: '/',
    }))
  const administrator = await cookieOf('ada@example.org')

  return {
    app,
    database,
    browser,
    baseUrl,
    addCommunity: (slug: string): Promise<TestCommunity> => addCommunity(database.pool, slug),
    /** Sends events as a program does, and works them in. */
    send: async ({ community_id: communityId }: TestCommunity, events: object[]) => {
      const { key } = await createKey(database.pool, { communityId, name: 'Test', scopes: ['ingest'], now: now() })
      for (let at = 0; at < events.length; at += 1000) {
        const answer = await fetch(`${baseUrl}/api/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ events: events.slice(at, at + 1000) }),
        })
        expect(answer.status, await answer.clone().text()).toBe(200)
      }
      await refresh(communityId)
    },
    /** Does what routes have asked the jobs for. */
    settle: async () => {
      for (const communityId of asked) {
        asked.delete(communityId)
        await refresh(communityId)
      }
    },
    /** A page in a window of its own; as the administrator, or as another person with a role. */
    open: async (
      path: string,
      options: ContextOptions = {},
      as?: { email: string; role: Role; community: TestCommunity },
    ): Promise<Page> => {
      const own = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', ...options })
      if (as !== undefined) await addPerson(database.pool, as.email, as.role, as.community)
      await own.addCookies(as === undefined ? administrator : await cookieOf(as.email))
      const page = await own.newPage()
      await page.goto(path.startsWith('/') ? `${baseUrl}${path}` : path)
      return page
    },
    close: async () => {
      await browser.close()
      await printer.stop()
      await app.close()
      await database.close()
    },
  }
}
export type OpenPages = Awaited<ReturnType<typeof openPages>>

/** Nothing that accessibility rules forbid stands on the page, and nothing is wider than the window. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
}

/** Weeks in which ten people ask and answer each other in turn, one question a day: far inside what reads as a community. */
export const conversation = (until: Date, days = 84): object[] =>
  Array.from({ length: days }, (_, i) => {
    const at = (hours: number) => new Date(until.getTime() - (days - i) * 86_400_000 + hours * 3_600_000).toISOString()
    const actor = (n: number) => ({ id: `p${n % 10}` })
    const question = { id: `q${i}`, source: 'forum', thread_id: `q${i}`, channel: ['pumps', 'seals', 'motors'][i % 3] }
    return [
      { ...question, type: 'question.asked', occurred_at: at(0), actor: actor(i) },
      { ...question, id: `a${i}`, type: 'answer.posted', occurred_at: at(3), actor: actor(i + 3), in_reply_to: `q${i}` },
    ]
  }).flat()
