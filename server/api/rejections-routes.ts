import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { rejectionsSchema } from '../../shared/contract/import.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { writeSpreadsheetRow } from '../ingest/sources/csv/write-csv.ts'
import { REJECTIONS_HEADER, writeRejection } from '../ingest/sources/write-rejections.ts'
import type { Database } from '../store/connection.ts'
import { type ImportId, type ImportRow, listRejections } from '../store/import-steps.ts'
import { IMPORTS_PATH, type ImportParts, idOf, needImport } from './import-parts.ts'

/** Shown in a list; the file has all that are kept. */
const LISTED = 1000
/** Read from the store at once, on the way into a file. */
const PAGE_ROWS = 5000

/** Rows of an import that were not accepted, each with its place and reason. */
export const rejectionsRoutes =
  ({ db }: Pick<ImportParts, 'db'>) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['data']
    const params = z.object({ slug: z.string(), import_id: z.uuid() })
    app.get(
      `${IMPORTS_PATH}/:import_id/rejections`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: `Rows of an import that were not accepted, the first ${LISTED}`,
          tags,
          params,
          response: { 200: rejectionsSchema },
        },
      },
      async (request) => {
        const row = await needImport(db, idOf(request))
        return {
          rejections: await listRejections(db, idOf(request), { limit: LISTED }),
          total: totalOf(row),
          kept: row.kept_rejection_count,
        }
      },
    )
    app.get(
      `${IMPORTS_PATH}/:import_id/rejections.csv`,
      {
        config: { access: MANAGERS },
        schema: { summary: 'Rows of an import that were not accepted, as a sheet', tags, params },
      },
      async (request, reply) => {
        const id = idOf(request)
        const row = await needImport(db, id)
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="rejected-${row.started_at.toISOString().slice(0, 10)}.csv"`)
          .header('cache-control', 'no-store')
          .send(Readable.from(writeRejections(db, id, row)))
      },
    )
  }

const totalOf = ({ rejected_count, conflict_count }: ImportRow): number => rejected_count + conflict_count

async function* writeRejections(db: Database, id: ImportId, row: ImportRow): AsyncGenerator<string> {
  yield REJECTIONS_HEADER
  let after = 0
  for (;;) {
    const page = await listRejections(db, id, { after, limit: PAGE_ROWS })
    if (page.length === 0) break
    after += page.length
    yield page.map(writeRejection).join('')
  }
  const left = totalOf(row) - after
  if (row.finished_at !== null && left > 0)
    yield writeSpreadsheetRow(['', '', '', 'cut', `${left} more rows were not accepted; the first ${after} are listed here.`])
}
