import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Route } from 'playwright-core'
import type { SharedReport } from '../../shared/contract/shared-report.ts'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import type { Paper } from '../../shared/paper.ts'
import { type ChromiumPlace, launchChromium } from './chromium.ts'

export type Printer = {
  /** The PDF of a report: its page, printed. Throws NoChromium, PrinterBusy or PrintFailed. */
  print: (report: ValueReport, paper: Paper) => Promise<Buffer>
  /** Ends the browser and whatever is being printed. */
  stop: () => Promise<void>
}

/** More wait to be printed than will be printed soon. */
export class PrinterBusy extends Error {
  override name = 'PrinterBusy'
}
/** The page did not come to be printed; the message says at what. */
export class PrintFailed extends Error {
  override name = 'PrintFailed'
}

type Parts = {
  chromium: ChromiumPlace
  /** Folder of the built pages. */
  webRoot: string
  idleMs?: number
  timeoutMs?: number
  queueLimit?: number
}

// our judgement: a report takes a second or two; whoever is twentieth waits half a minute, and the next had better come again
const QUEUE_LIMIT = 20
const TIMEOUT_MS = 30_000
/** A browser holds some 150 MB: it is not kept long after the last page. */
const IDLE_MS = 120_000

/** No such host: only what is answered from here is ever loaded. The page is named as one, so that its links to itself stay in the paper. */
const ORIGIN = 'http://report.invalid'
const PAGE = '/r/print'

const FENCE = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; connect-src 'self'"
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2', svg: 'image/svg+xml' }

/**
 * Prints reports one at a time in one browser, which starts when it is needed and ends when it is not. The browser gets the built page
 * from the disk and the report from memory, and reaches nothing else: no address has to be open to it, and nothing in a report can.
 */
export const createPrinter = ({
  chromium,
  webRoot,
  idleMs = IDLE_MS,
  timeoutMs = TIMEOUT_MS,
  queueLimit = QUEUE_LIMIT,
}: Parts): Printer => {
  let browser: Promise<Browser> | null = null
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let isStopped = false

  const close = async () => {
    const open = browser
    browser = null
    await open?.then((one) => one.close()).catch(() => undefined)
  }

  const openBrowser = async (): Promise<Browser> => {
    clearTimeout(idle)
    if (browser !== null && !(await browser.then((one) => one.isConnected()).catch(() => false))) browser = null
    browser ??= launchChromium(chromium, [
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--renderer-process-limit=1',
      '--js-flags=--max-old-space-size=256',
    ])
    return browser
  }

  const answer = async (route: Route, report: ValueReport) => {
    const url = new URL(route.request().url())
    if (url.origin !== ORIGIN) return route.abort()
    if (url.pathname === PAGE)
      return route.fulfill({
        body: await readFile(join(webRoot, 'index.html')),
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': FENCE },
      })
    if (url.pathname === '/api/v1/shared-reports/print') {
      const shared: SharedReport = { report, expires_at: null }
      return route.fulfill({ json: shared })
    }
    const [, file, type] = /^\/assets\/([\w.-]+\.(\w+))$/.exec(url.pathname) ?? []
    if (file === undefined || TYPES[type as string] === undefined) return route.abort()
    return route.fulfill({ body: await readFile(join(webRoot, 'assets', file)), contentType: TYPES[type as string] as string })
  }

  const printIn = async (context: BrowserContext, report: ValueReport, paper: Paper): Promise<Buffer> => {
    context.setDefaultTimeout(timeoutMs)
    await context.route('**/*', (route) => answer(route, report).catch(() => route.abort().catch(() => undefined)))
    const page = await context.newPage()
    await page.goto(`${ORIGIN}${PAGE}`)
    await page.locator('article[data-is-report]').waitFor({ state: 'attached' })
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    return page.pdf({ format: paper === 'letter' ? 'Letter' : 'A4', printBackground: true, tagged: true, outline: true })
  }

  const printNow = async (report: ValueReport, paper: Paper): Promise<Buffer> => {
    if (isStopped) throw new PrintFailed('The server is stopping.')
    const browser = await openBrowser()
    let late: NodeJS.Timeout | undefined
    let context: BrowserContext | undefined
    const printAll = async () => {
      context = await browser.newContext({ locale: 'en-GB', colorScheme: 'light', serviceWorkers: 'block' })
      return printIn(context, report, paper)
    }
    try {
      const tooLate = new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new Error(`it took longer than ${timeoutMs / 1000} seconds`)), timeoutMs)
      })
      return await Promise.race([printAll(), tooLate])
    } catch (error) {
      // a page that hangs would hold the next ones up: all of it goes
      await close()
      throw new PrintFailed(`The report could not be printed: ${(error as Error).message.split('\n')[0]}`, { cause: error })
    } finally {
      clearTimeout(late)
      void context?.close().catch(() => undefined)
      idle = setTimeout(() => void close(), idleMs)
      idle.unref()
    }
  }

  return {
    print: (report, paper) => {
      if (waiting >= queueLimit) return Promise.reject(new PrinterBusy('Many reports are being printed. Try again in half a minute.'))
      waiting += 1
      const printed = last
        .then(() => printNow(report, paper))
        .finally(() => {
          waiting -= 1
        })
      last = printed.catch(() => undefined)
      return printed
    },
    stop: async () => {
      isStopped = true
      clearTimeout(idle)
      await close()
    },
  }
}
