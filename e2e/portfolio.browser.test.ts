import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, type OpenPages, openPages } from './open-pages.ts'

const HOSTILE = '<b>x</b>"; drop'

describe('many communities, and a few side by side', () => {
  let pages: OpenPages
  let pumps: TestCommunity
  let seals: TestCommunity

  beforeAll(async () => {
    pages = await openPages()
    pumps = await pages.addCommunity('pumps')
    seals = await pages.addCommunity('seals')
    await pages.send(pumps, conversation(new Date()))
    await pages.send(seals, conversation(new Date(), 70))
    const names = ['W'.repeat(200), 'مجتمع المضخات '.repeat(14).slice(0, 200), HOSTILE, 'Alike', 'Alike']
    for (let i = 0; i < 198; i++) {
      const { community_id } = await pages.addCommunity(`other-${i}`)
      await pages.database.pool.query('update community set name = $2 where community_id = $1', [community_id, names[i] ?? `Other ${i}`])
    }
  })
  afterAll(() => pages?.close())

  it('says first which of two hundred need somebody and why, sorts, groups and narrows them in the address', async () => {
    const page = await pages.open('/')
    await page.getByText(/^Of 200 communities .+; 198 need you: 198 have no data yet\.$/).waitFor()
    const rows = page.locator('tbody tr th[scope=row]')
    expect(await rows.count()).toBe(200)
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await rows.first().getByRole('list', { name: 'Needs you' }).textContent()).toBe('No data yet')
    expect(await page.locator('b', { hasText: /^x$/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Members' }).click()
    await page.waitForURL(/sort=members/)
    expect(await rows.first().textContent()).toMatch(/^Community (pumps|seals)/)
    await page.getByLabel('Group').selectOption('By verdict')
    await page.locator('tbody th[scope=rowgroup]', { hasText: /^Nothing stands yet \d+\scommunities$/ }).waitFor()
    await page.getByLabel('Filter by name').fill(HOSTILE.toUpperCase())
    await page.getByText('1 community of 200').waitFor()
    await page.waitForURL(/q=/)
    await page.reload()
    await page.getByText('1 community of 200').waitFor()
    expect(await page.getByLabel('Filter by name').inputValue()).toBe(HOSTILE.toUpperCase())
    await page.getByLabel('Filter by name').fill('nothing of the kind')
    await page.getByRole('button', { name: 'Show all 200' }).click()
    await page.getByText('200 communities', { exact: true }).waitFor()
    expect(await page.getByLabel('Filter by name').inputValue()).toBe('')
    await page.getByLabel('Show', { exact: true }).selectOption('Those that need you')
    await page.getByText('198 communities of 200').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(199)
    expect(lines).toContain(`other-2,"${HOSTILE.replaceAll('"', '""')}",no,No data yet,,,,,,,,,,`)
    await page.context().close()
  })

  it('compares what is picked: intervals that open their cases, chance, and the people they share', async () => {
    const page = await pages.open('/?q=community')
    await page.getByText('2 communities of 200').waitFor()
    await page.getByRole('checkbox', { name: 'Compare Community seals' }).check()
    await page.getByText('Pick another one to compare, up to 5').waitFor()
    await page.getByRole('checkbox', { name: 'Compare Community pumps' }).check()
    await page.getByRole('link', { name: 'Compare 2' }).click()
    await page.waitForURL(/\/compare\?of=seals\.pumps$/)
    const helping = page.locator('#helping')
    await helping.getByRole('heading', { name: 'Answered within 7 days' }).waitFor()
    expect(await helping.getByRole('listitem').filter({ hasText: 'Answered within 7 days' }).textContent()).toContain('may be chance')
    const overlap = page.locator('#overlap')
    expect(await overlap.textContent()).toContain('nothing shows that it is the same place')
    expect(await overlap.textContent()).not.toMatch(/\b0 of/)
    await expectAccessible(page)
    await helping.getByRole('button', { name: /^Table/ }).click()
    await page.waitForURL(/tables=helping/)
    await helping.getByRole('columnheader', { name: 'Community pumps' }).waitFor()
    await page.getByLabel('Over').selectOption('The last 12 months')
    await page.waitForURL(/days=365/)
    await helping.getByRole('link', { name: /Questions in Community seals/ }).click()
    await page.waitForURL(/\/c\/seals\/cases\?metric=questions/)
    await page
      .getByText(/^q69$|70/)
      .first()
      .waitFor()
    await page.context().close()
  })

  it('goes on with what is left of an address: doubles, six, what is gone and what one may not see', async () => {
    const page = await pages.open('/compare?of=pumps.pumps.gone.seals.other-0.other-1.other-2.other-3')
    await page.getByText('“gone” is not there, or none of yours, and left out.').waitFor()
    await page.getByText('6 were asked for. Five at most can be read side by side').waitFor()
    await page.getByRole('heading', { name: 'What are they?' }).waitFor()
    expect(await page.locator('ol > li').count()).toBe(5)
    await page.setViewportSize({ width: 360, height: 800 })
    await expectAccessible(page)
    await page.context().close()
    const viewer = await pages.open('/compare?of=pumps.seals', {}, { email: 'vi@example.org', role: 'viewer', community: pumps })
    await viewer.getByText('“seals” is not there, or none of yours, and left out.').waitFor()
    await viewer.getByText('There is nothing to compare with').waitFor()
    await viewer.context().close()
  })

  it('says what failed, and tries again', async () => {
    const page = await pages.open('/compare')
    await page.getByText('Choose two to five').waitFor()
    let isFailing = true
    await page.route('**/api/v1/comparison?*', (route) => (isFailing ? route.fulfill({ status: 500, body: 'x' }) : route.continue()))
    const box = page.getByLabel('Communities').locator('visible=true').first()
    for (const name of ['Community pumps', 'Community seals']) {
      await box.fill(name)
      await page.getByRole('option', { name }).click()
    }
    // the list stays open for more
    await page.keyboard.press('Escape')
    const problem = page.getByRole('alert').filter({ hasText: 'The comparison could not be shown' })
    await problem.waitFor({ timeout: 20_000 })
    isFailing = false
    await problem.getByRole('button', { name: 'Try again' }).click()
    await page.locator('#helping').getByRole('heading', { name: 'Answered within 7 days' }).waitFor()
    await page.context().close()
  })

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('axe finds nothing on two hundred (%s, %i px), and nothing sticks out', async (colorScheme, width) => {
    const page = await pages.open('/?q=other-2', { colorScheme, viewport: { width, height: 900 } })
    await page
      .getByText(/\scommunities of 200/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await page.context().close()
  })
})
