import type { PoolClient } from 'pg'
import type { EventRow } from '../ingest/event-row.ts'
import { OWN_EVENTS } from '../ingest/own-events.ts'

/** What happened longer ago is no news of a feed: somebody brings an archive. Whoever imports once a month still brings news. */
export const NEWS_DAYS = 45

const DAY_MS = 86_400_000

/**
 * Counts what each source sent on the local day of its coming, of what had happened lately. Nothing is taken back from it: it says
 * when a feed was heard, not what is known. The last statement of an append, because senders of a source wait here for each other.
 */
export const noteArrivals = async (client: PoolClient, communityId: string, rows: readonly EventRow[], receivedAt: Date): Promise<void> => {
  const [from, to] = [receivedAt.getTime() - NEWS_DAYS * DAY_MS, receivedAt.getTime() + DAY_MS]
  const counts = new Map<string, number>()
  for (const { source, source_event_id, occurred_at } of rows) {
    const at = Date.parse(occurred_at)
    if (at >= from && at <= to && !source_event_id.startsWith(OWN_EVENTS)) counts.set(source, (counts.get(source) ?? 0) + 1)
  }
  const news = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  if (news.length === 0) return
  await client.query(
    `insert into arrival_day (community_id, source, day_on, event_count, first_at, last_at)
     select $1::uuid, n.source, ($4::timestamptz at time zone c.time_zone)::date, n.event_count, $4::timestamptz, $4::timestamptz
     from unnest($2::text[], $3::int[]) as n (source, event_count)
     join community c on c.community_id = $1
     on conflict (community_id, source, day_on) do update set
       event_count = arrival_day.event_count + excluded.event_count,
       first_at = least(arrival_day.first_at, excluded.first_at),
       last_at = greatest(arrival_day.last_at, excluded.last_at)`,
    [communityId, news.map(([source]) => source), news.map(([, count]) => count), receivedAt],
  )
}
