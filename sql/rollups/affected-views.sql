-- grain: one row a view whose observation a change of these threads, or an event that has gone from these days, may alter
-- $1 community_id · $2 thread keys uuid[] · $3 from_on date[] · $4 to_on date[] (exclusive) · $5 time zone
with
span as (
  select
    from_on,
    to_on,
    -- wider than the days: where hours are put back at midnight, it happens twice
    from_on::timestamp at time zone $5::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $5::text + interval '3 hours' as ends_at
  from unnest($3::date[], $4::date[]) as day_span (from_on, to_on)
)
select e.event_key as key
from event e
where e.community_id = $1 and e.thread_key = any ($2::uuid[]) and e.type = 'content.viewed'
union
select e.event_key
from contribution c
join event e on e.community_id = $1 and e.target_key = c.event_key and e.thread_key is null and e.type = 'content.viewed'
where c.community_id = $1 and c.thread_key = any ($2::uuid[])
union
-- as the rollup has them: an event may have become another, or gone
select o.view_key
from observation o
where o.community_id = $1 and o.thread_key = any ($2::uuid[])
union
select o.view_key
from span s
join observation o on o.community_id = $1 and o.day_on >= s.from_on and o.day_on < s.to_on
union
select o.view_key
from span s
join observation o on o.community_id = $1 and o.removed_at >= s.starts_at and o.removed_at < s.ends_at
