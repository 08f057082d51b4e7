import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayInZone, formatPeriod } from '../shared/format.ts'
import { shiftPeriod } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// What managers do with a report: say when it is made, write what they ask, make it, and correct it.

let pages: OpenPages
let pumps: TestCommunity
const running = dayInZone(new Date().toISOString(), 'Europe/Berlin').slice(0, 7)
const last = shiftPeriod(running, 'month', -1)

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, conversation(new Date()))
}, 120_000)
afterAll(() => pages.close())

test('what a manager asks is kept and seen in the preview, and nobody’s words are lost to another’s', async () => {
  const page = await pages.open(`/c/pumps/report?month=${running}`)
  page.setDefaultTimeout(10_000)
  const draft = page.getByRole('region', { name: `What you add to the report of ${formatPeriod(running)}` })
  const field = draft.getByLabel('What I ask of you')
  await field.fill('x'.repeat(1201))
  await draft.getByText('1 character too many').waitFor()
  expect(await draft.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await field.fill('Let Bo have an hour a week.')
  await draft.getByRole('button', { name: 'Save' }).click()
  await draft.getByText(/^Saved .* by/).waitFor()
  await page.getByRole('article').or(page.locator('main')).getByText('Let Bo have an hour a week.', { exact: false }).first().waitFor()
  await expectAccessible(page)
  await pages.database.pool.query(`update report_draft set ask = 'Two hours, says Ben.', version = version + 1 where community_id = $1`, [
    pumps.community_id,
  ])
  await field.fill('Three hours.')
  await draft.getByRole('button', { name: 'Save' }).click()
  await draft.getByRole('alert').getByText('Two hours, says Ben.').waitFor()
  await draft.getByRole('button', { name: 'Save mine over it' }).click()
  await draft.getByText(/^Saved .* by/).waitFor()
  expect(await field.inputValue()).toBe('Three hours.')
  await page.close()
})

test('a report is made by hand, and corrected with a reason', async () => {
  const page = await pages.open(`/c/pumps/report?month=${last}`)
  page.setDefaultTimeout(10_000)
  await page.getByRole('button', { name: `Make the report of ${formatPeriod(last)}` }).click()
  await page.getByRole('button', { name: 'Correct this report…' }).click()
  const section = page.getByRole('region', { name: 'Is something wrong in it?' })
  await section.getByText('By the numbers as they are now it would say the same.').waitFor()
  const make = section.getByRole('button', { name: 'Make revision 2' })
  await section.getByLabel('Why it is corrected').fill('The request was missing.')
  expect(await make.isDisabled()).toBe(true)
  await section.getByLabel('What I ask of you').fill('An hour a week for Bo.')
  await expectAccessible(page)
  await make.click()
  await page.getByText('The request was missing.', { exact: false }).first().waitFor()
  await page.getByText('An hour a week for Bo.').first().waitFor()
  await page.close()
})

test('when it is made is said and changed', async () => {
  const page = await pages.open('/c/pumps/report/settings')
  page.setDefaultTimeout(10_000)
  const section = page.getByRole('region', { name: 'When is it made?' })
  await section.getByLabel('Draft to the managers').fill('0')
  await section.getByRole('button', { name: 'Save' }).click()
  await section.getByText('Saved.').waitFor()
  await section.getByRole('switch').click()
  await section.getByRole('button', { name: 'Save' }).click()
  await section.getByText('No report is made by itself.').waitFor()
  await expectAccessible(page)
  await page.close()
})
