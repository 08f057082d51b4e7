-- grain: one row an event that is, was, or was taken back as, a practice or a report of value, on which a change of these events and days may tell
-- $1 community_id · $2 event keys uuid[] · $3 from_on date[] · $4 to_on date[] (exclusive) · $5 time zone
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
where e.community_id = $1 and e.event_key = any ($2::uuid[]) and e.type in ('practice.shared', 'value.reported')
union
select e.target_key
from event e
where e.community_id = $1 and e.event_key = any ($2::uuid[]) and e.type = 'content.deleted'
union
-- as the rollups have them: an event may have become another, or gone
select p.practice_key
from practice p
where p.community_id = $1 and p.practice_key = any ($2::uuid[])
union
select p.practice_key
from span s
join practice p on p.community_id = $1 and p.shared_on >= s.from_on and p.shared_on < s.to_on
union
select p.practice_key
from span s
join practice p on p.community_id = $1 and p.removed_at >= s.starts_at and p.removed_at < s.ends_at
union
select v.event_key
from value_report v
where v.community_id = $1 and v.event_key = any ($2::uuid[])
union
select v.event_key
from span s
join value_report v on v.community_id = $1 and v.reported_on >= s.from_on and v.reported_on < s.to_on
union
select v.event_key
from span s
join value_report v on v.community_id = $1 and v.removed_at >= s.starts_at and v.removed_at < s.ends_at
