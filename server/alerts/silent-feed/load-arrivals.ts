import type { ClientBase, Pool } from 'pg'
import type { SourceArrivals } from './follow-feeds.ts'

/**
 * When each source of a community was heard, by local day, how far it is known to have been whole by its own word, and until when its
 * live feed has delivered anything, be it nothing that is counted.
 */
export const loadArrivals = async (
  db: Pool | ClientBase,
  { communityId, timeZone, today }: { communityId: string; timeZone: string; today: string },
): Promise<SourceArrivals[]> => {
  const { rows } = await db.query<{
    source: string
    whole_until: string | null
    alive_until: string | null
    on: string
    event_count: number
    last_at: Date
  }>(
    `with alive as (
       select source, max(last_delivery_at) as at
       from webhook
       where community_id = $1 and last_status between 200 and 299
       group by source
     )
     select
       a.source,
       (s.observed_until at time zone $2::text)::date as whole_until,
       (l.at at time zone $2::text)::date + 1 as alive_until,
       a.day_on as on,
       a.event_count,
       a.last_at
     from arrival_day a
     left join source s on s.community_id = $1 and s.source = a.source
     left join alive l on l.source = a.source
     where a.community_id = $1 and a.day_on <= $3::date
     order by a.source, a.day_on`,
    [communityId, timeZone, today],
  )
  const sources = new Map<string, SourceArrivals>()
  for (const { source, whole_until, alive_until, ...day } of rows) {
    const known = sources.get(source)
    if (known) known.days.push(day)
    else sources.set(source, { source, whole_until, alive_until, days: [day] })
  }
  return [...sources.values()]
}

/** What is known of how a source is connected, for who looks for the fault. */
export type Connection = {
  source: string
  /** Live feeds of this name, and when their deliveries were last refused for their signature. */
  webhook_count: number
  last_refused_at: Date | null
  last_failed_at: Date | null
  last_status: number | null
  last_import_at: Date | null
  has_last_import_failed: boolean
}
export type Connections = { sources: Connection[]; ingest_key_count: number; key_last_used_at: Date | null }

export const loadConnections = async (db: Pool | ClientBase, communityId: string, sources: readonly string[]): Promise<Connections> => {
  const { rows } = await db.query<Connection>(
    `select
       s.source,
       (select count(*)::int from webhook w where w.community_id = $1 and w.source = s.source) as webhook_count,
       (select max(w.last_refused_at) from webhook w where w.community_id = $1 and w.source = s.source) as last_refused_at,
       failed.last_failed_at,
       failed.last_status,
       imported.started_at as last_import_at,
       coalesce(imported.status = 'failed', false) as has_last_import_failed
     from unnest($2::text[]) as s (source)
     left join lateral (
       select w.last_delivery_at as last_failed_at, w.last_status
       from webhook w
       where w.community_id = $1 and w.source = s.source and w.last_status not between 200 and 299
       order by w.last_delivery_at desc nulls last
       limit 1
     ) as failed on true
     left join lateral (
       select i.started_at, i.status
       from import i
       where i.community_id = $1 and i.source = s.source and i.status in ('done', 'failed')
       order by i.started_at desc
       limit 1
     ) as imported on true`,
    [communityId, sources],
  )
  const { rows: keys } = await db.query<{ ingest_key_count: number; key_last_used_at: Date | null }>(
    `select count(*)::int as ingest_key_count, max(last_used_at) as key_last_used_at
     from api_key where community_id = $1 and 'ingest' = any (scopes)`,
    [communityId],
  )
  return { sources: rows, ingest_key_count: keys[0]?.ingest_key_count ?? 0, key_last_used_at: keys[0]?.key_last_used_at ?? null }
}

/** Of the local days of a silence: how many hold events of the source by now, and how many events. */
export const loadDelivered = async (
  db: Pool | ClientBase,
  { communityId, source, from_on, to_on }: { communityId: string; source: string | null; from_on: string; to_on: string },
): Promise<{ day_count: number; event_count: number }> => {
  const { rows } = await db.query<{ day_count: number; event_count: number }>(
    `select count(distinct day_on)::int as day_count, coalesce(sum(event_count), 0)::float8 as event_count
     from event_day
     where community_id = $1 and day_on >= $2::date and day_on < $3::date and ($4::text is null or source = $4::text)`,
    [communityId, from_on, to_on, source],
  )
  return rows[0] ?? { day_count: 0, event_count: 0 }
}
