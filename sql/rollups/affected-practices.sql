-- grain: one row a practice or a report of value that an event that has gone from these days may alter
-- $1 community_id · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 time zone
with
span as (
  select
    from_on,
    to_on,
    -- wider than the days: where hours are put back at midnight, it happens twice
    from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at
  from unnest($2::date[], $3::date[]) as day_span (from_on, to_on)
)
select p.practice_key as key
from span s
join practice p on p.community_id = $1 and p.shared_on >= s.from_on and p.shared_on < s.to_on
union
select p.practice_key
from span s
join practice p on p.community_id = $1 and p.removed_at >= s.starts_at and p.removed_at < s.ends_at
union
select v.event_key
from span s
join value_report v on v.community_id = $1 and v.reported_on >= s.from_on and v.reported_on < s.to_on
union
select v.event_key
from span s
join value_report v on v.community_id = $1 and v.removed_at >= s.starts_at and v.removed_at < s.ends_at
