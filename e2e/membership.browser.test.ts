import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, type OpenPages, openPages } from './open-pages.ts'

const DAY = 86_400_000
const today = new Date().toISOString().slice(0, 10)
const HOSTILE = `<script>alert(1)</script> מגדל ${'Bandwurm'.repeat(20)}`

/** The first of the month so many months ago. */
const monthAgo = (months: number): string => {
  const date = new Date()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months)
  return date.toISOString().slice(0, 10)
}

let sent = 0
const event = (type: string, on: string, who: string, more: object = {}): object => ({
  id: `m${++sent}`,
  source: 'forum',
  type,
  occurred_at: `${on}T10:00:00Z`,
  actor: { id: who },
  ...more,
})

/** Thirty join eight months ago: six leave after ten days; the others write every month. Four join five months ago. */
const members = (): object[] => {
  const first = monthAgo(8)
  const stays = (who: string, from: string) =>
    Array.from({ length: 12 }, (_, i) => addDays(from, 20 * (i + 1)))
      .filter((on) => on < today)
      .map((on) => event('reply.posted', on, who, { thread_id: 'talk', channel: HOSTILE }))
  return [
    event('post.published', addDays(first, 1), 'host', { thread_id: 'talk' }),
    ...Array.from({ length: 30 }, (_, i) => [
      event('member.joined', addDays(first, 2), `early ${i}`),
      ...(i < 6 ? [event('member.left', addDays(first, 12), `early ${i}`)] : stays(`early ${i}`, addDays(first, 2))),
    ]).flat(),
    ...Array.from({ length: 4 }, (_, i) => [
      event('member.joined', addDays(monthAgo(5), 3), `late ${i}`),
      ...stays(`late ${i}`, addDays(monthAgo(5), 3)),
    ]).flat(),
  ]
}

describe('the page of membership, and one case', () => {
  let pages: OpenPages
  let garden: TestCommunity
  beforeAll(async () => {
    pages = await openPages()
    garden = await pages.addCommunity('garden')
    await pages.send(garden, members())
    await pages.send(await pages.addCommunity('forum'), conversation(new Date()))
    await pages.send(await pages.addCommunity('newborn'), [
      event('post.published', new Date(Date.now() - DAY).toISOString().slice(0, 10), 'one', { thread_id: 't' }),
    ])
  })
  afterAll(() => pages?.close())

  it('answers whether they stay in its first sentence', async () => {
    const page = await pages.open('/c/garden/membership')
    await page.getByText(/Of 30 who joined (in|from) .+, 24 were still here after (90|30)\sdays \(80\s%, 6\d–9\d\s%\)/).waitFor()
    await page
      .getByText(/34\speople joined and six left/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await page.close()
  })

  it('shows the share of a month, leads to its people, and puts its curve against that of all', async () => {
    const page = await pages.open('/c/garden/membership?by=month')
    const map = page.locator('#retention table')
    const cell = map.getByRole('link', { name: /after 90 days: 24 of 30; 80 % \(.+\) still there/ })
    await cell.focus()
    await page.keyboard.press('ArrowLeft')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('after 30 days')
    // five months ago four joined: a count, and no share
    await map
      .getByText(/^4 of 4$/)
      .first()
      .waitFor()
    const month = map.getByRole('button', { pressed: false }).last()
    const name = (await month.textContent()) as string
    await month.click()
    await page.waitForURL(/cohorts=\d{4}-\d\d/)
    await page
      .getByRole('img', { name: /^Share still there by day/ })
      .getByText(name)
      .waitFor()
    await page.reload()
    await map.getByRole('button', { name, pressed: true }).waitFor()
    await page.getByRole('button', { name: 'Table: How long do they stay?' }).click()
    await page
      .locator('#survival')
      .getByRole('columnheader', { name: `${name}: still there` })
      .waitFor()
    await cell.click()
    await page.waitForURL(/cases\?.*retention/)
    await page.getByText('30 in all').waitFor()
    await page.close()
  })

  it('saves what the heat map holds as a file', async () => {
    const page = await pages.open('/c/garden/membership?by=month')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV: Of those who came, how many are still there?' }).click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).split('\n')
    expect(lines[0]).toContain('from,to,people,days,share')
    expect(lines.some((line) => /^.?\d{4}-\d\d.*,30,90,0\.8,/.test(line))).toBe(true)
    await page.close()
  })

  it('says what stands in where nobody tells who joined, and that nothing can be said after one day', async () => {
    const page = await pages.open('/c/forum/membership')
    await page.getByText('No source tells who joined: people count from the day they were first seen').waitFor()
    await page.getByRole('heading', { name: 'Do new people come?' }).waitFor()
    await page.goto(`${pages.baseUrl}/c/newborn/membership`)
    await page.getByText('Nobody could be followed for 30 days yet.').waitFor()
    await expectAccessible(page)
    await page.close()
  })

  it('keeps what holds when who stays cannot be fetched, and tries again', async () => {
    const page = await pages.open('about:blank')
    await page.route('**/retention?*', (route) => route.fulfill({ status: 400, json: { title: 'No', detail: 'The wires are wet.' } }))
    await page.goto(`${pages.baseUrl}/c/garden/membership`)
    await page.getByText('The wires are wet.').waitFor()
    await page.getByRole('heading', { name: 'Who comes, and who leaves?' }).waitFor()
    await page.unroute('**/retention?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'How long do they stay?' }).waitFor()
    await page.close()
  })

  it('fits a narrow screen', async () => {
    const page = await pages.open('/c/garden/membership?by=month', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' })
    await page.locator('#retention table').waitFor()
    await page.getByRole('img', { name: /^Share still there by day/ }).waitFor()
    await expectAccessible(page)
    await page.close()
  })

  it('leads from a case to the other numbers it counts in, and back into their lists', async () => {
    const month = new Date(Date.now() - 40 * DAY).toISOString().slice(0, 7)
    const page = await pages.open(`/c/forum/cases?metric=answered-share&period=${month}`)
    await page.getByRole('link', { name: 'Where else it counts' }).first().click()
    await page.waitForURL(/\/case\?/)
    await page.getByRole('heading', { level: 1, name: 'A question' }).waitFor()
    await page.getByText(/first answered after 3\shours; one\sanswer by one\shelper/).waitFor()
    const counts = page.getByRole('region', { name: 'Where else it counts' })
    await counts.getByRole('row', { name: /^Questions .*questions asked/ }).waitFor()
    await expectAccessible(page)
    await page.getByText('Week', { exact: true }).click()
    await page.waitForURL(/grain=week/)
    await page.getByText(/numbers? of the week of/).waitFor()
    await page.getByRole('link', { name: 'An answer', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'An answer' }).waitFor()
    await page.goto(`${pages.baseUrl}/c/forum/case?source=forum&id=nothing`)
    await page.getByText('The community holds no event "nothing"').waitFor()
    await page.close()
  })
})
