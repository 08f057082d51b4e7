import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, type OpenPages, openPages } from './open-pages.ts'

const HOUR = 3_600_000
const NAMES: Record<string, string> = { p0: 'Zoë Ångström', p3: '\u202e=HYPERLINK("x")'.padEnd(200, 'é'), p5: 'محمد' }

let pages: OpenPages
let busy: TestCommunity
let empty: TestCommunity
beforeAll(async () => {
  pages = await openPages()
  busy = await pages.addCommunity('network-busy')
  empty = await pages.addCommunity('network-empty')
  const until = new Date(Date.now() - HOUR)
  const talk = conversation(until, 60).map((event) => {
    const { actor } = event as { actor: { id: string } }
    return { ...event, actor: { ...actor, ...(NAMES[actor.id] === undefined ? {} : { name: NAMES[actor.id] }) } }
  })
  // one who only gives and one who only receives, more often than once
  const once = [1, 2, 3].flatMap((i) => {
    const at = (hours: number) => new Date(until.getTime() - i * 24 * HOUR + hours * HOUR).toISOString()
    const thread = { source: 'forum', thread_id: `x${i}`, channel: 'seals' }
    return [
      { ...thread, id: `x${i}`, type: 'question.asked', occurred_at: at(0), actor: { id: 'newcomer' }, url: `https://forum.example/x${i}` },
      { ...thread, id: `y${i}`, type: 'answer.posted', occurred_at: at(1), actor: { id: 'guru' }, in_reply_to: `x${i}` },
    ]
  })
  await pages.send(busy, [...talk, ...once])
  await pages.send(empty, [
    { id: 'e', source: 'forum', type: 'question.asked', thread_id: 'e', occurred_at: until.toISOString(), actor: { id: 'p1' } },
  ])
}, 60_000)
afterAll(() => pages.close())

