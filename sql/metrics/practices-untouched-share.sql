-- practices-untouched-share: How many of the practices has nobody touched for a year?
-- generated from server/metrics/practices/practices-untouched-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading practice-stock: one row a period: practices at its end, and those untouched for a year
-- grain: one row a period by whose end a practice was shared
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
ending as (
  select
    period_no,
    known_by,
    least(ends_at, known_by) as ends_at,
    case
      when ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::time between '03:00' and '20:59' then ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date
      when case
      when (((((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1) then (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= (least(ends_at, known_by) - interval '1 microsecond') then ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1
      when case
      when (((((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date) then (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text
    end > (least(ends_at, known_by) - interval '1 microsecond') then ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date - 1
      else ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date
    end as last_on
  from period
),
standing as (
  select p.period_no, s.practice_key, s.shared_on > p.last_on - 365 as is_fresh
  from ending p
  join practice s
    on s.community_id = $1
    and s.shared_at < p.ends_at
    and (s.removed_at is null or s.removed_at >= p.known_by)
),
touched as (
  select distinct p.period_no, u.practice_key
  from ending p
  join practice_use u
    on u.community_id = $1
    and u.used_on > p.last_on - 365
    and u.used_on <= p.last_on
    and u.used_at < p.ends_at
    and (u.removed_at is null or u.removed_at >= p.known_by)
)
select
  s.period_no,
  count(*)::int as practice_count,
  count(*) filter (where not s.is_fresh and t.practice_key is null)::int as untouched_count
from standing s
left join touched t on t.period_no = s.period_no and t.practice_key = s.practice_key
group by s.period_no
;
