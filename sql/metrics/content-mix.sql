-- content-mix: What are the contributions made of?
-- generated from server/metrics/content-mix/content-mix.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading content-mix-counts: one row a period: its contributions by category
-- grain: one row a period with contributions
with local_period as (
  select
    span.period_no,
    span.from_on,
    span.to_on,
    span.is_as_known_then,
    case
      when (((span.from_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (span.from_on) then (span.from_on)::timestamp at time zone $6::text - interval '1 hour'
      else (span.from_on)::timestamp at time zone $6::text
    end as starts_at,
    case
      when (((span.to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (span.to_on) then (span.to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (span.to_on)::timestamp at time zone $6::text
    end as ends_at
  from unnest($2::date[], $3::date[], $4::boolean[]) with ordinality
    as span (from_on, to_on, is_as_known_then, period_no)
),
period as (
  select
    period_no,
    from_on,
    to_on,
    starts_at,
    ends_at,
    case when is_as_known_then then least($5::timestamptz, ends_at) else $5::timestamptz end as known_by
  from local_period
),
in_period as (
  select p.period_no, p.known_by, c.thread_key, c.kind, c.thread_kind, c.is_start, c.is_answer
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
),
-- only threads with a post or a reply need their people counted
thread_in_period as (
  select distinct period_no, known_by, thread_key
  from in_period
  where kind in ('post', 'reply') and thread_kind <> 'work'
),
people_in_thread as (
  select p.period_no, p.thread_key, count(distinct coalesce(c.person_id, '00000000-0000-0000-0000-000000000000')) as people
  from thread_in_period p
  join contribution c
    on c.community_id = $1
    and c.thread_key = p.thread_key
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, p.thread_key
),
categorised as (
  select
    i.period_no,
    case
      when i.kind in ('edit', 'task') or i.thread_kind = 'work' then 'work'
      when i.kind = 'announcement' then 'news'
      when i.kind in ('question', 'answer') or i.is_answer then 'help'
      when t.people >= 2 then 'discussion'
      when i.is_start then 'broadcast'
      else 'other'
    end as category
  from in_period i
  left join people_in_thread t on t.period_no = i.period_no and t.thread_key = i.thread_key
)
select
  period_no,
  count(*) filter (where category = 'help')::int as help,
  count(*) filter (where category = 'discussion')::int as discussion,
  count(*) filter (where category = 'broadcast')::int as broadcast,
  count(*) filter (where category = 'news')::int as news,
  count(*) filter (where category = 'work')::int as work,
  count(*) filter (where category = 'other')::int as other
from categorised
group by period_no
;
