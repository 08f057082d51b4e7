import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { expectAccessible, type OpenPages, openPages } from './open-pages.ts'

const today = new Date().toISOString().slice(0, 10)
/** The last month that is over, and the one before it. */
const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
const monthBefore = addDays(`${month}-01`, -1).slice(0, 7)
const AT = `from=${month}&to=${month}`
const HOSTILE = `<b>x</b> מגדל ${'Bandwurm'.repeat(20)}`

/** Questions of a month in topics: `asked` of each, of which `answered` have an answer after the hours of the turn, all by `by`. */
type Topic = { channel: string; asked: number; answered: number; by?: string }
const TOPICS: Topic[] = [
  { channel: 'pumps', asked: 12, answered: 12 },
  { channel: 'seals', asked: 9, answered: 3 },
  { channel: 'motors', asked: 6, answered: 6, by: 'solo' },
  { channel: 'valves', asked: 3, answered: 3 },
  { channel: HOSTILE, asked: 2, answered: 2 },
]
const WAITS = [0.5, 2, 2, 12, 40, 100] as const
const talk = (of: string, topics: Topic[]): object[] =>
  topics.flatMap(({ channel, asked, answered, by }, t) =>
    Array.from({ length: asked }, (_, i) => {
      const id = `${of} ${t} ${i}`
      const at = Date.parse(`${addDays(`${of}-01`, (i * 2) % 20)}T08:00:00Z`)
      const place = { source: 'forum', thread_id: id, channel }
      const question = { ...place, id, type: 'question.asked', occurred_at: new Date(at).toISOString(), actor: { id: `asker ${i % 9}` } }
      const wait = (WAITS[i % WAITS.length] as number) * 3_600_000
      return i >= answered
        ? [question]
        : [
            question,
            {
              ...place,
              id: `${id} a`,
              type: 'answer.posted',
              in_reply_to: id,
              occurred_at: new Date(at + wait).toISOString(),
              actor: { id: by ?? `helper ${i % 5}` },
            },
          ]
    }).flat(),
  )

let pages: OpenPages
let pumps: TestCommunity
beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, [
    ...talk(monthBefore, TOPICS.slice(0, 2)),
    ...talk(month, TOPICS),
    // two days ago, by somebody who has asked before, and nobody has answered; today is known of
    {
      id: 'open',
      source: 'forum',
      type: 'question.asked',
      thread_id: 'open',
      channel: 'pumps',
      occurred_at: new Date(Date.now() - 2 * 86_400_000).toISOString(),
      actor: { id: 'asker 1' },
    },
    {
      id: 'now',
      source: 'forum',
      type: 'post.published',
      occurred_at: new Date(Date.now() - 60_000).toISOString(),
      actor: { id: 'asker 2' },
    },
  ])
  const weblog = await pages.addCommunity('weblog')
  await pages.send(
    weblog,
    Array.from({ length: 5 }, (_, i) => ({
      id: `p${i}`,
      source: 'weblog',
      type: 'post.published',
      occurred_at: `${month}-0${i + 1}T08:00:00Z`,
      actor: { id: 'ana' },
    })),
  )
})
afterAll(() => pages?.close())

type Page = Awaited<ReturnType<OpenPages['open']>>
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

it('follows the questions from asked to answered, each step to its cases, beside the time before', async () => {
  const page = await pages.open(`/c/pumps/helping?${AT}`)
  await page
    .getByText(/^Of\s32\squestions\sasked\sin\s.*,\s26\swere\sanswered\sby\ssomeone\selse\swithin\sseven\sdays\s\(81.%,\s65–91.%\)\.$/)
    .waitFor()
  const funnel = card(page, 'What becomes of a question?')
  await funnel.getByText('Of 32 questions asked, 26 have an answer so far.', { exact: false }).waitFor()
  await funnel.getByText('six were answered later or not at all').waitFor()
  await funnel.getByText(/Not\savailable\sfrom\sforum,\swhich\sdoes\snot\stell\swhich\sanswers\swere\saccepted/).waitFor()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('previous')
  await funnel.getByText('15 of 21 old enough').waitFor()
  await funnel.getByRole('link', { name: /^26 of 32 old enough/ }).click()
  await page.waitForURL(/metric=answered-share.*part=numerator|part=numerator.*metric=answered-share/)
  expect(new URL(page.url()).searchParams.get('period')).toMatch(new RegExp(`${month}-01\\.\\.${month}-\\d\\d`))
  await page
    .getByText(/\b26\b/)
    .first()
    .waitFor()
  await page.close()
})

