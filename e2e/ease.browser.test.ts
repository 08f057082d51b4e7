import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, type OpenPages, openPages } from './open-pages.ts'

describe('ease, on every page', () => {
  let pages: OpenPages
  let pumps: TestCommunity

  beforeAll(async () => {
    pages = await openPages()
    pumps = await pages.addCommunity('pumps')
    await pages.addCommunity('seals')
    await pages.send(pumps, conversation(new Date()))
  })
  afterAll(() => pages?.close())

  it('goes to a page, a community and a number by its name', async () => {
    const page = await pages.open('/c/pumps/helping?range=3m')
    await page.getByRole('heading', { name: 'Do people ask?' }).waitFor()
    const words = page.getByPlaceholder(/^Go to a page/)
    const goTo = async (name: string) => {
      // one that is still closing would take the words with it
      await words.waitFor({ state: 'detached' })
      await page.keyboard.press('ControlOrMeta+k')
      await words.fill(name)
      await page.keyboard.press('Enter')
    }
    await goTo('voices')
    // the periods that were chosen go along
    await page.waitForURL(/\/c\/pumps\/voices\?range=3m$/)
    await goTo('community seals')
    await page.waitForURL(/\/c\/seals$/)
    await goTo('gini')
    await page.waitForURL(/\/definitions.*#gini/)
    await words.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Go to a page/ }).click()
    await words.fill('nothing of the kind')
    await page.getByText('Nothing has that name').waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('gives each chart as a table, a file, a picture and a link that opens it', async () => {
    const page = await pages.open('/c/pumps/helping')
    await page.getByRole('heading', { name: 'Do people ask?' }).waitFor()
    await page.locator('#questions svg').first().waitFor()
    const fileOf = async (button: string) => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: `${button}: Do people ask?` }).click()
      const file = await download
      return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
    }
    const csv = await fileOf('CSV')
    expect(csv.name).toMatch(/^pumps-questions-.*\.csv$/)
    expect(csv.bytes.toString()).toMatch(/period,unfinished,Questions/)
    const png = await fileOf('PNG')
    expect(png.name).toMatch(/^pumps-questions-.*\.png$/)
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
    // twice the size of a card, so at least this wide
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(600)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy link: Do people ask?' }).click()
    await page.getByText('Link copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${pages.baseUrl}/c/pumps/helping#questions`)
    await page.context().close()
  })

  it('says that the connection is lost, and goes on when it is back', async () => {
    const page = await pages.open('/c/pumps/voices')
    await page.getByRole('heading', { name: 'How much happens?' }).waitFor()
    await page.route('**/live', (route) => route.abort())
    await page.evaluate(() => undefined)
    await page.reload()
    await page.getByText('The connection to the server is lost.').waitFor({ timeout: 20_000 })
    await expectAccessible(page)
    await page.unroute('**/live')
    await page.getByText('The connection to the server is lost.').waitFor({ state: 'detached', timeout: 20_000 })
    await page.context().close()
  })

  it('keeps what was typed when the session ends, and goes on after signing in elsewhere', async () => {
    const page = await pages.open('/c/pumps/rules')
    const words = page.getByLabel('In your own words')
    await page.getByRole('radio', { name: /^A community/ }).check()
    await words.fill('Pump people help each other')
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await page.locator('form').filter({ has: words }).getByRole('button', { name: 'Save' }).click()
    await page.getByText('You have been signed out.').waitFor()
    expect(await words.inputValue()).toBe('Pump people help each other')
    await expectAccessible(page)
    await page.context().addCookies(cookies)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.getByText('You have been signed out.').waitFor({ state: 'detached' })
    await page.locator('form').filter({ has: words }).getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. The history is judged anew').waitFor()
    await page.context().close()
  })

  it('shows each of two windows what the other saved, and loses neither', async () => {
    const [mine, theirs] = [await pages.open('/c/pumps/rules'), await pages.open('/c/pumps/rules')]
    const form = (page: typeof mine) => page.locator('form').filter({ has: page.getByRole('radio', { name: /^A newsletter/ }) })
    await form(mine)
      .getByRole('radio', { name: /^A blog/ })
      .check()
    await form(theirs)
      .getByRole('radio', { name: /^A newsletter/ })
      .check()
    await form(theirs).getByRole('button', { name: 'Save' }).click()
    await theirs.getByText('Saved. The history is judged anew').waitFor()
    await form(mine).getByRole('button', { name: 'Save' }).click()
    await mine.getByText('Meanwhile the charter was changed elsewhere: A newsletter').waitFor()
    expect(
      await form(mine)
        .getByRole('radio', { name: /^A blog/ })
        .isChecked(),
    ).toBe(true)
    await mine.getByRole('button', { name: 'Keep what I chose' }).click()
    await form(mine).getByRole('button', { name: 'Save' }).click()
    await mine.getByText('Saved. The history is judged anew').waitFor()
    await mine.context().close()
    await theirs.context().close()
  })

  it('leads a newcomer from nothing to a verdict, and can be put away', async () => {
    const page = await pages.open('/')
    const guide = page.getByRole('region', { name: 'Next for Community seals' })
    await guide.getByRole('link', { name: 'Import a file' }).click()
    await page.waitForURL(/\/c\/seals\/import$/)
    await page.goto(`${pages.baseUrl}/`)
    await guide.getByRole('button', { name: 'Put this away' }).click()
    await guide.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('link', { name: 'Community pumps' }).waitFor()
    expect(await guide.count()).toBe(0)
    await page.context().close()
  })

  it('writes dates as the region of the reader does', async () => {
    const page = await pages.open('/c/pumps/voices', { locale: 'en-US', timezoneId: 'America/New_York' })
    await page.getByText(/Known by [A-Z][a-z]+ \d+, \d{4}, \d+:\d\d.[ap]m \([A-Z][a-z]+ \d+, \d{4}, .* where you are\)/).waitFor()
    await page.context().close()
  })
})
