-- grain: one row a report of value by a person, of those asked for (all when $2 is null); who says that it did not help reports none
-- $1 community_id · $2 event keys uuid[] or null · $3 time zone
with
removal as (
  select e.target_key, min(e.occurred_at) as removed_at
  from event e
  where e.community_id = $1
    and e.type = 'content.deleted'
    and ($2::uuid[] is null or e.target_key = any ($2))
  group by e.target_key
)
select
  $1::uuid as community_id,
  e.event_key,
  i.person_id,
  e.occurred_at as reported_at,
  local_day(e.occurred_at, $3) as reported_on,
  r.removed_at
from event e
join identity i on i.community_id = $1 and i.identity_key = e.identity_key and not i.is_bot
left join removal r on r.target_key = e.event_key
where e.community_id = $1
  and e.type = 'value.reported'
  and e.properties ->> 'solved' is distinct from 'no'
  and ($2::uuid[] is null or e.event_key = any ($2))
