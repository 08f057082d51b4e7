import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, daysOfPeriod } from '../shared/period.ts'
import type { TestCommunity } from './access-app.ts'
import { expectAccessible, type OpenPages, openPages } from './open-pages.ts'

/** The last month that is over, and the one before it. */
const today = new Date().toISOString().slice(0, 10)
const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
const monthBefore = addDays(`${month}-01`, -1).slice(0, 7)
const AT = `from=${month}&to=${month}`
const HOSTILE = `<b>x</b> מגדל ${'Bandwurm'.repeat(22)}`

/** Questions of one month: `answers` by each helper, in turn; every question is asked by somebody else again. */
const helped = (of: string, answers: readonly number[]): object[] => {
  const { from_on } = daysOfPeriod(of, 'month')
  const by = answers.flatMap((count, helper) => Array.from({ length: count }, () => `helper ${helper}`))
  return by.flatMap((helper, i) => {
    const at = (hour: number) => `${addDays(from_on, i % 28)}T${String(hour).padStart(2, '0')}:00:00Z`
    const question = { source: 'forum', thread_id: `${of} q${i}`, channel: 'pumps' }
    return [
      { ...question, id: `${of} q${i}`, type: 'question.asked', occurred_at: at(8), actor: { id: `asker ${i % 12}` } },
      { ...question, id: `${of} a${i}`, type: 'answer.posted', occurred_at: at(11), actor: { id: helper }, in_reply_to: `${of} q${i}` },
    ]
  })
}

let pages: OpenPages
let pumps: TestCommunity
beforeAll(async () => {
  pages = await openPages()
  pumps = await pages.addCommunity('pumps')
  await pages.send(pumps, [...helped(monthBefore, [8, 7, 6, 6, 5, 4, 4]), ...helped(month, [30, 4, 3, 2, 1])])
  const listed = await pages.addCommunity('listed')
  await pages.database.pool.query('update community set name = $2 where community_id = $1', [listed.community_id, HOSTILE])
  await pages.send(listed, [{ id: 'j', source: 'list', type: 'member.joined', occurred_at: `${month}-03T08:00:00Z`, actor: { id: 'ana' } }])
})
afterAll(() => pages?.close())

const card = (page: Awaited<ReturnType<OpenPages['open']>>, name: RegExp) => page.getByRole('region', { name })

it('says how few give most of the answers, compared with the time before, and keeps the choice in the address', async () => {
  const page = await pages.open(`/c/pumps/voices?${AT}`)
  await page.getByText('people made 80 % of contributions').waitFor()
  await page.getByRole('radiogroup', { name: 'What is shared out' }).getByText('Answers').click()
  await page.waitForURL(/of=answers/)
  await page.getByText(', three fewer than from').waitFor()
  await page.getByText('The top person alone gave 75 %').waitFor()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('previous')
  await card(page, /How few people give/)
    .getByText('five people gave 40 answers: one of them alone gave half, two gave 80 %')
    .waitFor()
  await expectAccessible(page)
  await page.reload()
  await page.getByText('Two of five people gave 80 % of answers').waitFor()
  await page.close()
})

it('reads the curve at any number of people by keyboard and by hovering, and names nobody', async () => {
  const page = await pages.open(`/c/pumps/voices?${AT}&of=answers`)
  const curve = page.getByRole('slider', { name: /those who gave most first/ })
  await curve.focus()
  await page.keyboard.press('Home')
  await page.getByText('The first of 5 people: 75 % (30 of 40 answers)').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByText('The first 2 of 5 people: 85 % (34 of 40 answers)').waitFor()
  expect(await curve.getAttribute('aria-valuetext')).toContain('The first 2 of')
  await page.keyboard.press('End')
  await page.getByText('All 5 people: 100 %').waitFor()
  const box = await curve.boundingBox()
  await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 150)
  await page.getByText('The first of 5 people: 75 %').waitFor()
  expect(await page.getByText(/helper \d/).count()).toBe(0)
  await page.close()
})

