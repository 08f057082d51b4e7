-- grain: one row, or more, a thread that an event which has gone from these days may have left
-- $1 community_id · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 time zone
with recursive
gone as (
  select
    from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at
  from unnest($2::date[], $3::date[]) as span (from_on, to_on)
),
was_there as (
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
  join acceptance a on a.community_id = $1 and a.accepted_at >= s.starts_at and a.accepted_at < s.ends_at
  join contribution c on c.community_id = $1 and c.event_key = a.answer_key
  union
  select c.event_key, c.thread_key
  from gone s
  join acceptance a on a.community_id = $1 and a.unaccepted_at >= s.starts_at and a.unaccepted_at < s.ends_at
  join contribution c on c.community_id = $1 and c.event_key = a.answer_key
),
-- what hung on an event that has gone, or that names a thread now, stands alone or goes where its new target leads
orphan (event_key) as (
  select event_key from was_there
  union
  select down.event_key
  from orphan o
  cross join lateral (
    select e.event_key from event e where e.community_id = $1 and e.target_key = o.event_key and e.thread_key is null offset 0
  ) down
)
select thread_key from was_there
union all
select event_key from orphan
