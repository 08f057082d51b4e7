import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import {
  ACCOUNT_LIMIT,
  accountQuerySchema,
  accountsSchema,
  type Facilitator,
  facilitatorInputSchema,
  facilitatorSchema,
  facilitatorsSchema,
} from '../../shared/contract/facilitator.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { findAccounts } from '../store/find-accounts.ts'
import { addFacilitator, listFacilitators, removeFacilitator, type StoredFacilitator } from '../store/facilitators.ts'
import { sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date; requestRefresh: (communityId: string) => void }

const toContract = ({ identity_key, source, source_actor_id, display_name, named_at }: StoredFacilitator): Facilitator => ({
  id: identity_key,
  source,
  actor_id: source_actor_id,
  display_name,
  named_at: named_at.toISOString(),
})

const PATH = '/api/v1/communities/:slug/facilitators'

/** Who facilitates: list, name, take back. The numbers that depend on it follow some seconds later. */
export const facilitatorsRoutes =
  ({ pool, now, requestRefresh }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'Who facilitates in a community', tags, params, response: { 200: facilitatorsSchema } },
      },
      async (request) => ({ facilitators: (await listFacilitators(pool, communityOf(request))).map(toContract) }),
    )

    app.get(
      '/api/v1/communities/:slug/accounts',
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Accounts whose name or id holds a text, to choose a person from',
          tags,
          params,
          querystring: accountQuerySchema,
          response: { 200: accountsSchema },
        },
      },
      async (request) => {
        const found = await findAccounts(pool, communityOf(request), request.query.query, ACCOUNT_LIMIT)
        return { accounts: found.map(({ source_actor_id, ...rest }) => ({ ...rest, actor_id: source_actor_id })) }
      },
    )

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Name somebody a facilitator; naming again changes nothing',
          tags,
          params,
          body: facilitatorInputSchema,
          response: { 200: facilitatorSchema },
        },
      },
      async (request, reply) => {
        const { source, actor_id } = request.body
        const named = await addFacilitator(pool, { communityId: communityOf(request), source, actorId: actor_id, now: now() })
        if (named === null)
          return sendProblem(reply, {
            status: 404,
            type: 'unknown-person',
            title: 'No such person',
            detail: `No event of "${source}" is by or about "${actor_id}". Give the id that stands in actor.id of the events.`,
          })
        requestRefresh(communityOf(request))
        return toContract(named)
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Somebody is no facilitator any longer, by whichever account',
          tags,
          params: params.extend({ id: z.guid() }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        if (await removeFacilitator(pool, communityOf(request), request.params.id)) {
          requestRefresh(communityOf(request))
          return reply.status(204).send(null)
        }
        return sendProblem(reply, {
          status: 404,
          type: 'unknown-facilitator',
          title: 'No such facilitator',
          detail: 'This community has no such facilitator; the name may be taken back already.',
        })
      },
    )
  }
