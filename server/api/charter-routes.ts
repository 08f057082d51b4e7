import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { type Charter, charterInputSchema, charterSchema } from '../../shared/contract/charter.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { declareCharter, readCharter, type StoredCharter } from '../store/charter.ts'
import { sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date; requestRefresh: (communityId: string) => void }

const PATH = '/api/v1/communities/:slug/charter'
const UNDECLARED: Charter = { purpose: null, note: null, declared_at: null }

const toContract = (charter: StoredCharter | null): Charter =>
  charter === null ? UNDECLARED : { ...charter, declared_at: charter.declared_at.toISOString() }

/** What a group is meant to be: read, declare, take back. Whether it is as intended follows some seconds later. */
export const charterRoutes =
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
        config: { access: READERS },
        schema: { summary: 'What a community is meant to be', tags, params, response: { 200: charterSchema } },
      },
      async (request) => toContract(await readCharter(pool, communityOf(request))),
    )

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Declare what a community is meant to be, or with null take it back',
          tags,
          params,
          body: charterInputSchema,
          response: { 200: charterSchema },
        },
      },
      async (request, reply) => {
        const communityId = communityOf(request)
        const { purpose, note, made_of: madeOf } = request.body
        const declared = await declareCharter(pool, { communityId, purpose, note, now: now(), madeOf })
        // deleted since the door let this in
        if (declared === 'gone') return sendProblem(reply, refusalProblem({ status: 404, reason: 'community' }).problem)
        if ('other' in declared)
          return sendProblem(reply, {
            status: 409,
            type: 'charter-changed',
            title: 'The charter has been changed meanwhile',
            detail: 'Somebody else, or another window of yours, has changed the charter since this one was opened. Nothing was saved.',
            charter: toContract(declared.other),
          })
        requestRefresh(communityId)
        return toContract(declared.charter)
      },
    )
  }
