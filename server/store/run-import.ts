import { randomUUID } from 'node:crypto'
import type { Capability } from '../../shared/contract/metric.ts'
import type { EventRow } from '../ingest/event-row.ts'
import { inferLinks } from '../ingest/infer/infer-links.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import {
  type ImportCounts,
  type ImportOutcome,
  importEvents,
  ImportStopped,
  NOTHING_COUNTED,
  type Rejection,
} from '../ingest/sources/import-events.ts'
import type { SourceItem } from '../ingest/sources/source.ts'
import { appendEvents, type OnConflict } from './append-events.ts'
import type { Database } from './connection.ts'
import { declareSource } from './declare-source.ts'
import { addAccepted, beginImport, endImport, type ImportKey, noteProgress } from './imports.ts'
import { keepRejections } from './keep-rejections.ts'
import { noteAccounts } from './note-accounts.ts'
import { loadTextReading } from './text-reading.ts'

export type ImportRun = {
  communityId: string
  /** The name the events carry as their source. */
  source: string
  fileName: string
  format?: string
  items: AsyncIterable<SourceItem>
  /** What the source can tell, asked when it has been read; null: whatever its events show. */
  tells: () => readonly Capability[] | null
  /** The feed is known to be whole up to here; null when only its events can say. */
  observedUntil: Date | null
  /** Reads, checks and counts; stores nothing. Repeats further apart than a batch are then not seen. */
  isDryRun: boolean
  /** The same id with another content: left as it is, or replaced; left by default. */
  onConflict?: OnConflict
  /** An import that is on record already, and what it stored before its process was killed; else a record is made. */
  resumed?: { importId: string; workerId: string; accepted: number }
  now: () => Date
  onRow?: (row: EventRow) => void
  onRejected?: (rejection: Rejection) => void
  onStored?: (counts: ImportCounts) => void
}

/** Rejected rows that are given back; more are kept in the store. */
const GIVEN_REJECTIONS = 1000

/** What came of it; `rejections` are the first thousand. */
export type ImportResult = ImportOutcome & { importId: string | null; rejections: Rejection[] }

/** Of an import that is read again from its start: what it had stored itself is no duplicate. */
const countFrom = (counts: ImportCounts, accepted: number): ImportCounts => ({
  ...counts,
  accepted: counts.accepted + accepted,
  duplicate: Math.max(0, counts.duplicate - accepted),
})

/**
 * Carries what a source reads through the door into the store, in batches that are each stored as a whole, and keeps a record of
 * it. Killed in the middle, every stored batch stays; the same file again counts it as duplicates. Throws the store's errors,
 * after the record of an import of the command line says that it failed; one that can be resumed stays as it is.
 */
export const runImport = async (db: Database, run: ImportRun): Promise<ImportResult> => {
  const { communityId, source, isDryRun, resumed, now } = run
  const key = isDryRun ? null : await openRecord(db, run)
  const log = key === null ? null : await keepRejections(db, key)
  const rejections: Rejection[] = []
  const before = resumed?.accepted ?? 0
  let soFar = countFrom(NOTHING_COUNTED, before)
  try {
    const reading = await loadTextReading(db.pool, communityId)
    const outcome = await importEvents<EventRow>(inferLinks(run.items), {
      normalise: (event, link) => normaliseEvent(event, now(), reading, link),
      typeOf: (row) => row.type,
      onRow: run.onRow,
      append: async (rows, accounts) => {
        if (!isDryRun) await noteAccounts(db, { communityId, source, accounts, now: now() })
        return appendEvents(db, {
          communityId,
          batchId: randomUUID(),
          rows,
          onConflict: run.onConflict ?? 'report',
          dryRun: isDryRun,
          receivedAt: now(),
          inTransaction: async (client, { accepted }) => {
            if (key !== null) await addAccepted(client, key, accepted)
          },
        })
      },
      onRejected: (rejection) => {
        if (rejections.length < GIVEN_REJECTIONS) rejections.push(rejection)
        run.onRejected?.(rejection)
        return log?.note(rejection)
      },
      onStored: async (counts) => {
        soFar = countFrom(counts, before)
        if (key !== null) await noteProgress(db, key, soFar)
        run.onStored?.(soFar)
      },
    })
    const counts = countFrom(outcome.counts, before)
    if (key !== null && log !== null) {
      await declareSource(db, { communityId, source, tells: run.tells(), observedUntil: run.observedUntil })
      await log.end()
      const status = outcome.failure === null ? 'done' : outcome.failure instanceof ImportStopped ? 'cancelled' : 'failed'
      // an import whose server ends goes on later: its record stays open
      if (resumed === undefined || status !== 'cancelled')
        await endImport(db, key, { status, message: outcome.failure?.message ?? null, counts, now: now() })
    }
    return { counts, failure: outcome.failure, importId: key?.importId ?? null, rejections }
  } catch (error) {
    if (key !== null && resumed === undefined) {
      const message = 'Ended by an error of the database; what was stored stays. Import the file again.'
      await endImport(db, key, { status: 'failed', message, counts: soFar, now: now() }).catch(() => {})
    }
    throw error
  }
}

const openRecord = async (db: Database, run: ImportRun): Promise<ImportKey> => {
  const { communityId, source, fileName, resumed } = run
  if (resumed) return { communityId, importId: resumed.importId, workerId: resumed.workerId }
  const importId = await beginImport(db, { communityId, source, fileName, format: run.format ?? null, now: run.now() })
  return { communityId, importId, workerId: null }
}
