/** The value report as a mail: the same content as the page, in one column of 600, readable with images off. */
import type { ValueReport } from '../../shared/contract/value-report.ts'
import {
  type ClosingLine,
  closingTexts,
  compileMjml,
  fillMail,
  type Laid,
  layOutBlocks,
  type Mail,
  MAX_HTML_BYTES,
  unsubscribeLine,
} from './mail-frame.ts'
import { BRIEF, cutReport, FULL, LEAST, type Room } from './report-blocks.ts'
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

const TEST_NOTE = 'This is a test: it shows what the report looks like as a mail, and was sent to you alone.'

/** The layout with its slots, and whoever fills them. Exported for the test that holds it to MJML's own rules. */
export const layOutMjml = (report: ValueReport, room: Room = FULL) =>
  layOutBlocks(cutReport(report, room), report.content.opening.sentences[0] ?? report.content.growth.sentence)

type Layout = Laid & { room: Room }

const compile = async (report: ValueReport, room: Room): Promise<Layout> => ({ ...(await compileMjml(layOutMjml(report, room))), room })

/** The closing lines of a mail that comes by a subscription. */
export const subscriptionLines = ({ why, unsubscribe }: Pick<ReportMailLinks, 'why' | 'unsubscribe'>): ClosingLine[] => [
  ...(why === undefined ? [] : [{ before: why }]),
  ...(unsubscribe === null ? [] : [unsubscribeLine(unsubscribe)]),
]

const compose = (report: ValueReport, layout: Layout, links: ReportMailLinks): Mail => {
  const subject = subjectOf(report, links)
  const note = links.isTest ? TEST_NOTE : null
  const closing = subscriptionLines(links)
  return {
    subject,
    text: layOutReportText(
      report,
      { page: links.page, ...(links.pdf === null ? {} : { pdf: links.pdf }) },
      [...(note === null ? [] : [note]), ...closingTexts(closing)],
      layout.room,
    ),
    html: fillMail(subject, layout, { page: links.page, pdf: links.pdf, note, closing }),
  }
}

/** The same report for several: laid out once, with each one's own links. */
export const composeReportMails = async (report: ValueReport, links: readonly ReportMailLinks[]): Promise<Mail[]> => {
  let mails: Mail[] = []
  for (const room of [FULL, BRIEF, LEAST]) {
    const layout = await compile(report, room)
    mails = links.map((own) => compose(report, layout, own))
    if (mails.every(({ html }) => Buffer.byteLength(html) <= MAX_HTML_BYTES)) break
  }
  return mails
}

export const composeReportMail = async (report: ValueReport, links: ReportMailLinks): Promise<Mail> =>
  (await composeReportMails(report, [links]))[0] as Mail
