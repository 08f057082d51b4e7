/** What a group is meant to be, as its managers declare: one row, or none. */
import type { ClientBase, Pool } from 'pg'
import type { Purpose } from '../../shared/contract/charter.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredCharter = { purpose: Purpose; note: string | null; declared_at: Date }

export const readCharter = async (db: Pool | ClientBase, communityId: string): Promise<StoredCharter | null> => {
  const { rows } = await db.query<StoredCharter>('select purpose, note, declared_at from charter where community_id = $1', [communityId])
  return rows[0] ?? null
}

/** Declares it anew; the last word counts. Null where the community has been deleted meanwhile. */
export const declareCharter = async (
  pool: Pool,
  { communityId, purpose, note, now }: { communityId: string; purpose: Purpose; note: string | null; now: Date },
): Promise<StoredCharter | null> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('select from community where community_id = $1 for key share', [communityId])
    if (rowCount === 0) return null
    const { rows } = await client.query<StoredCharter>(
      `insert into charter (community_id, purpose, note, declared_at) values ($1, $2, $3, $4)
       on conflict (community_id) do update set
         purpose = excluded.purpose,
         note = excluded.note,
         declared_at = excluded.declared_at
       returning purpose, note, declared_at`,
      [communityId, purpose, note, now],
    )
    return rows[0] ?? null
  })

/** Nothing is declared any longer. False where nothing was. */
export const clearCharter = async (db: Pool | ClientBase, communityId: string): Promise<boolean> =>
  ((await db.query('delete from charter where community_id = $1', [communityId])).rowCount ?? 0) > 0
