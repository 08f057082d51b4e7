import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { CHANGE_GRAINS, changesSchema } from '../../shared/contract/changes.ts'
import { READERS } from '../access/access-rule.ts'
import { buildChanges } from '../report/changes/build-changes.ts'
import { communityOf, explainBadRange } from './reading-request.ts'
import { createSendKept } from './send-kept.ts'

/** What changed, by how surprising it is. */
export const changesRoute =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const sendKept = createSendKept(pool)

    app.get(
      '/api/v1/communities/:slug/changes',
      {
        config: { access: READERS },
        schema: {
          summary: 'What changed in the last finished period, the most surprising against the community’s own past first',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            grain: z.enum(CHANGE_GRAINS).optional().describe('Without one: months, or weeks while there are too few months'),
            period: z.string().max(10).optional().describe('Another period than the last that is over: 2025-01, 2025-W05'),
          }),
          response: { 200: changesSchema },
        },
      },
      async (request, reply) => {
        const { grain, period } = request.query
        return sendKept(request, reply, ['changes', grain, period], () =>
          explainBadRange(buildChanges(pool, communityOf(request), { grain, period })),
        )
      },
    )
  }
