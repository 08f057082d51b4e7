/** The text of messages, kept only where the operator of this installation says so. Nothing shows it; no route reads it. */
import type { ClientBase, Pool, PoolClient } from 'pg'
import type { EventRow } from '../ingest/event-row.ts'
import { inTransaction } from './in-transaction.ts'

export const readKeepsText = async (db: Pool | ClientBase, communityId: string): Promise<boolean> => {
  const { rows } = await db.query<{ keeps_text: boolean }>('select keeps_text from community where community_id = $1', [communityId])
  return rows[0]?.keeps_text ?? false
}

/** Keeps text from now on, or no longer; then what was kept is deleted at once. Gives how many texts are kept now. */
export const setKeepsText = async (pool: Pool, communityId: string, keepsText: boolean): Promise<number> =>
  inTransaction(pool, async (client) => {
    // waits for batches on their way in, which hold the community
    await client.query('select from community where community_id = $1 for update', [communityId])
    await client.query('update community set keeps_text = $2 where community_id = $1', [communityId, keepsText])
    if (!keepsText) await client.query('delete from event_text where community_id = $1', [communityId])
    return countTexts(client, communityId)
  })

export const countTexts = async (db: Pool | ClientBase, communityId: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from event_text where community_id = $1', [communityId])
  return rows[0]?.count ?? 0
}

/**
 * Keeps the text of new messages, while the community does so still, and deletes that of messages taken back. In the transaction that
 * stored them, whose hold on the community sets it apart from a change of the setting.
 */
export const keepTexts = async (client: PoolClient, communityId: string, rows: readonly EventRow[]): Promise<void> => {
  const worded = rows.filter((row) => row.kept_text)
  if (worded.length > 0)
    await client.query(
      `insert into event_text (community_id, event_key, title, text)
       select c.community_id, k.event_key, k.title, k.text
       from unnest($2::uuid[], $3::text[], $4::text[]) as k (event_key, title, text)
       join community c on c.community_id = $1 and c.keeps_text
       where not exists (
         select from event d where d.community_id = $1 and d.target_key = k.event_key and d.type = 'content.deleted'
       )`,
      [
        communityId,
        worded.map((row) => row.event_key),
        worded.map((row) => row.kept_text?.title),
        worded.map((row) => row.kept_text?.text),
      ],
    )
  const takenBack = rows.flatMap((row) => (row.type === 'content.deleted' && row.target_key !== null ? [row.target_key] : []))
  if (takenBack.length > 0)
    await client.query('delete from event_text where community_id = $1 and event_key = any ($2::uuid[])', [communityId, takenBack])
}
