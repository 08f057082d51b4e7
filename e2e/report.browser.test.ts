import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ValueReport } from '../shared/contract/value-report.ts'
import { NoChromium } from '../server/print/chromium.ts'
import { createPrinter, PrinterBusy, PrintFailed } from '../server/print/create-printer.ts'
import type { TestCommunity } from './access-app.ts'
import { madeUpReport } from './made-up-report.ts'
import { conversation, expectAccessible, openPages, type OpenPages } from './open-pages.ts'

// The value report as it is read: on its page, behind a shared link, and on paper.

let pages: OpenPages
let pumps: TestCommunity
const today = new Date()
const runningMonth = today.toISOString().slice(0, 7)
const { content } = madeUpReport()

const freeze = (revision: number, reason: string | null) =>
  pages.database.pool.query(
    `insert into report_revision (community_id, month, revision, made_at, made_by, reason, changes, content, inputs)
     values ($1, '2025-12', $2, $3, null, $4, $5, $6, '{}')`,
    [
      pumps.community_id,
      revision,
      today,
      reason,
      reason === null ? null : JSON.stringify(['Joined: 12, before 11.']),
      JSON.stringify(content),
    ],
  )

beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, conversation(today, 60))
  await freeze(1, null)
}, 120_000)
afterAll(() => pages.close())

const SPONSOR = { email: 'sam@example.org', role: 'sponsor' } as const
const headline = (page: Page) => page.getByRole('heading', { level: 1, name: content.opening.headline })

const fetchPdf = (page: Page, path: string): Promise<{ status: number; name: string | null; pdf: Buffer }> =>
  page
    .evaluate(async (at) => {
      const answer = await fetch(at)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return { status: answer.status, name: answer.headers.get('content-disposition'), bytes: Array.from(bytes) }
    }, path)
    .then(({ bytes, ...rest }) => ({ ...rest, pdf: Buffer.from(bytes) }))

/** Every character that a reader of the file can copy out of it, by the tables that it carries for that. */
const lettersOf = (pdf: Buffer): Set<string> => {
  const letters = new Set<string>()
  const add = (hex: string) => letters.add(String.fromCodePoint(Number.parseInt(hex, 16)))
  for (const [, at] of [...pdf.toString('latin1').matchAll(/stream\r?\n()/dg)].map((match) => [0, match.indices?.[1]?.[0] ?? 0] as const)) {
    let text = ''
    try {
      text = inflateSync(pdf.subarray(at)).toString('latin1')
    } catch {
      continue
    }
    for (const [, block] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
      for (const [, to] of (block as string).matchAll(/<\w+>\s*<(\w{4})>/g)) add(to as string)
    for (const [, block] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
      for (const [, from, to, first] of (block as string).matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w{4})>/g))
        for (let i = 0; i <= Number.parseInt(to as string, 16) - Number.parseInt(from as string, 16); i += 1)
          add((Number.parseInt(first as string, 16) + i).toString(16))
  }
  return letters
}

