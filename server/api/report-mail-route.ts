import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { reportMailSchema } from '../../shared/contract/report-subscription.ts'
import { monthSchema } from '../../shared/contract/value-report.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { composeReportMail } from '../mail/value-report-mail.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { communityOf } from './reading-request.ts'
import { readReportFor } from './report-for-reader.ts'

/** A report as the mail it is sent as, or would be. */
export const reportMailRoute =
  ({ pool, now, baseUrl }: { pool: pg.Pool; now: () => Date; baseUrl: string }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    fastify.withTypeProvider<ZodTypeProvider>().get(
      '/api/v1/communities/:slug/reports/:month/mail',
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'The mail of a month’s report as it is sent; of a preview where the report is not made',
          tags: ['reports'],
          params: z.object({ slug: z.string(), month: monthSchema }),
          response: { 200: reportMailSchema },
        },
      },
      async (request) => {
        const community = communityOf(request)
        const { month } = request.params
        const isPreview = (await readFrozenReport(pool, community, month)) === null
        const report = await readReportFor(request, { pool, now }, { month, revision: undefined, isPreview })
        return composeReportMail(
          { ...report, made_by: null },
          {
            page: `${baseUrl}/c/${encodeURIComponent(community.slug)}/report?month=${month}`,
            pdf: isPreview ? null : `${baseUrl}/api/v1/communities/${encodeURIComponent(community.slug)}/reports/${month}.pdf`,
            unsubscribe: null,
            why: 'Here each reader is told why they get it, with a link that ends it in one click.',
          },
        )
      },
    )
  }
