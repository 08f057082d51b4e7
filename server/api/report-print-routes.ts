import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { monthSchema } from '../../shared/contract/value-report.ts'
import { PAPERS } from '../../shared/paper.ts'
import { READERS } from '../access/access-rule.ts'
import type { Printer } from '../print/create-printer.ts'
import { printReport, sendPdf } from './print-report.ts'
import { communityOf } from './reading-request.ts'
import { readReportFor } from './report-for-reader.ts'
import { readSharedReport } from './shared-report.ts'
import { SHARED_RATE_LIMIT, UNLISTED_HEADERS } from './shared-reports-routes.ts'

type Parts = { pool: pg.Pool; printer: Printer | null; secretKey: string; now: () => Date }

const paper = z.enum(PAPERS).default('a4')

/** Reports as PDF: the page, printed, with what the same reader sees on it. */
export const reportPrintRoutes =
  (parts: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['reports']

    app.get(
      '/api/v1/communities/:slug/reports/:month.pdf',
      {
        config: { access: READERS },
        schema: {
          summary: "A month's value report as a PDF",
          tags,
          params: z.object({ slug: z.string(), month: monthSchema }),
          querystring: z.object({
            paper,
            revision: z.coerce.number().int().min(1).max(1_000_000).optional().describe('The last one when left out'),
            preview: z.enum(['true', 'false']).default('false').describe('As it would be if it were made now; not for sponsors'),
          }),
        },
      },
      async (request, reply) => {
        const { month } = request.params
        const { revision, preview } = request.query
        const report = await readReportFor(request, parts, { month, revision, isPreview: preview === 'true' })
        const pdf = await printReport(parts, communityOf(request).community_id, report, request.query.paper)
        return sendPdf(reply, report, pdf)
      },
    )

    app.get(
      '/api/v1/shared-reports/:token/pdf',
      {
        config: { access: 'public', rateLimit: SHARED_RATE_LIMIT },
        schema: {
          summary: 'The report that a link opens, as a PDF',
          tags,
          params: z.object({ token: z.string().max(1000) }),
          querystring: z.object({ paper }),
        },
      },
      async (request, reply) => {
        reply.headers(UNLISTED_HEADERS)
        const { report, communityId } = await readSharedReport(parts, request.params.token)
        const pdf = await printReport(parts, communityId, report, request.query.paper)
        return sendPdf(reply, report, pdf)
      },
    )
  }
