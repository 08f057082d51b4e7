-- practices-reused: How many practices were put to use by someone else?
-- generated from server/metrics/practices/practices-reused.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading practice-counts: one row a period: practices shared, viewed and reused in it
-- grain: one row a period in which practices were shared or used
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
shared as (
  select p.period_no, count(*)::int as shared_count
  from period p
  join practice s on s.community_id = $1 and s.shared_on >= p.from_on and s.shared_on < p.to_on and s.shared_at < p.known_by and (s.removed_at is null or s.removed_at >= p.known_by)
  group by p.period_no
),
used as (
  select
    p.period_no,
    count(distinct u.practice_key) filter (where u.use = 'viewed')::int as viewed_count,
    count(distinct u.practice_key) filter (where u.use = 'reused')::int as reused_count
  from period p
  join practice_use u on u.community_id = $1 and u.used_on >= p.from_on and u.used_on < p.to_on and u.used_at < p.known_by and (u.removed_at is null or u.removed_at >= p.known_by)
  join practice s on s.community_id = $1 and s.practice_key = u.practice_key and s.shared_at < p.known_by and (s.removed_at is null or s.removed_at >= p.known_by)
  where u.use in ('viewed', 'reused')
  group by p.period_no
)
select
  p.period_no,
  coalesce(s.shared_count, 0) as shared_count,
  coalesce(u.viewed_count, 0) as viewed_count,
  coalesce(u.reused_count, 0) as reused_count
from period p
left join shared s on s.period_no = p.period_no
left join used u on u.period_no = p.period_no
where s.period_no is not null or u.period_no is not null
;
