/** The reports of a reader's communities as one mail, in the style of the report's own mail. */
import type { PortfolioEntry, PortfolioReport } from '../../shared/contract/portfolio-report.ts'
import { plainLine, plainParagraphs } from '../../shared/plain-text.ts'
import type { Block } from './mail-blocks.ts'
import { layOutText } from './mail-blocks-text.ts'
import { closingTexts, compileMjml, fillMail, layOutBlocks, type Mail, MAX_HTML_BYTES } from './mail-frame.ts'
import { subscriptionLines } from './value-report-mail.ts'

export type PortfolioMailLinks = { page: string; unsubscribe: string; why: string }

/** Characters of a text that somebody wrote; the page has all of it. */
const LINE = 500
/** Our judgement: more communities than this are read on the page. */
const MOST_ENTRIES = 40

const entryBlocks = (entry: PortfolioEntry, isBrief: boolean): Block[] => [
  {
    kind: 'subheading',
    text: `${plainLine(entry.name, 120)}${entry.revision > 1 ? ` (revision ${entry.revision})` : ''}${entry.is_demo ? ' (demo)' : ''}`,
  },
  { kind: 'paragraph', text: plainLine(entry.headline, LINE) },
  ...(entry.ask === null
    ? []
    : [
        {
          kind: 'quote' as const,
          texts: plainParagraphs(entry.ask.text, isBrief ? 200 : 1500),
          by: entry.ask.by === null ? null : plainLine(entry.ask.by, 80),
        },
      ]),
  ...(isBrief
    ? []
    : [
        {
          kind: 'figures' as const,
          rows: entry.lines.map(({ label, value, reason, when }) => ({
            label: plainLine(label, 200),
            when: when === null ? null : plainLine(when, 200),
            value: value === null ? null : plainLine(value, 200),
            reason: value === null ? plainLine(reason ?? 'Not measured.', LINE) : null,
            mark: null,
          })),
        },
      ]),
]

const cutPortfolio = (report: PortfolioReport, isBrief: boolean): Block[] => {
  const entryCount = report.groups.reduce((sum, { entries }) => sum + entries.length, 0)
  let room = MOST_ENTRIES
  return [
    { kind: 'kicker', text: `Value reports, ${plainLine(report.title, 40)}` },
    { kind: 'title', text: plainLine(report.sentence, LINE) },
    ...(isBrief || entryCount > MOST_ENTRIES
      ? [{ kind: 'notice' as const, text: 'Shortened: there is more than a mail holds. All of it stands on the page.' }]
      : []),
    { kind: 'links' },
    ...report.groups.flatMap(({ title, entries }): Block[] => {
      const shown = entries.slice(0, room)
      room -= shown.length
      return shown.length === 0 ? [] : [{ kind: 'heading', text: title }, ...shown.flatMap((entry) => entryBlocks(entry, isBrief))]
    }),
    ...(report.totals.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'All together' },
          { kind: 'list' as const, texts: report.totals.map((text) => plainLine(text, LINE)) },
        ]),
    ...(report.missing.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'Without a report of the month' },
          {
            kind: 'list' as const,
            texts: report.missing.slice(0, MOST_ENTRIES).map(({ name, reason }) => `${plainLine(name, 120)}: ${plainLine(reason, 300)}`),
          },
        ]),
    { kind: 'small', text: plainLine(report.order) },
  ]
}

const compose = async (report: PortfolioReport, links: PortfolioMailLinks, isBrief: boolean): Promise<Mail> => {
  const blocks = cutPortfolio(report, isBrief)
  // its second sentence says what needs the reader
  const said = report.sentence.split(/(?<=\.) /)
  const subject = `Value reports, ${plainLine(report.title, 40)}: ${plainLine((said[1] ?? said[0] ?? '').replace(/\.$/, ''), 120)}`
  const closing = subscriptionLines(links)
  return {
    subject,
    text: layOutText(blocks, { page: links.page }, closingTexts(closing)),
    html: fillMail(subject, await compileMjml(layOutBlocks(blocks, report.sentence)), { page: links.page, closing }),
  }
}

export const composePortfolioMail = async (report: PortfolioReport, links: PortfolioMailLinks): Promise<Mail> => {
  const full = await compose(report, links, false)
  return Buffer.byteLength(full.html) <= MAX_HTML_BYTES ? full : compose(report, links, true)
}
