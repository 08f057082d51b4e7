import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { VOICES_OF, voicesSchema } from '../../shared/contract/voices.ts'
import { READERS } from '../access/access-rule.ts'
import { buildVoices } from '../report/voices.ts'
import { communityOf, explainBadRange } from './reading-request.ts'
import { createSendKept } from './send-kept.ts'

const daySchema = z.iso.date('write a day as 2025-12-31')

/** How contributions, answers or thread starts are shared out among people; nobody is named, so every reader gets the same. */
export const voicesRoute =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const sendKept = createSendKept(pool)
    fastify.withTypeProvider<ZodTypeProvider>().get(
      '/api/v1/communities/:slug/voices',
      {
        config: { access: READERS },
        schema: {
          summary: 'How what is written in a span of days is shared out among its people',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            from: daySchema.describe('The first local day'),
            to: daySchema.describe('The last local day, in it too'),
            of: z.enum(VOICES_OF).default('contributions'),
          }),
          response: { 200: voicesSchema },
        },
      },
      async (request, reply) => {
        const { from, to, of } = request.query
        return sendKept(request, reply, ['voices', from, to, of], () =>
          explainBadRange(buildVoices(pool, communityOf(request), { from, to, of })),
        )
      },
    )
  }
