import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { csvMappingSchema, savedCsvMappingSchema, savedCsvMappingsSchema } from '../../shared/contract/import.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { listSavedMappings, saveMapping } from '../store/csv-mappings.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const PATH = '/api/v1/communities/:slug/csv-mappings'

/** How CSV files are read, kept by their columns: list, keep, forget. */
export const csvMappingsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id
    const list = async (communityId: string) => ({
      mappings: (await listSavedMappings({ pool }, communityId)).map((one) => ({ ...one, saved_at: one.saved_at.toISOString() })),
    })

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'How CSV files with known columns are read', tags, params, response: { 200: savedCsvMappingsSchema } },
      },
      async (request) => list(communityOf(request)),
    )

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Keep how CSV files with these columns are read, or with null forget it',
          tags,
          params,
          body: savedCsvMappingSchema.extend({ mapping: csvMappingSchema.nullable() }),
          response: { 200: savedCsvMappingsSchema },
        },
      },
      async (request) => {
        const communityId = communityOf(request)
        await saveMapping({ pool }, { communityId, ...request.body, now: now() })
        return list(communityId)
      },
    )
  }