it('shows how long they waited as a curve and as counts, and hands out its steps', async () => {
  const page = await pages.open(`/c/pumps/helping?${AT}`)
  const times = card(page, 'How long does someone who asks wait?')
  await times.getByText(/^Half\sof\sthe\squestions\sasked\sin\s.*\shad\sa\sfirst\sanswer\swithin\s2\shours/).waitFor()
  await times.getByRole('img', { name: /The share of questions that have a first answer/ }).waitFor()
  const rows = (await times.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())
  expect(rows).toEqual([
    'Within an hour 6',
    'One to four hours 11',
    'Four hours to a day 3',
    'One to three days 3',
    'Three to seven days 3',
    'Later 0',
    'Still waiting 6',
  ])
  const [file] = await Promise.all([page.waitForEvent('download'), times.getByRole('button', { name: /^CSV/ }).click()])
  const csv = await readFile((await file.path()) as string, 'utf8')
  expect(csv).toContain('hours')
  expect(csv.trim().split('\n').length).toBe(6)
  await times.getByRole('button', { name: /^Table/ }).click()
  await page.waitForURL(/tables=waiting-times/)
  await page.reload()
  await times.getByRole('row', { name: /Still waiting 6/ }).waitFor()
  await page.close()
})

it('names the topics that need helpers, and lists them all with their cases', async () => {
  const page = await pages.open(`/c/pumps/helping?${AT}`)
  const topics = card(page, 'Where is much asked and little answered?')
  await topics.getByText(/32\squestions\swere\sasked\sin\sfive\stopics\s.*:\sone\sis\sasked\soften\sand\sanswered\srarely\./).waitFor()
  await topics.getByText(/Of\sthe\stwo\swith\sat\sleast\sfive\sanswered\squestions\sone\shangs\son\sone\shelper\./).waitFor()
  await topics.getByText(/Often\sis\smore\sthan\sthe\smiddle\stopic:\smore\sthan\s6\squestions,\smore\sthan\s3\sanswers/).waitFor()
  expect(await topics.getByRole('listitem').first().textContent()).toMatch(
    /Asked often, answered rarely: needs helpers: 1.topic.*\(seals\)/s,
  )
  await topics.getByRole('button', { name: /^Table/ }).click()
  await topics.getByRole('row', { name: /motors.* 6 6 6 1 .*hangs on one helper/ }).waitFor()
  await topics.getByRole('row', { name: /Bandwurm/ }).waitFor()
  await topics.getByRole('link', { name: /^seals/ }).click()
  await page.waitForURL(/category=many-asked-few-answered/)
  await page
    .getByRole('cell', { name: 'seals' })
    .or(page.getByRole('rowheader', { name: 'seals' }))
    .first()
    .waitFor()
  await page.close()
})

it('lists who waits now; what is answered elsewhere leaves the list and the numbers', async () => {
  const page = await pages.open('/c/pumps/helping?range=3m')
  const open = card(page, 'Which questions have no answer now?')
  await page.getByText(/;\sone\smore\swas\stoo\syoung\sto\stell\.$/).waitFor()
  const item = open.getByRole('listitem').filter({ hasText: '2 days' })
  await item.getByText(/in\spumps/).waitFor()
  await item.getByRole('button', { name: /^Answered elsewhere/ }).click()
  await item.waitFor({ state: 'detached' })
  await expect
    .poll(() => pages.settle().then(() => page.getByText(/one\sanswered\selsewhere,\sas\sa\smanager\ssays,\sis\sleft\sout/).count()), {
      timeout: 20_000,
    })
    .toBe(1)
  expect(await page.getByText(/too\syoung\sto\stell/).count()).toBe(0)
  await page.close()
})

it('says what is missing where nobody asks, and what would fill it', async () => {
  const page = await pages.open('/c/weblog/helping')
  await page.getByRole('heading', { name: 'Questions are not told of here' }).waitFor()
  await card(page, 'Which newcomers wait for a reply?').waitFor()
  expect(await page.getByRole('region', { name: 'What becomes of a question?' }).count()).toBe(0)
  await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'Data', exact: true }).click()
  await page.waitForURL('**/c/weblog/data')
  await page.close()
})

it('keeps the rest of the page when its own part fails, and tries again', async () => {
  const page = await pages.open('/c/weblog')
  await page.route('**/api/v1/communities/pumps/helping?**', (route) =>
    route.fulfill({ status: 500, json: { detail: 'The database is away.' } }),
  )
  await page.goto(`${pages.baseUrl}/c/pumps/helping?${AT}`)
  const problem = page.getByRole('alert').filter({ hasText: 'What became of the questions could not be shown' })
  await problem.getByText('The database is away.').waitFor()
  await page.getByRole('heading', { name: 'Do people ask?' }).waitFor()
  await page.unroute('**/api/v1/communities/pumps/helping?**')
  await problem.getByRole('button', { name: 'Try again' }).click()
  await card(page, 'What becomes of a question?').waitFor()
  await page.close()
})

it('can be used on a small screen, in the dark, and by those who do not see it', async () => {
  const page = await pages.open(`/c/pumps/helping?${AT}&compare=previous`, {
    viewport: { width: 360, height: 800 },
    colorScheme: 'dark',
  })
  await card(page, 'Where is much asked and little answered?').waitFor()
  await card(page, 'What becomes of a question?').getByText('The time before:').first().waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Table: What becomes of a question?' }).click()
  await page.getByRole('button', { name: 'Table: Where is much asked and little answered?' }).click()
  await card(page, 'What becomes of a question?').getByRole('table').waitFor()
  await expectAccessible(page)
  await page.close()
})
