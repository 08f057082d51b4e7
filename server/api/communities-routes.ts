import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { communitySchema, communitySummarySchema, slugSchema } from '../../shared/contract/community.ts'
import { ADMINISTRATORS, READERS } from '../access/access-rule.ts'
import type { Person } from '../access/caller.ts'
import { buildPortfolio } from '../report/portfolio.ts'
import type { Database } from '../store/connection.ts'
import { createCommunity, deleteCommunity, isTimeZone } from '../store/communities.ts'
import { ProblemError } from './problem.ts'

type Parts = { db: Database; now: () => Date; removeDemo: () => Promise<number> }

/** The portfolio, and making and removing communities. */
export const communitiesRoutes =
  ({ db, now, removeDemo }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']

    app.get(
      '/api/v1/communities',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'The communities one may see',
          tags,
          response: { 200: z.object({ communities: z.array(communitySummarySchema) }) },
        },
      },
      async (request) => ({ communities: await buildPortfolio(db.pool, await communitiesOf(db.pool, request.caller as Person), now()) }),
    )

    app.get(
      '/api/v1/communities/:slug',
      {
        config: { access: READERS },
        schema: { summary: 'One community', tags, params: z.object({ slug: z.string() }), response: { 200: communitySummarySchema } },
      },
      async (request) => {
        const community = request.community as { community_id: string }
        const caller = request.caller
        const role =
          caller.kind === 'person'
            ? (await communitiesOf(db.pool, caller)).find((c) => c.community_id === community.community_id)?.role
            : 'viewer'
        const [summary] = await buildPortfolio(db.pool, [{ community_id: community.community_id, role: role ?? 'viewer' }], now())
        return summary as NonNullable<typeof summary>
      },
    )

    app.post(
      '/api/v1/communities',
      {
        config: { access: ADMINISTRATORS },
        schema: {
          summary: 'Make a community',
          tags,
          body: z.object({
            slug: slugSchema,
            name: z.string().trim().min(1, 'give the community a name').max(200),
            time_zone: z.string().refine(isTimeZone, 'use a name of the IANA time zone database, such as Europe/Berlin'),
          }),
          response: { 201: communitySchema },
        },
      },
      async (request, reply) => {
        const community = await createCommunity(db, { ...request.body, now: now() })
        if (community === null)
          throw new ProblemError({
            status: 409,
            type: 'slug-taken',
            title: 'This slug is taken',
            detail: `There is a community "${request.body.slug}" already; choose another slug.`,
          })
        const { community_id: _, ...shown } = community
        return reply.status(201).send({ ...shown, created_at: new Date(shown.created_at).toISOString() })
      },
    )

    app.delete(
      '/api/v1/communities/:slug',
      {
        config: { access: { community: ['administrator'] } },
        schema: {
          summary: 'Remove a community with everything that is held of it',
          tags,
          params: z.object({ slug: z.string() }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        await deleteCommunity(db, (request.community as { community_id: string }).community_id)
        return reply.status(204).send(null)
      },
    )

    app.delete(
      '/api/v1/demo',
      {
        config: { access: ADMINISTRATORS },
        schema: { summary: 'Remove the demo communities', tags, response: { 200: z.object({ removed: z.int() }) } },
      },
      async () => ({ removed: await removeDemo() }),
    )
  }

const communitiesOf = async (pool: pg.Pool, person: Person) => {
  if (!person.is_administrator)
    return person.grants.flatMap(({ community_id, role }) => (community_id === null ? [] : [{ community_id, role }]))
  const { rows } = await pool.query<{ community_id: string }>('select community_id from community')
  return rows.map(({ community_id }) => ({ community_id, role: 'administrator' as const }))
}
