import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { networkSchema, personHelpSchema } from '../../shared/contract/network.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { roleIn } from '../access/caller.ts'
import { buildNetwork } from '../report/network.ts'
import { buildPersonHelp } from '../report/person-help.ts'
import { ProblemError } from './problem.ts'
import { communityOf, explainBadRange, isSponsor } from './reading-request.ts'
import { createSendKept } from './send-kept.ts'

const day = z.iso.date('write a day as 2025-12-31')
const days = { from: day.describe('The first local day'), to: day.describe('The last local day, in it') }

/** Names are for those who run the community. */
const maySeeNames = (request: FastifyRequest): boolean => {
  const { caller } = request
  if (caller.kind !== 'person') return false
  const role = roleIn(caller, communityOf(request).community_id)
  return role !== null && MANAGERS.community.some((one) => one === role)
}

/** Who helped whom: the graph, and the help of one person in it. */
export const networkRoutes =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const sendKept = createSendKept(pool)

    app.get(
      '/api/v1/communities/:slug/network',
      {
        config: { access: READERS },
        schema: {
          summary: 'Who helped whom over a span of days',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            ...days,
            names: z.enum(['true', 'false']).default('false').describe('With names, for administrators and managers of it'),
          }),
          response: { 200: networkSchema },
        },
      },
      async (request, reply) => {
        const { from, to, names } = request.query
        const viewer = { isSponsor: isSponsor(request), withNames: names === 'true' }
        if (viewer.withNames && !maySeeNames(request))
          throw new ProblemError({
            status: 403,
            type: 'names-not-shown',
            title: 'Names are not shown to you',
            detail: 'Only administrators, and managers of the community, see names. Leave `names` out for pseudonyms.',
          })
        return sendKept(request, reply, ['network', from, to, viewer], () =>
          explainBadRange(buildNetwork(pool, communityOf(request), { from, to }, viewer)),
        )
      },
    )

    app.get(
      '/api/v1/communities/:slug/network/:person',
      {
        config: { access: READERS },
        schema: {
          summary: 'Each help a person gave or received over a span of days, with the question it was about',
          tags: ['reading'],
          params: z.object({ slug: z.string(), person: z.string().max(32).describe('`key` of a person in `…/network`') }),
          querystring: z.object(days),
          response: { 200: personHelpSchema },
        },
      },
      async (request) =>
        explainBadRange(buildPersonHelp(pool, communityOf(request), request.query, request.params.person, isSponsor(request))),
    )
  }
