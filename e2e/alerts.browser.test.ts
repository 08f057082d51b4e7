import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { keepAlert, keepWatch } from './keep-alerts.ts'
import { madeUpAlert } from './made-up-alert.ts'
import { conversation, expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// What a manager does with alerts, in a real browser; what others see of them.

let pages: OpenPages
let pumps: TestCommunity
let id: string
const today = new Date()
const dayBefore = (days: number) => addDays(today.toISOString().slice(0, 10), -days)

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.addCommunity('empty')
  await pages.send(pumps, conversation(today, 300))
}, 120_000)
afterAll(() => pages.close())
beforeEach(async () => {
  const { pool } = pages.database
  for (const table of ['alert', 'alert_rule_setting', 'alert_watch'])
    await pool.query(`delete from ${table} where community_id = $1`, [pumps.community_id])
  const began = { on: dayBefore(70), notice: 'began' as const, content: madeUpAlert() }
  id = await keepAlert(pool, pumps.community_id, today, { rule: 'decline', began_on: dayBefore(70), notices: [began] })
  const past = { rule: 'decline', began_on: dayBefore(300), ended_on: dayBefore(200), state: 'recovered', is_history: true } as const
  await keepAlert(pool, pumps.community_id, today, { ...past, notices: [{ ...began, on: dayBefore(300) }] })
  const watched = { watched_from: dayBefore(365), judged_on: dayBefore(7) }
  await keepWatch(pool, pumps.community_id, today, { rule: 'decline', ...watched, statistic: 1.3 })
  await keepWatch(pool, pumps.community_id, today, { rule: 'answered-share', ...watched, statistic: 0.4 })
})
const HEADLINE = /Fewer people join Pump Engineers/

describe('alerts', () => {
  it('are found from the list of communities, say what stands, and take what a manager says of them', async () => {
    const page = await pages.open('/')
    await page.getByRole('row', { name: /pumps/ }).getByRole('link', { name: HEADLINE }).click()
    await page.waitForURL(`**/c/pumps/alerts?alert=${id}`)
    await page.getByText(/things are watched.*One\salert stands/).waitFor()
    const card = page.locator(`#alert-${id}`)
    await card.getByText('16 in 8 weeks').waitFor()
    await card.getByRole('img', { name: /Two a week in the last eight weeks/ }).waitFor()
    await page.getByText('found in the past, nobody was told').waitFor()

    await card.getByRole('button', { name: 'I look at it' }).click()
    await card.getByText(/looks at it, since/).waitFor()
    await card.getByRole('button', { name: 'This was wrong' }).click()
    const note = card.getByRole('textbox', { name: 'This was a false alarm' })
    await expect.poll(() => note.evaluate((field) => field === document.activeElement)).toBe(true)
    await note.fill('<b>A holiday</b>')
    await expectAccessible(page)
    await card.getByRole('button', { name: 'Say it was false' }).click()
    await card.getByText('<b>A holiday</b>').waitFor()
    await page.getByText(/One\salert stands, called a false alarm/).waitFor()
    await page.locator('#rule-decline').getByText('Told once in a year; it was called a false alarm.').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV', exact: true }).click()
    expect(await readFile(await (await download).path(), 'utf8')).toContain('false_alarm')
    await card.getByRole('button', { name: 'Take back that it was false' }).click()
    await card.getByRole('button', { name: 'This was right' }).waitFor()
    await page.close()
  })

  it('are judged by what a chart shows, and by other limits only after they were tried', async () => {
    const page = await pages.open('/c/pumps/alerts')
    const rule = page.locator('#rule-answered-share')
    await rule.getByRole('img', { name: /0\.4 of its limit/ }).waitFor()
    await rule.getByRole('button', { name: 'Fewer questions are answered', exact: true }).click()
    await page.waitForURL(/rule=answered-share/)
    const chart = page.locator('#course-answered-share')
    await chart.locator('svg text', { hasText: 'the limit' }).waitFor()
    await chart.getByRole('button', { name: /^Table/ }).click()
    await page.waitForURL(/tables=course-answered-share/)
    await chart.getByRole('columnheader', { name: /times its limit/ }).waitFor()
    await expectAccessible(page)

    const slider = rule.getByRole('slider', { name: 'Limits tried' })
    await slider.focus()
    await slider.press('ArrowRight')
    await slider.press('ArrowRight')
    await page.waitForURL(/strictness=1\.2/)
    await rule.getByText(/^It would have told/).waitFor()
    await rule.getByRole('button', { name: 'Use these limits' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Use them' }).click()
    await rule.getByRole('button', { name: 'Back to the usual' }).waitFor()
    await page.waitForURL((url) => !url.search.includes('strictness'))
    const { rows } = await pages.database.pool.query('select rule_id, strictness from alert_rule_setting')
    expect(rows).toEqual([{ rule_id: 'answered-share', strictness: 1.2 }])

    await rule.getByRole('button', { name: /^Snooze/ }).click()
    await page.getByRole('menuitem', { name: '4 weeks' }).click()
    await rule.getByText(/^Nobody is told until/).waitFor()
    await rule.getByRole('button', { name: /^Tell again/ }).click()
    await rule.getByRole('button', { name: /^Switch off/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
    await rule.getByText('Switched off: it is not judged, and nobody is told.').waitFor()
    await page.close()
  })

  it('are read by viewers without controls, on a phone as well', async () => {
    const page = await pages.open(
      `/c/pumps/alerts?rule=decline&on=${dayBefore(70)}`,
      { viewport: { width: 360, height: 740 } },
      { email: 'vic@example.org', role: 'viewer', community: pumps },
    )
    await page.locator(`#alert-${id}`).getByText('16 in 8 weeks').waitFor()
    await page
      .getByText(/watched/)
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: /Snooze|Switch|This was|I look at it|Use these/ }).count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    await expectAccessible(page)
    await page.goto(`${pages.baseUrl}/c/pumps/alerts?alert=00000000-0000-4000-8000-000000000000`)
    await page.getByText('The alert that this link led to is not there, or not for you to see.').waitFor()
    await page.goto(`${pages.baseUrl}/c/pumps`)
    await page.getByText(/^An alert stands:/).waitFor()
    await page.close()
  })

  it('say what is missing where nothing has been heard, and what failed where it did', async () => {
    const page = await pages.open('/c/empty/alerts')
    await page.getByRole('heading', { name: 'Nothing has been heard of this community yet' }).waitFor()
    await page.route('**/api/v1/communities/pumps/alerts', (route) => route.fulfill({ status: 500, json: { title: 'Broken' } }))
    await page.goto(`${pages.baseUrl}/c/pumps/alerts`)
    await page.getByRole('heading', { name: 'The alerts could not be shown' }).waitFor({ timeout: 15_000 })
    await page.unroute('**/api/v1/communities/pumps/alerts')
    // by itself, or by the button, whichever comes first: the button may be gone by then
    const isClicked = page
      .getByRole('button', { name: 'Try again' })
      .dispatchEvent('click')
      .catch(() => {})
    await page.getByRole('heading', { name: 'What was noticed?' }).waitFor()
    await page.close()
    await isClicked
  })
})
