/** Thresholds that a community sets otherwise than by default: one row each. What a default is, the caller knows. */
import type { ClientBase, Pool } from 'pg'
import { inTransaction } from './in-transaction.ts'

export type StoredThreshold = { threshold: string; value: number; set_at: Date }

export const listThresholdSettings = async (db: Pool | ClientBase, communityId: string): Promise<StoredThreshold[]> => {
  const { rows } = await db.query<StoredThreshold>(
    'select threshold, value, set_at from threshold_setting where community_id = $1 order by threshold collate "C"',
    [communityId],
  )
  return rows
}

/**
 * Sets one threshold, or with null takes it back to the default. `refuse` sees what is set now, before the change, and gives a
 * reason against it or null; changes of one community wait for each other, so that two that only together contradict are
 * never both stored. Gives the reason, or null once stored; 'no_community' where it has been deleted meanwhile.
 */
export const changeThresholdSetting = async <Reason extends object>(
  pool: Pool,
  change: { communityId: string; threshold: string; value: number | null; now: Date },
  refuse: (set: ReadonlyMap<string, number>) => Reason | null,
): Promise<Reason | 'no_community' | null> =>
  inTransaction(pool, async (client) => {
    const { communityId, threshold, value, now } = change
    // held against other changes and against deletion, and not against events that arrive
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'no_community'
    const set = await listThresholdSettings(client, communityId)
    const reason = refuse(new Map(set.map((one) => [one.threshold, one.value])))
    if (reason !== null) return reason
    if (value === null)
      await client.query('delete from threshold_setting where community_id = $1 and threshold = $2', [communityId, threshold])
    else
      await client.query(
        `insert into threshold_setting (community_id, threshold, value, set_at) values ($1, $2, $3, $4)
         on conflict (community_id, threshold) do update set value = excluded.value, set_at = excluded.set_at
         where threshold_setting.value <> excluded.value`,
        [communityId, threshold, value, now],
      )
    return null
  })

/** Every threshold back to its default. Gives how many were set. */
export const clearThresholdSettings = async (db: Pool | ClientBase, communityId: string): Promise<number> =>
  (await db.query('delete from threshold_setting where community_id = $1', [communityId])).rowCount ?? 0
