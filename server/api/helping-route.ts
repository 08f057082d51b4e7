import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { helpingSchema } from '../../shared/contract/helping.ts'
import { READERS } from '../access/access-rule.ts'
import { buildHelping } from '../report/helping.ts'
import { communityOf, explainBadRange } from './reading-request.ts'
import { createSendKept } from './send-kept.ts'

const day = z.iso.date('write a day as 2025-12-31')

/** What became of the questions of a span of days. */
export const helpingRoute =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const sendKept = createSendKept(pool)
    fastify.withTypeProvider<ZodTypeProvider>().get(
      '/api/v1/communities/:slug/helping',
      {
        config: { access: READERS },
        schema: {
          summary: 'What became of the questions of a span of days: how far they came, how long they waited, in which topics',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            from: day.describe('The first local day'),
            to: day.describe('The last local day, in it'),
            topics: z.coerce.number().int().min(1).max(500).default(60).describe('Topics listed one by one; the others are added up'),
          }),
          response: { 200: helpingSchema },
        },
      },
      async (request, reply) => {
        const { from, to, topics } = request.query
        return sendKept(request, reply, ['helping', from, to, topics], () =>
          explainBadRange(buildHelping(pool, communityOf(request), { from, to, topics })),
        )
      },
    )
  }
