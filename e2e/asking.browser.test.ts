import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// A manager asks, and an asker answers by one click, in real browsers.

let pages: OpenPages
let pumps: TestCommunity

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, conversation(new Date(), 84))
}, 120_000)
afterAll(() => pages.close())

/** The link the manager copies for the first asker on the page. */
const makeLink = async (): Promise<string> => {
  const page = await pages.open('/c/pumps/ask')
  await page
    .getByRole('button', { name: /^Make a link for/ })
    .first()
    .click()
  const text = await page.getByText(/One click, no sign-in/).textContent()
  await page.context().close()
  return /http:\S+/.exec(text ?? '')?.[0] ?? ''
}

describe('asking askers', () => {
  it('begins with a link that the manager sends, and ends in sums and in words as they are allowed', async () => {
    const page = await pages.open('/c/pumps/ask')
    await page.getByText('Nobody has been asked yet.').waitFor()
    await expectAccessible(page)
    await page
      .getByRole('button', { name: /^Make a link for/ })
      .first()
      .click()
    const text = await page.getByText(/One click, no sign-in/).textContent()
    const link = /http:\S+/.exec(text ?? '')?.[0] ?? ''
    await page.getByRole('button', { name: /is posted$/ }).click()
    await page.getByText(/^Link posted on/).waitFor()
    await page.getByText('One asker was asked, and nobody has replied yet.').waitFor()

    const asker = await pages.open(link, { javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
    await asker.getByRole('button', { name: 'Partly' }).click()
    await asker.getByText('Your answer is stored.').waitFor()
    await asker.getByRole('button', { name: '1 to 4 hours' }).click()
    await asker.getByText('The time is stored.').waitFor()
    await asker.getByLabel('What did the answer change for you?').fill('The line <i>ran</i> again.')
    await asker.getByLabel('Without name or role').check()
    await asker.getByRole('button', { name: 'Save this' }).click()
    await asker.getByText('Your words are stored, and shown as you chose.').waitFor()
    expect(await asker.locator('dl').textContent()).toContain('The line <i>ran</i> again.')

    await page.reload()
    await page.getByText('One asker was asked and replied: partly solved.').waitFor()
    await page.getByText('The line <i>ran</i> again.').waitFor()
    await expectAccessible(page)
    await asker.getByRole('button', { name: 'Take everything back' }).click()
    await asker.getByText(/^Everything you said here is gone/).waitFor()
    await page.reload()
    await page.getByText('One asker was asked, and nobody has replied yet.').waitFor()
    expect(await page.getByText('again.').count()).toBe(0)
    for (const one of [page, asker]) await one.context().close()
  })

  it('shows a page that anybody can read and use, narrow and in the dark', async () => {
    const link = await makeLink()
    for (const colorScheme of ['light', 'dark'] as const) {
      const asker = await pages.open(link, { colorScheme, viewport: { width: 360, height: 780 } })
      await expectAccessible(asker)
      await asker.getByRole('button', { name: 'Yes' }).press('Enter')
      await asker.getByRole('heading', { name: 'Thank you' }).waitFor()
      await expectAccessible(asker)
      await asker.getByRole('button', { name: 'Take everything back' }).click()
      await asker.getByRole('heading', { name: 'Did this solve it?' }).waitFor()
      await asker.context().close()
    }
    const last = await pages.open(link)
    await last.getByRole('button', { name: 'Do not ask me again' }).click()
    await last.getByText('You will not be asked again.').waitFor()
    await last.context().close()
  })

  it('takes addresses and says what it left out, and keeps a stale switch from overwriting another', async () => {
    const [one, two] = [await pages.open('/c/pumps/ask'), await pages.open('/c/pumps/ask')]
    await one.getByLabel('Addresses', { exact: true }).fill('p3, cleo@example.org\nnobody@example.org')
    await one.getByRole('button', { name: 'Take these addresses' }).click()
    await one.getByText(/1\saddress taken, 1\sline left out:/).waitFor()
    await one.getByText(/Line 2, .*No account of this community/).waitFor()
    await one.getByText('The addresses', { exact: true }).click()
    await one.getByRole('button', { name: 'Forget the address of p3' }).waitFor()
    const name = 'Mail askers whose address is known, some days after the answer'
    for (const page of [one, two]) await page.getByRole('switch', { name }).waitFor()
    await one.getByRole('switch', { name }).click()
    await one.getByRole('switch', { name, checked: true }).waitFor()
    await two.getByRole('switch', { name }).click()
    await two.getByText(/Somebody else changed this/).waitFor()
    await expectAccessible(one)
    for (const page of [one, two]) await page.context().close()
  })

  it('is for managers alone', async () => {
    for (const role of ['sponsor', 'viewer'] as const) {
      const page = await pages.open('/c/pumps/ask', {}, { email: `${role}@example.org`, role, community: pumps })
      await page.getByRole('heading', { name: 'For the community’s managers' }).waitFor()
      expect(await page.getByRole('button', { name: /^Make a link/ }).count()).toBe(0)
      await page.context().close()
    }
  })
})
