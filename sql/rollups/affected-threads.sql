-- grain: one row a thread whose rollups a change on the stale days may alter
-- $1 community_id · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 time zone
with recursive
stale as (
  -- wider than the days: where hours are put back at midnight, it happens twice
  select
    from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at
  from unnest($2::date[], $3::date[]) as span (from_on, to_on)
),
-- events on those days, and all that hangs on them by reply alone: upwards to what they point at, downwards to
-- replies that name no thread themselves. union, not union all: replies that point at each other must not loop
related (event_key, thread_key, target_key, type) as (
  select e.event_key, e.thread_key, e.target_key, e.type
  from stale s
  join event e on e.community_id = $1 and e.occurred_at >= s.starts_at and e.occurred_at < s.ends_at
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
),
-- where the rollups have them now: an event may have moved
before as (
  select c.thread_key
  from related r
  join contribution c on c.community_id = $1 and c.event_key = r.event_key
  union
  select c.thread_key
  from stale s
  join contribution c on c.community_id = $1 and c.occurred_at >= s.starts_at and c.occurred_at < s.ends_at
  union
  select c.thread_key
  from stale s
  join contribution c on c.community_id = $1 and c.removed_at >= s.starts_at and c.removed_at < s.ends_at
  union
  select c.thread_key
  from stale s
  join acceptance a
    on a.community_id = $1
    and ((a.accepted_at >= s.starts_at and a.accepted_at < s.ends_at) or (a.unaccepted_at >= s.starts_at and a.unaccepted_at < s.ends_at))
  join contribution c on c.community_id = $1 and c.event_key = a.answer_key
)
select thread_key from before
union
-- an event without a thread opens one named by its own key when nothing it points at is known
select coalesce(thread_key, event_key) from related
