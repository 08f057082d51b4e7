import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { type ImportCounts, ImportStopped } from '../ingest/sources/import-events.ts'
import type { Database } from './connection.ts'
import { cleanText } from './keep-rejections.ts'

/** Which import, and who works on it: null on the command line. */
export type ImportKey = { communityId: string; importId: string; workerId: string | null }
type StoredCounts = Pick<ImportCounts, 'accepted' | 'duplicate' | 'conflict' | 'rejected'>

/** Notes that an import has begun on the command line; returns its id. One that is killed stays "running" until another of the same file begins. */
export const beginImport = async (
  { pool }: Database,
  {
    communityId,
    source,
    fileName,
    format,
    now,
  }: { communityId: string; source: string; fileName: string; format: string | null; now: Date },
): Promise<string> => {
  const importId = randomUUID()
  await pool.query(
    `update import set status = 'failed', finished_at = $4, message = 'Interrupted: its process ended before the file did. What was stored stays.'
     where community_id = $1 and source = $2 and file_name = $3 and status = 'running' and files is null`,
    [communityId, source, fileName, now],
  )
  await pool.query(
    "insert into import (community_id, import_id, source, file_name, format, started_at, status) values ($1, $2, $3, $4, $5, $6, 'running')",
    [communityId, importId, source, cleanText(fileName), format, now],
  )
  return importId
}

/**
 * Adds what a batch stored to the count of the import, in the batch's own transaction: however often its process is killed, the
 * count is of what is stored. Throws ImportStopped when the import is another's by now, and so takes the batch back.
 */
export const addAccepted = async (client: PoolClient, { communityId, importId, workerId }: ImportKey, accepted: number): Promise<void> => {
  const { rowCount } = await client.query(
    `update import set accepted_count = accepted_count + $4
     where community_id = $1 and import_id = $2 and worker_id is not distinct from $3`,
    [communityId, importId, workerId, accepted],
  )
  if (rowCount === 0) throw new ImportStopped('Another process has taken this import over.')
}

/** Brings the other counts up to date while the import runs. */
export const noteProgress = async ({ pool }: Database, key: ImportKey, counts: Omit<StoredCounts, 'accepted'>): Promise<void> => {
  await pool.query(
    `update import set duplicate_count = $4, conflict_count = $5, rejected_count = $6
     where community_id = $1 and import_id = $2 and worker_id is not distinct from $3`,
    [key.communityId, key.importId, key.workerId, counts.duplicate, counts.conflict, counts.rejected],
  )
}

/** Ends an import: its counts and, when it ended early, why. One that was cancelled meanwhile stays so. */
export const endImport = async (
  { pool }: Database,
  key: ImportKey,
  end: { status: 'done' | 'failed' | 'cancelled'; message: string | null; counts: ImportCounts; now: Date },
): Promise<void> => {
  const { counts, message } = end
  const { by_type, skipped, first_event_at, last_event_at } = counts
  await pool.query(
    `update import set
       status = case when status = 'cancelled' then status else $4 end,
       message = $5, finished_at = $6, summary = $7,
       accepted_count = $8, duplicate_count = $9, conflict_count = $10, rejected_count = $11,
       progress_share = null, progress_rows = null, worker_id = null, worker_until = null
     where community_id = $1 and import_id = $2 and worker_id is not distinct from $3`,
    [
      key.communityId,
      key.importId,
      key.workerId,
      end.status,
      message === null ? null : cleanText(message),
      end.now,
      JSON.stringify({ by_type, skipped, first_event_at, last_event_at }),
      counts.accepted,
      counts.duplicate,
      counts.conflict,
      counts.rejected,
    ],
  )
}
