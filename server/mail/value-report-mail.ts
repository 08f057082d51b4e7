/** The value report as a mail: the same content as the page, in one column of 600, readable with images off. */
import mjml2html from 'mjml'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { createSlots } from './fill-slots.ts'
import { COLOURS, COLUMN, DARK_STYLES, SANS } from './mail-style.ts'
import { type Block, BRIEF, cutReport, FULL, LEAST, type Room } from './report-blocks.ts'
import { layOutBlock } from './report-blocks-html.ts'
import { subjectOf } from './report-subject.ts'
import { layOutReportText } from './value-report-text.ts'

export type ReportMailLinks = {
  page: string
  /** Null where there is none, as of a preview. */
  pdf: string | null
  unsubscribe: string | null
  /** Why this person gets it, in a sentence. */
  why?: string
  /** Somebody wanted to see what it looks like. */
  isTest?: boolean
}
export type ReportMail = { subject: string; text: string; html: string }

/** Gmail shows no more than 102 kB of a mail and hides the rest behind a link; a little is left for what a mail system adds. */
export const MAX_HTML_BYTES = 98_000

const PREHEADER_LENGTH = 140
const TEST_NOTE = 'This is a test: it shows what the report looks like as a mail, and was sent to you alone.'
export const UNSUBSCRIBE = 'No longer? One click ends it'

/** The layout with its slots, and whoever fills them. Exported for the test that holds it to MJML's own rules. */
export const layOutMjml = (report: ValueReport, room: Room = FULL) =>
  layOutBlocks(cutReport(report, room), report.content.opening.sentences[0] ?? report.content.growth.sentence)

/** Blocks of any mail in the frame of the report. */
export const layOutBlocks = (pieces: readonly Block[], firstWords: string) => {
  const slots = createSlots()
  const { put } = slots
  // filled in by each recipient's own
  const own = { page: '@page@', pdf: '@pdf@', closing: '@closing@', test: '@test@', subject: '@subject@' }
  const blocks = pieces.map((block) => layOutBlock(block, put, own))
  const preheader = plainLine(firstWords, PREHEADER_LENGTH)
  const mjml = [
    '<mjml lang="en" dir="ltr"><mj-head>',
    `<mj-title>${own.subject}</mj-title><mj-preview>${put(preheader)}</mj-preview>`,
    '<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no"></mj-raw>',
    `<mj-attributes><mj-all font-family="${SANS}" /><mj-text padding="0" font-size="16px" line-height="24px" color="${COLOURS.ink}" /></mj-attributes>`,
    `<mj-style>${DARK_STYLES}</mj-style>`,
    `</mj-head><mj-body width="${COLUMN}px" background-color="${COLOURS.card}" css-class="paper">`,
    '<mj-section padding="24px 0"><mj-column padding="0 20px">',
    `<mj-text css-class="ink">${own.test}${blocks.join('\n')}${own.closing}</mj-text>`,
    '</mj-column></mj-section></mj-body></mjml>',
  ].join('\n')
  return { mjml, slots, own }
}

export type Laid = ReturnType<typeof layOutBlocks> & { html: string }
type Layout = Laid & { room: Room }

const compile = async (report: ValueReport, room: Room): Promise<Layout> => ({ ...(await compileMjml(layOutMjml(report, room))), room })

/** The layout as HTML, its slots not filled yet. */
export const compileMjml = async (laid: ReturnType<typeof layOutBlocks>): Promise<Laid> => {
  // one line a piece: no line is longer than the 998 octets of RFC 5322 once it is encoded, and none is empty
  const { html } = await mjml2html(laid.mjml, { validationLevel: 'soft', keepComments: false, ignoreIncludes: true, fonts: {} })
  return { ...laid, html: html.replace(/\n\s*\n/g, '\n').replace(/^ {2,}/gm, ' ') }
}

export const closingTexts = (links: ReportMailLinks): string[] => (links.why === undefined ? [] : [plainLine(links.why)])

/** The HTML of one recipient. */
export const fillMail = (subject: string, layout: Laid, links: ReportMailLinks): string => {
  const { put, fill: fillSlots } = layout.slots
  const quiet = `font-family:${SANS};font-size:14px;line-height:20px;color:${COLOURS.quiet}`
  const link = (address: string, text: string) => `<a class="quiet" href="${put(address)}" style="color:${COLOURS.quiet}">${text}</a>`
  const closing = [
    ...closingTexts(links).map(put),
    ...(links.unsubscribe === null ? [] : [`No longer? ${link(links.unsubscribe, 'Unsubscribe')} with one click.`]),
  ]
  const parts: Record<string, string> = {
    page: put(links.page),
    pdf:
      links.pdf === null ? '' : ` &nbsp;·&nbsp; <a class="ink" href="${put(links.pdf)}" style="color:${COLOURS.ink}">Get it as a PDF</a>`,
    subject: put(subject),
    test: links.isTest
      ? `<p class="ink wash" style="margin:0 0 16px;padding:10px 12px;background-color:${COLOURS.wash}">${TEST_NOTE}</p>`
      : '',
    closing:
      closing.length === 0
        ? ''
        : `<div class="line" style="margin:28px 0 0;padding:16px 0 0;border-top:1px solid ${COLOURS.quiet}">${closing.map((html) => `<p class="quiet" style="margin:0 0 8px;${quiet}">${html}</p>`).join('')}</div>`,
  }
  return fillSlots(layout.html.replace(/@(page|pdf|subject|test|closing)@/g, (_, name: string) => parts[name] ?? ''))
}

const compose = (report: ValueReport, layout: Layout, links: ReportMailLinks): ReportMail => ({
  subject: subjectOf(report, links),
  text: layOutReportText(
    report,
    { page: links.page, ...(links.pdf === null ? {} : { pdf: links.pdf }) },
    [
      ...(links.isTest ? [TEST_NOTE] : []),
      ...closingTexts(links),
      ...(links.unsubscribe === null ? [] : [`${UNSUBSCRIBE}:\n${links.unsubscribe}`]),
    ],
    layout.room,
  ),
  html: fillMail(subjectOf(report, links), layout, links),
})

/** The same report for several: laid out once, with each one's own links. */
export const composeReportMails = async (report: ValueReport, links: readonly ReportMailLinks[]): Promise<ReportMail[]> => {
  let mails: ReportMail[] = []
  for (const room of [FULL, BRIEF, LEAST]) {
    const layout = await compile(report, room)
    mails = links.map((own) => compose(report, layout, own))
    if (mails.every(({ html }) => Buffer.byteLength(html) <= MAX_HTML_BYTES)) break
  }
  return mails
}

export const composeReportMail = async (report: ValueReport, links: ReportMailLinks): Promise<ReportMail> =>
  (await composeReportMails(report, [links]))[0] as ReportMail
