import type { Rejection } from '../ingest/sources/import-events.ts'
import type { Database } from './connection.ts'

/** Of an import's rejected rows so many are kept to be looked at; the counts are of all. Our judgement: a sheet one can still open. */
export const MAX_KEPT_REJECTIONS = 100_000
/** Rows written at once. */
const PIECE_ROWS = 1000

export type RejectionLog = {
  /** Keeps one; a promise where a piece is written. */
  note: (rejection: Rejection) => Promise<void> | void
  /** Writes what is left. */
  end: () => Promise<void>
}

/** PostgreSQL holds no NUL character, and a message may quote the file. */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '\ufffd').toWellFormed()

/** A jsonb holds no NUL character and no half of a surrogate pair either. */
export const toStorableJson = (value: object): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? cleanText(one) : one))

/** Keeps the first hundred thousand rejected rows of an import, in the place of those of an earlier attempt at it. */
export const keepRejections = async (
  { pool }: Database,
  { communityId, importId }: { communityId: string; importId: string },
): Promise<RejectionLog> => {
  await pool.query('delete from import_rejection where community_id = $1 and import_id = $2', [communityId, importId])
  await pool.query('update import set kept_rejection_count = 0 where community_id = $1 and import_id = $2', [communityId, importId])
  let waiting: Rejection[] = []
  let kept = 0
  let writing: Promise<void> = Promise.resolve()
  const write = async (piece: readonly Rejection[], from: number) => {
    await pool.query(
      `insert into import_rejection (community_id, import_id, position, pointer, code, message, file, rejection_no)
       select $1::uuid, $2::uuid, * from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[])
       where exists (select from import where community_id = $1 and import_id = $2)
       on conflict do nothing`,
      [
        communityId,
        importId,
        piece.map((r) => r.position),
        piece.map((r) => cleanText(r.pointer)),
        piece.map((r) => r.code),
        piece.map((r) => cleanText(r.message)),
        piece.map((r) => (r.file === undefined ? null : cleanText(r.file))),
        piece.map((_, index) => from + index + 1),
      ],
    )
    await pool.query('update import set kept_rejection_count = $3 where community_id = $1 and import_id = $2', [
      communityId,
      importId,
      from + piece.length,
    ])
  }
  const flush = (): Promise<void> => {
    const piece = waiting
    const from = kept
    waiting = []
    kept += piece.length
    if (piece.length > 0) writing = writing.then(() => write(piece, from))
    return writing
  }
  return {
    note: (rejection) => {
      if (kept + waiting.length >= MAX_KEPT_REJECTIONS) return
      waiting.push(rejection)
      if (waiting.length >= PIECE_ROWS) return flush()
    },
    end: flush,
  }
}
