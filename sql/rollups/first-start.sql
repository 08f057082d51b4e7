-- grain: one row a person and kind of start (question, post): the first of theirs that counts, and when somebody else replied
-- $1 community_id · $2 thread_key uuid[]: threads whose contributions were derived again, or null for all · $3 time zone
-- gives the local days under which rows differ from before
with
before as materialized (
  select
    f.*,
    exists (
      select from contribution c
      where c.community_id = $1
        and c.event_key = f.event_key
        and c.is_counted
        and c.kind = f.kind
        and c.person_id = f.person_id
        and c.occurred_at <= f.started_at
    ) as is_standing
  from first_start f
  where f.community_id = $1 and ($2::uuid[] is null or f.thread_key = any ($2))
),
written as (
  select c.person_id, c.kind, c.occurred_at, c.event_key, c.thread_key, c.is_answered_elsewhere
  from contribution c
  where c.community_id = $1
    and ($2::uuid[] is null or c.thread_key = any ($2))
    and c.kind in ('question', 'post')
    and c.is_counted
    and c.person_id is not null
  union all
  -- whose first is gone, everything of theirs is looked at for the next
  select c.person_id, c.kind, c.occurred_at, c.event_key, c.thread_key, c.is_answered_elsewhere
  from before b
  join contribution c on c.community_id = $1 and c.person_id = b.person_id and c.kind = b.kind and c.is_counted
  where not b.is_standing and $2::uuid[] is not null
),
earliest as (
  select distinct on (person_id, kind) person_id, kind, event_key, thread_key, occurred_at as started_at, is_answered_elsewhere
  from written
  order by person_id, kind, occurred_at, event_key
),
-- a first in a thread that was not derived again stays, unless an earlier one has come
start as materialized (
  select e.*
  from earliest e
  left join first_start f on f.community_id = $1 and f.person_id = e.person_id and f.kind = e.kind
  where f.person_id is null
    or $2::uuid[] is null
    or f.thread_key = any ($2)
    or (e.started_at, e.event_key) < (f.started_at, f.event_key)
),
reply as (
  select
    c.thread_key,
    c.event_key,
    c.occurred_at,
    c.person_id,
    -- the first reply of a run by one person; all anonymous people are one
    c.person_id is distinct from lag(c.person_id) over (partition by c.thread_key order by c.occurred_at, c.event_key) as is_other
  from (select distinct thread_key from start) as t
  join contribution c
    on c.community_id = $1 and c.thread_key = t.thread_key and c.is_counted and c.kind in ('answer', 'reply')
),
-- from the end of the thread, so that each step looks at what came before it in the window and no row is looked at twice:
-- a long thread would take its length squared
reply_from_end as (
  select
    r.*,
    row_number() over from_end as place,
    min(occurred_at) filter (where is_other) over (from_end rows between unbounded preceding and 1 preceding) as next_other_at
  from reply r
  window from_end as (partition by thread_key order by occurred_at desc, event_key desc)
),
-- a start stands at the place of the first reply that is not before it
placed as (
  select
    *,
    case when kind is null then place else count(*) filter (where kind is null) over (partition by thread_key order by started_at desc) end
      as place_from_end
  from (
    select person_id, kind, event_key, thread_key, started_at, is_answered_elsewhere, null::uuid as replier_id, null::timestamptz as next_other_at, null::bigint as place
    from start
    union all
    select null, null, null, thread_key, occurred_at, null, person_id, next_other_at, place from reply_from_end
  ) as either
),
met as (
  select
    *,
    min(started_at) filter (where kind is null) over at_place as reply_at,
    (array_agg(replier_id) filter (where kind is null) over at_place)[1] as first_replier_id,
    min(next_other_at) filter (where kind is null) over at_place as other_reply_at
  from placed
  window at_place as (partition by thread_key, place_from_end)
),
fresh as materialized (
  select
    person_id,
    kind,
    event_key,
    thread_key,
    started_at,
    is_answered_elsewhere,
    case when first_replier_id is distinct from person_id then reply_at else other_reply_at end as first_reply_at
  from met
  where kind is not null
),
differing as materialized (
  select n.*, f.started_at as started_before_at
  from fresh n
  left join first_start f on f.community_id = $1 and f.person_id = n.person_id and f.kind = n.kind
  where f.person_id is null
    or (f.event_key, f.thread_key, f.started_at) is distinct from (n.event_key, n.thread_key, n.started_at)
    or f.first_reply_at is distinct from n.first_reply_at
    or f.is_answered_elsewhere <> n.is_answered_elsewhere
),
gone as materialized (
  select person_id, kind, max(started_at) as started_at
  from (
    select person_id, kind, started_at, true as is_gone from before where not is_standing
    union all
    select person_id, kind, null, false from fresh
  ) as either
  group by person_id, kind
  having bool_and(is_gone)
),
removed as (
  delete from first_start f
  using gone g
  where f.community_id = $1 and f.person_id = g.person_id and f.kind = g.kind
),
kept as (
  insert into first_start (community_id, person_id, kind, event_key, thread_key, started_at, first_reply_at, is_answered_elsewhere)
  select $1, person_id, kind, event_key, thread_key, started_at, first_reply_at, is_answered_elsewhere from differing order by started_at
  on conflict (community_id, person_id, kind) do update set
    event_key = excluded.event_key,
    thread_key = excluded.thread_key,
    started_at = excluded.started_at,
    first_reply_at = excluded.first_reply_at,
    is_answered_elsewhere = excluded.is_answered_elsewhere
)
select distinct greatest(local_day(changed.started_at, $3), '0001-01-01'::date) as day_on
from (
  select started_at from differing
  union all
  select started_before_at from differing where started_before_at is not null
  union all
  select started_at from gone
) as changed