const path = '/c/network-busy/network'
const drawn = (page: Page) => page.locator('[data-testid="stage"][data-open="true"][data-done="true"]').waitFor()
const rowsOf = (page: Page, id: string) =>
  page.locator(`#${id} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))
/** Pixels of a canvas that are not its ground. */
const inkOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((canvas: HTMLCanvasElement) => {
    const copy = document.createElement('canvas')
    copy.width = canvas.width
    copy.height = canvas.height
    const context = copy.getContext('2d') as CanvasRenderingContext2D
    context.drawImage(canvas, 0, 0)
    return context.getImageData(0, 0, copy.width, copy.height).data.filter((value, i) => i % 4 === 3 && value > 0).length
  })

describe('who helps whom', () => {
  it('is said, drawn and listed, and anybody can read it', async () => {
    const page = await pages.open(path)
    await drawn(page)
    await page.getByText(/^11\s+people helped 11 others/).waitFor()
    await page.getByText(/10 of the 12 did both/).waitFor()
    const people = await rowsOf(page, 'people')
    expect(people).toHaveLength(12)
    const names = people.map(([name]) => name ?? '')
    expect(names).toEqual(names.toSorted())
    // 60 of the conversation and three of the guru's, told on both sides
    for (const column of [1, 2]) expect(people.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(63)
    expect(people.filter((row) => row[3] === 'yes')).toHaveLength(10)
    expect(await rowsOf(page, 'pairs')).toHaveLength(11)
    for (const name of Object.values(NAMES)) expect(await page.content()).not.toContain(name)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Table: How does help flow between them?' }).click()
    expect(await page.locator('#network tbody tr').count()).toBe(12)
    await page.context().close()
  })

  it('finds a person by the keyboard, says whom they helped and in which question, and keeps it in the address', async () => {
    const page = await pages.open(path)
    await drawn(page)
    const people = await rowsOf(page, 'people')
    const guru = people.find((row) => row[1] === '3' && row[2] === '0')?.[0] ?? ''
    await page.locator('body').press('/')
    await page.keyboard.type(guru.replace('Member ', '').slice(0, 6))
    await page.getByRole('option', { name: guru }).waitFor()
    await page.keyboard.press('Enter')
    const panel = page.getByTestId('person')
    await panel.getByText('Helped with three questions of one person; was helped by nobody.').waitFor()
    await panel.getByRole('link', { name: /the question x2/ }).waitFor()
    expect(await panel.getByRole('link').first().getAttribute('href')).toBe('https://forum.example/x1')
    expect(page.url()).toMatch(/person=[0-9a-f]{16}/)
    await panel.getByRole('list').first().getByRole('button').click()
    await panel.getByText('Helped nobody; was helped three times by one person.').waitFor()
    await page.reload()
    await panel.getByText('Helped nobody; was helped three times by one person.').waitFor()
    await panel.getByRole('button', { name: 'Show everybody again' }).click()
    await panel.waitFor({ state: 'detached' })
    await page.goto(`${pages.baseUrl}${path}?person=0000000000000000`)
    await page.getByText(/neither gave nor received help/).waitFor()
    await page.context().close()
  })

  it('leaves out what happened seldom, sorts, and moves by the keyboard', async () => {
    const page = await pages.open(path)
    await drawn(page)
    await page.getByLabel('Helped at least', { exact: true }).selectOption('5')
    await page.getByText(/Helped at least 5 times: 10\s+people and 10\s+pairs/).waitFor()
    expect(await rowsOf(page, 'people')).toHaveLength(10)
    expect(page.url()).toContain('least=5')
    await page.getByLabel('Helped at least', { exact: true }).selectOption('1')
    await page.locator('#people').getByRole('button', { name: 'Gave', exact: true }).click()
    await page.waitForURL(/people=gave/)
    const gave = (await rowsOf(page, 'people')).map((row) => Number(row[1]))
    expect(gave).toEqual(gave.toSorted((a, b) => b - a))
    // who is chosen is named in the drawing: out of sight by arrow keys, and back by 0
    await page.locator('#people tbody button').first().click()
    const named = () => inkOf(page, 'canvas.sigma-hovers')
    await expect.poll(named).toBeGreaterThan(0)
    await page.getByRole('region', { name: /^Drawing of who helps whom/ }).focus()
    for (let i = 0; i < 14; i++) await page.keyboard.press('ArrowRight')
    await expect.poll(named).toBe(0)
    await page.keyboard.press('0')
    await expect.poll(named).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.getByTestId('person').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('is a picture on paper and in a file, and scrolls past under the wheel', async () => {
    const page = await pages.open(path, { acceptDownloads: true })
    await drawn(page)
    await expect.poll(() => inkOf(page, '#network canvas[aria-hidden]')).toBeGreaterThan(1000)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'PNG: How does help flow between them?' }).click()
    const file = await readFile(await (await download).path())
    // drawn again, from the file alone
    const colours = await page.evaluate(async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, Math.round(image.height / 3), image.width, Math.round(image.height / 2))
      let green = 0
      for (let i = 0; i < data.length; i += 4) if (data[i] === 0 && data[i + 1] === 129 && data[i + 2] === 94) green++
      return green
    }, file.toString('base64'))
    expect(colours).toBeGreaterThan(200)
    const before = await page.evaluate(() => window.scrollY)
    await page.getByTestId('stage').hover()
    await page.mouse.wheel(0, 300)
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(before)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByTestId('stage').isVisible()).toBe(false)
    expect(await page.locator('#network canvas[aria-hidden]').first().isVisible()).toBe(true)
    await page.context().close()
  })
})

describe('names', () => {
  it('are shown to a manager who asks, and never put in the address', async () => {
    const page = await pages.open(`${path}?people=gave`, {}, { email: 'mia@example.org', role: 'manager', community: busy })
    await drawn(page)
    expect(await page.content()).not.toContain('Zoë')
    await page.getByRole('switch', { name: 'Show names' }).press('Space')
    await page.locator('#people').getByText('Zoë Ångström').waitFor()
    expect(await page.locator('#people bdi', { hasText: 'محمد' }).count()).toBe(1)
    expect(page.url()).not.toMatch(/names|Zo/)
    await page.locator('input[type="search"]').fill('zoë')
    await page.getByRole('option', { name: /^Zoë Ångström · Member/ }).click()
    await page.getByTestId('person').getByText('Zoë Ångström').waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 360, height: 740 })
    await drawn(page)
    await expectAccessible(page)
    await page.context().close()
  })

  it('are not offered to a viewer, and refused', async () => {
    const page = await pages.open(path, {}, { email: 'vic@example.org', role: 'viewer', community: busy })
    await drawn(page)
    expect(await page.getByRole('switch', { name: 'Show names' }).count()).toBe(0)
    const status = (query: string) =>
      page.evaluate(
        async (url) => (await fetch(url)).status,
        `/api/v1/communities/network-busy/network?from=2025-01-01&to=2025-12-31${query}`,
      )
    expect(await status('&names=true')).toBe(403)
    expect(await status('')).toBe(200)
    expect(await status('&names=yes')).toBe(400)
    await page.context().close()
  })

  it('of nobody are told to a sponsor where a group is under five', async () => {
    const page = await pages.open(path, {}, { email: 'sid@example.org', role: 'sponsor', community: busy })
    // two did not do both
    await page
      .getByText(/a sponsor is not shown who/)
      .first()
      .waitFor()
    expect(await page.content()).not.toMatch(/Member [0-9a-f]{8}/)
    await page.context().close()
  })
})

describe('when there is nothing, or it fails', () => {
  it('says what would fill it', async () => {
    const page = await pages.open('/c/network-empty/network')
    await page.getByText(/A tie appears as soon as somebody answers/).waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('says so and tries again, and the rest of the page stands', async () => {
    const page = await pages.open('/')
    let fails = true
    await page.route('**/network?*', (route) =>
      fails ? route.fulfill({ status: 500, contentType: 'application/json', body: '{"detail":"It broke."}' }) : route.continue(),
    )
    await page.goto(`${pages.baseUrl}${path}`)
    await page.getByText('Who helps whom could not be shown').waitFor()
    await page.getByText('It broke.').waitFor()
    await page.getByText('Are they one group, held together by help?').waitFor()
    fails = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await drawn(page)
    await page.context().close()
  })

  it('shows a still picture to a browser without WebGL', async () => {
    const page = await pages.open('/')
    await page.addInitScript(() => {
      const getContext = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: never[]) {
        return kind.includes('webgl') ? null : getContext.call(this, kind as '2d', ...rest)
      } as typeof getContext
    })
    await page.goto(`${pages.baseUrl}${path}`)
    await page.getByText(/shows a still picture/).waitFor()
    await expect.poll(() => inkOf(page, '#network canvas[aria-hidden]')).toBeGreaterThan(1000)
    await page.locator('#people tbody button').first().click()
    await page.getByTestId('person').waitFor()
    await page.context().close()
  })
})
