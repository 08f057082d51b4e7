-- grain: one row, or more, a thread whose rollups the stale events may alter
-- $1 community_id
with recursive
-- the stale events, and all that hangs on them by reply alone: upwards to what they point at, downwards to replies that
-- name no thread themselves. union, not union all: replies that point at each other must not loop
related (event_key, thread_key, target_key, type) as (
  select s.event_key, s.thread_key, s.target_key, s.type
  from stale_event s
  union
  select e.event_key, e.thread_key, e.target_key, e.type
  from related r
  join lateral (
    select up.event_key, up.thread_key, up.target_key, up.type
    from event up
    where up.community_id = $1
      and up.event_key = r.target_key
      and (r.thread_key is null or r.type in ('content.deleted', 'answer.accepted', 'answer.unaccepted'))
    union all
    select down.event_key, down.thread_key, down.target_key, down.type
    from event down
    where down.community_id = $1
      and down.target_key = r.event_key
      and down.thread_key is null
      and down.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
  ) e on true
)
-- where the rollups have them now: an event may have moved
select c.thread_key
from related r
cross join lateral (
  select o.thread_key from contribution o where o.community_id = $1 and o.event_key = r.event_key offset 0
) c
union all
-- an event without a thread opens one named by its own key when nothing it points at is known
select coalesce(thread_key, event_key) from related
