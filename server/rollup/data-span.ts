import type { ClientBase, Pool } from 'pg'
import { OWN_EVENTS } from '../ingest/own-events.ts'

/** A feed without an event for longer than this is taken for an archive that ends with its data (house rule). */
export const ALIVE_DAYS = 28
/** Series begin no earlier: an event with a broken year must not open two thousand years of empty periods (house rule). */
export const SERIES_BEGIN_ON = '1990-01-01'

/** How far the events of a community reach. Days are local. */
export type DataSpan = {
  first_on: string
  last_event_at: Date
  /**
   * Nothing later is used: now while the feed is alive (an event up to the allowed five minutes ahead counts), else the
   * end of the last day the data reach.
   */
  known_by: Date
  known_on: string
}

/** Null while there are no events. */
export const readDataSpan = async (db: Pool | ClientBase, communityId: string, timeZone: string, now: Date): Promise<DataSpan | null> => {
  const { rows } = await db.query<DataSpan>(
    `with
     reach as (
       select min(occurred_at) as first_at, max(occurred_at) as last_event_at from event
       -- what an asker told us on being asked says nothing of how far the feed reaches
       where community_id = $1 and source_event_id not like '${OWN_EVENTS}%'
     ),
     declared as (
       select max(observed_until) as observed_until from source where community_id = $1
     ),
     known as (
       select
         r.*,
         greatest(r.last_event_at, d.observed_until) as reaches_at
       from reach r, declared d
       where r.first_at is not null
     ),
     bounded as (
       select
         k.*,
         case
           when reaches_at > $3::timestamptz - make_interval(days => $4::int) then greatest($3::timestamptz, last_event_at + interval '1 millisecond')
           else ((reaches_at at time zone $2::text)::date + 1)::timestamp at time zone $2::text
         end as known_by
       from known k
     )
     select
       greatest((first_at at time zone $2::text)::date, $5::date) as first_on,
       last_event_at,
       known_by,
       ((known_by - interval '1 microsecond') at time zone $2::text)::date as known_on
     from bounded`,
    [communityId, timeZone, now, ALIVE_DAYS, SERIES_BEGIN_ON],
  )
  return rows[0] ?? null
}

/** The local day of an instant. */
export const localDay = async (db: Pool | ClientBase, at: Date, timeZone: string): Promise<string> => {
  const { rows } = await db.query<{ day_on: string }>(`select ($1::timestamptz at time zone $2::text)::date as day_on`, [at, timeZone])
  return rows[0]?.day_on ?? ''
}
