/** How a community's CSV files are read: kept under the names of their columns, so that the next file needs no word. */
import { type CsvMapping, csvMappingSchema } from '../../shared/contract/import.ts'
import { hashKey } from '../ingest/keys.ts'
import type { Database } from './connection.ts'

export type SavedCsvMapping = { header: string[]; mapping: CsvMapping; saved_at: Date }

/** A later export may have its columns in another order. */
const headerKey = (header: readonly string[]): string => hashKey(JSON.stringify([...header].sort()))
// PostgreSQL holds no NUL character, and a header is what somebody's file says
const clean = (text: string) => text.replaceAll('\u0000', '\ufffd').toWellFormed()

/** The mapping kept for files with these columns; null when there is none. */
export const loadSavedMapping = async (
  { pool }: Pick<Database, 'pool'>,
  communityId: string,
  header: readonly string[],
): Promise<CsvMapping | null> => {
  const { rows } = await pool.query<{ mapping: unknown }>('select mapping from csv_mapping where community_id = $1 and header_key = $2', [
    communityId,
    headerKey(header),
  ])
  // one kept by an older version may say less; one that says nothing we know is as good as none
  return rows[0] === undefined ? null : (csvMappingSchema.safeParse(rows[0].mapping).data ?? null)
}

/** All of a community, the latest first. */
export const listSavedMappings = async ({ pool }: Pick<Database, 'pool'>, communityId: string): Promise<SavedCsvMapping[]> => {
  const { rows } = await pool.query<{ header: string[]; mapping: unknown; saved_at: Date }>(
    'select header, mapping, saved_at from csv_mapping where community_id = $1 order by saved_at desc, header_key',
    [communityId],
  )
  return rows.flatMap(({ mapping, ...row }) => {
    const parsed = csvMappingSchema.safeParse(mapping)
    return parsed.success ? [{ ...row, mapping: parsed.data }] : []
  })
}

/** Keeps a mapping in the place of the one before, or with null forgets it. */
export const saveMapping = async (
  { pool }: Pick<Database, 'pool'>,
  { communityId, header, mapping, now }: { communityId: string; header: readonly string[]; mapping: CsvMapping | null; now: Date },
): Promise<void> => {
  if (mapping === null) {
    await pool.query('delete from csv_mapping where community_id = $1 and header_key = $2', [communityId, headerKey(header)])
    return
  }
  await pool.query(
    `insert into csv_mapping (community_id, header_key, header, mapping, saved_at) values ($1, $2, $3, $4, $5)
     on conflict (community_id, header_key) do update set
       header = excluded.header, mapping = excluded.mapping, saved_at = excluded.saved_at`,
    [communityId, headerKey(header), header.map(clean), clean(JSON.stringify(mapping)), now],
  )
}
