import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { putInOutbox } from '../server/store/outbox.ts'
import type { TestCommunity } from './access-app.ts'
import { expectAccessible, type OpenPages, openPages } from './open-pages.ts'

let pages: OpenPages
let pumps: TestCommunity
let page: Page | undefined
beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
})
afterAll(() => pages.close())
beforeEach(() => pages.database.pool.query('delete from outbox'))
afterEach(() => page?.context().close())

const HOSTILE = `<!doctype html><html><head><title>x</title></head><body><h1>October</h1>
  <script>document.body.innerHTML = 'taken over'; top.document.title = 'taken over'</script>
  <a href="/c/pumps/data" target="_top">Read more</a> <img src="x" onerror="document.body.innerHTML = 'taken over'"></body></html>`

const put = async (subject: string, state: string, { answer = null as string | null, attempts = 1, html = '<p>Hello</p>' } = {}) => {
  const mail = {
    mail_key: subject,
    community_id: pumps.community_id,
    kind: 'value-report' as const,
    to: { address: 'sam@example.org', name: 'Sam' },
  }
  await putInOutbox(pages.database.pool, { ...mail, subject, text: 'Hello as text', html }, new Date(Date.now() - 60_000))
  await pages.database.pool.query(`update outbox set state = $2, answer = $3, attempt_count = $4 where mail_key = $1`, [
    subject,
    state,
    answer,
    attempts,
  ])
}
const copies = async () => (await pages.database.pool.query('select from outbox where again_of is not null')).rowCount

test('an administrator sees what became of each mail, in words, and finds those that failed', async () => {
  await put('October', 'sent', { answer: '250 ok' })
  await put('November', 'refused', { answer: '550 mailbox unavailable' })
  await put('December', 'uncertain', { answer: 'The connection to the mail server broke.' })
  page = await pages.open('/mail')
  await page.getByText('The mail server took it').waitFor()
  await page.getByText('The mail server said: “550 mailbox unavailable”.').waitFor()
  await page.getByText('Nobody knows whether it arrived').waitFor()
  await page.getByText('No mail server is set, so no mail leaves.').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Refused 1' }).click()
  await page.getByText('October', { exact: true }).waitFor({ state: 'detached' })
  expect(await page.getByRole('listitem').filter({ hasText: 'sam@example.org' }).count()).toBe(1)
})

test('a manager looks at a mail as it is shown and as text; nothing in it runs or leads anywhere', async () => {
  await put('October', 'waiting', { attempts: 0, html: HOSTILE })
  page = await pages.open(
    '/c/pumps/report/settings',
    { viewport: { width: 360, height: 800 }, colorScheme: 'dark' },
    {
      email: 'mel@example.org',
      role: 'manager',
      community: pumps,
    },
  )
  await page.getByText('Would have been sent', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Look at it: October' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Hello as text').waitFor()
  const frame = page.frameLocator('iframe[title="The mail “October”"]')
  await frame.getByRole('heading', { name: 'October' }).waitFor()
  const before = page.url()
  await frame.getByText('Read more').click()
  expect(await frame.getByText('taken over').count()).toBe(0)
  expect([page.url(), page.context().pages().length]).toEqual([before, 1])
  expect(await page.title()).not.toContain('taken over')
  // axe cannot look into a frame without scripts, and what stands in it is the mail's own matter: the page around it is looked at
  await page.evaluate(() => document.querySelector('iframe')?.remove())
  await expectAccessible(page)
})

test('a mail is sent again after a question, once, however often one presses', async () => {
  await put('October', 'uncertain', { answer: 'The connection to the mail server broke.' })
  page = await pages.open('/mail')
  await page.getByRole('button', { name: 'Send again: October' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('It may have arrived already.').waitFor()
  expect(await copies()).toBe(0)
  await dialog.getByRole('button', { name: 'Send it again' }).dblclick()
  await page.getByText('Has been sent again since.').waitFor()
  await page.getByText('Sent again by ada.').waitFor()
  expect(await copies()).toBe(1)
  expect(await page.getByRole('button', { name: 'Send again: October' }).count()).toBe(0)
})

test('what waits is taken back after a question; without any mail the page says when the first comes', async () => {
  await put('October', 'waiting', { attempts: 0 })
  page = await pages.open('/mail')
  await page.getByRole('button', { name: 'Take back: October' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await page.getByText('Taken back by ada').waitFor()
  await pages.database.pool.query('delete from outbox')
  await page.reload()
  await page.getByText('There was no mail yet.').waitFor()
  await expectAccessible(page)
})

test('a sponsor is told nothing of mail', async () => {
  await put('October', 'sent')
  page = await pages.open('/mail', {}, { email: 'sue@example.org', role: 'sponsor', community: pumps })
  await page.getByText('Only administrators see this page').waitFor()
  await page.goto(`${pages.baseUrl}/c/pumps/report/settings`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.getByText('sam@example.org').count()).toBe(0)
})
