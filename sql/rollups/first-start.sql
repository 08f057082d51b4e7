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
first_at as (
  select person_id, kind, min(occurred_at) as started_at
  from (
    select c.person_id, c.kind, c.occurred_at
    from contribution c
    where c.community_id = $1
      and ($2::uuid[] is null or c.thread_key = any ($2))
      and c.kind in ('question', 'post')
      and c.is_counted
      and c.person_id is not null
    union all
    -- whose first is gone, everything of theirs is looked at for the next
    select c.person_id, c.kind, c.occurred_at
    from before b
    join contribution c on c.community_id = $1 and c.person_id = b.person_id and c.kind = b.kind and c.is_counted
    where not b.is_standing and $2::uuid[] is not null
  ) as written
  group by person_id, kind
),
earliest as (
  select distinct on (c.person_id, c.kind) c.person_id, c.kind, c.event_key, c.thread_key, f.started_at
  from first_at f
  join contribution c
    on c.community_id = $1 and c.person_id = f.person_id and c.kind = f.kind and c.occurred_at = f.started_at and c.is_counted
  order by c.person_id, c.kind, c.event_key
),
-- a first in a thread that was not derived again stays, unless an earlier one has come
start as materialized (
  select e.*
  from earliest e
  left join first_start f on f.community_id = $1 and f.person_id = e.person_id and f.kind = e.kind
  left join before b on b.person_id = e.person_id and b.kind = e.kind
  where f.person_id is null or b.person_id is not null or (e.started_at, e.event_key) < (f.started_at, f.event_key)
),
reply as (
  select
    c.thread_key,
    c.event_key,
    c.occurred_at,
    c.person_id,
    row_number() over (partition by c.thread_key order by c.occurred_at desc, c.event_key desc) as place_from_end,
    coalesce(c.person_id is distinct from lag(c.person_id) over in_order, false) as is_other
  from (select distinct thread_key from start) as t
  join contribution c
    on c.community_id = $1 and c.thread_key = t.thread_key and c.is_counted and c.kind in ('answer', 'reply')
  window in_order as (partition by c.thread_key order by c.occurred_at, c.event_key)
),
-- replies of one person in a row are one run, so that the first by somebody else is found without looking at each
run as (
  select r.*, count(*) filter (where is_other) over (partition by thread_key order by occurred_at, event_key) as run_no
  from reply r
),
run_start as (
  select thread_key, run_no, min(occurred_at) as begins_at from run group by thread_key, run_no
),
-- how many replies stand at the start or after it
placed as (
  select
    thread_key,
    person_id,
    kind,
    count(*) filter (where kind is null) over (partition by thread_key order by occurred_at desc) as replies_after
  from (
    select thread_key, person_id, kind, started_at as occurred_at from start
    union all
    select thread_key, null, null, occurred_at from reply
  ) as either
),
fresh as materialized (
  select
    s.*,
    case when r.person_id is distinct from s.person_id then r.occurred_at else next.begins_at end as first_reply_at
  from start s
  join placed p on p.thread_key = s.thread_key and p.person_id = s.person_id and p.kind = s.kind
  left join run r on r.thread_key = s.thread_key and r.place_from_end = p.replies_after
  left join run_start next on next.thread_key = r.thread_key and next.run_no = r.run_no + 1
),
differing as materialized (
  select n.*, f.started_at as started_before_at
  from fresh n
  left join first_start f on f.community_id = $1 and f.person_id = n.person_id and f.kind = n.kind
  where f.person_id is null
    or (f.event_key, f.thread_key, f.started_at) is distinct from (n.event_key, n.thread_key, n.started_at)
    or f.first_reply_at is distinct from n.first_reply_at
),
gone as materialized (
  select b.person_id, b.kind, b.started_at
  from before b
  where not b.is_standing
    and not exists (select from fresh n where n.person_id = b.person_id and n.kind = b.kind)
),
removed as (
  delete from first_start f
  using gone g
  where f.community_id = $1 and f.person_id = g.person_id and f.kind = g.kind
),
written as (
  insert into first_start (community_id, person_id, kind, event_key, thread_key, started_at, first_reply_at)
  select $1, person_id, kind, event_key, thread_key, started_at, first_reply_at from differing order by started_at
  on conflict (community_id, person_id, kind) do update set
    event_key = excluded.event_key,
    thread_key = excluded.thread_key,
    started_at = excluded.started_at,
    first_reply_at = excluded.first_reply_at
)
select distinct greatest(local_day(changed.started_at, $3), '0001-01-01'::date) as day_on
from (
  select started_at from differing
  union all
  select started_before_at from differing where started_before_at is not null
  union all
  select started_at from gone
) as changed
