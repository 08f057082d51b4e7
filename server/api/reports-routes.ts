import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  makeReportInputSchema,
  reportCorrectionSchema,
  reportListSchema,
  reportRevisionInputSchema,
} from '../../shared/contract/report-settings.ts'
import { monthSchema, type ValueReport, valueReportSchema } from '../../shared/contract/value-report.ts'
import { formatPeriod } from '../../shared/format.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { roleIn } from '../access/caller.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { correctReport, makeReport, planCorrection } from '../jobs/make-report.ts'
import { isAboutMoney } from '../report/value/compare-reports.ts'
import { hideMoney, mayReadMoney } from '../report/value/hide-money.ts'
import { checkMonthOver, isMadeByItself, listReportsOf, MonthRefused } from '../report/value/list-reports.ts'
import { previewReport } from '../report/value/preview-report.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { lastDayOf, runningMonth } from '../report/value/report-calendar.ts'
import { isUpToDate } from '../report/value/report-readiness.ts'
import type { Database } from '../store/connection.ts'
import { ProblemError } from './problem.ts'
import { communityOf, isSponsor } from './reading-request.ts'

export type ReportsParts = {
  db: Database
  now: () => Date
  secretKey: string
  baseUrl: string
  requestRefresh: (communityId: string) => void
  requestDelivery: () => void
}

export const REPORTS_PATH = '/api/v1/communities/:slug/reports'

export const isManagerOf = (request: FastifyRequest): boolean => {
  if (request.caller.kind !== 'person') return false
  const role = roleIn(request.caller, communityOf(request).community_id)
  return role === 'administrator' || role === 'manager'
}
export const userOf = ({ caller }: FastifyRequest): string | null => (caller.kind === 'person' ? caller.user_id : null)

export const goneProblem = () => new ProblemError(refusalProblem({ status: 404, reason: 'community' }).problem)

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

const roleOf = (request: FastifyRequest) =>
  request.caller.kind === 'person' ? roleIn(request.caller, communityOf(request).community_id) : null

/** Who made it is for those who could have, what the community costs for those who pay or run it. */
const toContract = (report: ValueReport, request: FastifyRequest): ValueReport => {
  const shown = { ...report, made_by: isManagerOf(request) ? report.made_by : null }
  if (mayReadMoney(roleOf(request))) return shown
  const corrections = shown.corrections.map((one) => ({ ...one, changes: one.changes.filter((change) => !isAboutMoney(change)) }))
  return hideMoney({ ...shown, corrections })
}

const noReport = (request: FastifyRequest, month: string, now: Date) => {
  const isOver = month < runningMonth(now, communityOf(request).time_zone)
  const name = formatPeriod(month)
  const advice = isSponsor(request)
    ? isOver
      ? 'The managers of the community can make it.'
      : 'It is made on the first of the month after it.'
    : `${isOver ? 'A manager makes it by POST to this address.' : 'It is made on the first of the month after it.'} See what it would say with ?preview=true.`
  return new ProblemError({
    status: 404,
    type: 'no-report',
    title: 'This report is not made',
    detail: `There is no report of ${name}. ${advice}`,
  })
}

