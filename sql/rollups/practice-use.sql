-- grain: one row a practice and event that views, reuses or edits it, of the events asked for (all when $2 is null)
-- $1 community_id · $2 event keys uuid[] or null · $3 time zone
with
using_it as (
  select
    e.event_key,
    case e.type when 'content.viewed' then 'viewed' when 'practice.reused' then 'reused' else 'edited' end as use,
    i.person_id,
    e.occurred_at as used_at,
    e.target_key,
    e.thread_key
  from event e
  left join identity i on i.community_id = $1 and i.identity_key = e.identity_key
  where e.community_id = $1
    and e.type in ('content.viewed', 'practice.reused', 'document.edited')
    and ($2::uuid[] is null or e.event_key = any ($2))
    and (e.target_key is not null or e.type = 'content.viewed')
    and not coalesce(i.is_bot, false)
),
-- it names the practice; a view that names nothing is of the whole thread
of_practice as (
  select u.event_key, u.use, u.person_id, u.used_at, p.practice_key, p.author_id, p.shared_at, p.removed_at
  from using_it u
  join practice p on p.community_id = $1 and p.practice_key = u.target_key
  union all
  select u.event_key, u.use, u.person_id, u.used_at, p.practice_key, p.author_id, p.shared_at, p.removed_at
  from using_it u
  join practice p on p.community_id = $1 and p.thread_key = u.thread_key
  where u.target_key is null and u.use = 'viewed'
),
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
  u.practice_key,
  u.event_key,
  u.use,
  u.person_id,
  u.used_at,
  local_day(u.used_at, $3) as used_on,
  r.removed_at,
  r.removed_at is null and u.removed_at is null as is_counted
from of_practice u
left join removal r on r.target_key = u.event_key
-- one's own reading and reuse do not count; two anonymous people may be one
where (u.use = 'edited' or u.person_id is distinct from u.author_id)
  and u.used_at >= u.shared_at
