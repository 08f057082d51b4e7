import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, inject } from 'vitest'
import { makeZip } from '../server/ingest/sources/made-zip.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { addPerson, signIn } from './access-app.ts'
import { launchBrowser } from './browser.ts'
import { startImportServer } from './import-server.ts'

const at = (minute: number) => `${Date.UTC(2024, 4, 2, 9, minute) / 1000}.000100`
const SLACK = makeZip([
  { name: 'channels.json', content: JSON.stringify([{ id: 'C1', name: 'pumps', members: ['U1', 'U2'] }]) },
  {
    name: 'users.json',
    content: JSON.stringify([
      { id: 'U1', name: 'ana' },
      { id: 'U2', name: 'bo' },
    ]),
  },
  {
    name: 'pumps/2024-05-02.json',
    content: JSON.stringify([
      { type: 'message', user: 'U1', text: 'Which seal withstands hot oil?', ts: at(0), thread_ts: at(0), reply_count: 1 },
      { type: 'message', user: 'U2', text: 'Take the green one, it holds.', ts: at(5), thread_ts: at(0) },
    ]),
  },
])
const BEER = new URL('../server/ingest/sources/stack-exchange/beer-posts.xml', import.meta.url).pathname

/** Columns with names of their own, kinds nobody knows, dates that may be either and times without a zone. */
const foreign = (firstDay: number) =>
  [
    'Anliegen;Tag;Stunde;Wer;Gespräch;Was',
    ...[0, 1, 2].flatMap((n) => [
      `Welche Dichtung hält heißes Öl aus, Nummer ${n}?;0${firstDay + n}.02.2024;09:30;Ana;g${firstDay + n};Hilferuf`,
      `Nimm die grüne, die hält.;0${firstDay + n}.02.2024;10:05;Ben;g${firstDay + n};Rat`,
      `;0${firstDay + n}.02.2024;11:00;Ben;;Anmeldung`,
    ]),
  ].join('\r\n')

const named = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content as string),
})

