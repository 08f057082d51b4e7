import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { thresholdInputSchema, thresholdSchema, thresholdsSchema } from '../../shared/contract/threshold.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { changeThreshold, isThresholdId, type ThresholdRefusal } from '../diagnosis/change-threshold.ts'
import { describeThreshold, listThresholds } from '../diagnosis/list-thresholds.ts'
import type { ThresholdId } from '../diagnosis/thresholds.ts'
import { type ProblemInput, sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date; requestRefresh: (communityId: string) => void }

const PATH = '/api/v1/communities/:slug/thresholds'

const TITLES: Record<ThresholdRefusal['reason'], string> = {
  not_adjustable: 'This threshold is the same for all communities',
  out_of_range: 'The value is outside its range',
  contradiction: 'The value contradicts another threshold',
}

const problemOf = (id: ThresholdId, { reason, says }: ThresholdRefusal): ProblemInput => {
  const { least, most } = describeThreshold(id)
  return { status: 422, type: `threshold-${reason.replaceAll('_', '-')}`, title: TITLES[reason], detail: says, least, most }
}

const unknown = (id: string): ProblemInput => ({
  status: 404,
  type: 'unknown-threshold',
  title: 'No such threshold',
  detail: `There is no threshold "${id.slice(0, 80)}"; GET thresholds lists them with their ids.`,
})

/** By what a community is judged: read, set, take back. The whole history is judged anew some seconds later. */
export const thresholdsRoutes =
  ({ pool, now, requestRefresh }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id

    const change = async (communityId: string, id: string, value: number | null, reply: FastifyReply) => {
      if (!isThresholdId(id)) return sendProblem(reply, unknown(id))
      const refused = await changeThreshold(pool, { communityId, id, value, now: now() })
      if (refused === 'no_community') return sendProblem(reply, refusalProblem({ status: 404, reason: 'community' }).problem)
      if (refused !== null) return sendProblem(reply, problemOf(id, refused))
      requestRefresh(communityId)
      const { thresholds } = await listThresholds(pool, communityId)
      return thresholds.find((one) => one.id === id) ?? describeThreshold(id)
    }

    app.get(
      PATH,
      {
        config: { access: READERS },
        schema: { summary: 'By which thresholds a community is judged', tags, params, response: { 200: thresholdsSchema } },
      },
      async (request) => listThresholds(pool, communityOf(request)),
    )

    app.put(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Judge a community by a threshold of its own; the history is judged anew',
          tags,
          params: params.extend({ id: z.string() }),
          body: thresholdInputSchema,
          response: { 200: thresholdSchema },
        },
      },
      (request, reply) => change(communityOf(request), request.params.id, request.body.value, reply),
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Judge a community by the default of a threshold again; the history is judged anew',
          tags,
          params: params.extend({ id: z.string() }),
          response: { 200: thresholdSchema },
        },
      },
      (request, reply) => change(communityOf(request), request.params.id, null, reply),
    )
  }
