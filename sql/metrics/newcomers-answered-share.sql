-- newcomers-answered-share: When someone asks or posts for the first time, does anybody reply?
-- generated from server/metrics/newcomers/newcomers-answered-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading first-starts: one row a period: the first questions and first posts of people written in it, and those that found a reply
-- grain: one row a period with first starts
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
written as (
  select p.period_no, p.known_by, c.event_key, c.thread_key, c.kind, c.person_id, c.occurred_at, c.is_answered_elsewhere
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind in ('question', 'post')
    and c.person_id is not null
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
),
first as (
  select p.*
  from written p
  where not exists (
    select from contribution c
    where c.community_id = $1
      and c.person_id = p.person_id
      and c.kind = p.kind
      and (c.occurred_at, c.event_key) < (p.occurred_at, p.event_key)
      and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  )
),
start as (
  select
    p.period_no,
    p.known_by - p.occurred_at as age,
    p.is_answered_elsewhere as is_elsewhere,
    not p.is_answered_elsewhere and p.occurred_at <= p.known_by - interval '168 hours' as is_ripe,
    exists (
      select from contribution c
      where c.community_id = $1
        and c.thread_key = p.thread_key
        and c.kind in ('answer', 'reply')
        and c.occurred_at between p.occurred_at and p.occurred_at + interval '168 hours'
        and c.person_id is distinct from p.person_id
        and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
    ) as is_replied
  from first p
)
select
  period_no,
  count(*)::int as start_count,
  count(*) filter (where is_elsewhere)::int as elsewhere_count,
  count(*) filter (where is_ripe)::int as ripe_count,
  count(*) filter (where is_ripe and is_replied)::int as ripe_replied_count,
  (extract(epoch from max(age) filter (where not is_ripe and not is_elsewhere)))::float8 as oldest_unripe_seconds
from start
group by period_no
;
