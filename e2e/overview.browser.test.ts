import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { formatPeriod } from '../shared/format.ts'
import { shiftPeriod } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { expectAccessible, type OpenPages, openPages } from './open-pages.ts'

const DAY = 86_400_000
const lastMonth = shiftPeriod(new Date().toISOString().slice(0, 7), 'month', -1)
const HOSTILE = `<script>alert(1)</script> מגדל ${'Bandwurm'.repeat(20)}`.slice(0, 200)
const at = (daysAgo: number, hours = 0) => new Date(Date.now() - daysAgo * DAY + hours * 3_600_000).toISOString()

/**
 * A question every fourth day for sixteen months, each with two answers; in the last finished month all but one are plain posts, with
 * replies. And one question that waits.
 */
const sixteenMonths = (): object[] => {
  let inLastMonth = 0
  const asked = Array.from({ length: 122 }, (_, i) => ({ i, days: 488 - i * 4 })).filter(({ days }) => days > 11)
  const talk = asked.flatMap(({ i, days }) => {
    const isPost = at(days).startsWith(lastMonth) && inLastMonth++ > 0
    const question = { source: 'forum', thread_id: `q${i}`, channel: ['pumps', 'seals'][i % 2] }
    const answer = (n: number) => ({
      ...question,
      type: isPost ? 'reply.posted' : 'answer.posted',
      id: `a${i}-${n}`,
      occurred_at: at(days, 2 + n),
      actor: { id: `p${(i + n) % 10}` },
      in_reply_to: `q${i}`,
    })
    return [
      { ...question, type: isPost ? 'post.published' : 'question.asked', id: `q${i}`, occurred_at: at(days), actor: { id: `p${i % 10}` } },
      answer(3),
      answer(5),
    ]
  })
  const recent = [3, 5, 7].flatMap((n) => [
    {
      type: 'question.asked',
      id: `r${n}`,
      source: 'forum',
      thread_id: `r${n}`,
      channel: 'seals',
      occurred_at: at(n + 5),
      actor: { id: `p${n}` },
    },
    {
      type: 'answer.posted',
      id: `ra${n}`,
      source: 'forum',
      thread_id: `r${n}`,
      channel: 'seals',
      occurred_at: at(n + 5, 2),
      actor: { id: 'p2' },
      in_reply_to: `r${n}`,
    },
  ])
  const waits = {
    type: 'question.asked',
    id: 'u1',
    source: 'forum',
    thread_id: 'u1',
    channel: HOSTILE,
    url: 'https://forum.example.org/u1',
    occurred_at: at(10),
    actor: { id: 'p1', name: HOSTILE },
  }
  return [...talk, ...recent, waits]
}

