-- grain: one row a thread whose rollups the stale events may alter
-- $1 community_id · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 time zone: days of which some events may have gone
with recursive
gone as (
  select
    from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at
  from unnest($2::date[], $3::date[]) as span (from_on, to_on)
),
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
),
-- where the rollups have them now: an event may have moved
was_there as (
  select c.event_key, c.thread_key
  from related r
  cross join lateral (
    select o.event_key, o.thread_key from contribution o where o.community_id = $1 and o.event_key = r.event_key offset 0
  ) c
  union
  select c.event_key, c.thread_key
  from gone s
  join contribution c on c.community_id = $1 and c.occurred_at >= s.starts_at and c.occurred_at < s.ends_at
  union
  select c.event_key, c.thread_key
  from gone s
  join contribution c on c.community_id = $1 and c.removed_at >= s.starts_at and c.removed_at < s.ends_at
  union
  select c.event_key, c.thread_key
  from gone s
  join acceptance a
    on a.community_id = $1
    and ((a.accepted_at >= s.starts_at and a.accepted_at < s.ends_at) or (a.unaccepted_at >= s.starts_at and a.unaccepted_at < s.ends_at))
  join contribution c on c.community_id = $1 and c.event_key = a.answer_key
),
-- what hung on an event that has gone, or that names a thread now, stands alone or goes where its new target leads
orphan (event_key) as (
  select w.event_key from was_there w where not exists (select from related r where r.event_key = w.event_key)
  union
  select down.event_key
  from orphan o
  cross join lateral (
    select e.event_key from event e where e.community_id = $1 and e.target_key = o.event_key and e.thread_key is null offset 0
  ) down
)
select thread_key from was_there
union
-- an event without a thread opens one named by its own key when nothing it points at is known
select coalesce(thread_key, event_key) from related
union
select event_key from orphan
