import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addRevision } from '../server/store/reports.ts'
import { inTransaction } from '../server/store/in-transaction.ts'
import type { TestCommunity } from './access-app.ts'
import { madeUpReport } from './made-up-report.ts'
import { expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// What managers state of the cost, and the reports of all communities on one page, in a real browser.

let pages: OpenPages
let pumps: TestCommunity
const SPONSOR = { email: 'sue@example.org', role: 'sponsor' } as const

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
}, 120_000)
afterAll(() => pages.close())

describe('what it costs', () => {
  it('is stated, changed and taken back, with each fault beside its field', async () => {
    const page = await pages.open('/c/pumps/report/settings')
    const section = page.getByRole('region', { name: 'What it costs' })
    const form = section.getByRole('form')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('write the day as 2025-12-31').waitFor()
    expect(await form.getByText('write a number such as 40').count()).toBe(3)
    await form.getByLabel('From').fill('2025-01-01')
    await form.getByLabel('Hours a month').fill('40')
    await form.getByLabel('What an hour costs').fill('1,234')
    await form.getByLabel('Other costs a month').fill('120,50')
    await form.getByRole('button', { name: 'Save' }).click()
    expect(await form.getByText('write a number such as 40').count()).toBe(1)
    await form.getByLabel('What an hour costs').fill('65')
    await form.getByText('That is €2,721 a month.').waitFor()
    await expectAccessible(page)
    await form.getByRole('button', { name: 'Save' }).click()
    await section.getByText('Since 1 January 2025').waitFor()
    await section.getByText('€2,721 a month').waitFor()
    await expectAccessible(page)

    await section.getByRole('button', { name: 'It costs something else from a day on' }).click()
    await form.getByLabel('From').fill('2025-01-01')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText(/is stated already/).waitFor()
    await form.getByLabel('From').fill('2025-07-01')
    await form.getByLabel('Hours a month').fill('0')
    await form.getByLabel('Other costs a month').fill('0')
    await form.getByText('That is nothing.').waitFor()
    await form.getByRole('button', { name: 'Save' }).click()
    await section.getByText('1 January 2025 to 30 June 2025').waitFor()

    await section.getByRole('button', { name: 'Delete: from 1 July 2025' }).click()
    await section.getByRole('button', { name: 'Delete', exact: true }).click()
    await section.getByText('Since 1 January 2025').waitFor()
    await page.close()
  })

  it('is shown to a sponsor in the report alone', async () => {
    const page = await pages.open('/c/pumps/report/settings', {}, { ...SPONSOR, community: pumps })
    await page.getByText('Its sponsor reads the totals in the report.').waitFor()
    expect(await page.getByText('€').count()).toBe(0)
    await page.close()
  })
})

it('sets the reports of all communities on one page, which can be had by mail', async () => {
  const empty = await pages.open('/report', {}, { ...SPONSOR, community: pumps })
  await empty.getByRole('heading', { name: 'There is no report yet' }).waitFor()
  await empty.close()
  const { content } = madeUpReport({ ask: { text: 'A second facilitator', by: 'Ana' } })
  await inTransaction(pages.database.pool, (client) =>
    addRevision(client, {
      communityId: pumps.community_id,
      month: content.month,
      revision: 1,
      now: new Date(),
      userId: null,
      reason: null,
      changes: null,
      content,
      inputs: {},
    }),
  )
  const page = await pages.open('/report', { viewport: { width: 360, height: 800 } }, { ...SPONSOR, community: pumps })
  await page.getByRole('heading', { level: 1, name: /One manager asks something of you/ }).waitFor()
  await page.getByText('A second facilitator').waitFor()
  await page.getByRole('link', { name: content.community.name }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Get this by mail once a month' }).click()
  await page.getByText(/Sent to sue@example.org; next that of/).waitFor()
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  expect((await download).suggestedFilename()).toBe('value-reports-2025-12.csv')
  await page.getByRole('button', { name: 'Stop the mail' }).click()
  await page.getByText('It would go to sue@example.org.').waitFor()
  await page.close()
})
