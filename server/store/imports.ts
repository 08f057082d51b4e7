import { randomUUID } from 'node:crypto'
import type { Database } from './connection.ts'

/** Of an import's rejected rows this many are kept to be looked at; the counts are of all; our judgement. */
export const MAX_KEPT_REJECTIONS = 1000

export type KeptRejection = { position: number; file?: string; pointer: string; code: string; message: string }
export type StoredCounts = { accepted: number; duplicate: number; conflict: number; rejected: number }
export type ImportStatus = 'running' | 'done' | 'failed'

/** Notes that an import has begun; returns its id. One that is killed stays "running" until another of the same file begins. */
export const beginImport = async (
  { pool }: Database,
  { communityId, source, fileName, now }: { communityId: string; source: string; fileName: string; now: Date },
): Promise<string> => {
  const importId = randomUUID()
  await pool.query(
    `update import set status = 'failed', finished_at = $4, message = 'Interrupted: its process ended before the file did. What was stored stays.'
     where community_id = $1 and source = $2 and file_name = $3 and status = 'running'`,
    [communityId, source, fileName, now],
  )
  await pool.query(
    "insert into import (community_id, import_id, source, file_name, started_at, status) values ($1, $2, $3, $4, $5, 'running')",
    [communityId, importId, source, fileName, now],
  )
  return importId
}

/** Brings the counts up to date while the import runs. */
export const noteProgress = async ({ pool }: Database, communityId: string, importId: string, counts: StoredCounts): Promise<void> => {
  await pool.query(
    'update import set accepted_count = $3, duplicate_count = $4, conflict_count = $5, rejected_count = $6 where community_id = $1 and import_id = $2',
    [communityId, importId, counts.accepted, counts.duplicate, counts.conflict, counts.rejected],
  )
}

/** Ends an import: its counts, its first rejected rows and, when it failed, why. */
export const endImport = async (
  db: Database,
  {
    communityId,
    importId,
    status,
    message,
    counts,
    rejections,
    now,
  }: {
    communityId: string
    importId: string
    status: ImportStatus
    message: string | null
    counts: StoredCounts
    rejections: readonly KeptRejection[]
    now: Date
  },
): Promise<void> => {
  const kept = rejections.slice(0, MAX_KEPT_REJECTIONS)
  // PostgreSQL holds no NUL character, and a message may quote the file
  const clean = (text: string) => text.replaceAll('\u0000', '\ufffd').toWellFormed()
  await db.pool.query(
    `insert into import_rejection (community_id, import_id, position, pointer, code, message, file, rejection_no)
     select $1, $2, * from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[])
     on conflict do nothing`,
    [
      communityId,
      importId,
      kept.map((r) => r.position),
      kept.map((r) => clean(r.pointer)),
      kept.map((r) => r.code),
      kept.map((r) => clean(r.message)),
      kept.map((r) => (r.file === undefined ? null : clean(r.file))),
      kept.map((_, index) => index + 1),
    ],
  )
  await noteProgress(db, communityId, importId, counts)
  await db.pool.query('update import set status = $3, message = $4, finished_at = $5 where community_id = $1 and import_id = $2', [
    communityId,
    importId,
    status,
    message === null ? null : clean(message),
    now,
  ])
}
