import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUpAlert, madeUpAlerts } from '../../e2e/made-up-alert.ts'
import type { AlertContent } from '../../shared/contract/alert.ts'
import { addDays } from '../../shared/period.ts'
import { composeAlertDigest } from './alert-digest-mail.ts'
import { type AlertMailLinks, type AlertPlace, composeAlertMail, composeAlertMails } from './alert-mail.ts'
import { MAX_HTML_BYTES } from './mail-frame.ts'
import { COLOURS, DARK_STYLES } from './mail-style.ts'
import { drawWeeks } from './week-chart.ts'

const BASE = 'https://barnraise.example'
const place: AlertPlace = { baseUrl: BASE, alertPath: '/c/pumps/alerts?alert=5f0c0000-0000-4000-8000-000000000001' }
const links: AlertMailLinks = {
  say: `${BASE}/alert/AAAA.BBBB.CCCC`,
  unsubscribe: `${BASE}/unsubscribe-alerts/AAAA.CCCC`,
  settings: `${BASE}/c/pumps/alerts#recipients`,
  why: 'You get this because you look after Pump Engineers in Barnraise.',
}
const digestLinks = { baseUrl: BASE, unsubscribe: links.unsubscribe, settings: links.settings, why: links.why }

const decode = (html: string) =>
  html
    .replace(/&nbsp;/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
const flat = (text: string) => text.replace(/[\s\u00a0.]+/g, ' ')
const seenIn = (html: string) => flat(decode(html.replace(/[\s\S]*<body/, '').replace(/<[^>]*>/g, ' ')))
const tagsIn = (html: string) =>
  [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<\/?([^\s>/]+)/g)].map((match) => (match[1] as string).toLowerCase())
const OURS = new Set('!doctype html head title meta style body div table tbody tr td p h1 h2 h3 a span strong ul ol li bdi br'.split(' '))

const digestOf = (contents: readonly AlertContent[]) => ({
  monday: '2026-06-29',
  communities: contents.map((content, i) => ({
    name: content.community.name,
    notices: [{ content, told_on: '2026-06-29', alertPath: `/c/pumps/alerts?alert=${i}`, say: links.say ?? '' }],
    standing: [{ headline: content.headline, told_on: '2026-05-04', alertPath: '/c/pumps/alerts?alert=x' }],
  })),
})