describe('bringing one’s own community', () => {
  let server: Awaited<ReturnType<typeof startImportServer>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let baseUrl: string

  /** As somebody who has just signed in: makes a community and stands where its file is asked for. */
  const makeCommunity = async (name: string) => {
    await page.goto(baseUrl)
    await page.getByRole('textbox', { name: /^Name/ }).fill(name)
    await page.getByRole('button', { name: 'Make the community' }).click()
    await page.getByRole('heading', { name: 'Bring your community’s history' }).waitFor()
  }
  const choose = (file: string | ReturnType<typeof named>) => page.getByLabel('Choose files').setInputFiles(file)
  const expectSound = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual([])
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  beforeAll(async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    baseUrl = `http://localhost:${port}`
    const webRoot = inject('webRoot')
    server = await startImportServer({
      webRoot,
      port,
      requestRefresh: async (db, communityId) => void (await refreshCommunity(db, communityId, { now: new Date() })),
    })
    await addPerson(server.db.pool, 'ada@example.org', 'administrator', null)
    browser = await launchBrowser()
    context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } })
    const cookie = await signIn(server.app, server.db.pool, 'ada@example.org')
    await context.addCookies(
      cookie.split('; ').map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        domain: 'localhost',
        path: '/',
      })),
    )
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('goes from a new community and a Slack export to a word on it, without reading anything', async () => {
    await makeCommunity('Pump engineers')
    await page.getByText('Slack export', { exact: false }).first().click()
    await page.getByRole('heading', { name: 'How to get it' }).first().waitFor()
    await expectSound()
    await choose(named('export.zip', SLACK))
    await page.getByRole('heading', { name: /^2\sevents by 2\speople, 2 May 2024$/ }).waitFor()
    await page.getByText('Recognised: Slack export').waitFor()
    await page.getByText('Questions were found by their text').waitFor()
    await expectSound()
    await page.getByRole('button', { name: 'Import 2\u00a0events' }).click()
    await page.getByRole('heading', { name: '2\u00a0events were added' }).waitFor()
    await page.getByRole('link', { name: 'See the verdict' }).waitFor()
    await page
      .getByText(/too little/i)
      .first()
      .waitFor()
    await expectSound()
    // the same again adds nothing, and says so
    await page.getByRole('button', { name: 'Import another file' }).click()
    await choose(named('export.zip', SLACK))
    await page.getByText('Nothing in it is new').waitFor()
    await page.getByRole('button', { name: 'Choose another file' }).click()
    await page.getByRole('heading', { name: 'Bring your community’s history' }).waitFor()
    await page.goto(`${baseUrl}/c/pump-engineers/data`)
    await page.getByRole('row', { name: /export\.zip.*Cancelled/ }).waitFor()
    await page.getByRole('row', { name: /export\.zip.*Done/ }).waitFor()
  })

  it('takes what is dropped, says what a truncated ZIP is, and goes on with the posts of a forum', async () => {
    await makeCommunity('Beer')
    const posts = await readFile(BEER)
    const drop = async (name: string, content: Uint8Array) => {
      const transfer = await page.evaluateHandle(
        ([fileName, base64]) => {
          const held = new DataTransfer()
          held.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], fileName))
          return held
        },
        [name, Buffer.from(content).toString('base64')] as const,
      )
      await page.getByText('Drop your export here').locator('..').dispatchEvent('drop', { dataTransfer: transfer })
    }
    await drop('export.zip', SLACK.subarray(0, 20))
    await page.getByRole('heading', { name: 'It could not be read' }).waitFor()
    expect(await page.getByRole('alert').textContent()).toMatch(/ZIP/)
    await expectSound()
    await page.getByRole('button', { name: 'Choose another file' }).click()
    await drop('Posts.xml', posts)
    await page.getByText('Recognised: Stack Exchange').waitFor()
    await page.getByText('The numbers that will not be available').waitFor()
    await page.getByRole('button', { name: /^Import/ }).click()
    await page.getByRole('link', { name: 'See the verdict' }).click()
    await page.waitForURL('**/c/beer')
  })

  it('waits for a lost line, goes on after the page was loaded again, and can be cancelled', async () => {
    await makeCommunity('Slow line')
    await page.route('**/files/0?*', (route) => route.abort())
    await choose(named('export.zip', SLACK))
    await page.getByText('The server cannot be reached.').waitFor()
    await page.reload()
    await page.getByText('This window is not sending.').waitFor()
    await expectSound()
    const again = page.getByLabel('Choose the same file again')
    await again.setInputFiles(named('another.zip', SLACK))
    await page.getByText('“export.zip” is not among them').waitFor()
    await again.setInputFiles(named('export.zip', SLACK))
    await page.getByText('The server cannot be reached.').waitFor()
    await page.unroute('**/files/0?*')
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText('Recognised: Slack export').waitFor()
    await page.goBack()
    await page.route('**/files/0?*', (route) => route.abort())
    await page.goto(`${baseUrl}/c/slow-line/import`)
    await page.getByText('waiting for your word').waitFor()
    await choose(named('other.zip', SLACK))
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    await page.getByRole('heading', { name: 'This import was cancelled' }).waitFor()
    await page.unroute('**/files/0?*')
  })

  it('asks what the columns of a CSV hold, and knows the next one', async () => {
    await makeCommunity('Werkstatt')
    await choose(named('liste.csv', foreign(1)))
    await page.getByRole('heading', { name: 'What do its columns hold?' }).waitFor()
    const holds = (column: string, field: string) => page.getByLabel(`What “${column}” holds`).selectOption({ label: field })
    await holds('Tag', 'When it happened')
    await holds('Stunde', 'Time of day')
    await holds('Gespräch', 'Thread')
    await holds('Was', 'What kind it is')
    await page.getByRole('button', { name: 'Read it so' }).click()
    await page.getByText('No value of “Was” is a kind this program knows', { exact: false }).waitFor()
    await page.getByLabel(/\.02\.2024 is$/).selectOption('day_first')
    await page.getByLabel('“Hilferuf”').selectOption({ label: 'A question' })
    await page.getByLabel('“Rat”').selectOption({ label: 'An answer to a question' })
    await page.getByLabel('“Anmeldung”').selectOption({ label: 'Nothing: pass it by' })
    await expectSound()
    await page.getByRole('button', { name: 'Read it so' }).click()
    await page.getByRole('heading', { name: /^6\sevents by 2\speople, 1 February 2024 to 3 February 2024$/ }).waitFor()
    await page.getByText('See the columns, and change what they hold').click()
    await page.getByRole('row', { name: /Question 1 February 2024, 09:30 Ana/ }).waitFor()
    await page.getByRole('button', { name: /^Import/ }).click()
    await page.getByRole('heading', { name: '6\u00a0events were added' }).waitFor()
    await page.getByRole('button', { name: 'Import another file' }).click()
    await choose(named('liste-neu.csv', foreign(4)))
    await page.getByRole('heading', { name: /^6\sevents by 2\speople, 4 February 2024 to 6 February 2024$/ }).waitFor()
    await page.getByText('Read as you said before for a file with these columns.').waitFor()
    await page.getByRole('button', { name: 'Forget it, and guess anew' }).click()
    await page.getByRole('heading', { name: 'What do its columns hold?' }).waitFor()
  })
})
