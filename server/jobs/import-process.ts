/**
 * Checks or runs one import in a process of its own: reading is hard work for the processor, and neither the pages nor the server's
 * memory shall feel it. Told what to do by its parent's first message; it stops when the parent says so or is gone, and lets go of
 * the import, which is then taken up again from its stored batches.
 */
import { once } from 'node:events'
import type { ImportOptions } from '../../shared/contract/import.ts'
import { ImportStopped } from '../ingest/sources/import-events.ts'
import { type OpenFiles, openFiles } from '../ingest/sources/open-files.ts'
import { SourceError } from '../ingest/sources/source.ts'
import { type Database, openDatabase } from '../store/connection.ts'
import { findImport, type ImportFile, type ImportRow } from '../store/import-steps.ts'
import { endCheck, holdImport, noteFormat, releaseImport } from '../store/import-work.ts'
import { endImport } from '../store/imports.ts'
import { importFiles } from './import-files.ts'
import { openUploadFolder } from './upload-folder.ts'

export type ImportOrder = { databaseUrl: string; folder: string; communityId: string; importId: string; workerId: string }

/** Progress is written, and a cancel seen, this often. */
const BEAT_MS = 500

const now = () => new Date()

const work = async (order: ImportOrder): Promise<void> => {
  const db = openDatabase(order.databaseUrl, 3)
  try {
    const row = await findImport(db, order)
    const { rows: communities } = await db.pool.query<{ time_zone: string }>('select time_zone from community where community_id = $1', [
      order.communityId,
    ])
    if (row?.files && communities[0]) await step(db, order, { ...row, files: row.files }, communities[0].time_zone)
  } finally {
    await db.close()
  }
}

const step = async (db: Database, order: ImportOrder, row: ImportRow & { files: ImportFile[] }, timeZone: string): Promise<void> => {
  const isCheck = row.status === 'checking'
  const state = { rows: 0, reason: null as string | null }
  const stop = (reason: string) => {
    state.reason ??= reason
  }
  process.once('disconnect', () => stop('The server has ended.'))
  process.once('message', () => stop('The server ends.'))
  let files: OpenFiles | null = null
  // of a run the check has counted the items; of a check only the bytes are known, and some sources read them twice
  const expected = isCheck ? null : countItems(row)
  const shareNow = () => {
    if (expected !== null && expected > 0) return Math.min(state.rows / expected, 1)
    return files === null || files.size === 0 ? 0 : Math.min(files.bytesRead() / files.size, 0.99)
  }
  const beat = async () => {
    try {
      if (!(await holdImport(db, order, { share: shareNow(), rows: state.rows, now: now() }))) stop('Cancelled.')
    } catch {
      // the database stutters: the hold lasts a while
    }
    timer = setTimeout(beat, BEAT_MS)
  }
  let timer = setTimeout(beat, BEAT_MS)
  try {
    const folder = openUploadFolder(order.folder)
    const given = folder.given(
      order.importId,
      row.files.map(({ name }) => name),
    )
    files = await openFiles(given, {
      // a source may read long before its first item
      check: () => {
        if (state.reason !== null) throw new ImportStopped(state.reason)
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
      stopReason: () => state.reason,
    })
    if (result.failure instanceof ImportStopped) {
      const after = await findImport(db, order)
      if (!isCheck && after?.status === 'cancelled')
        await endImport(db, order, { status: 'cancelled', message: after.message, counts: result.counts, now: now() })
      else await releaseImport(db, order, false)
    } else if (isCheck) await endCheck(db, order, { preview, message: result.failure?.message ?? null, now: now() })
  } catch (error) {
    if (error instanceof ImportStopped) await releaseImport(db, order, false)
    else if (error instanceof SourceError) await endUnread(db, order, row, error.message)
    else throw error
  } finally {
    clearTimeout(timer)
    await files?.close()
  }
}

/** Nothing could be read: of a check there is no preview, and a run is over. */
const endUnread = async (db: Database, order: ImportOrder, row: ImportRow, message: string): Promise<void> => {
  if (row.status === 'checking') return endCheck(db, order, { preview: null, message, now: now() })
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
  await endImport(db, order, { status: 'failed', message, counts, now: now() })
}

const countItems = ({ preview }: ImportRow): number | null =>
  preview === null
    ? null
    : preview.new_events +
      preview.known_events +
      preview.conflicts +
      preview.rejected +
      Object.values(preview.skipped).reduce((sum, count) => sum + count, 0)

const [order] = (await once(process, 'message')) as [ImportOrder]
await work(order)
process.exit(0)
