/** The value report as plain text: the text part of the mail, and what a terminal prints. */
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { layOutText, type TextLinks } from './mail-blocks-text.ts'
import { cutReport, FULL, type Room } from './report-blocks.ts'

/** `closing`: paragraphs after a line at the end, such as why somebody gets it. */
export const layOutReportText = (report: ValueReport, links: TextLinks = {}, closing: readonly string[] = [], room: Room = FULL): string =>
  layOutText(cutReport(report, room), links, closing)
