/** A month's report as the reader who asks may see it: of the page and of the PDF. */
import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Role } from '../../shared/contract/access.ts'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { formatPeriod } from '../../shared/format.ts'
import { roleIn } from '../access/caller.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { hideMoney, mayReadMoney } from '../report/value/hide-money.ts'
import { checkMonthOver, MonthRefused } from '../report/value/list-reports.ts'
import { previewReport } from '../report/value/preview-report.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { runningMonth } from '../report/value/report-calendar.ts'
import { ProblemError } from './problem.ts'
import { communityOf, isSponsor } from './reading-request.ts'

/** Null for keys. */
export const roleOf = (request: FastifyRequest): Role | null =>
  request.caller.kind === 'person' ? roleIn(request.caller, communityOf(request).community_id) : null

export const isManagerOf = (request: FastifyRequest): boolean => {
  const role = roleOf(request)
  return role === 'administrator' || role === 'manager'
}

/** What a month cannot be asked for leaves as its problem. */
export const explainMonth = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof MonthRefused)
      throw new ProblemError({ status: 422, type: 'bad-month', title: 'There is no report of this month', detail: error.message })
    throw error
  }
}

/** Who made it is for those who could have, what the community costs for those who pay or run it. */
export const showTo = (report: ValueReport, request: FastifyRequest): ValueReport => {
  const shown = { ...report, made_by: isManagerOf(request) ? report.made_by : null }
  return mayReadMoney(roleOf(request)) ? shown : hideMoney(shown)
}

export const noReport = (request: FastifyRequest, month: string, now: Date): ProblemError => {
  const isOver = month < runningMonth(now, communityOf(request).time_zone)
  const advice = isSponsor(request)
    ? isOver
      ? 'The managers of the community can make it.'
      : 'It is made on the first of the month after it.'
    : `${isOver ? 'A manager makes it by POST to its address.' : 'It is made on the first of the month after it.'} See what it would say with ?preview=true.`
  return new ProblemError({
    status: 404,
    type: 'no-report',
    title: 'This report is not made',
    detail: `There is no report of ${formatPeriod(month)}. ${advice}`,
  })
}

/** The report that is asked for, as its reader may see it. Throws the ProblemError of what there is not, or not for them. */
export const readReportFor = async (
  request: FastifyRequest,
  { pool, now }: { pool: Pool; now: () => Date },
  { month, revision, isPreview }: { month: string; revision: number | undefined; isPreview: boolean },
): Promise<ValueReport> => {
  const community = communityOf(request)
  if (isPreview) {
    if (isSponsor(request)) throw new ProblemError(refusalProblem({ status: 403, reason: 'role' }).problem)
    await explainMonth(checkMonthOver(pool, community, month, now(), { isRunningToo: true }))
    // what managers have written is theirs until the report is made
    return showTo(await previewReport(pool, community, month, now(), { withDraft: isManagerOf(request) }), request)
  }
  const report = await readFrozenReport(pool, community, month, revision)
  if (report !== null) return showTo(report, request)
  if (revision !== undefined && (await readFrozenReport(pool, community, month)) !== null)
    throw new ProblemError({
      status: 404,
      type: 'no-revision',
      title: 'There is no such revision',
      detail: `The report of ${formatPeriod(month)} has no revision ${revision}; leave it out for the last one.`,
    })
  throw noReport(request, month, now())
}
