-- grain: one row an event that was added, or lies on a day of which some events may have gone
-- $1 community_id · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 time zone · $5 text[]: timestamptz[] of receiving, or null for all
with
stale as (
  -- wider than the days: where hours are put back at midnight, it happens twice
  select
    from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at,
    received_at::timestamptz[] as received_at
  from unnest($2::date[], $3::date[], $5::text[]) as span (from_on, to_on, received_at)
)
insert into stale_event (event_key, thread_key, target_key, type, occurred_at, identity_key, person_id)
select distinct on (e.event_key) e.event_key, e.thread_key, e.target_key, e.type, e.occurred_at, e.identity_key, i.person_id
from stale s
cross join lateral (
  select n.event_key, n.thread_key, n.target_key, n.type, n.occurred_at, n.identity_key
  from event n
  where n.community_id = $1
    and n.occurred_at >= s.starts_at
    and n.occurred_at < s.ends_at
    and (s.received_at is null or n.received_at = any (s.received_at))
  -- no other plan than by the index on time
  offset 0
) e
left join identity i on i.community_id = $1 and i.identity_key = e.identity_key
order by e.event_key
