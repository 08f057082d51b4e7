import fc from 'fast-check'
import mjml2html from 'mjml'
import { describe, expect, it } from 'vitest'
import { madeUpReport } from '../../e2e/made-up-report.ts'
import type { ReportContent } from '../../shared/contract/value-report.ts'
import { MAX_HTML_BYTES } from './mail-frame.ts'
import { composeReportMail, composeReportMails, layOutMjml, type ReportMailLinks } from './value-report-mail.ts'

const BASE = 'https://barnraise.example'
const links: ReportMailLinks = {
  page: `${BASE}/r/s.AAAA.BBBB.2025-12.CCCC`,
  pdf: `${BASE}/api/v1/shared-reports/s.AAAA.BBBB.2025-12.CCCC/pdf`,
  unsubscribe: `${BASE}/unsubscribe/AAAA.BBBB.CCCC`,
  why: 'You get this because its manager put you on the list.',
}

const decode = (html: string) =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&amp;/g, '&')
const tagsIn = (html: string) =>
  [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<\/?([^\s>/]+)/g)].map((match) => (match[1] as string).toLowerCase())
const OURS = new Set(
  '!doctype html head title meta style body div table thead tbody tr td th p h1 h2 h3 a span sup ul li blockquote bdi br'.split(' '),
)

/** The report with one text in every place that somebody else writes. */
const saying = (text: string): Partial<ReportContent> => {
  const { content } = madeUpReport()
  return {
    community: { ...content.community, name: text, demo_note: text },
    caveats: [text],
    opening: { ...content.opening, headline: text },
    stories: [{ key: '5f0c0000-0000-4000-8000-000000000001', text, by: text, on: '2025-12-12', is_shortened: false }],
    ask: { text, by: text },
    footnotes: [{ mark: '1', text }],
  }
}

