import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { madeWebhookSchema, webhookInputSchema, webhooksSchema } from '../../shared/contract/webhook.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { describeWebhooks, type FeedParts, makeWebhook, SOURCE_TAKEN } from '../access/make-webhook.ts'
import { deleteWebhook } from '../store/webhooks.ts'
import { sendProblem } from './problem.ts'

const PATH = '/api/v1/communities/:slug/webhooks'

/** The live feeds of a community: list, make, delete. */
export const webhooksRoutes =
  (parts: FeedParts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['data']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'The live feeds of a community', tags, params, response: { 200: webhooksSchema } },
      },
      async (request) => ({ webhooks: await describeWebhooks(parts, communityOf(request)) }),
    )

    app.post(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Make a live feed; its secret is shown this once',
          tags,
          params,
          body: webhookInputSchema,
          response: { 201: madeWebhookSchema },
        },
      },
      async (request, reply) => {
        const made = await makeWebhook(parts, communityOf(request), request.body)
        if (made === 'source_taken')
          return sendProblem(reply, { status: 409, type: 'source-taken', title: 'This source has a feed', detail: SOURCE_TAKEN })
        return reply.status(201).send(made)
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Delete a live feed; what it has told stays',
          tags,
          params: params.extend({ id: z.guid() }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        if (await deleteWebhook(parts.db.pool, communityOf(request), request.params.id)) return reply.status(204).send(null)
        return sendProblem(reply, {
          status: 404,
          type: 'unknown-feed',
          title: 'No such feed',
          detail: 'This community has no such feed; it may be deleted already.',
        })
      },
    )
  }