describe('the page', () => {
  it('shows the last report that was made, wide, narrow and dark, and its notes lead there and back', async () => {
    const page = await pages.open('/c/pumps/report')
    await headline(page).waitFor()
    await page
      .getByText(/^Frozen on /)
      .first()
      .waitFor()
    expect(await page.title()).toBe('Pump Engineers: value report, December 2025')
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(
      expect.arrayContaining([
        'What members got',
        'Does it pay its way?',
        'Is it growing?',
        'In members’ own words',
        'What is asked of you',
      ]),
    )
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Note 2', exact: true }).click()
    await expect.poll(() => new URL(page.url()).hash).toBe('#note-2')
    await page.locator('#note-2').getByRole('link').click()
    await expect.poll(() => page.evaluate(() => document.querySelector(':target')?.getAttribute('aria-label'))).toBe('Note 2')
    const figure = page.getByRole('link', { name: /74\s%/ })
    expect(await figure.getAttribute('href')).toContain('/c/pumps/cases?metric=answered-share')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 360, height: 800 })
    await expectAccessible(page)
  })

  it('previews the running month for a manager, and says that it may change', async () => {
    const page = await pages.open('/c/pumps/report')
    await page.getByLabel('Month').selectOption(runningMonth)
    await page
      .getByText(/^Preview: .* is not over yet/)
      .first()
      .waitFor()
    expect(new URL(page.url()).searchParams.get('month')).toBe(runningMonth)
    await page.locator('article h1').waitFor()
    await expectAccessible(page)
  })

  it('shows a sponsor what is frozen and nothing else', async () => {
    const page = await pages.open('/c/pumps/report', {}, { ...SPONSOR, community: pumps })
    await headline(page).waitFor()
    expect(await page.getByLabel('Month').locator('option').allTextContents()).toEqual(['December 2025'])
    expect(await page.getByRole('link', { name: 'Ask the askers' }).count()).toBe(0)
    expect((await fetchPdf(page, `/api/v1/communities/pumps/reports/${runningMonth}.pdf?preview=true`)).status).toBe(403)
    await page.goto(`${pages.baseUrl}/c/pumps/report?month=${runningMonth}`)
    await page.getByText(/^There is no report of/).waitFor()
  })

  it('offers the browser’s own print where the server has no printer', async () => {
    const page = await pages.open('/c/pumps/report')
    await page.route(/\.pdf/, (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: { detail: 'Set CHROMIUM_PATH.' } }),
    )
    await page.getByRole('link', { name: 'Save as PDF' }).click()
    await page.getByRole('alert').getByText('Set CHROMIUM_PATH.').waitFor()
    await page.getByText(/“Print” gives the same pages/).waitFor()
  })

  it('has no interface on paper', async () => {
    const page = await pages.open('/c/pumps/report', { colorScheme: 'dark' })
    await headline(page).waitFor()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.locator('button:visible, select:visible, nav:visible, summary:visible').count()).toBe(0)
    const article = page.locator('article')
    expect(await article.evaluate((one) => getComputedStyle(one).color)).toBe('rgb(29, 26, 21)')
  })
})

describe('a shared link', () => {
  const share = async (): Promise<{ id: string; url: string }> => {
    const page = await pages.open('/c/pumps/report')
    return page.evaluate(async () => {
      const answer = await fetch('/api/v1/communities/pumps/report-links', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ label: 'The board', month: '2025-12', days: null }),
      })
      return answer.json()
    })
  }

  it('opens for anyone, asks for nothing but the report, and ends when it is taken back', async () => {
    const { id, url } = await share()
    const context = await pages.browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const answer = await page.goto(url)
    await headline(page).waitFor()
    expect(answer?.headers()['x-robots-tag']).toContain('noindex')
    expect(asked.filter((one) => !new URL(one).pathname.startsWith('/assets/') && one !== url)).toEqual([
      `${pages.baseUrl}/api/v1/shared-reports/${url.split('/').at(-1)}`,
    ])
    expect(await context.cookies()).toEqual([])
    expect(await page.locator('a[href*="/c/"]').count()).toBe(0)
    await expectAccessible(page)
    const { status, pdf } = await fetchPdf(page, `/api/v1/shared-reports/${url.split('/').at(-1)}/pdf`)
    expect([status, pdf.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])

    await pages.database.pool.query('delete from report_link where community_id = $1 and link_id = $2', [pumps.community_id, id])
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'This link opens nothing any more' }).waitFor()
    expect((await fetchPdf(page, `/api/v1/shared-reports/${url.split('/').at(-1)}/pdf`)).status).toBe(404)
    await expectAccessible(page)
    await context.close()
  })
})

