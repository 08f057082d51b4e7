-- observing-lag: How long do people read before they contribute?
-- generated from server/metrics/observing/observing-lag.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading first-observations: one row a period: how long those who began by reading in it took to contribute
-- grain: one row a period in which somebody first read an answered thread
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
removed_thread as (
  select distinct thread_key from contribution where community_id = $1 and removed_at is not null
),
-- a series is known by one time, so all that was ever read is gone through once
known as (
  select distinct known_by from period
),
first_known as (
  select p.known_by, o.person_id, min(o.viewed_at) as first_viewed_at
  from known p
  join observation o on o.community_id = $1 and o.viewed_at < p.known_by
    and (o.removed_at is null or o.removed_at >= p.known_by)
    and (
      o.thread_key not in (select thread_key from removed_thread)
      or (
        exists (
          select from contribution c
          where c.community_id = $1
            and c.thread_key = o.thread_key
            and c.occurred_at <= o.viewed_at
            and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
            and c.question_key in (
              select c.event_key from contribution c where c.community_id = $1 and c.thread_key = o.thread_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
            )
        )
        and not exists (
          select from contribution c
          where c.community_id = $1
            and c.thread_key = o.thread_key
            and c.person_id = o.person_id
            and c.occurred_at <= o.viewed_at
            and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
        )
      )
    )
  group by p.known_by, o.person_id
),
first_view as (
  select p.period_no, p.known_by, f.first_viewed_at, w.first_contribution_at
  from period p
  join first_known f on f.known_by = p.known_by and f.first_viewed_at >= p.starts_at and f.first_viewed_at < p.ends_at
  left join lateral (
    select c.occurred_at as first_contribution_at
    from contribution c
    where c.community_id = $1 and c.person_id = f.person_id and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
    order by c.occurred_at
    limit 1
  ) w on true
)
select
  period_no,
  coalesce(array_agg(extract(epoch from first_contribution_at - first_viewed_at)::float8 order by first_contribution_at - first_viewed_at)
    filter (where first_contribution_at is not null), '{}') as contributed_seconds,
  coalesce(array_agg(extract(epoch from known_by - first_viewed_at)::float8 order by known_by - first_viewed_at)
    filter (where first_contribution_at is null), '{}') as waiting_seconds
from first_view
where first_contribution_at is null or first_contribution_at >= first_viewed_at
group by period_no
;
