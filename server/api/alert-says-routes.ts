import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { type Alert, alertSchema, rulingInputSchema } from '../../shared/contract/alert.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { acknowledgeAlert, ruleAlert, type Said } from '../store/alert-says.ts'
import { readAlert } from '../store/alerts.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { communityOf } from './reading-request.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const PATH = '/api/v1/communities/:slug/alerts/:alertId'

const unknownAlert = () =>
  new ProblemError({ status: 404, type: 'unknown-alert', title: 'No such alert', detail: 'This community has no such alert.' })

/** What managers say of an alert: that somebody looks at it, that it was right, that it was a false alarm. */
export const alertSaysRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['alerts']
    const params = z.object({ slug: z.string(), alertId: z.guid() })

    const of = (request: FastifyRequest) => ({
      communityId: communityOf(request).community_id,
      alertId: (request.params as { alertId: string }).alertId,
      userId: userOf(request),
      now: now(),
    })

    /** What stands after it; the later of two is told what stands. */
    const answer = async (request: FastifyRequest, reply: FastifyReply, said: Said): Promise<Alert | FastifyReply> => {
      const { communityId, alertId } = of(request)
      const current = said === 'unknown' ? null : await readAlert(pool, communityId, alertId)
      if (said === 'unknown' || current === null) throw unknownAlert()
      if ('version' in said) return current
      return sendProblem(reply, {
        status: 409,
        type: 'alert-changed',
        title: 'Changed meanwhile',
        detail: `${current.ruling?.by ?? 'Somebody, or what came late,'} has changed this alert since you opened it. Look at what stands now.`,
        current,
      })
    }

    for (const [method, isAcknowledged, summary] of [
      ['POST', true, 'Say that somebody looks at it; whoever said so first stands'],
      ['DELETE', false, 'Take that back'],
    ] as const)
      app.route({
        method,
        url: `${PATH}/acknowledgement`,
        config: { access: MANAGERS },
        schema: { summary, tags, params, response: { 200: alertSchema } },
        handler: async (request, reply) => answer(request, reply, await acknowledgeAlert(pool, { ...of(request), isAcknowledged })),
      })

    app.put(
      `${PATH}/ruling`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Say whether it was right; a false alarm counts against the stated rate',
          tags,
          params,
          body: rulingInputSchema,
          response: { 200: alertSchema },
        },
      },
      async (request, reply) => answer(request, reply, await ruleAlert(pool, { ...of(request), ...request.body })),
    )

    app.delete(
      `${PATH}/ruling`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Take back what was said of it, of the version that was seen',
          tags,
          params,
          querystring: z.object({ version: z.coerce.number().int().min(1) }),
          response: { 200: alertSchema },
        },
      },
      async (request, reply) =>
        answer(request, reply, await ruleAlert(pool, { ...of(request), ruling: null, note: null, version: request.query.version })),
    )
  }
