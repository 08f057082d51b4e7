import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAlertToken } from '../server/jobs/alert-links.ts'
import { composeAlertDigest } from '../server/mail/alert-digest-mail.ts'
import { composeAlertMail } from '../server/mail/alert-mail.ts'
import { TEST_SECRET, type TestCommunity } from './access-app.ts'
import { keepAlert } from './keep-alerts.ts'
import { madeUpAlert } from './made-up-alert.ts'
import { conversation, expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// The mails of alerts, the page behind their links, and who gets them, in a real browser.

let pages: OpenPages
let pumps: TestCommunity
const today = new Date()

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, conversation(today, 60))
}, 120_000)
afterAll(() => pages.close())

const place = { baseUrl: 'https://x.example', alertPath: '/c/pumps/alerts?alert=1' }
const links = {
  say: 'https://x.example/alert/1',
  unsubscribe: 'https://x.example/u/1',
  settings: 'https://x.example/s',
  why: 'You get this.',
}

describe('the mail', () => {
  it('can be read on a phone and in the dark, and without its styles still says all and draws the same', async () => {
    const notice = { content: madeUpAlert(), told_on: '2026-06-29', alertPath: place.alertPath, say: links.say }
    const standing = [{ headline: 'Still so.', told_on: '2026-05-04', alertPath: place.alertPath }]
    const mails = [
      await composeAlertMail(madeUpAlert(), place, links),
      await composeAlertDigest(
        { monday: '2026-06-29', communities: [{ name: 'Pumps', notices: [notice], standing }] },
        { ...links, ...place },
      ),
    ]
    for (const { html } of mails)
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await pages.browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme })
        const page = await context.newPage()
        await page.setContent(html)
        // its contrast among the rest; a mail has no landmarks: it is the whole document
        const { violations } = await new AxeBuilder({ page }).disableRules(['landmark-one-main', 'region', 'heading-order']).analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
        await context.close()
      }
    const bare = await pages.browser.newPage({ javaScriptEnabled: false })
    // every bar, usual and judged: as high, and about as wide, as every other week
    const heightsIn = async (html: string) => {
      await bare.setContent(html)
      const sizes = await bare
        .locator('td.mark:not([colspan]), td.bar:not([colspan])')
        .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect()).map(({ width, height }) => ({ width, height })))
      const widths = sizes.map(({ width }) => width)
      expect(Math.min(...widths) / Math.max(...widths)).toBeGreaterThan(0.8)
      return sizes.map(({ height }) => height)
    }
    const html = mails[0]?.html ?? ''
    const drawn = await heightsIn(html)
    expect(await heightsIn(html.replace(/ style="[^"]*"/g, '').replace(/<style[\s\S]*?<\/style>/g, ''))).toEqual(drawn)
    // 2, 3, 1, 2, 3, 1, 2, 2 of 7 in 72 pixels
    expect(drawn.slice(-8)).toEqual([21, 31, 10, 21, 31, 10, 21, 21])
    for (const name of ['What is behind it', 'What to look at first', 'How sure this is'])
      expect(await bare.getByRole('heading', { name }).isVisible()).toBe(true)
    await bare.close()
  })
})

describe('the page behind its links', () => {
  it('takes a false alarm and a snooze without a script, on a phone, in the dark, and gives them back', async () => {
    const began = { on: '2026-06-22', notice: 'began' as const, content: madeUpAlert() }
    const { pool } = pages.database
    const alertId = await keepAlert(pool, pumps.community_id, today, { rule: 'decline', began_on: began.on, notices: [began] })
    const user = await pool.query<{ id: string }>(`select id from "user" where email = 'ada@example.org'`)
    const recipientKey = `u-${user.rows[0]?.id}`
    const token = makeAlertToken(TEST_SECRET, { communityId: pumps.community_id, alertId, recipientKey })
    const seen = await pages.open('/')
    const base = new URL(seen.url()).origin
    await seen.close()
    const context = await pages.browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: 'dark', javaScriptEnabled: false })
    const page = await context.newPage()
    page.setDefaultTimeout(8000)
    await page.goto(`${base}/alert/${token}#wrong`)
    await page.getByLabel('Why, if you like').fill('A holiday')
    await page.getByRole('button', { name: 'This was a false alarm' }).click()
    await page.getByText('Noted: this was a false alarm.').waitFor()
    await page.getByText('A holiday').waitFor()
    await page.getByRole('button', { name: 'Snooze for 4 weeks' }).click()
    await page.getByText(/You snoozed it on/).waitFor()
    expect((await page.locator('body').boundingBox())?.width).toBeLessThanOrEqual(360)
    await page.getByRole('button', { name: 'End the snooze' }).click()
    await page.getByRole('button', { name: 'Take that back' }).click()
    await page.getByText('Taken back').waitFor()
    await context.close()
    const light = await pages.browser.newContext()
    const plain = await light.newPage()
    await plain.goto(`${base}/alert/${token}`)
    const { violations } = await new AxeBuilder({ page: plain }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    await light.close()
  })
})

describe('who is told', () => {
  it('is set by managers on the page of alerts, and by each for themself', async () => {
    const page = await pages.open('/c/pumps/alerts#recipients', { viewport: { width: 360, height: 800 } })
    page.setDefaultTimeout(8000)
    const section = page.getByRole('region', { name: 'Who is told by mail?' })
    await section.getByText(/You, at ada@example\.org: Each as it comes, of everything that is watched\./).waitFor()
    await section.getByRole('button', { name: 'Tell another address' }).click()
    await section.getByLabel('E-mail address').fill('nobody')
    await section.getByRole('button', { name: 'Put on the list' }).click()
    await section.getByText('Give one address').waitFor()
    await section.getByLabel('E-mail address').fill('jörg@bücher.example')
    await section.getByLabel('Once a week').check()
    await section.getByLabel('Membership declines').uncheck()
    await expectAccessible(page)
    await section.getByRole('button', { name: 'Put on the list' }).click()
    await section.getByText(/Mail goes to two\saddresses/).waitFor()
    await section.getByRole('button', { name: 'Send a test to jörg@bücher.example' }).click()
    await section.getByText('is on its way to this address').waitFor()
    await section.getByRole('button', { name: 'Change how you are told' }).click()
    await section.getByLabel('Not by mail').check()
    await section.getByRole('button', { name: 'Save' }).click()
    await section.getByText('You, at ada@example.org: nothing by mail.').waitFor()
    await section.getByText(/Mail goes to one\saddress\./).waitFor()
    await section.getByRole('button', { name: 'Remove jörg@bücher.example' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await section.getByText('Nobody is told by mail.').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.close()

    const viewer = await pages.open('/c/pumps/alerts', {}, { email: 'vic@example.org', role: 'viewer', community: pumps })
    viewer.setDefaultTimeout(8000)
    const own = viewer.getByRole('region', { name: 'Who is told by mail?' })
    await own.getByText('You, at vic@example.org: nothing by mail.').waitFor()
    expect(await own.getByText('ada@example.org').count()).toBe(0)
    await own.getByRole('button', { name: 'Change how you are told' }).click()
    await own.getByLabel('Each as it comes').check()
    await own.getByRole('button', { name: 'Save' }).click()
    await own.getByText(/You, at vic@example\.org: Each as it comes/).waitFor()
    await viewer.close()
  })
})
