import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatPeriod } from '../shared/format.ts'
import { signBody } from '../server/access/webhook-signature.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { noteAccounts } from '../server/store/note-accounts.ts'
import type { TestCommunity } from './access-app.ts'
import { conversation, expectAccessible, type OpenPages, openPages } from './open-pages.ts'

/** A month that is over, and lies within the conversation. */
const month = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 7)
const monthName = formatPeriod(month)
const HOSTILE = `<script>alert(1)</script> מגדל ${'Bandwurm'.repeat(20)}`

describe('the pages', () => {
  let pages: OpenPages
  let pumps: TestCommunity
  const send = (events: object[]) => pages.send(pumps, events)
  const open: OpenPages['open'] = (...how) => pages.open(...how)

  beforeAll(async () => {
    pages = await openPages()
    pumps = await pages.addCommunity('pumps')
    const silent = await pages.addCommunity('silent')
    await pages.database.pool.query('update community set name = $2 where community_id = $1', [silent.community_id, HOSTILE])
    await send(conversation(new Date()))
  })
  afterAll(() => pages?.close())

  it('leads from the list of communities to the verdict, its rules and its charts', async () => {
    const page = await open('/')
    await page.getByRole('link', { name: 'Community pumps' }).click()
    await page.waitForURL('**/c/pumps')
    await page.getByRole('heading', { level: 1, name: /community/i }).waitFor()
    await page.getByText('decides', { exact: true }).waitFor()
    expect(await page.title()).toContain('Community pumps')
    await page.getByRole('link', { name: 'Helping', exact: true }).click()
    await page.getByRole('heading', { name: 'Do people ask?' }).waitFor()
    await page.locator('#questions svg').first().waitFor()
    await page.close()
  })

  it('shows what stands, opens any month, another view and what a test counted, each at its own address', async () => {
    const page = await open('/c/pumps')
    const months = page.getByRole('list', { name: /^Months/ })
    const chosen = months.getByRole('link', { name: new RegExp(`^${monthName}: .*read as`) })
    await page.getByRole('heading', { level: 1, name: /community/i }).waitFor()
    await page.getByRole('heading', { name: 'What would change it?' }).waitFor()
    await page.getByText(/windows drawn anew from its/).waitFor()
    // one stop for the keyboard, and arrow keys from there
    await chosen.evaluate((link) => link.parentElement?.parentElement?.querySelector<HTMLElement>('[tabindex="0"]')?.focus())
    for (let i = 0; i < 6 && !(await chosen.evaluate((link) => link === document.activeElement)); i++)
      await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`at=${month}`))
    await page.getByText('As it was known at the end of').waitFor()
    await page.getByRole('link', { name: 'Back to the latest verdict' }).click()
    await page.waitForURL((url) => !url.search.includes('at='))
    await page.getByRole('navigation', { name: 'Who counts', exact: true }).getByRole('link', { name: 'with bots counted' }).click()
    await page.waitForURL(/view=with_bots/)
    await page.getByText('Not the verdict: a what-if view, with bots counted.').waitFor()
    await page.getByRole('link', { name: 'Back to the verdict as found' }).click()
    await page.waitForURL((url) => !url.search.includes('view='))
    const cases = page.getByRole('link', { name: /^See the \d+: People who answered somebody$/ })
    await cases.click()
    await page.waitForURL(/\/c\/pumps\/evidence\?.*rule=community&metric=helpers/)
    await page.close()
  })

  it('keeps what one chose in the address, so that a link shows the same', async () => {
    const page = await open('/c/pumps/helping')
    await page.getByRole('button', { name: 'Table: Do people ask?' }).click()
    await page.getByText('Week', { exact: true }).click()
    await page.waitForURL(/grain=week/)
    const again = await open(new URL(page.url()).pathname + new URL(page.url()).search)
    await again.locator('#questions table').waitFor()
    expect(await again.getByRole('radio', { name: 'Week' }).isChecked()).toBe(true)
    await page.close()
    await again.close()
  })

  it('shows events that arrive while it is open', async () => {
    const page = await open('/c/pumps/voices')
    const total = page.locator('#contributions')
    await total.getByText(/168\scontributions/).waitFor()
    await send([{ id: 'late', source: 'forum', type: 'post.published', occurred_at: new Date().toISOString(), actor: { id: 'p1' } }])
    await total.getByText(/169\scontributions/).waitFor({ timeout: 30_000 })
    await page.close()
  })

  it('says that nobody was heard and how to send, and no name breaks the page', async () => {
    const page = await open('/c/silent', { viewport: { width: 360, height: 800 } })
    await page.getByRole('heading', { name: 'Nothing has been heard of this community yet' }).waitFor()
    await page.getByText('curl -X POST').waitFor()
    await page.getByText('<script>alert(1)</script>').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await page.close()
  })

  it('opens what a number is made of, side by side with the number, and leads back', async () => {
    const page = await open('/c/pumps/helping?tables=answered-share&grain=month')
    const row = page.locator('#answered-share tbody tr').filter({ hasText: monthName })
    const said = (await row.getByRole('link').last().textContent())?.match(/^(\d+) of (\d+)/)
    const [answered, asked] = [Number(said?.[1]), Number(said?.[2])]
    await row.getByRole('link').last().click()
    await page.waitForURL(new RegExp(`/c/pumps/cases\\?metric=answered-share&period=${month}$`))
    await page.getByRole('heading', { name: 'Questions at least 7 days old', exact: true }).waitFor()
    expect(await page.locator('table tbody tr').count()).toBe(Math.min(50, asked))
    expect(await page.getByText(`${asked} in all`).count()).toBe(1)
    await page.getByRole('link', { name: /someone else answered within 7 days/ }).click()
    await page.waitForURL(/part=numerator/)
    await page.getByText(`${answered} in all`).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: /^CSV/ }).click()
    const file = await readFile(await (await download).path(), 'utf8')
    expect(file.trim().split('\r\n')).toHaveLength(answered + 1)
    expect(file).toMatch(/^\ufeffasked_at,asker_id,.*source,id,url\r\n/)
    await page.getByRole('link', { name: /← .*pumps/ }).click()
    await page.waitForURL('**/c/pumps')
    await page.close()
  })

  it('opens what a test of a rule counts, and who is behind the verdict', async () => {
    const page = await open('/c/pumps')
    await page.getByRole('heading', { name: 'How was that found?' }).waitFor()
    const link = page.getByRole('link', { name: /^See the \d+: Answers by the person who gave most/ }).last()
    const answers = Number((await link.textContent())?.match(/\d+/)?.[0])
    await link.click()
    await page.waitForURL(/\/c\/pumps\/evidence\?.*metric=top-share-of-answers/)
    await page.getByText(`${answers} in all`).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(Math.min(50, answers))
    await page.getByRole('link', { name: 'answers in the window' }).click()
    await page.waitForURL(/part=denominator/)
    await page.getByRole('link', { name: 'Who and what is behind the verdict' }).click()
    await page.getByRole('heading', { level: 1, name: /people gave \d+ % of answers/ }).waitFor()
    const contributions = async () => (await page.locator('#table-people tbody tr td:nth-child(2)').allTextContents()).map(Number)
    const down = await contributions()
    expect(down).toEqual(down.toSorted((a, b) => b - a))
    await page.getByRole('button', { name: 'Contributions', exact: true }).first().click()
    await page.waitForURL(/people=contributions-up/)
    expect(await contributions()).toEqual(down.toReversed())
    await page.close()
  })

  it('pages through cases, with the place in the address', async () => {
    const page = await open(`/c/pumps/cases?metric=contributions&period=${month}`)
    const numbers = page.getByText(/^1 to 50 of \d+$/)
    await numbers.waitFor()
    const first = await page.locator('tbody tr').first().textContent()
    await page.getByRole('link', { name: /^Next/ }).click()
    await page.getByText(/^51 to \d+ of \d+$/).waitFor()
    expect(await page.locator('tbody tr').first().textContent()).not.toBe(first)
    await page.goBack()
    await numbers.waitFor()
    expect(await page.locator('tbody tr').first().textContent()).toBe(first)
    await page.close()
  })

  it('says why a number has no cases, and what is wrong with an address', async () => {
    const page = await open(`/c/pumps/cases?metric=practices-shared&period=${month}`)
    await page.getByRole('heading', { name: 'No cases are shown' }).waitFor()
    await page.getByText('Not available from forum').waitFor()
    await page.goto(`${pages.baseUrl}/c/pumps/cases?metric=no-such-thing&period=${month}`)
    await page.getByText('There is no metric "no-such-thing"').waitFor()
    await page.goto(`${pages.baseUrl}/c/pumps/cases`)
    await page.getByRole('heading', { name: 'Which number?' }).waitFor()
    await page.close()
  })

  it('explains a number where the overview points, down to its cases', async () => {
    const page = await open('/c/pumps/helping')
    await page.getByRole('link', { name: 'Definition: Are they answered?' }).click()
    await page.waitForURL(/\/definitions.*#answered-share$/)
    const definition = page.locator('#answered-share')
    await definition.getByText('Repeat it by hand').waitFor()
    await definition.getByRole('link', { name: /^See them for Community pumps/ }).click()
    await page.waitForURL(/\/c\/pumps\/cases\?metric=answered-share/)
    await page.close()
  })

  it('says what failed and tries again', async () => {
    const page = await open('about:blank')
    await page.route('**/health?*', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"detail":"It broke."}' }),
    )
    // the page asks again by itself when it begins to listen, and the button would be gone before it is pressed
    await page.route('**/live', (route) => route.abort())
    await page.goto(`${pages.baseUrl}/c/pumps`)
    await page.getByText('It broke.').waitFor()
    await page.unroute('**/health?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'How was that found?' }).waitFor()
    await page.close()
  })

  it('goes by keys', async () => {
    const page = await open('/c/pumps')
    await page.getByRole('heading', { name: 'How was that found?' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.waitForURL('**/definitions')
    await page.close()
  })

  it('a key is shown once, in a command that can be copied', async () => {
    const page = await open('/c/pumps/data')
    await page.getByLabel('Name of a new key').fill('Forum')
    await page.getByRole('button', { name: 'Make a key' }).click()
    const key = (await page.locator('text=/^br_\\S{20,}$/').first().textContent()) ?? ''
    await page.getByText(`Bearer ${key}`).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'API keys' }).waitFor()
    expect(await page.getByText(key).count()).toBe(0)
    await page.close()
  })

  it('lets a manager say what it is meant to be, change a threshold and take it back, and name a facilitator', async () => {
    const page = await open('/c/pumps/rules')
    const judging = page.getByText('The whole history is being judged anew')
    await page.getByRole('radio', { name: 'A newsletter' }).check()
    await page.getByLabel('In your own words').fill('<b>News</b> of the guild')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await judging.waitFor()
    await page.getByRole('button', { name: 'Change: People who answered somebody at least' }).click()
    const field = page.getByRole('textbox', { name: 'People who answered somebody at least' })
    await field.fill('0')
    await field.press('Enter')
    await page.getByText('Between 1 and 1,000\u00a0people, whole numbers only.').waitFor()
    await field.fill('7')
    await field.press('Enter')
    await page.getByRole('button', { name: 'Reset: People who answered somebody at least' }).waitFor()
    await page.getByText('1\u00a0threshold of this community’s own.').waitFor()
    await refreshCommunity(pages.database, pumps.community_id, { now: new Date() })
    await judging.waitFor({ state: 'detached' })
    await page.getByRole('combobox', { name: 'Name somebody' }).fill('p3')
    await page.getByRole('option', { name: 'p3 (forum: p3)' }).click()
    await page.getByRole('button', { name: 'Name as facilitator' }).click()
    await page.getByRole('button', { name: 'Take back: p3 (forum: p3)' }).click()
    await page.getByText('Nobody is named.').waitFor()
    await page.getByRole('button', { name: 'Reset: People who answered somebody at least' }).click()
    await page.getByText('All of them are at their defaults.').waitFor()
    await page.reload()
    expect(await page.getByRole('radio', { name: 'A newsletter' }).isChecked()).toBe(true)
    expect(await page.getByLabel('In your own words').inputValue()).toBe('<b>News</b> of the guild')
    await page.getByRole('radio', { name: 'Nothing is declared' }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved.').waitFor()
    await refreshCommunity(pages.database, pumps.community_id, { now: new Date() })
    await page.close()
  })

  it('lets a manager change the words that talk about work, and add those of another language', async () => {
    const page = await open('/c/pumps/rules')
    await page.getByText('English (en):').click()
    const procedure = page.getByRole('textbox', { name: 'Procedure' })
    expect(await procedure.inputValue()).toContain('agenda\nagendas\nmeeting')
    await procedure.fill('ward round\n\n  handover ')
    await page.getByRole('button', { name: 'Save words' }).click()
    await page.getByText('Saved. These words are counted from now on.').waitFor()
    await page.getByText('The words here are counted since').waitFor()
    expect(await procedure.inputValue()).toBe('ward round\nhandover')
    await page.getByRole('button', { name: 'Back to the default: Procedure' }).click()
    await page.getByRole('button', { name: 'Back to the default: Procedure' }).waitFor({ state: 'detached' })
    expect(await procedure.inputValue()).toContain('agenda')
    await page.getByText('English (en):').click()
    await page.getByLabel('Another language').fill('de')
    await page.getByRole('button', { name: 'Add words' }).click()
    await page.getByRole('textbox', { name: 'Procedure' }).fill('…')
    await page.getByText('Procedure: “…” has no letter and no figure.').waitFor()
    expect(await page.getByRole('button', { name: 'Save words' }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Procedure' }).fill('Übergabe')
    await page.getByRole('button', { name: 'Save words' }).click()
    await page.getByText('German (de): 1 word, some set by this community').waitFor()
    await page.close()
  })

  it('lets a manager say who is a bot, name another, and take both back; no name breaks the page', async () => {
    await send([
      {
        id: 'feed 1',
        source: 'forum',
        type: 'post.published',
        occurred_at: new Date(Date.now() - 86_400_000).toISOString(),
        actor: { id: 'feed-1', name: `${HOSTILE} RSS` },
      },
      {
        id: 'ci 1',
        source: 'forum',
        type: 'member.joined',
        occurred_at: new Date().toISOString(),
        actor: { id: 'ci[bot]', name: '\u202e\u200b' },
      },
    ])
    const page = await open('/c/pumps/rules')
    const feed = page.getByRole('row', { name: /feed-1/ })
    await feed.getByText('Counted until you say that it is one').waitFor()
    await feed.getByText('“rss” is part of its name or id').waitFor()
    expect(await feed.locator('script').count()).toBe(0)
    await page
      .getByRole('row', { name: /ci\[bot\]/ })
      .getByText('Its name or id ends in “[bot]”.')
      .waitFor()
    await feed.getByRole('button', { name: /^It is a bot/ }).click()
    await page.getByText('is left out as a bot. The numbers follow by themselves.').waitFor()
    await feed.getByText('Left out, as a manager said').waitFor()
    await feed.getByRole('button', { name: /^Undo/ }).click()
    await feed.getByText('Counted until you say that it is one').waitFor()

    await page.getByText('Name another account a bot').click()
    await page.getByLabel('Source').last().fill('forum')
    await page.getByLabel('Id of the account there').fill('nobody here')
    const name = page.locator('form', { has: page.getByLabel('Id of the account there') }).getByRole('button', { name: 'It is a bot' })
    await name.click()
    await page.getByText('No event of "forum" is by or about "nobody here".').waitFor()
    await page.getByLabel('Id of the account there').fill('p4')
    await name.click()
    const other = page.getByRole('row', { name: /forum: p4/ })
    await other.getByText('A manager named it.').waitFor()
    await other.getByRole('button', { name: 'Undo: p4' }).click()
    await other.waitFor({ state: 'detached' })
    await page.close()
  })

  it('suggests who may be one person, merges them by keyboard and takes it back', async () => {
    const communityId = pumps.community_id
    const note = (source: string, id: string, name: string) =>
      noteAccounts(pages.database, { communityId, source, accounts: [{ id, name, email: 'eve@example.org' }], now: new Date() })
    await note('chat', 'U1', 'Eve Otieno')
    await note('list', 'eve', HOSTILE)
    const page = await open('/c/pumps/data', { viewport: { width: 360, height: 800 } })
    const section = page.locator('section[aria-labelledby=identities]')
    const same = section.getByRole('button', { name: /^Same person: / })
    await section.getByText('Both have the same mail address.').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect((await new AxeBuilder({ page }).include('section[aria-labelledby=identities]').analyze()).violations).toEqual([])
    await same.focus()
    await page.keyboard.press('Enter')
    await section.getByRole('status').getByText('are one person').waitFor()
    // the way back has the focus that the button had
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Undo')
    await section.getByText('People with several accounts (1)').waitFor()
    await page.keyboard.press('Enter')
    await same.waitFor()
    await section.getByRole('button', { name: /^Different people: / }).click()
    await section.getByText('Said to be different people (1)').click()
    await section.getByRole('button', { name: /^Take back that / }).click()
    await section.getByText('Said to be different people (1)').waitFor({ state: 'detached' })
    await same.waitFor()
    await page.close()
  })

  it('lets a manager say what the messages of a channel are, and take it back', async () => {
    const rule = 'insert into channel_rule (community_id, source, channel, finds, set_at) values ($1, $2, $3, $4, $5)'
    await pages.database.pool.query(rule, [pumps.community_id, 'chat', HOSTILE.slice(0, 100), 'post', new Date()])
    const page = await open('/c/pumps/data', { viewport: { width: 360, height: 800 } })
    const section = page.locator('section[aria-labelledby=channels]')
    const choice = section.getByLabel(/ in chat are$/)
    await choice.waitFor()
    expect(await choice.inputValue()).toBe('post')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect((await new AxeBuilder({ page }).include('section[aria-labelledby=channels]').analyze()).violations).toEqual([])
    await choice.selectOption('announcements')
    await section.getByText('Saved, for what comes from now on.').waitFor()
    const finds = async () =>
      (await pages.database.pool.query('select finds from channel_rule where community_id = $1', [pumps.community_id])).rows
    expect(await finds()).toEqual([{ finds: 'announcement' }])
    await choice.selectOption('what their text says')
    await choice.waitFor({ state: 'detached' })
    expect(await finds()).toEqual([])
    await page.close()
  })

  it('sets up a live feed, shows its first delivery, and deletes it', async () => {
    const page = await open('/c/pumps/data')
    const section = page.locator('section[aria-labelledby=feeds]')
    await section.getByText('There is no feed yet.').waitFor()
    await section.getByLabel('Name of the feed').fill('Our forum')
    await section.getByRole('button', { name: 'Make a feed' }).click()
    await section.getByText('shown this once').waitFor()
    const [url = '', secret = ''] = await section.locator('ol li span').allTextContents()
    const body = JSON.stringify({ ping: 'OK' })
    const send = async (signature: string) =>
      (await fetch(url, { method: 'POST', headers: { 'x-discourse-event': 'ping', 'x-discourse-event-signature': signature }, body }))
        .status
    expect(await send('sha256=0')).toBe(401)
    await page.reload()
    await section.getByText(/copy the secret again/).waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await send(signBody(secret, Buffer.from(body)))).toBe(200)
    await page.reload()
    await section.getByText('It works. The latest: not read (ping).').waitFor()
    await section.getByRole('button', { name: 'Delete the feed Our forum' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await section.getByText('There is no feed yet.').waitFor()
    expect(await send(signBody(secret, Buffer.from(body)))).toBe(404)
    await page.close()
  })

  it.each([
    ['/', 'light', 1280, 'Which community needs you?'],
    ['/', 'dark', 360, 'Which community needs you?'],
    ['/c/pumps?tables=verdict-history&view=with_bots', 'light', 1280, 'How was that found?'],
    ['/c/pumps', 'dark', 360, 'How was that found?'],
    [`/c/pumps/cases?metric=answered-share&period=${month}`, 'dark', 360, 'Questions at least 7 days old'],
    [`/c/pumps/cases?metric=top-share&period=${month}`, 'light', 1280, 'Contributions'],
    ['/c/pumps/evidence', 'light', 1280, 'Who is behind it?'],
    ['/c/pumps/evidence', 'dark', 360, 'Where did it happen?'],
    ['/c/pumps/evidence?rule=community&metric=answered-share', 'dark', 360, 'Of these that someone else answered within 7 days'],
    ['/c/pumps/data', 'light', 360, 'API keys'],
    ['/definitions', 'light', 360, 'What does each number mean?'],
    ['/definitions', 'dark', 1280, 'What does each number mean?'],
    ['/c/pumps/rules', 'light', 1280, 'Thresholds'],
    ['/c/pumps/rules', 'dark', 360, 'Thresholds'],
    // between a phone and a desk, with all that an administrator's header holds
    ['/c/pumps/rules', 'light', 800, 'Thresholds'],
    ['/c/pumps/rules', 'dark', 1090, 'Thresholds'],
    ['/people', 'light', 360, 'Who may see what?'],
    ['/account', 'dark', 1280, 'Your account'],
  ] as const)('axe finds nothing on %s (%s, %i px), and nothing sticks out', async (path, colorScheme, width, heading) => {
    const page = await open(path, { colorScheme, viewport: { width, height: 900 } })
    await page.getByRole('heading', { name: heading }).waitFor()
    await expectAccessible(page)
    await page.close()
  })
})
