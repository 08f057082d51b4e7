import { randomUUID } from 'node:crypto'
import type { Capability } from '../../shared/contract/metric.ts'
import type { EventRow } from '../ingest/event-row.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { type ImportCounts, type ImportOutcome, importEvents, type Rejection } from '../ingest/sources/import-events.ts'
import type { SourceItem } from '../ingest/sources/source.ts'
import { inferLinks } from '../ingest/infer/infer-links.ts'
import { appendEvents } from './append-events.ts'
import type { Database } from './connection.ts'
import { declareSource } from './declare-source.ts'
import { loadTextReading } from './text-reading.ts'
import { noteAccounts } from './note-accounts.ts'
import { beginImport, endImport, type KeptRejection, MAX_KEPT_REJECTIONS, noteProgress } from './imports.ts'

export type ImportRun = {
  communityId: string
  /** The name the events carry as their source. */
  source: string
  fileName: string
  items: AsyncIterable<SourceItem>
  /** What the source can tell, asked when it has been read; null: whatever its events show. */
  tells: () => readonly Capability[] | null
  /** The feed is known to be whole up to here; null when only its events can say. */
  observedUntil: Date | null
  /** Reads, checks and counts; stores nothing. Repeats further apart than a batch are then not seen. */
  isDryRun: boolean
  now: () => Date
  onRejected?: (rejection: Rejection) => void
  onStored?: (counts: ImportCounts) => void
}

/** What came of it; `rejections` are the first thousand. */
export type ImportResult = ImportOutcome & { importId: string | null; rejections: KeptRejection[] }

/**
 * Carries what a source reads through the door into the store, in batches that are each stored as a whole, and keeps a record of
 * it. Killed in the middle, every stored batch stays; the same file again counts it as duplicates. Throws the store's errors,
 * after the record says that it failed.
 */
export const runImport = async (db: Database, run: ImportRun): Promise<ImportResult> => {
  const { communityId, source, isDryRun } = run
  const importId = isDryRun ? null : await beginImport(db, { communityId, source, fileName: run.fileName, now: run.now() })
  const rejections: KeptRejection[] = []
  const end = async (status: 'done' | 'failed', message: string | null, counts: ImportCounts | null) => {
    if (importId === null) return
    await endImport(db, { communityId, importId, status, message, counts: counts ?? soFar, rejections, now: run.now() })
  }
  let soFar = { accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
  try {
    const reading = await loadTextReading(db.pool, communityId)
    const outcome = await importEvents<EventRow>(inferLinks(run.items), {
      normalise: (event, link) => normaliseEvent(event, run.now(), reading, link),
      typeOf: (row) => row.type,
      append: async (rows, accounts) => {
        if (!isDryRun) await noteAccounts(db, { communityId, source, accounts, now: run.now() })
        return appendEvents(db, { communityId, batchId: randomUUID(), rows, onConflict: 'report', dryRun: isDryRun, receivedAt: run.now() })
      },
      onRejected: (rejection) => {
        if (rejections.length < MAX_KEPT_REJECTIONS) rejections.push(rejection)
        run.onRejected?.(rejection)
      },
      onStored: async (counts) => {
        soFar = { ...counts }
        if (importId !== null) await noteProgress(db, communityId, importId, counts)
        run.onStored?.(counts)
      },
    })
    if (!isDryRun) await declareSource(db, { communityId, source, tells: run.tells(), observedUntil: run.observedUntil })
    await end(outcome.failure ? 'failed' : 'done', outcome.failure?.message ?? null, outcome.counts)
    return { ...outcome, importId, rejections }
  } catch (error) {
    await end('failed', 'Ended by an error of the database; what was stored stays. Import the file again.', null).catch(() => {})
    throw error
  }
}
