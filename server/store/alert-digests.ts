/** What waits for the weekly digests of those who prefer these. */
import type { ClientBase, Pool } from 'pg'
import type { AlertNotice } from '../../shared/contract/alert.ts'

export type NoticeOf = { communityId: string; alertId: string; notice: AlertNotice; on: string }

/** In the transaction that tells the notice. False where it is noted already. */
export const noteForDigest = async (
  client: ClientBase,
  { communityId, alertId, notice, on, key }: NoticeOf & { key: string },
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await client.query(
    `insert into alert_digest_entry (community_id, alert_id, notice, noticed_on, recipient_key, added_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (community_id, alert_id, notice, noticed_on, recipient_key) do nothing`,
    [communityId, alertId, notice, on, key, now],
  )
  return rowCount === 1
}

/**
 * The communities of which somebody gets digests, with their key in each: an account has one key everywhere, an address one a community.
 * `key` is of any of them.
 */
export const listDigested = async (db: Pool | ClientBase, key: string): Promise<{ communityId: string; key: string }[]> => {
  const { rows } = await db.query<{ community_id: string; key: string }>(
    `select r.community_id, case when r.user_id is null then 'r-' || r.recipient_id else 'u-' || r.user_id end as key
     from alert_recipient r
     where r.how = 'digest' and r.removed_at is null
       and ('u-' || r.user_id = $1 or r.address_hash = (select t.address_hash from alert_recipient t where 'r-' || t.recipient_id = $1))
     order by r.community_id`,
    [key],
  )
  return rows.map((row) => ({ communityId: row.community_id, key: row.key }))
}