it('shows the table behind the curve, and hands out every corner of it', async () => {
  const page = await pages.open(`/c/pumps/voices?${AT}&of=answers`)
  const figure = card(page, /How few people give/)
  const [file] = await Promise.all([page.waitForEvent('download'), figure.getByRole('button', { name: /^CSV/ }).click()])
  expect((await readFile(await file.path(), 'utf8')).replaceAll('\r', '').trim().split('\n')).toEqual([
    'people,answers,share',
    '1,30,0.75',
    '2,34,0.85',
    '3,37,0.925',
    '4,39,0.975',
    '5,40,1',
  ])
  await figure.getByRole('button', { name: /^Table/ }).click()
  await page.waitForURL(/tables=pareto/)
  await figure.getByRole('row', { name: /2 of 5 34 of 40 85 %/ }).waitFor()
  await figure.getByRole('link', { name: /Cases/ }).click()
  await page.waitForURL(/metric=absence-factor-of-answers/)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.close()
})

it('takes the busiest helpers away, one, two, three, and each number opens its questions', async () => {
  const page = await pages.open(`/c/pumps/voices?${AT}`)
  const figure = card(page, /What if the busiest helpers/)
  await figure
    .getByText(
      'As it is, none of 40 questions had no answer within seven days. Without the top person it would have been 30 of 40, without the top two 34 of 40, without the top three 37 of 40.',
    )
    .waitFor()
  await figure.getByRole('link', { name: /25.%.*without the top person/ }).click()
  await page.waitForURL(/metric=answered-share-without-top.*category=top-1/)
  await page
    .getByText(/questions by those who are left/i)
    .first()
    .waitFor()
  await page.close()
})

it('says so where nothing is known of what is written, and a window of 360 holds it', async () => {
  const page = await pages.open('/c/listed/voices', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' })
  await page.getByRole('heading', { name: 'Who writes here is not known' }).waitFor()
  await page.getByText(/Not available from list, which does not tell contributions/).waitFor()
  await expectAccessible(page)
  await page.goto(`${pages.baseUrl}/c/pumps/voices?${AT}&of=starts&compare=previous`)
  await page.getByText('people started 80 % of threads').waitFor()
  await card(page, /What if the busiest/).waitFor()
  await expectAccessible(page)
  await page.close()
})

it('keeps the rest where one answer fails, and tries again when asked', async () => {
  const page = await pages.open('/c')
  let isBroken = true
  await page.route('**/api/v1/communities/pumps/voices?*', (route) =>
    isBroken ? route.fulfill({ status: 500, json: { title: 'Broken', detail: 'The pipe is broken.' } }) : route.continue(),
  )
  await page.goto(`${pages.baseUrl}/c/pumps/voices?${AT}`)
  await page.getByText('The pipe is broken.').first().waitFor({ timeout: 20_000 })
  await card(page, /What if the busiest helpers/).waitFor()
  isBroken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('people made 80 % of contributions').waitFor()
  await page.close()
})

it('follows when answers arrive, without a reload', async () => {
  const page = await pages.open(`/c/pumps/voices?${AT}&of=answers`)
  await page.getByText('Two of five people gave 80 %').waitFor()
  await pages.send(
    pumps,
    helped(month, [0, 0, 0, 0, 0, 0, 15]).map((event) => ({ ...event, ...prefixed(event as Sent) })),
  )
  await page.getByText('Two of six people gave 80 % of answers').waitFor()
  await page.close()
})

type Sent = { id: string; thread_id: string; in_reply_to?: string }
/** The same events once more under other ids. */
const prefixed = ({ id, thread_id, in_reply_to }: Sent): object => ({
  id: `more ${id}`,
  thread_id: `more ${thread_id}`,
  ...(in_reply_to === undefined ? {} : { in_reply_to: `more ${in_reply_to}` }),
})
