import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { careItemSchema, careMarkInputSchema, todaySchema } from '../../shared/contract/today.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { roleIn, userOf } from '../access/caller.ts'
import { buildToday, type SeesPeople } from '../report/today/build-today.ts'
import { keepQuiet } from '../report/today/keep-quiet.ts'
import { markItem } from '../report/today/mark-item.ts'
import { sendProblem } from './problem.ts'
import { communityOf, isSponsor } from './reading-request.ts'

type Parts = { pool: pg.Pool; now: () => Date; requestRefresh: (communityId: string) => void }

const PATH = '/api/v1/communities/:slug/today'

const seesPeople = (request: FastifyRequest): SeesPeople => {
  if (isSponsor(request)) return 'nobody'
  if (request.caller.kind !== 'person') return 'pseudonyms'
  const role = roleIn(request.caller, communityOf(request).community_id)
  return role === 'administrator' || role === 'manager' ? 'names' : 'pseudonyms'
}

/** Today's list, and what managers say of what stands in it. The numbers that depend on it follow some seconds later. */
export const todayRoutes =
  ({ pool, now, requestRefresh }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const params = z.object({ slug: z.string() })
    const readQuiet = keepQuiet()

    app.get(
      PATH,
      {
        config: { access: READERS },
        schema: {
          summary: 'What waits for a manager: questions, newcomers, regulars gone quiet, topics that hang on one person',
          tags: ['reading'],
          params,
          querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many of each kind') }),
          response: { 200: todaySchema },
        },
      },
      async (request) => buildToday(pool, communityOf(request), { limit: request.query.limit, sees: seesPeople(request), readQuiet }),
    )

    app.put(
      `${PATH}/marks`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Say of an item that it is done, answered elsewhere or no question, or take that back',
          tags: ['communities'],
          params,
          body: careMarkInputSchema,
          response: { 200: careItemSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const marked = await markItem(pool, community, request.body, { now: now(), by: userOf(request) })
        if ('refused' in marked)
          return marked.refused === 'no-item'
            ? sendProblem(reply, {
                status: 404,
                type: 'unknown-item',
                title: 'No such item',
                detail: 'Nothing of this kind and key waits, or was marked. Load the list again.',
              })
            : sendProblem(reply, {
                status: 422,
                type: 'unfit-mark',
                title: 'This mark does not fit',
                detail: 'Only a question can be answered elsewhere, or be none.',
              })
        if (marked.isStale) requestRefresh(community.community_id)
        return marked.item
      },
    )
  }
