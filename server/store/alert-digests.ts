/** What waits for the weekly digests of those who prefer these. */
import type { ClientBase } from 'pg'
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