describe('the PDF', () => {
  it('has real text in fonts of its own, tags, a title and a language, and is small', async () => {
    const page = await pages.open('/c/pumps/report')
    const { name, pdf } = await fetchPdf(page, '/api/v1/communities/pumps/reports/2025-12.pdf')
    const text = pdf.toString('latin1')
    expect(name).toBe('inline; filename="pump-engineers-value-report-2025-12.pdf"')
    expect(pdf.length).toBeLessThan(1_000_000)
    expect(text).toContain('/Title (Pump Engineers: value report, December 2025)')
    for (const part of [/\/StructTreeRoot/, /\/Marked true/, /\/Lang \(en\)/, /\/Outlines/, /\/FontFile2/, /\/ToUnicode/])
      expect(text).toMatch(part)
    expect(text).not.toMatch(/\/Type3|\/JavaScript|\/JS\b/)
    expect(text.match(/\/Type \/Page\b(?!s)/g)?.length).toBeGreaterThan(1)
    const letters = lettersOf(pdf)
    expect([...content.opening.headline].filter((letter) => letter !== ' ' && !letters.has(letter))).toEqual([])
    expect(text).toMatch(/\/MediaBox \[0 0 59\d/)
    const letter = await fetchPdf(page, '/api/v1/communities/pumps/reports/2025-12.pdf?paper=letter')
    expect(letter.pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 612 792/)
  })

  it('is printed once, and anew only when the report reads otherwise', async () => {
    const page = await pages.open('/c/pumps/report')
    const at = '/api/v1/communities/pumps/reports/2025-12.pdf?revision=1'
    const first = await fetchPdf(page, at)
    expect(first.status).toBe(200)
    expect((await fetchPdf(page, at)).pdf.equals(first.pdf)).toBe(true)
    // it says on its face that it has been corrected
    await freeze(2, 'Two people were counted twice.')
    expect((await fetchPdf(page, at)).pdf.equals(first.pdf)).toBe(false)
    const { rows } = await pages.database.pool.query(
      `select revision, count(*)::int as count from report_print where community_id = $1 and paper = 'a4' group by revision`,
      [pumps.community_id],
    )
    expect(rows).toEqual([{ revision: 1, count: 1 }])
    await page.reload()
    await page
      .getByText(/It corrects the one before: Two people were counted twice/)
      .first()
      .waitFor()
    await page.getByLabel('Revision').selectOption('1')
    await page
      .getByText(/Revision 2 has corrected it since/)
      .first()
      .waitFor()
  })

  it('lets nothing that a report holds run or reach out, and prints it as it was written', async () => {
    const hits: string[] = []
    const outside = createServer((request, answer) => {
      hits.push(request.url ?? '')
      answer.end()
    }).listen(0, '127.0.0.1')
    await once(outside, 'listening')
    const away = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
    const evil = `</p></style><script>fetch('${away}/script')</script><img src="${away}/img" onerror="fetch('${away}/error')">"; @import url(${away}/css);`
    const hostile: ValueReport = madeUpReport({
      community: { ...content.community, name: `Pumps " } @import "${away}/name"; \u202e${evil}` },
      stories: [
        {
          key: '00000000-0000-4000-8000-000000000001',
          text: `${evil} \u05d0${'x'.repeat(3000)}`,
          by: evil,
          on: '2025-12-09',
          is_shortened: true,
        },
      ],
      ask: { text: evil, by: evil },
    })
    const printer = createPrinter({ chromium: { path: process.env.CHROMIUM_PATH, env: process.env }, webRoot: inject('webRoot') })
    const pdf = await printer.print(hostile, 'a4').finally(printer.stop)
    outside.close()
    expect(hits).toEqual([])
    expect(pdf.toString('latin1')).not.toMatch(/\/JavaScript|\/JS\b|\/URI \(http:\/\/127/)
    expect([...'<>@"'].filter((letter) => !lettersOf(pdf).has(letter))).toEqual([])
  })
})

describe('the printer', () => {
  const webRoot = inject('webRoot')
  const chromium = { path: process.env.CHROMIUM_PATH, env: process.env }

  it('says what to do where no Chromium runs', async () => {
    const printer = createPrinter({ chromium: { path: '/nowhere/chromium', env: {} }, webRoot })
    await expect(printer.print(madeUpReport(), 'a4')).rejects.toThrow(NoChromium)
  })

  it('refuses more than it can print soon, gives up what takes too long, and goes on with the next', async () => {
    const busy = createPrinter({ chromium, webRoot, queueLimit: 2 })
    const printed = [busy.print(madeUpReport(), 'a4'), busy.print(madeUpReport(), 'letter')]
    await expect(busy.print(madeUpReport(), 'a4')).rejects.toThrow(PrinterBusy)
    expect((await Promise.all(printed)).map((pdf) => pdf.subarray(0, 5).toString())).toEqual(['%PDF-', '%PDF-'])
    await busy.stop()
    await expect(busy.print(madeUpReport(), 'a4')).rejects.toThrow(PrintFailed)
    const hasty = createPrinter({ chromium, webRoot, timeoutMs: 1 })
    await expect(hasty.print(madeUpReport(), 'a4')).rejects.toThrow(PrintFailed)
    await hasty.stop()
  })
})
