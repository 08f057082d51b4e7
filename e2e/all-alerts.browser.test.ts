import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, type OpenPages, openPages } from './open-pages.ts'

let pages: OpenPages
let pumps: TestCommunity
let page: Page | undefined
beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.addCommunity('valves')
  await pages.send(pumps, conversation(new Date(), 21))
  const today = new Date().toISOString().slice(0, 10)
  const standing = JSON.stringify({ statistic: 0.2, cannot_judge: null, swing: null, sentence: '' })
  await pages.database.pool.query(
    `insert into alert_watch (community_id, rule_id, watched_from, judged_on, judged_at, judged_by, standing)
     values ($1, 'bulk-removal', $2, $2, now(), '', $3)`,
    [pumps.community_id, today, standing],
  )
})
afterAll(() => pages.close())
afterEach(() => page?.context().close())

test('all alerts say what stands where, and an administrator sees what a budget does before it is set', async () => {
  page = await pages.open('/alerts', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' })
  await page.getByText('Nothing stands in any of the two communities.').waitFor()
  const budget = page.getByRole('region', { name: 'How many false alarms may there be?' })
  await budget.getByText(/^No budget is set\./).waitFor()
  await budget.getByRole('textbox', { name: 'False alarms a year, at most' }).fill('1001')
  await budget.getByText('Give a number from 0 to 1000.').waitFor()
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await budget.getByRole('textbox', { name: 'False alarms a year, at most' }).fill('5')
  await budget.getByRole('button', { name: 'Set the budget' }).click()
  await budget.getByText(/^The budget (of 5 a year is kept|is 5 false alarms a year)/).waitFor()
  await budget.getByText(/^Set by ada on/).waitFor()
  await page.context().close()
  page = await pages.open('/alerts', {}, { email: 'vic@example.org', role: 'viewer', community: pumps })
  await page.getByText('Nothing stands in the one community here.').waitFor()
  expect(await page.getByText('How many false alarms may there be?').count()).toBe(0)
})

test('a manager adds a way out, is told what is wrong with its address, and sees its secret once', async () => {
  page = await pages.open('/c/pumps/alerts#hooks', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' })
  const section = page.getByRole('region', { name: 'Where else are alerts told?' })
  await section.getByRole('button', { name: 'Add a chat or a webhook' }).click()
  await section.getByRole('radio', { name: 'Signed webhook' }).check()
  await section.getByRole('textbox', { name: 'Name' }).fill('Our monitor')
  await section.getByRole('textbox', { name: 'Address' }).fill('https://10.0.0.1/in')
  await section.getByRole('button', { name: 'Add it' }).click()
  await section.getByText(/10\.0\.0\.1 lies in the network that this server stands in/).waitFor()
  await section.getByRole('textbox', { name: 'Address' }).fill('https://monitor.example.org/in?key=s3cret')
  await section.getByRole('button', { name: 'Add it' }).click()
  const secret = section.getByText(/^whsec_/)
  await secret.waitFor()
  await section.getByText('How a receiver knows that a webhook is from here').click()
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await section.getByRole('button', { name: 'Send a test: Our monitor' }).click()
  await section.getByText('The test is on its way.').waitFor()
  await page.reload()
  await section.getByText('Our monitor').waitFor()
  expect(await secret.count()).toBe(0)
  expect(await page.content()).not.toContain('s3cret')
})
