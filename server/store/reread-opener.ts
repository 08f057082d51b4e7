import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { CHANNEL_RULE } from '../ingest/classify/rules.ts'
import { threadKey } from '../ingest/keys.ts'

/**
 * A thread in which an answer was accepted was opened by a question, whatever its text was taken for; what managers say of its channel
 * stands. Its day is to be counted again as a whole, as one with a replaced event.
 */
export const rereadOpener = async (
  client: PoolClient,
  { communityId, source, threadId, now }: { communityId: string; source: string; threadId: string; now: Date },
): Promise<void> => {
  const { rows } = await client.query<{ occurred_at: Date }>(
    `update event
     set type = 'question.asked', classified_by = 'source', properties = properties - 'work', received_at = $6
     where community_id = $1 and thread_key = $2 and source = $3 and properties @> $4::jsonb
       and type in ('post.published', 'announcement.published') and classified_by <> $5
     returning occurred_at`,
    [communityId, threadKey(source, threadId), source, JSON.stringify({ post_number: 1 }), CHANNEL_RULE, now],
  )
  if (rows.length === 0) return
  await client.query(
    `insert into stale_day (community_id, day_on, batch_id)
     select $1, greatest((t.occurred_at at time zone c.time_zone)::date, '0001-01-01'::date), $2
     from unnest($3::timestamptz[]) as t (occurred_at)
     join community c on c.community_id = $1
     on conflict do nothing`,
    [communityId, randomUUID(), rows.map((row) => row.occurred_at)],
  )
}
