import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { importsSchema, rejectionsSchema } from '../../shared/contract/access.ts'
import { MANAGERS } from '../access/access-rule.ts'

type ImportRow = {
  import_id: string
  source: string
  file_name: string | null
  started_at: Date
  finished_at: Date | null
  status: 'running' | 'done' | 'failed'
  accepted_count: number
  duplicate_count: number
  conflict_count: number
  rejected_count: number
  message: string | null
}

/** What was imported into a community, the newest first, and the rows that were not accepted. */
export const importsRoutes =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['data']
    app.get(
      '/api/v1/communities/:slug/imports',
      {
        config: { access: MANAGERS },
        schema: { summary: 'Imports of a community', tags, params: z.object({ slug: z.string() }), response: { 200: importsSchema } },
      },
      async (request) => {
        const { rows } = await pool.query<ImportRow>(
          'select * from import where community_id = $1 order by started_at desc, import_id limit 200',
          [(request.community as { community_id: string }).community_id],
        )
        return {
          imports: rows.map((row) => ({
            id: row.import_id,
            source: row.source,
            file_name: row.file_name,
            started_at: row.started_at.toISOString(),
            finished_at: row.finished_at?.toISOString() ?? null,
            status: row.status,
            accepted: row.accepted_count,
            duplicate: row.duplicate_count,
            conflict: row.conflict_count,
            rejected: row.rejected_count,
            message: row.message,
          })),
        }
      },
    )
    app.get(
      '/api/v1/communities/:slug/imports/:import_id/rejections',
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Rows of an import that were not accepted',
          tags,
          params: z.object({ slug: z.string(), import_id: z.uuid() }),
          response: { 200: rejectionsSchema },
        },
      },
      async (request) => {
        const { rows } = await pool.query<{ position: number; pointer: string; code: string; message: string }>(
          'select position, pointer, code, message from import_rejection where community_id = $1 and import_id = $2 order by position, pointer',
          [(request.community as { community_id: string }).community_id, request.params.import_id],
        )
        return { rejections: rows }
      },
    )
  }