/** The monthly reports of a community: read, make, correct. */
export const reportsRoutes =
  ({ db, now, secretKey, baseUrl, requestRefresh, requestDelivery }: ReportsParts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['reports']
    const params = z.object({ slug: z.string() })
    const monthParams = params.extend({ month: monthSchema })

    /** Numbers that are being brought up to date are not frozen as they are. */
    const needFresh = async (request: FastifyRequest, month: string) => {
      const community = communityOf(request)
      if (await isUpToDate(db.pool, community, lastDayOf(month))) return
      requestRefresh(community.community_id)
      throw new ProblemError({
        status: 503,
        type: 'numbers-waiting',
        title: 'The numbers are being brought up to date',
        detail: 'Events have come that are not counted yet. Make the report once they are, in a few seconds or minutes.',
        retryAfter: 5,
      })
    }

    app.get(
      REPORTS_PATH,
      {
        config: { access: READERS },
        schema: {
          summary: 'The monthly reports that are made, and the months that have none',
          tags,
          params,
          response: { 200: reportListSchema },
        },
      },
      async (request) => listReportsOf(db.pool, communityOf(request), now()),
    )

    app.get(
      `${REPORTS_PATH}/:month`,
      {
        config: { access: READERS },
        schema: {
          summary: 'The report of a month as it was made, or a preview of it',
          tags,
          params: monthParams,
          querystring: z.object({
            revision: z.coerce.number().int().min(1).max(1_000_000).optional().describe('The last one unless told'),
            preview: z.enum(['true', 'false']).default('false').describe('As it would be if it were made now; not for sponsors'),
          }),
          response: { 200: valueReportSchema },
        },
      },
      async (request) => {
        const community = communityOf(request)
        const { month } = request.params
        const { revision, preview } = request.query
        if (preview === 'true') {
          if (isSponsor(request)) throw new ProblemError(refusalProblem({ status: 403, reason: 'role' }).problem)
          await explainMonth(checkMonthOver(db.pool, community, month, now(), { isRunningToo: true }))
          // what managers have written is theirs until the report is made
          return toContract(await previewReport(db.pool, community, month, now(), { withDraft: isManagerOf(request) }), request)
        }
        const report = await readFrozenReport(db.pool, community, month, revision)
        if (report !== null) return toContract(report, request)
        if (revision !== undefined && (await readFrozenReport(db.pool, community, month)) !== null)
          throw new ProblemError({
            status: 404,
            type: 'no-revision',
            title: 'There is no such revision',
            detail: `The report of ${formatPeriod(month)} has no revision ${revision}; leave it out for the last one.`,
          })
        throw noReport(request, month, now())
      },
    )

    app.post(
      `${REPORTS_PATH}/:month`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Make the report of a month that is over; made before, it stays as it is',
          tags,
          params: monthParams,
          body: makeReportInputSchema,
          response: { 200: valueReportSchema, 201: valueReportSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { month } = request.params
        await explainMonth(checkMonthOver(db.pool, community, month, now()))
        await needFresh(request, month)
        const isMailed = request.body?.is_mailed ?? (await isMadeByItself(db.pool, community.community_id, month, now()))
        const parts = { db, secretKey, baseUrl, now: now() }
        const made = await makeReport(parts, community, month, { userId: userOf(request), isMailed })
        if (made === null) throw goneProblem()
        if (made.mail_count > 0) requestDelivery()
        return reply.status(made.is_new ? 201 : 200).send(toContract(made.report, request))
      },
    )

    app.get(
      `${REPORTS_PATH}/:month/correction`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'What a correction would change if it were made now',
          tags,
          params: monthParams,
          response: { 200: reportCorrectionSchema },
        },
      },
      async (request) => {
        const { month } = request.params
        const plan = await planCorrection({ db, now: now() }, communityOf(request), month)
        if (plan === null) throw noReport(request, month, now())
        const { frozen, changes } = plan
        return { month, revision: frozen.report.revision as number, changes, ask: frozen.report.content.ask?.text ?? null }
      },
    )

    app.post(
      `${REPORTS_PATH}/:month/revisions`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Correct a report: a further revision, with the reason and what it changes',
          tags,
          params: monthParams,
          body: reportRevisionInputSchema,
          response: { 201: valueReportSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { month } = request.params
        const { reason, is_mailed: isMailed, revision, ask, story_keys } = request.body
        if ((await readFrozenReport(db.pool, community, month)) === null) throw noReport(request, month, now())
        await needFresh(request, month)
        const by = request.caller.kind === 'person' ? request.caller.name : null
        const words = { story_keys, ask: ask === undefined ? undefined : ask === null ? null : { text: ask, by } }
        const parts = { db, secretKey, baseUrl, now: now() }
        const corrected = await correctReport(parts, community, month, { reason, isMailed, revision, words, userId: userOf(request) })
        if (corrected === 'gone') throw goneProblem()
        if (corrected === 'not_made') throw noReport(request, month, now())
        if (corrected === 'nothing_changed')
          throw new ProblemError({
            status: 422,
            type: 'nothing-to-correct',
            title: 'Nothing would change',
            detail: `The report of ${formatPeriod(month)} says what the numbers say today. Nothing was made.`,
          })
        if ('other' in corrected)
          throw new ProblemError({
            status: 409,
            type: 'report-corrected',
            title: 'Corrected meanwhile',
            detail: `There is a revision ${corrected.other} of this report by now. Nothing was made; see what it says first.`,
            revision: corrected.other,
          })
        if (corrected.mail_count > 0) requestDelivery()
        return reply.status(201).send(toContract(corrected.report, request))
      },
    )
  }
