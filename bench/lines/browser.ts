/** The pages of a large community in a real browser, by the browser's own figures: when the largest part is painted, and how long an interaction waits for its paint. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from '../../e2e/browser.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import type { Finding } from '../finding.ts'
import { prepareCommunity } from '../prepared-community.ts'
import { quantile } from '../quantile.ts'
import { signPeopleIn } from '../sign-people-in.ts'
import { startApp } from '../start-app.ts'

const TARGET_PAINT_MS = 1500
const TARGET_INTERACTION_MS = 200
const SECRET = 'bench-'.repeat(8)
/** First visits of each page, each with an empty browser cache. */
const VISITS = 5
/** No paint or request for this long: what comes later is not the page's beginning. */
const QUIET_MS = 600

const PAGES = {
  Communities: '/',
  Overview: '/c/bench?range=24m',
  Membership: '/c/bench/membership?range=24m',
  Helping: '/c/bench/helping?range=24m',
  Voices: '/c/bench/voices?range=24m',
  Network: '/c/bench/network?range=24m',
  Interventions: '/c/bench/interventions?range=24m',
} as const

type Measured = { name: string; paints: number[]; interactions: { what: string; ms: number }[] }

export const benchBrowser = async (server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const { browserSize: size, browserMembers: members } = options
  const { db, files } = await prepareCommunity(server, { ...options, weeks: 104, members }, size)
  const [cookie = ''] = await signPeopleIn(db.pool, SECRET, 1, new Date(), 'manager')
  const app = await startApp({ baseUrl: 'http://localhost:3000', secret: SECRET, databaseUrl: db.url })
  const browser = await launchBrowser()
  try {
    const open = () => openContext(browser, app.address, cookie)
    const plain = await measurePlain(browser)
    const all: Measured[] = []
    for (const [name, path] of Object.entries(PAGES)) all.push(await measurePage(name, `${app.address}${path}`, open))
    return findingsOf(all, plain, files.eventCount)
  } finally {
    await browser.close()
    await app.stop()
  }
}

const openContext = async (browser: Browser, address: string, cookie: string): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: address }
    }),
  )
  // before anything of the page runs; "buffered" alone gives no more than a fixed number
  await context.addInitScript(() => {
    const seen = { paint: 0, paintedAt: 0, interactions: [] as { id: number; name: string; ms: number }[] }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        seen.paint = entry.startTime
        seen.paintedAt = performance.now()
      }
    }).observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) seen.interactions.push({ id: entry.interactionId, name: entry.name, ms: entry.duration })
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })
  return context
}

type Seen = { paint: number; paintedAt: number; interactions: { id: number; name: string; ms: number }[] }
const seenOf = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen)

/** Until nothing has been painted anew for a while. */
const settle = async (page: Page): Promise<void> => {
  await page.waitForLoadState('load')
  await page.waitForFunction((quiet) => {
    const { paintedAt } = (window as unknown as { seen: { paintedAt: number } }).seen
    return paintedAt > 0 && performance.now() - paintedAt > quiet && document.querySelector('[aria-label="Loading"]') === null
  }, QUIET_MS)
}

const measurePage = async (name: string, address: string, open: () => Promise<BrowserContext>): Promise<Measured> => {
  const paints: number[] = []
  // the first warms the server and is not counted
  for (let visit = 0; visit <= VISITS; visit++) {
    const context = await open()
    const page = await context.newPage()
    await page.goto(address)
    await settle(page)
    if (visit > 0) paints.push((await seenOf(page)).paint)
    await context.close()
  }
  const context = await open()
  const page = await context.newPage()
  await page.goto(address)
  await settle(page)
  const interactions: Measured['interactions'] = []
  const take = async (what: string, act: () => Promise<unknown>) => {
    const before = (await seenOf(page)).interactions.length
    await act()
    // two frames and the task after them: the entry is written when the paint is done
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))))
    await page.waitForLoadState('networkidle')
    const entries = (await seenOf(page)).interactions.slice(before)
    interactions.push({ what, ms: Math.max(0, ...entries.map(({ ms }) => ms)) })
  }
  const tables = await page.getByRole('button', { name: /^Table: / }).all()
  for (const [i] of tables.entries()) {
    const button = page.getByRole('button', { name: /^(Table|Chart): / }).nth(i)
    await take('chart to table', () => button.click())
    await take('table to chart', () => button.click())
  }
  for (const choice of ['12 months', '24 months', 'Week', 'Month']) {
    const label = page.locator('form[aria-label="Periods"] label').filter({ hasText: new RegExp(`^${choice}$`) })
    if ((await label.count()) > 0) await take(`periods: ${choice}`, () => label.click())
  }
  const search = page.locator('main input[type="search"]').first()
  if ((await search.count()) > 0) for (const key of 'member') await take('a letter in the search', () => search.press(key))
  await take('palette', () => page.keyboard.press('Control+k'))
  for (const key of 'help') await take('a letter in the palette', () => page.keyboard.press(key))
  await take('palette away', () => page.keyboard.press('Escape'))
  await context.close()
  return { name, paints, interactions }
}

/** The same figure of a button on an empty page that changes one word: what this browser on this machine cannot go below. */
const measurePlain = async (browser: Browser): Promise<number> => {
  const page = await browser.newPage()
  await page.setContent(`<button onclick="this.textContent = this.textContent === 'a' ? 'b' : 'a'">a</button>`)
  await page.evaluate(() => {
    const seen = { all: [] as number[] }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => seen.all.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit)
  })
  for (let i = 0; i < 20; i++) {
    await page.click('button')
    await page.waitForTimeout(60)
  }
  const all = await page.evaluate(() => (window as unknown as { seen: { all: number[] } }).seen.all)
  await page.close()
  return all.length === 0 ? 16 : quantile(all, 0.5)
}

const findingsOf = (all: Measured[], plain: number, size: number): Finding[] =>
  all.flatMap(({ name, paints, interactions }): Finding[] => {
    const slowest = interactions.toSorted((a, b) => b.ms - a.ms)
    const worst = slowest[0]?.ms ?? 0
    return [
      {
        line: 'browser',
        size,
        what: `${name}: largest contentful paint, median of ${VISITS} first visits`,
        value: quantile(paints, 0.5),
        unit: 'ms',
        target: `under ${TARGET_PAINT_MS} ms`,
        is_met: quantile(paints, 0.5) < TARGET_PAINT_MS,
        detail: `${Math.min(...paints).toFixed(0)} to ${Math.max(...paints).toFixed(0)} ms`,
      },
      {
        line: 'browser',
        size,
        what: `${name}: slowest interaction to its next paint, of ${interactions.length}`,
        value: worst,
        unit: 'ms',
        ratio: worst / plain,
        ratio_to: 'a word changed on an empty page',
        target: `under ${TARGET_INTERACTION_MS} ms`,
        is_met: worst < TARGET_INTERACTION_MS,
        detail: slowest
          .slice(0, 3)
          .map(({ what, ms }) => `${what} ${ms.toFixed(0)} ms`)
          .join(', '),
      },
    ]
  })
