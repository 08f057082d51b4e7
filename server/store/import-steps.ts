/** Imports from the page, step by step: what people do to them, and what the process that reads them notes. */
import { randomUUID } from 'node:crypto'
import type { ImportOptions, ImportStatus, Preview } from '../../shared/contract/import.ts'
import type { Database } from './connection.ts'
import { cleanText, MAX_KEPT_REJECTIONS } from './keep-rejections.ts'

export type ImportFile = { name: string; size: number }

export type ImportRow = {
  community_id: string
  import_id: string
  source: string
  file_name: string | null
  started_at: Date
  finished_at: Date | null
  status: ImportStatus
  accepted_count: number
  duplicate_count: number
  conflict_count: number
  rejected_count: number
  kept_rejection_count: number
  message: string | null
  format: string | null
  files: ImportFile[] | null
  options: ImportOptions
  preview: Preview | null
  summary: {
    by_type: Record<string, number>
    skipped: Record<string, number>
    first_event_at: string | null
    last_event_at: string | null
  } | null
  progress_share: number | null
  progress_rows: number | null
}

const COLUMNS = `community_id, import_id, source, file_name, started_at, finished_at, status, accepted_count, duplicate_count,
  conflict_count, rejected_count, kept_rejection_count, message, format, files, options, preview, summary, progress_share, progress_rows`

export type ImportId = { communityId: string; importId: string }

export const listImports = async ({ pool }: Database, communityId: string): Promise<ImportRow[]> =>
  (
    await pool.query<ImportRow>(`select ${COLUMNS} from import where community_id = $1 order by started_at desc, import_id limit 200`, [
      communityId,
    ])
  ).rows

export const findImport = async ({ pool }: Database, { communityId, importId }: ImportId): Promise<ImportRow | null> =>
  (await pool.query<ImportRow>(`select ${COLUMNS} from import where community_id = $1 and import_id = $2`, [communityId, importId]))
    .rows[0] ?? null

/** A new import whose files are awaited. Null when the community is gone. */
export const addImport = async (
  { pool }: Database,
  { communityId, files, now }: { communityId: string; files: readonly ImportFile[]; now: Date },
): Promise<string | null> => {
  const importId = randomUUID()
  const name = files.length === 1 ? (files[0] as ImportFile).name : `${(files[0] as ImportFile).name} and ${files.length - 1} more`
  const { rowCount } = await pool.query(
    `insert into import (community_id, import_id, source, file_name, started_at, status, files, touched_at)
     select community_id, $2, '', $3, $4, 'uploading', $5, $4 from community where community_id = $1`,
    [communityId, importId, cleanText(name), now, JSON.stringify(files.map((file) => ({ ...file, name: cleanText(file.name) })))],
  )
  return rowCount === 0 ? null : importId
}

/** Bytes of all files that imports are waiting for or still need. */
export const countUploadBytes = async ({ pool }: Database): Promise<number> =>
  (
    await pool.query<{ bytes: number }>(
      `select coalesce(sum((f.value ->> 'size')::float8), 0) as bytes
       from community c
       join import i on i.community_id = c.community_id and i.status in ('uploading', 'checking', 'checked', 'running')
       cross join lateral jsonb_array_elements(i.files) f`,
    )
  ).rows[0]?.bytes ?? 0

export const touchImport = async ({ pool }: Database, { communityId, importId }: ImportId, now: Date): Promise<void> => {
  await pool.query('update import set touched_at = $3 where community_id = $1 and import_id = $2', [communityId, importId, now])
}

/** Begins a check, of an import in one of these states; false when it is in another. `options` null: those it has. */
export const beginCheck = async (
  { pool }: Database,
  { communityId, importId }: ImportId,
  { from, options, now }: { from: readonly ImportStatus[]; options: ImportOptions | null; now: Date },
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `update import set status = 'checking', options = coalesce($4, options), preview = null, message = null, format = null,
       progress_share = 0, progress_rows = 0, breakdown_count = 0, touched_at = $5
     where community_id = $1 and import_id = $2 and status = any ($3)`,
    [communityId, importId, from, options === null ? null : JSON.stringify(options), now],
  )
  return rowCount === 1
}

/** Begins to store what was checked; false when it is not in that state. */
export const beginRun = async ({ pool }: Database, { communityId, importId }: ImportId, now: Date): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `update import set status = 'running', message = null, progress_share = 0, progress_rows = 0, breakdown_count = 0, touched_at = $3
     where community_id = $1 and import_id = $2 and status = 'checked' and preview is not null`,
    [communityId, importId, now],
  )
  return rowCount === 1
}

/** Ends an import that is not over by a person's word; what was stored stays. False when it was over. */
export const cancelImport = async (
  { pool }: Database,
  { communityId, importId }: ImportId,
  { message, now }: { message: string; now: Date },
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `update import set status = 'cancelled', message = $3, finished_at = $4, progress_share = null, progress_rows = null
     where community_id = $1 and import_id = $2 and files is not null and status in ('uploading', 'checking', 'checked', 'running')`,
    [communityId, importId, message, now],
  )
  return rowCount === 1
}

export type StoredRejection = { position: number; file: string | null; pointer: string; code: string; message: string }

/** Rejected rows in the order they were found, `limit` of them after the `after`th. */
export const listRejections = async (
  { pool }: Database,
  { communityId, importId }: ImportId,
  { after = 0, limit = MAX_KEPT_REJECTIONS }: { after?: number; limit?: number } = {},
): Promise<StoredRejection[]> =>
  (
    await pool.query<StoredRejection>(
      `select position, file, pointer, code, message from import_rejection
       where community_id = $1 and import_id = $2 and rejection_no > $3 and rejection_no <= $3 + $4 order by rejection_no`,
      [communityId, importId, after, limit],
    )
  ).rows