describe('an alert as a mail', () => {
  it.each(madeUpAlerts().map((content) => [`${content.rule}, ${content.notice}`, content] as const))(
    'says in its text and in its HTML the same, in the same order: %s',
    async (_, content) => {
      const { html, text, subject } = await composeAlertMail(content, place, links)
      expect(subject).toBe(content.subject)
      const said = [
        content.headline,
        ...content.sentences,
        ...(content.chart === null ? [] : [content.chart.title, content.chart.caption]),
        ...content.figures.flatMap(({ label, now, usual, change }) => [label, now, usual, change]),
        ...(content.driver === null ? [] : [content.driver.sentence, ...content.driver.parts.map(({ share }) => share)]),
        ...content.look_first.map((step) => step.text),
        ...(content.how_sure === '' ? [] : [content.how_sure]),
        ...content.caveats,
        'See what it rests on',
        'false alarm',
        'Snooze it for 4 weeks',
        'No more alerts of this community',
      ].map(flat)
      for (const body of [seenIn(html), flat(text)]) {
        let at = 0
        for (const one of said) {
          // usual and now change places on a phone's line
          const found = body.indexOf(one.trim(), content.figures.some(({ usual, now }) => [usual, now].includes(one)) ? 0 : at)
          expect([one, found >= 0]).toEqual([one, true])
          at = Math.max(at, found)
        }
      }
      for (const address of [links.say, links.unsubscribe, links.settings]) {
        expect(text).toContain(address)
        expect(html).toContain(address)
      }
    },
  )

  it('needs no picture, script or background, and leads nowhere but here', async () => {
    for (const content of madeUpAlerts()) {
      const { html } = await composeAlertMail(content, place, links)
      expect(tagsIn(html).filter((tag) => !OURS.has(tag))).toEqual([])
      expect(html).not.toMatch(/url\(|@import|@font-face|background-image|gradient|display:\s*(flex|grid)|position:/i)
      const addresses = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map((match) => match[1] as string)
      expect(addresses.filter((address) => !address.startsWith(`${BASE}/`))).toEqual([])
      // far from the 98 kB at which Gmail cuts
      expect(Buffer.byteLength(html)).toBeLessThan(40_000)
    }
  })

  it('draws each week at a height of its own, with a line at what is usual and a sign where nothing is known', () => {
    const drawn = drawWeeks(madeUpAlert().chart as NonNullable<AlertContent['chart']>)
    const heights = drawn?.bars.map(({ below, above }) => below + above) ?? []
    // 7 is the highest of them, and 72 pixels
    expect(heights.slice(0, 9)).toEqual([41, 51, 31, 62, 41, 21, 0, 0, 51])
    expect(drawn?.heights).toEqual({ below: 44, above: 28 })
    expect(drawn?.bars.filter(({ is_known }) => !is_known)).toHaveLength(2)
    expect(drawn?.bars.map(({ is_judged }) => (is_judged ? '1' : '0')).join('')).toBe(`${'0'.repeat(18)}${'1'.repeat(8)}`)
    expect(drawn?.characters).toBe('▅▆▄▇▅▃??▆▅▇▄▆▅▅█▄▅ | ▃▄▂▃▄▂▃▃')
    expect([drawn?.first, drawn?.last]).toEqual(['29 Dec 2025', '22 Jun 2026'])
  })

  it('never makes a bar of what is 0, or of what is not known', async () => {
    const weeks = [5, 0, null, 4].map((value, i) => ({ on: addDays('2026-01-05', i * 7), value }))
    const drawn = drawWeeks({ title: 'x', caption: 'y', unit: '', weeks, usual: null, judged_from: null })
    expect(drawn?.bars.map(({ below }) => below)).toEqual([72, 0, 0, 58])
    expect(drawn?.characters).toBe('█_?▇')
    expect(drawn?.key.drawn).toBe('Each bar is a week; the highest is 5. “?” means not known, which is not 0.')
  })

  it('has no chart where nearly nothing is known, and none that is broken by what is no number', () => {
    const chart = madeUpAlert().chart as NonNullable<AlertContent['chart']>
    expect(drawWeeks({ ...chart, weeks: [{ on: '2026-01-05', value: null }] })).toBeNull()
    expect(drawWeeks({ ...chart, weeks: [] })).toBeNull()
    const still = drawWeeks({ ...chart, weeks: chart.weeks.map(({ on }) => ({ on, value: 0 })), usual: 0 })
    expect(still?.bars.every(({ below, above }) => below + above === 0)).toBe(true)
  })

  it('tells apart, on paper that is white and on paper that is dark, all that it draws and writes', () => {
    const luminance = (hex: string): number => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (one: string, other: string): number => {
      const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x)
      return (high + 0.05) / (low + 0.05)
    }
    const dark = (name: string): string => new RegExp(`^ \\.${name}[ ,].*?(#[0-9A-F]{6})`, 'm').exec(DARK_STYLES)?.[1] ?? ''
    const [paper, wash] = [dark('paper'), dark('wash')]
    for (const ground of [COLOURS.card, COLOURS.wash])
      for (const text of [COLOURS.ink, COLOURS.quiet]) expect(contrast(text, ground)).toBeGreaterThan(4.5)
    for (const ground of [paper, wash]) for (const name of ['ink', 'quiet']) expect(contrast(dark(name), ground)).toBeGreaterThan(4.5)
    // bars against the paper, and the judged against the others
    for (const [ground, mark] of [
      [COLOURS.card, COLOURS.ink],
      [paper, dark('mark')],
    ] as const) {
      expect(contrast(COLOURS.bar, ground)).toBeGreaterThan(3)
      expect(contrast(mark, ground)).toBeGreaterThan(3)
      expect(contrast(mark, COLOURS.bar)).toBeGreaterThan(3)
    }
  })

  it('shows no word that somebody wrote as anything but a word, alone and in a digest', async () => {
    const hostile = fc
      .array(
        fc.constantFrom(
          '<script>alert(1)</script>',
          '</td></table>',
          '</mj-text></mj-column>',
          '{{name}}',
          '[[x]]',
          '@@0@@',
          '@closing@',
          '$&',
          '"><img src=x onerror=alert(1)>',
          '\r\nBcc: a@b.example',
          '\u202e',
          '\u2066',
          'مجتمع المضخات',
          '<!--[if mso]>',
          '&lt;',
          '\0',
          '\ud800',
          'https://evil.example',
          '\u2028',
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const content = madeUpAlert({
          community: { slug: 'pumps', name: text, time_zone: 'UTC' },
          subject: `${text}: fewer`,
          headline: text,
          sentences: [text],
          how_sure: text,
          figures: [{ label: text, now: text, usual: text, change: text }],
          driver: { is_found: true, sentence: text, parts: [{ of: text, label: text, share: text }] },
          look_first: [{ text, path: text }],
          chart: { ...(madeUpAlert().chart as NonNullable<AlertContent['chart']>), title: text, caption: text, unit: text },
          caveats: [text],
          evidence_path: text,
        })
        const mails = [
          await composeAlertMail(content, place, { ...links, why: text, isTest: true }),
          await composeAlertDigest(digestOf([content]), { ...digestLinks, why: text }),
        ]
        for (const mail of mails) {
          expect(tagsIn(mail.html).filter((tag) => !OURS.has(tag))).toEqual([])
          expect(mail.html.replace(/<style[\s\S]*?<\/style>/g, '')).not.toMatch(/\{|\}/)
          expect([...mail.html.matchAll(/href="([^"]*)"/g)].every((match) => (match[1] as string).startsWith(`${BASE}/`))).toBe(true)
          expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
          for (const body of [mail.text, mail.html]) {
            expect(body).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]|\r/)
            expect(body.isWellFormed()).toBe(true)
          }
        }
      }),
      { numRuns: 12 },
    )
  }, 20_000)

  it('stays whole in Gmail whatever its length', async () => {
    const long = `${'{"a":"b"} '.repeat(3_000)}end`
    const many = <T>(one: T): T[] => Array.from({ length: 60 }, () => one)
    const content = madeUpAlert({
      headline: long,
      subject: long,
      sentences: many(long),
      figures: many({ label: long, now: long, usual: long, change: long }),
      driver: { is_found: false, sentence: long, parts: many({ of: long, label: long, share: long }) },
      look_first: many({ text: long, path: '/c/pumps' }),
      caveats: many(long),
      how_sure: long,
    })
    const mail = await composeAlertMail(content, place, links)
    expect(Buffer.byteLength(mail.html)).toBeLessThan(MAX_HTML_BYTES)
    expect(mail.html).toContain(links.unsubscribe)
    expect([...mail.subject].length).toBeLessThanOrEqual(160)
    const digest = await composeAlertDigest(digestOf(many(content)), digestLinks)
    expect(Buffer.byteLength(digest.html)).toBeLessThan(MAX_HTML_BYTES)
    expect(digest.text).toContain('Shortened')
  })

  it('says once what is both its first sentence and what the chart shows, and ends a headline without a stop', async () => {
    const chart = { ...(madeUpAlert().chart as NonNullable<AlertContent['chart']>), caption: 'Two a week.' }
    const { text, html } = await composeAlertMail(madeUpAlert({ headline: 'Fewer join.', sentences: ['Two a week.'], chart }), place, links)
    expect(text.match(/Two a week\./g)).toHaveLength(1)
    expect(html).toContain('>Fewer join</h1>')
    const ellipsis = await composeAlertMail(madeUpAlert({ headline: 'And so on...' }), place, links)
    expect(ellipsis.html).toContain('>And so on...</h1>')
  })

  it('gives each of several their own links', async () => {
    const several = ['a', 'b'].map((one) => ({ ...links, say: `${BASE}/alert/${one}`, unsubscribe: `${BASE}/unsubscribe-alerts/${one}` }))
    const mails = await composeAlertMails(madeUpAlert(), place, several)
    expect(mails.map(({ html }) => [...new Set([...html.matchAll(/alert[s]?\/([ab])[#"]/g)].map((match) => match[1]))])).toEqual([
      ['a'],
      ['b'],
    ])
  })

  it('leads to no place that a rule did not mean', async () => {
    const paths = ['//evil.example/x', '/\\evil.example', 'javascript:alert(1)', '/c/pumps/"onclick="x', 'c/pumps']
    const content = madeUpAlert({ look_first: paths.map((path) => ({ text: 'See it', path })), evidence_path: '//evil.example' })
    const { html, text } = await composeAlertMail(content, { ...place, alertPath: null }, links)
    expect(html + text).not.toContain('evil')
    expect(text).toContain('1. See it')
  })

  it('as a test says so, and has nothing to say of it', async () => {
    const mail = await composeAlertMail(madeUpAlert(), place, { ...links, say: null, isTest: true })
    expect(mail.subject).toMatch(/^Test: /)
    expect(mail.text).toContain('This is a test')
    expect(mail.html).not.toContain('Snooze')
  })
})

describe('a weekly digest', () => {
  it('tells what was told and what still stands, of each community', async () => {
    const { subject, text, html } = await composeAlertDigest(digestOf(madeUpAlerts().slice(0, 3)), digestLinks)
    expect(subject).toBe('Alerts of the week: Pump Engineers: 42 % fewer new members since May (and two more)')
    for (const body of [flat(text), seenIn(html)]) {
      for (const content of madeUpAlerts().slice(0, 3)) expect(body).toContain(flat(content.headline).trim())
      expect(body).toContain('Three things were noticed in three communities')
      expect(body).toContain('told on 4 May 2026')
    }
    expect(text).toContain(links.unsubscribe)
  })
})
