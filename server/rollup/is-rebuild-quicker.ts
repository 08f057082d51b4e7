import type { ClientBase } from 'pg'
import { boundsOf, type StaleMark, spansOfMarks } from './stale-days.ts'

/** Fewer marks than this are not worth the question. */
const FEW_MARKS = 50

/** An event looked at again costs about as much as five in a rebuild (our measurement, at a hundred thousand to ten million events). */
const STALE_SHARE = 0.2

/** Whether the marks name so many of the events that deriving everything again takes less time. */
export const isRebuildQuicker = async (
  client: ClientBase,
  { communityId, timeZone, marks }: { communityId: string; timeZone: string; marks: readonly Pick<StaleMark, 'day_on' | 'received_at'>[] },
): Promise<boolean> => {
  if (marks.length < FEW_MARKS) return false
  const spans = spansOfMarks(marks)
  const { rows } = await client.query<{ is_quicker: boolean }>(
    `with
     many as (
       select (coalesce(sum(event_count), 0) * $6::float8)::bigint as event_count from event_day where community_id = $1
     ),
     stale as (
       select
         from_on::timestamp at time zone $4::text as starts_at,
         to_on::timestamp at time zone $4::text as ends_at,
         received_at::timestamptz[] as received_at
       from unnest($2::date[], $3::date[], $5::text[]) as span (from_on, to_on, received_at)
     ),
     -- counted no further than the answer needs
     counted as (
       select
       from stale s
       cross join lateral (
         select
         from event n
         where n.community_id = $1
           and n.occurred_at >= s.starts_at
           and n.occurred_at < s.ends_at
           and (s.received_at is null or n.received_at = any (s.received_at))
         offset 0
       ) e
       limit (select event_count + 1 from many)
     )
     select (select count(*) from counted) > (select event_count from many) as is_quicker`,
    [communityId, ...boundsOf(spans), timeZone, spans.map((span) => receivedOf(span.received_at)), STALE_SHARE],
  )
  return rows[0]?.is_quicker ?? false
}

/** Instants as the text of an array: one of several lengths cannot be a parameter. */
export const receivedOf = (instants: readonly string[] | null): string | null =>
  instants && `{${instants.map((at) => `"${at}"`).join(',')}}`
