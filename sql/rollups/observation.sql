-- grain: one row a view, by a person who has not written in the thread by then, of a thread that holds an answer by then; of the views asked for (all when $2 is null)
-- $1 community_id · $2 view keys uuid[] or null · $3 time zone
with
-- a view belongs to the thread it names, else to that of what was viewed
viewing as (
  select
    e.event_key as view_key,
    coalesce(e.thread_key, target.thread_key) as thread_key,
    i.person_id,
    e.occurred_at as viewed_at
  from event e
  join identity i on i.community_id = $1 and i.identity_key = e.identity_key and not i.is_bot
  left join contribution target on target.community_id = $1 and target.event_key = e.target_key and e.thread_key is null
  where e.community_id = $1
    and e.type = 'content.viewed'
    and ($2::uuid[] is null or e.event_key = any ($2))
),
-- since when a thread holds an answer: ever, and as known now
answered as (
  select
    c.thread_key,
    min(c.occurred_at) as ever_at,
    min(c.occurred_at) filter (where c.removed_at is null and q.removed_at is null) as now_at
  from contribution c
  join contribution q on q.community_id = $1 and q.event_key = c.question_key and not q.is_bot and not q.is_quarantined
  where c.community_id = $1
    and c.question_key is not null
    and not c.is_bot
    and not c.is_quarantined
    and ($2::uuid[] is null or c.thread_key = any (array(select thread_key from viewing)))
  group by c.thread_key
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
  v.view_key,
  v.thread_key,
  v.person_id,
  v.viewed_at,
  local_day(v.viewed_at, $3) as day_on,
  r.removed_at,
  r.removed_at is null and coalesce(a.now_at <= v.viewed_at, false) as is_counted
from viewing v
join answered a on a.thread_key = v.thread_key and a.ever_at <= v.viewed_at
left join removal r on r.target_key = v.view_key
where not exists (
  select from contribution c
  where c.community_id = $1
    -- an array, so that a few threads are looked up and not sought among all
    and ($2::uuid[] is null or c.thread_key = any (array(select thread_key from viewing)))
    and c.thread_key = v.thread_key
    and c.person_id = v.person_id
    and c.occurred_at <= v.viewed_at
    and c.removed_at is null
    and not c.is_bot
    and not c.is_quarantined
)
