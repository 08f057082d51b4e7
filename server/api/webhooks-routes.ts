import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { madeWebhookSchema, type Webhook, webhookInputSchema, webhooksSchema } from '../../shared/contract/webhook.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { sealSecret } from '../access/seal-secret.ts'
import { webhookUrl } from '../access/webhook-address.ts'
import type { Database } from '../store/connection.ts'
import { createWebhook, deleteWebhook, listWebhooks, type StoredWebhook } from '../store/webhooks.ts'
import { sendProblem } from './problem.ts'

type Parts = { db: Database; secretKey: string; baseUrl: string; now: () => Date }

const PATH = '/api/v1/communities/:slug/webhooks'

const toContract = (hook: StoredWebhook, url: string): Webhook => ({
  id: hook.webhook_id,
  kind: hook.kind,
  name: hook.name,
  source: hook.source,
  url,
  created_at: hook.created_at.toISOString(),
  last_delivery_at: hook.last_delivery_at?.toISOString() ?? null,
  last_event: hook.last_event,
  last_status: hook.last_status,
  last_outcome: hook.last_outcome,
  delivery_count: Number(hook.delivery_count),
  accepted_count: Number(hook.accepted_count),
  ignored_count: Number(hook.ignored_count),
  last_refused_at: hook.last_refused_at?.toISOString() ?? null,
  refused_count: Number(hook.refused_count),
})

/** A community's feeds as they cross HTTP and standard output. */
export const describeWebhooks = async ({ db, baseUrl }: Pick<Parts, 'db' | 'baseUrl'>, communityId: string): Promise<Webhook[]> =>
  (await listWebhooks(db.pool, communityId)).map((hook) => toContract(hook, webhookUrl(baseUrl, communityId, hook.webhook_id)))

/** Makes a feed; the secret is given this once. */
export const makeWebhook = async (
  { db, secretKey, baseUrl, now }: Parts,
  communityId: string,
  { kind, name, source }: z.infer<typeof webhookInputSchema>,
): Promise<z.infer<typeof madeWebhookSchema>> => {
  // Discourse asks for twelve characters at least; these are 256 bits
  const secret = randomBytes(32).toString('base64url')
  const made = await createWebhook(db.pool, {
    communityId,
    kind,
    name,
    source: source ?? kind,
    seal: (webhookId) => sealSecret(secretKey, webhookId, secret),
    now: now(),
  })
  return { ...toContract(made, webhookUrl(baseUrl, communityId, made.webhook_id)), secret }
}

/** The live feeds of a community: list, make, delete. */
export const webhooksRoutes =
  (parts: Parts) =>
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
      async (request, reply) => reply.status(201).send(await makeWebhook(parts, communityOf(request), request.body)),
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
