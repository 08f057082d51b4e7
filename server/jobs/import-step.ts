import type { ImportOptions } from '../../shared/contract/import.ts'
import { ImportStopped } from '../ingest/sources/import-events.ts'
import { type OpenFiles, openFiles } from '../ingest/sources/open-files.ts'
import { SourceError } from '../ingest/sources/source.ts'
import { UnknownCommunityError } from '../store/append-events.ts'
import type { Database } from '../store/connection.ts'
import { findImport, type ImportFile, type ImportRow } from '../store/import-steps.ts'
import { endCheck, holdImport, noteFormat, releaseImport } from '../store/import-work.ts'
import { endImport } from '../store/imports.ts'
import { importFiles } from './import-files.ts'
import { openUploadFolder } from './upload-folder.ts'

export type ImportOrder = { folder: string; communityId: string; importId: string; workerId: string }
/** Its parent's or the server's word to stop: asked often; null to go on. */
export type StopReason = () => string | null

/** Progress is written, and a cancel seen, this often. */
const BEAT_MS = 500

/**
 * Checks an import or runs it, whichever it is due, to the end of that step, and notes progress and outcome. The caller has hold of
 * it. Stopped, it lets go, and another goes on from what is stored; errors of the database are thrown.
 */
export const runImportStep = async (
  db: Database,
  order: ImportOrder,
  now: () => Date,
  stopReason: StopReason,
  beatMs = BEAT_MS,
): Promise<void> => {
  const row = await findImport(db, order)
  const { rows: communities } = await db.pool.query<{ time_zone: string }>('select time_zone from community where community_id = $1', [
    order.communityId,
  ])
  if (row?.files && communities[0])
    await step(db, { ...order, now, stopReason, beatMs }, { ...row, files: row.files }, communities[0].time_zone)
}

type Work = ImportOrder & { now: () => Date; stopReason: StopReason; beatMs: number }

const step = async (db: Database, order: Work, row: ImportRow & { files: ImportFile[] }, timeZone: string): Promise<void> => {
  const isCheck = row.status === 'checking'
  const state = { rows: 0, reason: null as string | null }
  const { now } = order
  const stopReason = () => state.reason ?? order.stopReason()
  let files: OpenFiles | null = null
  // of a run the check has counted the items; of a check only the bytes are known, and some sources read them twice
  const expected = isCheck ? null : countItems(row)
  const shareNow = () => {
    if (expected !== null && expected > 0) return Math.min(state.rows / expected, 1)
    return files === null || files.size === 0 ? 0 : Math.min(files.bytesRead() / files.size, 0.99)
  }
  const beat = async () => {
    try {
      if (!(await holdImport(db, order, { share: shareNow(), rows: state.rows, now: now() }))) state.reason = 'Cancelled.'
    } catch {
      // the database stutters: the hold lasts a while
    }
    if (!isOver) timer = setTimeout(beat, order.beatMs)
  }
  let isOver = false
  let timer = setTimeout(beat, order.beatMs)
  try {
    const folder = openUploadFolder(order.folder)
    const given = folder.given(
      order.importId,
      row.files.map(({ name }) => name),
    )
    files = await openFiles(given, {
      // a source may read long before its first item
      check: () => {
        const reason = stopReason()
        if (reason !== null) throw new ImportStopped(reason)
      },
      // goes with the files of the import, even when this process is killed
      temporaryFolder: folder.of(order.importId),
    })
    const options: ImportOptions = isCheck ? row.options : { ...row.options, format: row.format, source: row.source }
    const { result, preview } = await importFiles(db, {
      communityId: order.communityId,
      timeZone,
      files,
      options,
      csv: row.preview?.csv,
      isDryRun: isCheck,
      resumed: isCheck ? undefined : { importId: order.importId, workerId: order.workerId, accepted: row.accepted_count },
      now,
      onFormat: (format, source) => noteFormat(db, order, { format: format.name, source }),
      onRows: (rows) => {
        state.rows = rows
      },
      stopReason,
    })
    if (result.failure instanceof ImportStopped) {
      const after = await findImport(db, order)
      if (!isCheck && after?.status === 'cancelled')
        await endImport(db, order, { status: 'cancelled', message: after.message, counts: result.counts, now: now() })
      else await releaseImport(db, order, false)
    } else if (isCheck) await endCheck(db, order, { preview, message: result.failure?.message ?? null, now: now() })
  } catch (error) {
    if (error instanceof ImportStopped) await releaseImport(db, order, false)
    // its record went with it
    else if (error instanceof UnknownCommunityError) return
    else if (error instanceof SourceError) await endUnread(db, order, row, error.message)
    else throw error
  } finally {
    isOver = true
    clearTimeout(timer)
    await files?.close()
  }
}

/** Nothing could be read: of a check there is no preview, and a run is over. */
const endUnread = async (db: Database, order: Work, row: ImportRow, message: string): Promise<void> => {
  if (row.status === 'checking') return endCheck(db, order, { preview: null, message, now: order.now() })
  const counts = {
    accepted: row.accepted_count,
    duplicate: row.duplicate_count,
    conflict: row.conflict_count,
    rejected: row.rejected_count,
    skipped: {},
    by_type: {},
    first_event_at: null,
    last_event_at: null,
  }
  await endImport(db, order, { status: 'failed', message, counts, now: order.now() })
}

const countItems = ({ preview }: ImportRow): number | null =>
  preview === null
    ? null
    : preview.new_events +
      preview.known_events +
      preview.conflicts +
      preview.rejected +
      Object.values(preview.skipped).reduce((sum, count) => sum + count, 0)
