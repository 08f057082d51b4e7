import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { countedWordsQuerySchema, countedWordsSchema, workWordsInputSchema, workWordsSchema } from '../../shared/contract/work-words.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { loadWorkWords } from '../diagnosis/readings/work-words.ts'
import { describeWords } from '../ingest/classify/describe-words.ts'
import { refuseWords } from '../ingest/classify/refuse-words.ts'
import { changeWords, readOwnWords } from '../store/talk-words.ts'
import { sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date }
type Asking = { community: { community_id: string; time_zone: string } | null }

const PATH = '/api/v1/communities/:slug/words'

/** The words that talk about work: which are counted, and which were. Changing them changes nothing that was counted, so nothing is judged anew. */
export const wordsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: Asking) => request.community as NonNullable<Asking['community']>

    app.get(
      PATH,
      {
        config: { access: READERS },
        schema: { summary: 'By which words of work a workgroup is told by its talk', tags, params, response: { 200: workWordsSchema } },
      },
      async (request) => {
        const { lists, changed_at } = await readOwnWords(pool, communityOf(request as Asking).community_id)
        return describeWords(lists, changed_at)
      },
    )

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Give a community words of work of its own, or with null take them back; counted from then on',
          tags,
          params,
          body: workWordsInputSchema,
          response: { 200: workWordsSchema },
        },
      },
      async (request, reply) => {
        const change = { ...request.body, communityId: communityOf(request as Asking).community_id, now: now() }
        const changed = await changeWords(pool, change, refuseWords)
        // deleted since the door let this in
        if (changed === 'no_community') return sendProblem(reply, refusalProblem({ status: 404, reason: 'community' }).problem)
        if ('refused' in changed)
          return sendProblem(reply, { status: 422, type: changed.refused.reason, title: 'Too much to count', detail: changed.refused.says })
        return describeWords(changed.own.lists, changed.own.changed_at)
      },
    )

    app.get(
      `${PATH}/counted`,
      {
        config: { access: READERS },
        schema: {
          summary: 'Which words of work were counted in a span of days, as known at its end',
          tags,
          params,
          querystring: countedWordsQuerySchema,
          response: { 200: countedWordsSchema },
        },
      },
      async (request) => {
        const { community_id, time_zone } = communityOf(request as Asking)
        const { from, to } = request.query
        return loadWorkWords(pool, { communityId: community_id, timeZone: time_zone, from_on: from, to_on: to, knownBy: now() })
      },
    )
  }
