/** Who works on an import: one process at a time on each, and on one import of a community at a time. A process that dies loses its hold. */
import type { Preview } from '../../shared/contract/import.ts'
import type { Database } from './connection.ts'
import { cleanText, toStorableJson } from './keep-rejections.ts'
import type { ImportId } from './import-steps.ts'
import { inTransaction } from './in-transaction.ts'

/** A hold lasts this long without a further word; our judgement: long enough for a database that stutters, short for one who waits. */
const HOLD_SECONDS = 20

type Hold = ImportId & { workerId: string }

/** Takes hold of an import that is to be checked or run: `over`, it needs no work; `busy`, somebody has hold of it or of another of the community. */
export const claimImport = async (
  { pool }: Database,
  { communityId, importId, workerId }: Hold,
  now: Date,
): Promise<'claimed' | 'busy' | 'over'> => {
  const isClaimed = await inTransaction(pool, async (client) => {
    // one claim of a community at a time, and no batch has to wait for it
    await client.query('select from community where community_id = $1 for no key update', [communityId])
    const { rowCount } = await client.query(
      `update import set worker_id = $3, worker_until = $4::timestamptz + make_interval(secs => $5), touched_at = $4
       where community_id = $1 and import_id = $2 and status in ('checking', 'running') and files is not null
         and not exists (select from import o where o.community_id = $1 and o.worker_until > $4)`,
      [communityId, importId, workerId, now, HOLD_SECONDS],
    )
    return rowCount === 1
  })
  if (isClaimed) return 'claimed'
  const { rows } = await pool.query(
    "select from import where community_id = $1 and import_id = $2 and status in ('checking', 'running') and files is not null",
    [communityId, importId],
  )
  return rows.length === 1 ? 'busy' : 'over'
}

/** Says that the work goes on, and how far it is; false when it has been cancelled, or another has hold of it. */
export const holdImport = async (
  { pool }: Database,
  { communityId, importId, workerId }: Hold,
  { share, rows, now }: { share: number; rows: number; now: Date },
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `update import set progress_share = $4, progress_rows = $5, worker_until = $6::timestamptz + make_interval(secs => $7), touched_at = $6
     where community_id = $1 and import_id = $2 and worker_id = $3 and status in ('checking', 'running')`,
    [communityId, importId, workerId, share, rows, now, HOLD_SECONDS],
  )
  return rowCount === 1
}

/** Lets go of an import, which another may go on with. `isBrokenDown` counts; returns how often it has, or null where it was not held. */
export const releaseImport = async (
  { pool }: Database,
  { communityId, importId, workerId }: Hold,
  isBrokenDown: boolean,
): Promise<number | null> => {
  const { rows } = await pool.query<{ breakdown_count: number }>(
    `update import set worker_id = null, worker_until = null, breakdown_count = breakdown_count + $4
     where community_id = $1 and import_id = $2 and worker_id = $3 returning breakdown_count`,
    [communityId, importId, workerId, isBrokenDown ? 1 : 0],
  )
  return rows[0]?.breakdown_count ?? null
}

export const noteFormat = async (
  { pool }: Database,
  { communityId, importId, workerId }: Hold,
  { format, source }: { format: string; source: string },
): Promise<void> => {
  await pool.query('update import set format = $4, source = $5 where community_id = $1 and import_id = $2 and worker_id = $3', [
    communityId,
    importId,
    workerId,
    format,
    source,
  ])
}

/** Ends a check: what was found, or what stands in its way. */
export const endCheck = async (
  { pool }: Database,
  { communityId, importId, workerId }: Hold,
  { preview, message, now }: { preview: Preview | null; message: string | null; now: Date },
): Promise<void> => {
  await pool.query(
    `update import set status = case when status = 'checking' then 'checked' else status end, preview = $4, message = coalesce($5, message),
       progress_share = null, progress_rows = null, worker_id = null, worker_until = null, touched_at = $6
     where community_id = $1 and import_id = $2 and worker_id = $3`,
    [communityId, importId, workerId, preview === null ? null : toStorableJson(preview), message === null ? null : cleanText(message), now],
  )
}

/** Ends what cannot be ended by its process: what was stored stays. */
export const failImport = async (
  { pool }: Database,
  { communityId, importId }: ImportId,
  { message, now }: { message: string; now: Date },
): Promise<void> => {
  await pool.query(
    `update import set status = 'failed', message = $3, finished_at = $4, progress_share = null, progress_rows = null,
       worker_id = null, worker_until = null
     where community_id = $1 and import_id = $2 and status in ('checking', 'running')`,
    [communityId, importId, message, now],
  )
}

/** Imports that are to be checked or run, or of which files may lie about; the oldest first. */
export const listOpenImports = async ({
  pool,
}: Database): Promise<{ community_id: string; import_id: string; status: string; touched_at: Date }[]> =>
  (
    await pool.query(
      `select i.community_id, i.import_id, i.status, i.touched_at
       from community c
       join import i on i.community_id = c.community_id
         and i.files is not null and i.status in ('uploading', 'checking', 'checked', 'running')
       order by i.started_at`,
    )
  ).rows
