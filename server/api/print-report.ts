/** The PDF of a report, printed now or kept from before, and what is answered where none can be made. */
import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type pg from 'pg'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import type { Paper } from '../../shared/paper.ts'
import { NoChromium } from '../print/chromium.ts'
import { type Printer, PrinterBusy, PrintFailed } from '../print/create-printer.ts'
import { MONEY_HIDDEN } from '../report/value/hide-money.ts'
import { findPrint, keepPrint } from '../store/report-prints.ts'
import { ProblemError } from './problem.ts'

type Parts = { pool: pg.Pool; printer: Printer | null; now: () => Date }

/** Seconds after which a busy printer has got through what waits (our judgement: twenty reports of a second or two each). */
const BUSY_SECONDS = 30

const explain = (error: unknown): unknown => {
  if (error instanceof NoChromium)
    return new ProblemError({ status: 503, type: 'no-printer', title: 'No PDF can be made on this server', detail: error.message })
  if (error instanceof PrinterBusy)
    return new ProblemError({
      status: 503,
      type: 'printer-busy',
      title: 'The printer is busy',
      detail: error.message,
      retryAfter: BUSY_SECONDS,
    })
  if (error instanceof PrintFailed)
    return new ProblemError({
      status: 503,
      type: 'print-failed',
      title: 'The report could not be printed',
      detail: `${error.message}. Try again, or print the page from the browser.`,
      retryAfter: BUSY_SECONDS,
    })
  return error
}

const printWith = (printer: Printer | null, report: ValueReport, paper: Paper): Promise<Buffer> =>
  printer === null ? Promise.reject(new NoChromium('This server was started without a printer.')) : printer.print(report, paper)

/**
 * The PDF of a report as it reads today. A frozen one is printed once and kept, and anew only when it reads otherwise; a preview is kept
 * nowhere. Throws ProblemError where no Chromium runs, or too many wait for it.
 */
export const printReport = async (
  { pool, printer, now }: Parts,
  communityId: string,
  report: ValueReport,
  paper: Paper,
): Promise<Buffer> => {
  try {
    if (report.revision === null) return await printWith(printer, report, paper)
    const hasMoney = report.content.pays.break_even.sentence !== MONEY_HIDDEN
    const id = { communityId, month: report.content.month, revision: report.revision, paper, hasMoney }
    // the paper does not say who made it, which not every reader may know
    const fingerprint = createHash('sha256')
      .update(JSON.stringify({ ...report, made_by: null }))
      .digest()
    const kept = await findPrint(pool, id, fingerprint)
    if (kept !== null) return kept
    const pdf = await printWith(printer, report, paper)
    await keepPrint(pool, id, { fingerprint, pdf, now: now() })
    return pdf
  } catch (error) {
    throw explain(error)
  }
}

/** Answers with the file, under a name that says what it is. */
export const sendPdf = (reply: FastifyReply, report: ValueReport, pdf: Buffer): FastifyReply => {
  const { community, month } = report.content
  const standing = report.revision === null ? '-preview' : report.revision > 1 ? `-revision-${report.revision}` : ''
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${community.slug}-value-report-${month}${standing}.pdf"`)
    .header('cache-control', 'private, no-store')
    .send(pdf)
}
