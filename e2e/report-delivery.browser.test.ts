import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeReportMail } from '../server/mail/value-report-mail.ts'
import type { TestCommunity } from './access-app.ts'
import { madeUpReport } from './made-up-report.ts'
import { expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// Who gets the report, the links that open it, and the mail itself, in a real browser.

let pages: OpenPages
let pumps: TestCommunity

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  const { content, made_at } = madeUpReport()
  await pages.database.pool.query(
    `insert into report_revision (community_id, month, revision, made_at, content, inputs) values ($1, $2, 1, $3, $4, '{}')`,
    [pumps.community_id, content.month, made_at, JSON.stringify(content)],
  )
}, 120_000)
afterAll(() => pages.close())

describe('who gets the report', () => {
  it('is said, tried and ended on one page', async () => {
    const page = await pages.open('/c/pumps/report/settings')
    page.setDefaultTimeout(8000)
    const section = page.getByRole('region', { name: 'Who gets it by mail' })
    await section.getByText('Nobody gets it yet.').waitFor()
    await section.getByLabel('E-mail address').fill('nobody')
    await section.getByRole('button', { name: 'Put on the list' }).click()
    await section.getByText('Give one address').waitFor()
    await section.getByLabel('E-mail address').fill('jörg@bücher.example')
    await section.getByRole('button', { name: 'Put on the list' }).click()
    await section.getByText('One address gets it.').waitFor()
    await section.getByRole('button', { name: 'Send a test to jörg@bücher.example' }).click()
    await section.getByText('is on its way to this address').waitFor()
    await section.getByRole('button', { name: 'See it as a mail' }).click()
    await section.frameLocator('iframe').getByRole('heading', { level: 1, name: 'Pump Engineers is a community' }).waitFor()
    // no script runs in a previewed mail, and so no check of one either: it is checked below
    await section.getByRole('button', { name: 'Put the mail away' }).click()
    await expectAccessible(page)

    await pages.database.pool.query('update report_subscription set unsubscribed_at = now() where community_id = $1', [pumps.community_id])
    await page.reload()
    await section.getByText(/^Unsubscribed on/).waitFor()
    await section.getByLabel('E-mail address').fill('JÖRG@xn--bcher-kva.example')
    await section.getByRole('button', { name: 'Put on the list' }).click()
    await section.getByRole('alert').getByText('they want no more reports').waitFor()
    await section.getByRole('button', { name: 'They asked for it back' }).click()
    await section.getByText('One address gets it.').waitFor()
    await section
      .getByRole('button', { name: 'Remove jörg' })
      .or(section.getByRole('button', { name: /^Remove J/ }))
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await section.getByText('Nobody gets it yet.').waitFor()
    await page.close()
  })

  it('is for each reader to say for themself, beside the report', async () => {
    const page = await pages.open('/c/pumps/report', {}, { email: 'vic@example.org', role: 'viewer', community: pumps })
    await page.getByRole('button', { name: 'Get this by mail' }).click()
    await page.getByText('By mail to vic@example.org.').waitFor()
    await page.getByRole('button', { name: 'Stop the mail' }).click()
    await page.getByRole('button', { name: 'Get this by mail' }).waitFor()
    await page.goto(page.url().replace(/\/report.*/, '/report/settings'))
    await page.getByText('Who gets it is seen by the community’s manager').waitFor()
    await page.close()
  })
})

describe('a link', () => {
  it('is made, opens the report to whoever has it, and nothing once it is revoked', async () => {
    const page = await pages.open('/c/pumps/report/settings')
    const section = page.getByRole('region', { name: 'Share by a link' })
    await section.getByLabel('Who it is for').fill('The board')
    await section.getByRole('button', { name: 'Make a link' }).click()
    const address = (await section.getByText(/\/r\/l\./).textContent()) ?? ''
    const reader = await pages.browser.newPage()
    await reader.goto(new URL(new URL(address).pathname, page.url()).href)
    await reader.getByRole('heading', { level: 1, name: 'Pump Engineers is a community' }).waitFor()
    await page.reload()
    await section.getByText('Opened once').waitFor()
    await expectAccessible(page)
    await section.getByRole('button', { name: 'Revoke the link for The board' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await section.getByText('There is no link yet.').waitFor()
    await reader.reload()
    await reader.getByRole('heading', { level: 1, name: 'This link opens nothing any more' }).waitFor()
    await reader.close()
    await page.close()
  })
})

describe('the mail', () => {
  it('can be read on a phone and in the dark, and without its styles still says all', async () => {
    const links = {
      page: 'https://x.example/r/1',
      pdf: 'https://x.example/r/1/pdf',
      unsubscribe: 'https://x.example/u/1',
      why: 'You get this.',
    }
    const { html } = await composeReportMail(madeUpReport(), links)
    const { browser } = pages
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme })
      const page = await context.newPage()
      await page.setContent(html)
      // its contrast among the rest
      // a mail has no landmarks: it is the whole document
      const { violations } = await new AxeBuilder({ page }).disableRules(['landmark-one-main', 'region']).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
      await context.close()
    }
    const bare = await browser.newPage({ javaScriptEnabled: false })
    await bare.setContent(html.replace(/ style="[^"]*"/g, '').replace(/<style[\s\S]*?<\/style>/g, ''))
    for (const name of ['What members got', 'Does it pay its way?', 'Is it growing?', 'What is asked of you'])
      expect(await bare.getByRole('heading', { level: 2, name }).isVisible()).toBe(true)
    expect(await bare.getByRole('row', { name: 'Dec 2025' }).getByRole('cell').allTextContents()).toEqual(expect.arrayContaining(['10']))
    await bare.close()
  })
})
