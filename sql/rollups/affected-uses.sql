-- grain: one row an event whose use of a practice a change of these practices, or an event that has gone from these days, may alter
-- $1 community_id · $2 practice keys uuid[] · $3 their threads, before and now, uuid[] · $4 from_on date[] · $5 to_on date[] (exclusive) · $6 time zone
with
span as (
  select
    from_on,
    to_on,
    -- wider than the days: where hours are put back at midnight, it happens twice
    from_on::timestamp at time zone $6::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $6::text + interval '3 hours' as ends_at
  from unnest($4::date[], $5::date[]) as day_span (from_on, to_on)
)
select e.event_key as key
from event e
where e.community_id = $1 and e.target_key = any ($2::uuid[]) and e.type in ('content.viewed', 'practice.reused', 'document.edited')
union
select e.event_key
from event e
where e.community_id = $1 and e.thread_key = any ($3::uuid[]) and e.target_key is null and e.type = 'content.viewed'
union
-- as the rollup has them: an event may have become another, or gone
select u.event_key
from practice_use u
where u.community_id = $1 and u.practice_key = any ($2::uuid[])
union
select u.event_key
from span s
join practice_use u on u.community_id = $1 and u.used_on >= s.from_on and u.used_on < s.to_on
union
select u.event_key
from span s
join practice_use u on u.community_id = $1 and u.removed_at >= s.starts_at and u.removed_at < s.ends_at