describe('the report as a mail', () => {
  it('is laid out by the strict rules of MJML', async () => {
    await expect(mjml2html(layOutMjml(madeUpReport()).mjml, { validationLevel: 'strict' })).resolves.toMatchObject({ errors: [] })
  })

  it('needs no picture, no script and nothing from elsewhere, and is small enough to be shown whole', async () => {
    const { html, subject } = await composeReportMail(madeUpReport(), links)
    expect(subject).toBe('Pump Engineers, December 2025: a community, and growing')
    expect(tagsIn(html).filter((tag) => !OURS.has(tag))).toEqual([])
    expect(html).not.toMatch(/url\(|@import|@font-face|<link|background=/i)
    const addresses = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map((match) => match[1] as string)
    expect(new Set(addresses)).toEqual(new Set([links.page, links.pdf, links.unsubscribe]))
    expect(Buffer.byteLength(html)).toBeLessThan(MAX_HTML_BYTES / 1.5)
    expect(html).toContain('<html lang="en"')
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
  })

  it('says in its text and in its HTML what the content says, in the same order', async () => {
    const { content } = madeUpReport()
    const { html, text } = await composeReportMail(madeUpReport(), links)
    const seen = decode(html.replace(/[\s\S]*<body/, '').replace(/<[^>]*>/g, ' ')).replace(/[\s\u00a0]+/g, ' ')
    const read = text.replace(/\n *\| ?/g, ' ').replace(/[\s\u00a0]+/g, ' ')
    const sentences = [
      content.opening.headline,
      ...content.benefits.map(({ sentence }) => sentence),
      content.pays.sentence,
      content.pays.retention.sentence,
      content.pays.break_even.sentence,
      content.pays.claims.sentence,
      content.growth.sentence,
      ...(content.stories_note === null ? [] : [content.stories_note]),
      (content.ask as { text: string }).text.split('\n')[0] as string,
    ].map((sentence) => sentence.replace(/[\s\u00a0]+/g, ' '))
    for (const body of [seen, read]) {
      const places = sentences.map((sentence) => body.indexOf(sentence))
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(places[0]).toBeGreaterThanOrEqual(0)
    }
  })

  it('wraps its text at 72 columns, and keeps every address whole', async () => {
    const { text } = await composeReportMail(madeUpReport(), links)
    const wide = text.split('\n').filter((line) => [...line].length > 72)
    expect(wide.filter((line) => !/https:\S+$/.test(line))).toEqual([])
    for (const address of [links.page, links.pdf, links.unsubscribe]) expect(text).toContain(address)
  })

  it('shows no word that somebody wrote as anything but a word', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            '<script>alert(1)</script>',
            '</td></table>',
            '<mj-include path="/etc/passwd"/>',
            '</mj-text></mj-column>',
            '{{name}}',
            '{% x %}',
            '[[x]]',
            '@@0@@',
            '@page@',
            '@closing@',
            '$&',
            '$1',
            '"><img src=x onerror=alert(1)>',
            '\r\nBcc: a@b.example',
            '\u202e',
            '\u2066',
            '<!--[if mso]>',
            ']]>',
            '&lt;',
            '\0',
            '\ud800',
            '-->',
            'https://evil.example',
            '\n\n-- \n',
            '\u2028',
          ),
          { maxLength: 8 },
        )
        .map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const mail = await composeReportMail(madeUpReport(saying(text)), { ...links, why: text, isTest: true })
        expect(tagsIn(mail.html).filter((tag) => !OURS.has(tag))).toEqual([])
        expect(mail.html.replace(/<style[\s\S]*?<\/style>/g, '')).not.toMatch(/\{|\}/)
        expect([...mail.html.matchAll(/href="([^"]*)"/g)].every((match) => (match[1] as string).startsWith(`${BASE}/`))).toBe(true)
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(mail.subject.length).toBeLessThan(200)
        for (const body of [mail.text, mail.html]) {
          expect(body).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]|\r/)
          expect(body.isWellFormed()).toBe(true)
        }
        expect(mail.html).toContain('What is asked of you')
      }),
      { numRuns: 15 },
    )
  }, 30_000)

  it('is shortened where it would be too long for Gmail, and says so', async () => {
    const long = `${'{"a":"b"} '.repeat(3_000)}end`
    const figures = Array.from({ length: 60 }, (_, i) => ({
      ...madeUpReport().content.pays.benefited,
      id: `f${i}`,
      label: long,
      value: long,
    }))
    const { content } = madeUpReport(saying(long))
    const report = madeUpReport({
      ...saying(long),
      benefits: content.benefits.map((benefit) => ({ ...benefit, sentence: long, measured: figures, confirmed: figures })),
      footnotes: Array.from({ length: 60 }, (_, i) => ({ mark: String(i), text: long })),
    })
    const [mail] = await composeReportMails(report, [links])
    expect(Buffer.byteLength(mail?.html ?? '')).toBeLessThan(MAX_HTML_BYTES)
    expect(mail?.text).toContain('(shortened)')
    expect(mail?.html).toContain('The notes on how this was counted stand on the page.')
    expect(mail?.html).toContain(links.unsubscribe)
  })

  it('gives each of several their own links', async () => {
    const several = ['a', 'b', 'c'].map((one) => ({ ...links, page: `${BASE}/r/${one}`, unsubscribe: `${BASE}/unsubscribe/${one}` }))
    const mails = await composeReportMails(madeUpReport(), several)
    expect(
      mails.map(({ html }) => [...new Set([...html.matchAll(/"https:[^"]*\/(?:r|unsubscribe)\/([^"]*)"/g)].map((match) => match[1]))]),
    ).toEqual([['a'], ['b'], ['c']])
  })

  it.each([
    [{ verdict: 'too_little_data', trajectory: 'unknown' }, 'Pump Engineers, December 2025: too little to tell'],
    [{ verdict: 'blog', trajectory: 'declining' }, 'Pump Engineers, December 2025: a blog, and declining'],
    [{ verdict: 'dormant', trajectory: 'steady' }, 'Pump Engineers, December 2025: dormant'],
    [{ verdict: null, trajectory: null }, 'Pump Engineers, December 2025'],
  ] as const)('has a subject of %j', async (opening, subject) => {
    const report = madeUpReport({ opening: { ...madeUpReport().content.opening, ...opening } })
    expect((await composeReportMail(report, links)).subject).toBe(subject)
  })

  it('is marked as a preview, as corrected, and where there is nothing to tell has nothing in it', async () => {
    const preview = await composeReportMail(madeUpReport({}, { status: 'preview', revision: null, last_revision: null }), {
      ...links,
      pdf: null,
    })
    expect(preview.subject).toMatch(/^Preview: /)
    expect(preview.text).toContain('! Preview: ')
    expect(preview.html).not.toContain('/pdf')
    const empty = await composeReportMail(
      madeUpReport({
        benefits: [],
        caveats: [],
        stories: [],
        stories_note: null,
        ask: null,
        footnotes: [],
        growth: { sentence: '', columns: ['', '', ''], rows: [], trend: [] },
      }),
      links,
    )
    expect(empty.text).toContain('Nothing is asked of you this month.')
    expect(empty.text).not.toMatch(/undefined|null|NaN/)
  })
})
