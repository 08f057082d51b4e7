import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  makeReportInputSchema,
  reportCorrectionSchema,
  reportListSchema,
  reportRevisionInputSchema,
} from '../../shared/contract/report-settings.ts'
import { monthSchema, valueReportSchema } from '../../shared/contract/value-report.ts'
import { formatPeriod } from '../../shared/format.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { correctReport, makeReport, planCorrection } from '../jobs/make-report.ts'
import { choosableStories } from '../report/value/choosable-stories.ts'
import { checkMonthOver, isMadeByItself, listReportsOf } from '../report/value/list-reports.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { lastDayOf } from '../report/value/report-calendar.ts'
import { isUpToDate } from '../rollup/is-up-to-date.ts'
import type { Database } from '../store/connection.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'
import { explainMonth, noReport, readReportFor, showTo } from './report-for-reader.ts'

export type ReportsParts = {
  db: Database
  now: () => Date
  secretKey: string
  baseUrl: string
  requestRefresh: (communityId: string) => void
  requestDelivery: () => void
}

export const REPORTS_PATH = '/api/v1/communities/:slug/reports'

export const goneProblem = () => new ProblemError(refusalProblem({ status: 404, reason: 'community' }).problem)

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
        const { revision, preview } = request.query
        return readReportFor(request, { pool: db.pool, now }, { month: request.params.month, revision, isPreview: preview === 'true' })
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
        return reply.status(made.is_new ? 201 : 200).send(showTo(made.report, request))
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
        const community = communityOf(request)
        const plan = await planCorrection({ db, now: now() }, community, month)
        if (plan === null) throw noReport(request, month, now())
        const { frozen, words, changes } = plan
        return {
          month,
          revision: frozen.report.revision as number,
          changes,
          ask: frozen.report.content.ask?.text ?? null,
          story_keys: words.story_keys,
          stories: await choosableStories(db.pool, community, month),
        }
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
        return reply.status(201).send(showTo(corrected.report, request))
      },
    )
  }
