/** What a group is meant to be, as its managers declare: one row, or none. */
import type { ClientBase, Pool } from 'pg'
import type { Purpose } from '../../shared/contract/charter.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredCharter = { purpose: Purpose; note: string | null; declared_at: Date }

export const readCharter = async (db: Pool | ClientBase, communityId: string): Promise<StoredCharter | null> => {
  const { rows } = await db.query<StoredCharter>('select purpose, note, declared_at from charter where community_id = $1', [communityId])
  return rows[0] ?? null
}

/** What came of a declaration: 'gone' where the community was deleted meanwhile, 'other' where another charter stands than it was made of. */
export type Declared = { charter: StoredCharter | null } | 'gone' | { other: StoredCharter | null }

/** Declares it anew, or with a null purpose takes it back. `madeOf`: when the charter that was changed was declared; absent: the last word counts. */
export const declareCharter = async (
  pool: Pool,
  {
    communityId,
    purpose,
    note,
    now,
    madeOf,
  }: { communityId: string; purpose: Purpose | null; note: string | null; now: Date; madeOf?: string | null | undefined },
): Promise<Declared> =>
  inTransaction(pool, async (client) => {
    // one at a time: two who declare at once would both find what stood before
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'gone'
    const stands = await readCharter(client, communityId)
    if (madeOf !== undefined && (stands?.declared_at.toISOString() ?? null) !== (madeOf === null ? null : new Date(madeOf).toISOString()))
      return { other: stands }
    if (purpose === null) {
      await client.query('delete from charter where community_id = $1', [communityId])
      return { charter: null }
    }
    const { rows } = await client.query<StoredCharter>(
      `insert into charter (community_id, purpose, note, declared_at) values ($1, $2, $3, $4)
       on conflict (community_id) do update set
         purpose = excluded.purpose,
         note = excluded.note,
         declared_at = excluded.declared_at
       returning purpose, note, declared_at`,
      [communityId, purpose, note, now],
    )
    return { charter: rows[0] ?? null }
  })

/** Nothing is declared any longer. False where nothing was. */
export const clearCharter = async (db: Pool | ClientBase, communityId: string): Promise<boolean> =>
  ((await db.query('delete from charter where community_id = $1', [communityId])).rowCount ?? 0) > 0
