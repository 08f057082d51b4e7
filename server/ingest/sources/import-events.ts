import type { EventInput } from '../../../shared/contract/event.ts'
import { type InferredLink, type Place, type RowProblem, SourceError, type SourceAccount, type SourceItem } from './source.ts'

/** A row that was not stored, and where it stands. */
export type Rejection = RowProblem & Place

export type ImportCounts = {
  accepted: number
  duplicate: number
  conflict: number
  rejected: number
  /** Rows that are no events by design, by what they are. */
  skipped: Record<string, number>
  /** Events by type, as read; a preview when nothing is stored. */
  by_type: Record<string, number>
  first_event_at: string | null
  last_event_at: string | null
}

export type ImportParts<Row> = {
  normalise: (
    event: EventInput,
    link: InferredLink | null,
  ) => { ok: Row; problems?: undefined } | { ok?: undefined; problems: readonly RowProblem[] }
  /** Stores a batch as a whole or not at all; `conflicts` are indexes into it. */
  append: (
    rows: Row[],
    accounts: readonly SourceAccount[],
  ) => Promise<{ accepted: number; duplicates: number; conflicts: readonly number[] }>
  /** What the row is stored as. */
  typeOf: (row: Row) => string
  /** Each row that is no rejection, before it is stored. */
  onRow?: (row: Row) => void
  /** Waited for, so that a file of nothing but bad rows fills no memory. */
  onRejected: (rejection: Rejection) => Promise<void> | void
  /** After each stored batch, with the counts so far. */
  onStored?: (counts: ImportCounts) => Promise<void> | void
}

export const NOTHING_COUNTED: ImportCounts = {
  accepted: 0,
  duplicate: 0,
  conflict: 0,
  rejected: 0,
  skipped: {},
  by_type: {},
  first_event_at: null,
  last_event_at: null,
}

/** Rows committed together: large enough to be fast, small enough that little is repeated after a crash; our judgement. */
const IMPORT_BATCH_ROWS = 5000

/** A person or the server's end stops the reading: what is stored stays, and what was read but not stored is left. */
export class ImportStopped extends SourceError {
  override name = 'ImportStopped'
}

/** Counts, and the problem of the file as a whole that ended the reading early; what was read before it is stored. */
export type ImportOutcome = { counts: ImportCounts; failure: SourceError | null }

/**
 * Checks and stores what a source reads, in batches; while one batch is being stored the next is read. A bad row is a
 * rejection, never the end. Errors of the store itself are thrown.
 */
export const importEvents = async <Row>(
  items: AsyncIterable<SourceItem>,
  parts: ImportParts<Row>,
  batchRows = IMPORT_BATCH_ROWS,
): Promise<ImportOutcome> => {
  const counts = structuredClone(NOTHING_COUNTED)
  let rows: Row[] = []
  let places: Place[] = []
  let accounts: SourceAccount[] = []
  let storing: Promise<void> = Promise.resolve()
  let failure: SourceError | null = null
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  const reject = ({ position, file }: Place, { pointer, code, message }: RowProblem) => {
    if (code === 'conflict') counts.conflict++
    else counts.rejected++
    return parts.onRejected({ position, ...(file === undefined ? {} : { file }), pointer, code, message })
  }
  const store = async (batch: Row[], batchPlaces: Place[], batchAccounts: SourceAccount[]) => {
    const { accepted, duplicates, conflicts } = await parts.append(batch, batchAccounts)
    counts.accepted += accepted
    counts.duplicate += duplicates
    for (const index of conflicts)
      await reject(batchPlaces[index] as Place, {
        pointer: '/id',
        code: 'conflict',
        message: 'An event with this id and another content is stored already; it was left as it is.',
      })
    await parts.onStored?.(counts)
  }
  const flush = async () => {
    // one batch at a time on its way: order is kept, and memory bounded
    await storing
    if (rows.length + accounts.length === 0) return
    storing = store(rows, places, accounts)
    storing.catch(() => {})
    rows = []
    places = []
    accounts = []
  }
  try {
    for await (const item of items) {
      if ('skipped' in item) {
        counts.skipped[item.skipped] = (counts.skipped[item.skipped] ?? 0) + 1
        continue
      }
      if ('account' in item) {
        accounts.push(item.account)
        if (accounts.length >= batchRows) await flush()
        continue
      }
      if ('problem' in item) {
        const noted = reject(item, item.problem)
        if (noted) await noted
        continue
      }
      const found = parts.normalise(item.event, item.link ?? null)
      if (found.problems) {
        // one row is one rejected row, however much is wrong with it
        const [problem] = found.problems
        const message = found.problems.map((one) => (found.problems.length > 1 ? `${one.pointer}: ${one.message}` : one.message)).join(' ')
        const noted = reject(item, { pointer: problem?.pointer ?? '', code: problem?.code ?? 'invalid_value', message })
        if (noted) await noted
        continue
      }
      const type = parts.typeOf(found.ok)
      counts.by_type[type] = (counts.by_type[type] ?? 0) + 1
      parts.onRow?.(found.ok)
      const at = Date.parse(item.event.occurred_at)
      if (at < first) first = at
      if (at > last) last = at
      rows.push(found.ok)
      places.push(item.file === undefined ? { position: item.position } : { position: item.position, file: item.file })
      if (rows.length >= batchRows) await flush()
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    failure = error
    if (error instanceof ImportStopped) {
      rows = []
      accounts = []
    }
  }
  await flush()
  await storing
  if (first <= last) {
    counts.first_event_at = new Date(first).toISOString()
    counts.last_event_at = new Date(last).toISOString()
  }
  return { counts, failure }
}