describe('the overview', () => {
  let pages: OpenPages
  let pumps: TestCommunity
  let young: TestCommunity

  beforeAll(async () => {
    pages = await openPages()
    pumps = await pages.addCommunity('pumps')
    await pages.send(pumps, sixteenMonths())
    young = await pages.addCommunity('young')
    await pages.send(young, [
      { type: 'question.asked', id: 'y1', source: 'forum', thread_id: 'y1', occurred_at: at(0, -2), actor: { id: 'y' } },
    ])
    const members = await pages.addCommunity('members')
    const join = (i: number, days: number) => ({
      type: 'member.joined',
      id: `m${i}`,
      source: 'list',
      occurred_at: at(days),
      actor: { id: `m${i}` },
    })
    await pages.send(
      members,
      Array.from({ length: 100 }, (_, i) => join(i, 480 - i * 4.7)),
    )
    await pages.addCommunity('silent')
  })
  afterAll(() => pages?.close())

  const today = (page: Page) => page.locator('section[aria-labelledby=today]')
  const changes = (page: Page) => page.locator('#changes')
  const answered = (page: Page) => page.locator('section[aria-labelledby=benefit-help] dd').first()

  it('is answered in one screen: the verdict, what changed, and what waits', async () => {
    const page = await pages.open('/c/pumps', { viewport: { width: 1280, height: 900 } })
    const questions = changes(page).getByRole('listitem').filter({ hasText: 'Questions:' })
    await questions.getByText(/Unusual: (about once|more rarely).*for the worse/).waitFor()
    const mark = today(page).getByRole('button', { name: /^Answered elsewhere: / })
    for (const found of [page.getByRole('heading', { level: 1 }), page.getByText('How sure', { exact: true }), questions, mark]) {
      const box = await found.first().boundingBox()
      expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(900)
    }
    await changes(page)
      .getByText(/By chance alone .* once in 20 months/)
      .waitFor()
    expect(await questions.textContent()).toMatch(/Questions: 1.*, usually \d+ to \d+; .* fewer than in /)
    await questions.getByRole('link', { name: /the cases/ }).click()
    await page.waitForURL(`**/cases?metric=questions&period=${lastMonth}`)
    await page.getByText(formatPeriod(lastMonth)).first().waitFor()
    await page.close()
  })

  it('takes a question that was answered elsewhere off the list, and the numbers follow, and back', async () => {
    const page = await pages.open('/c/pumps')
    const before = await answered(page).textContent()
    const link = today(page).locator('a[href="https://forum.example.org/u1"]')
    expect(await link.getAttribute('target')).toBe('_blank')
    expect(await link.getAttribute('rel')).toContain('noopener')
    expect(await today(page).getByText('10 days', { exact: true }).count()).toBe(1)
    await today(page)
      .getByRole('button', { name: /^Answered elsewhere: / })
      .click()
    await today(page)
      .getByRole('status')
      .getByText(/answered elsewhere\. The numbers follow\./)
      .waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Undo')
    expect(await link.count()).toBe(0)
    await pages.settle()
    await expect.poll(() => answered(page).textContent(), { timeout: 8000 }).not.toBe(before)
    await page.keyboard.press('Enter')
    await today(page)
      .getByRole('status')
      .getByText(/waits again/)
      .waitFor()
    await link.waitFor()
    await pages.settle()
    await expect.poll(() => answered(page).textContent(), { timeout: 8000 }).toBe(before)
    await page.close()
  })

  it('says what was not kept, and puts the item back: no connection, somebody else quicker', async () => {
    const page = await pages.open('/c/pumps')
    const mark = today(page).getByRole('button', { name: /^Not a question: / })
    await mark.waitFor()
    await page.route('**/today/marks', (route) => route.abort())
    await mark.click()
    await today(page)
      .getByText(/the server cannot be reached/)
      .waitFor()
    await mark.waitFor()
    await page.unroute('**/today/marks')
    // the same page twice: the other one was quicker
    await page.route('**/today/marks', (route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'No such item', detail: 'Load again.' }),
      }),
    )
    await mark.click()
    await today(page)
      .getByText(/somebody else was quicker/)
      .waitFor()
    await page.close()
  })

  it('is walked by keyboard, and readers who only read have no buttons and no names', async () => {
    const page = await pages.open('/c/pumps', {}, { email: 'vera@example.org', role: 'viewer', community: pumps })
    await today(page).getByText('Evidence').first().waitFor()
    expect(
      await today(page)
        .getByRole('button', { name: /^(Done|Answered elsewhere|Not a question)/ })
        .count(),
    ).toBe(0)
    expect(await today(page).textContent()).not.toContain('by <script>')
    await page.close()
    const manager = await pages.open('/c/pumps')
    const rows = today(manager).locator('[data-care-row]')
    await rows.first().waitFor()
    expect(await today(manager).textContent()).toContain('by <script>')
    if ((await rows.count()) > 1) {
      await rows.first().focus()
      await manager.keyboard.press('j')
      expect(await rows.nth(1).evaluate((row) => row === document.activeElement)).toBe(true)
      await manager.keyboard.press('k')
    } else await rows.first().focus()
    expect(await rows.first().evaluate((row) => row === document.activeElement)).toBe(true)
    await manager.close()
  })

  it('shows the table behind the ranking, by week too, each at its own address', async () => {
    const page = await pages.open('/c/pumps?tables=changes')
    const table = changes(page).getByRole('table')
    await table.getByRole('row', { name: /^Questions answered/ }).waitFor()
    expect(await table.getByRole('row').count()).toBeGreaterThan(8)
    await changes(page).getByRole('button', { name: 'By week: What changed?' }).click()
    await page.waitForURL(/changes=week/)
    await changes(page)
      .getByText(/the week of/)
      .first()
      .waitFor()
    await changes(page).getByRole('button', { name: 'Chart: What changed?' }).click()
    await page.waitForURL((url) => !url.search.includes('tables='))
    await changes(page).locator('ol').waitFor()
    await page.close()
  })

  it.each([
    ['changes', '**/changes**', 'What changed could not be shown'],
    ['today', '**/today', 'Today’s list could not be shown'],
    ['spans', '**/spans**', 'What members get could not be shown'],
  ])('fails card by card: without %s the rest stands, and a retry brings it', async (_, address, heading) => {
    const page = await pages.open('/sign-in')
    await page.route(address, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"detail":"It broke."}' }),
    )
    await page.goto(`${pages.baseUrl}/c/pumps`)
    const card = page.getByRole('alert').filter({ has: page.getByRole('heading', { name: heading }) })
    await card.getByText('It broke.').waitFor({ timeout: 15_000 })
    await page.getByText('How sure', { exact: true }).first().waitFor()
    await page.getByRole('heading', { name: 'How was that found?' }).waitFor()
    await page.unroute(address)
    await card.getByRole('button', { name: 'Try again' }).click()
    await card.waitFor({ state: 'detached' })
    await page.close()
  })

  it('says what cannot be told yet: one day of data, members only, no events', async () => {
    const page = await pages.open('/c/young')
    await changes(page)
      .getByText(/No whole (week|month) is over yet|cannot be told yet/)
      .first()
      .waitFor()
    await today(page).getByText('What waits for you today?').waitFor()
    await page.goto(`${pages.baseUrl}/c/members`)
    await changes(page)
      .getByText(/Joined/)
      .first()
      .waitFor()
    await today(page)
      .getByText(/Nothing waits\./)
      .waitFor()
    await today(page)
      .getByText(/cannot be told:/)
      .waitFor()
    await page
      .getByText(/Who leaves, no source tells\.|left\./)
      .first()
      .waitFor()
    await page.goto(`${pages.baseUrl}/c/silent`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await changes(page).count()).toBe(0)
    await page.close()
  })

  it.each([
    ['/c/pumps', 'light', 1280],
    ['/c/pumps', 'dark', 360],
    ['/c/pumps?tables=changes', 'light', 360],
  ] as const)('axe finds nothing on %s (%s, %i px), and nothing sticks out', async (path, colorScheme, width) => {
    const page = await pages.open(path, { colorScheme, viewport: { width, height: 900 } })
    await page.getByRole('heading', { name: 'What changed?' }).waitFor()
    await page.getByRole('heading', { name: 'What waits for you today?' }).waitFor()
    await page.getByRole('heading', { name: 'Help in solving problems' }).waitFor()
    await expectAccessible(page)
    await page.close()
  })
})
