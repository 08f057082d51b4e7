import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { verdictHistorySchema } from '../../shared/contract/verdict-history.ts'
import { READERS } from '../access/access-rule.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { buildVerdictHistory } from '../report/verdict-history.ts'

/** The verdict's whole history, for a timeline. */
export const verdictHistoryRoute =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    fastify.withTypeProvider<ZodTypeProvider>().get(
      '/api/v1/communities/:slug/verdict/history',
      {
        config: { access: READERS },
        schema: {
          summary: 'Every verdict since the data begin, month by month, by one version of the rules',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          response: { 200: verdictHistorySchema },
        },
      },
      async (request) => buildVerdictHistory(pool, request.community as ReportedCommunity),
    )
  }
