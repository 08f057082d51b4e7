import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Intervention } from '../shared/contract/intervention.ts'
import { addDays } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// What a manager does with notes of what was tried, in a real browser.

let pages: OpenPages
let pumps: TestCommunity
const today = new Date()
const dayBefore = (days: number) => addDays(today.toISOString().slice(0, 10), -days)

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, conversation(today, 420))
}, 120_000)
afterAll(() => pages.close())
beforeEach(() => pages.database.pool.query('delete from intervention where community_id = $1', [pumps.community_id]))

const note = async (more: Partial<Intervention>): Promise<string> => {
  const { rows } = await pages.database.pool.query<{ intervention_id: string }>(
    `insert into intervention (community_id, intervention_id, began_on, title, note, metrics, version, created_at, updated_at)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, 1, $6, $6) returning intervention_id`,
    [pumps.community_id, more.on ?? dayBefore(60), more.title ?? 'Welcome posts', more.note ?? null, more.metrics ?? ['questions'], today],
  )
  return (rows[0] as { intervention_id: string }).intervention_id
}
const READER = { email: 'vic@example.org', role: 'viewer' } as const

describe('what was tried', () => {
  it('is noted from where one looks, and stands on every chart, in its table and in its file', async () => {
    const page = await pages.open('/c/pumps/voices')
    await page.getByRole('link', { name: 'Add a note' }).click()
    const form = page.getByRole('form', { name: 'A new note' })
    expect(await form.getByLabel('Day').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/)
    await form.getByLabel('Day').fill(dayBefore(60))
    await form.getByLabel('What was tried').fill('Every newcomer is welcomed')
    await expectAccessible(page)
    await form.getByRole('button', { name: 'Add the note' }).click()
    await page.getByRole('heading', { level: 2, name: 'Every newcomer is welcomed' }).waitFor()
    await page.getByText(/After it \d+\squestions.*before \d+\squestions/).waitFor()
    await expectAccessible(page)

    await page.getByRole('link', { name: 'Voices', exact: true }).click()
    const card = page.locator('#contributions')
    await card.locator('svg text', { hasText: /^Every/ }).waitFor()
    await card.getByRole('button', { name: /^Table/ }).click()
    await card.getByRole('columnheader', { name: 'Interventions' }).waitFor()
    await card.getByRole('cell', { name: 'Every newcomer is welcomed' }).waitFor()
    const download = page.waitForEvent('download')
    await card.getByRole('button', { name: /^CSV/ }).click()
    expect(await readFile(await (await download).path(), 'utf8')).toContain('Every newcomer is welcomed')
    await page.close()
  })

  it('says what came after, each number opening its cases, and keeps the length in the address', async () => {
    const id = await note({ metrics: ['questions', 'answered-share'] })
    const page = await pages.open('/c/pumps/interventions')
    const card = page.locator(`[id="changed-${id}"]`)
    await card.getByText(/^Of two measures that can be told, none changed more than it does by itself/).waitFor()
    await page.getByText('4 weeks', { exact: true }).click()
    await page.waitForURL(/days=28/)
    await card.getByText(/held against the same number of days before/).waitFor()
    const said = card.getByText(/^After it 28\squestions \(.*\), before 28\squestions/)
    await said.waitFor()
    await card
      .getByRole('link', { name: /^28\squestions/ })
      .first()
      .click()
    await page.waitForURL(/\/cases\?metric=questions&period=\d{4}-\d\d-\d\d\.\.\d{4}/)
    await page.getByText('28 in all').waitFor()
    await page.close()
  })

  it('is changed in one of two windows: the other shows both and lets the person choose', async () => {
    await note({ title: 'Welcome posts' })
    const [one, two] = [await pages.open('/c/pumps/interventions'), await pages.open('/c/pumps/interventions')]
    for (const page of [one, two]) await page.getByRole('button', { name: 'Change: Welcome posts' }).click()
    const write = async (page: typeof one, title: string) => {
      await page.getByLabel('What was tried').fill(title)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
    }
    await write(one, 'Welcome by name')
    await one.getByRole('heading', { name: 'Welcome by name' }).waitFor()
    await write(two, 'Welcome by mail')
    const alert = two.getByRole('alert')
    await alert.getByText(/changed this note on .*, after you had opened it\./).waitFor()
    await alert.getByText('Welcome by name').waitFor()
    await alert.getByText('Welcome by mail').waitFor()
    await expectAccessible(two)
    await alert.getByRole('button', { name: 'Save mine over it' }).click()
    await two.getByRole('heading', { name: 'Welcome by mail' }).waitFor()
    await one.close()
    await two.close()
  })

  it('was deleted in another window: what was written can still be kept', async () => {
    await note({ title: 'Question hour' })
    const [one, two] = [await pages.open('/c/pumps/interventions'), await pages.open('/c/pumps/interventions')]
    await two.getByRole('button', { name: 'Change: Question hour' }).click()
    await one.getByRole('button', { name: 'Delete: Question hour' }).click()
    await one.getByRole('button', { name: 'Delete', exact: true }).click()
    await one.getByRole('heading', { name: 'Nothing has been noted yet' }).waitFor()
    await expectAccessible(one)
    await two.getByLabel('What was tried').fill('Question hour on Wednesdays')
    await two.getByRole('button', { name: 'Save', exact: true }).click()
    await two.getByText(/deleted this note on/).waitFor()
    await two.getByRole('button', { name: 'Add mine as a new note' }).click()
    await two.getByRole('heading', { name: 'Question hour on Wednesdays' }).waitFor()
    await one.close()
    await two.close()
  })

  it('is read by whoever may see the community, and changed by managers only; hostile words are words', async () => {
    const title = `<img src=x onerror=alert(1)> ${'ש'.repeat(60)}`
    const id = await note({ title, note: 'x'.repeat(4000) })
    await note({ title: 'Second facilitator', on: addDays(dayBefore(0), 40) })
    const page = await pages.open(
      `/c/pumps/interventions#${id}`,
      { viewport: { width: 360, height: 800 } },
      { ...READER, community: pumps },
    )
    await page.getByRole('heading', { name: title }).waitFor()
    await page.getByText('Planned', { exact: true }).waitFor()
    await page.getByText(/^It has not begun yet/).waitFor()
    await page.locator(`[id="changed-${id}"]`).waitFor()
    expect(await page.locator(`[id="${id}"]`).getAttribute('data-named')).toBe('true')
    expect(await page.getByRole('button', { name: /^(Change|Delete|Add)/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'The whole note' }).click()
    await expectAccessible(page)
    await page.close()
  })

  it('of which there are five hundred is shown in parts, and a link still finds the oldest', async () => {
    await pages.database.pool.query(
      `insert into intervention (community_id, intervention_id, began_on, title, metrics, version, created_at, updated_at)
       select $1, gen_random_uuid(), $2::date - (n / 2), 'Try ' || n, array['questions'], 1, $3, $3 from generate_series(1, 500) n`,
      [pumps.community_id, dayBefore(20), today],
    )
    const page = await pages.open('/c/pumps/voices?grain=day')
    await page
      .locator('#contributions')
      .getByText(/^\d+ notes$/)
      .first()
      .waitFor()
    const labels = await page
      .locator('#contributions svg text', { hasText: /notes$/ })
      .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect()).map(({ left, right }) => [left, right] as const))
    for (const [i, [, right]] of labels.entries()) expect(labels[i + 1]?.[0] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(right)
    await page.getByRole('link', { name: 'Interventions', exact: true }).click()
    await page.getByRole('heading', { name: 'Try 1', exact: true }).waitFor()
    expect(await page.getByRole('article').count()).toBe(10)
    await page.getByRole('button', { name: 'Show 10 earlier ones of 490' }).click()
    await page.getByRole('heading', { name: 'Try 18', exact: true }).waitFor()
    expect(await page.getByRole('article').count()).toBe(20)
    await page.close()
    const { rows } = await pages.database.pool.query<{ intervention_id: string }>(
      `select intervention_id from intervention where community_id = $1 and title = 'Try 500'`,
      [pumps.community_id],
    )
    const linked = await pages.open(`/c/pumps/interventions#${rows[0]?.intervention_id}`)
    await linked.getByRole('heading', { name: 'Try 500', exact: true }).waitFor()
    expect(await linked.getByRole('article').count()).toBe(11)
    await linked.close()
  })

  it('that cannot be fetched leaves the charts as they are, and the page says so and tries again', async () => {
    const page = await pages.open('/sign-in')
    // whatever asks again by itself does not: the person is to
    await page.route('**/live', () => {})
    await page.route('**/interventions?*', (route) => route.fulfill({ status: 500, json: { detail: 'It is on fire.' } }))
    await page.goto(`${pages.baseUrl}/c/pumps/voices`)
    await page.locator('#contributions svg').first().waitFor()
    await page.getByRole('link', { name: 'Interventions', exact: true }).click()
    await page.getByText('It is on fire.').waitFor()
    await page.unroute('**/interventions?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Nothing has been noted yet' }).waitFor()
    await page.close()
  })
})
