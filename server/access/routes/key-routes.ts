/** The API keys of a community: list, make (shown this once), revoke. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { keyInputSchema, keysSchema, newKeySchema } from '../../../shared/contract/access.ts'
import { sendProblem } from '../../api/problem.ts'
import { MANAGERS } from '../access-rule.ts'
import { createKey, listKeys, revokeKey, type StoredKey } from '../keys.ts'
import type { AccessParts } from './access-routes.ts'

const toContract = ({ key_id, name, scopes, hint, created_at, last_used_at }: StoredKey) => ({
  id: key_id,
  name,
  scopes,
  hint,
  created_at: created_at.toISOString(),
  last_used_at: last_used_at?.toISOString() ?? null,
})

const PATH = '/api/v1/communities/:slug/keys'
const params = z.object({ slug: z.string() })

export const keyRoutes = async (app: FastifyInstance, { pool, now }: AccessParts): Promise<void> => {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    PATH,
    {
      config: { access: MANAGERS },
      schema: { summary: 'The API keys of a community', tags: ['keys'], params, response: { 200: keysSchema } },
    },
    async (request) => ({
      keys: (await listKeys(pool, request.community!.community_id)).map(toContract),
    }),
  )

  routes.post(
    PATH,
    {
      config: { access: MANAGERS },
      schema: {
        summary: 'Make an API key; its text is shown this once',
        tags: ['keys'],
        params,
        body: keyInputSchema,
        response: { 201: newKeySchema },
      },
    },
    async (request, reply) => {
      const { key, ...stored } = await createKey(pool, { communityId: request.community!.community_id, ...request.body, now: now() })
      return reply.status(201).send({ ...toContract(stored), key })
    },
  )

  routes.delete(
    `${PATH}/:key_id`,
    {
      config: { access: MANAGERS },
      schema: {
        summary: 'Revoke an API key, at once',
        tags: ['keys'],
        params: params.extend({ key_id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      if (await revokeKey(pool, request.community!.community_id, request.params.key_id)) return reply.status(204).send(null)
      return sendProblem(reply, {
        status: 404,
        type: 'unknown-key',
        title: 'No such key',
        detail: 'This community has no such key; it may be revoked already.',
      })
    },
  )
}
