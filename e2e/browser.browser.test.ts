import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('draws text in a real browser, with letters of different widths', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } })
  await page.setContent('<span id="wide">WWWWW</span><br><span id="narrow">iiiii</span>')
  const widthOf = (id: string) => page.locator(id).evaluate((element) => element.getBoundingClientRect().width)
  expect(await widthOf('#wide')).toBeGreaterThan(2 * (await widthOf('#narrow')))
  expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG')
})

it('prints a page as PDF', async () => {
  const page = await browser.newPage()
  await page.setContent('<h1>Report</h1>')
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
})
