-- lapse-threshold: How long must somebody be silent here before they hardly ever come back?
-- generated from server/metrics/membership/lapse-threshold.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading silences: one row for the period in which what is known ends: how long silences lasted, or have lasted so far
-- grain: one row for the period in which what is known ends
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
last_period as (
  select period_no, known_by, case
      when ((known_by - interval '1 microsecond') at time zone $6::text)::time between '03:00' and '20:59' then ((known_by - interval '1 microsecond') at time zone $6::text)::date
      when case
      when (((((known_by - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((known_by - interval '1 microsecond') at time zone $6::text)::date + 1) then (((known_by - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (((known_by - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= (known_by - interval '1 microsecond') then ((known_by - interval '1 microsecond') at time zone $6::text)::date + 1
      when case
      when (((((known_by - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((known_by - interval '1 microsecond') at time zone $6::text)::date) then (((known_by - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else (((known_by - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text
    end > (known_by - interval '1 microsecond') then ((known_by - interval '1 microsecond') at time zone $6::text)::date - 1
      else ((known_by - interval '1 microsecond') at time zone $6::text)::date
    end as known_on
  from period
  where starts_at < known_by and ends_at >= known_by
),
active_day as (
  select p.period_no, p.known_on, a.day_on, lead(a.day_on) over (partition by p.period_no, a.person_id order by a.day_on) as next_on
  from last_period p
  join activity_day a on a.community_id = $1 and a.first_at < p.known_by
),
silence as (
  select
    period_no,
    coalesce(next_on, known_on) - day_on as silent_days,
    (next_on is not null)::int as returned,
    (next_on is null)::int as open
  from active_day
),
length_of as (
  select period_no, silent_days, sum(returned)::int as returned_count, sum(open)::int as open_count
  from silence
  where silent_days > 30
  group by period_no, silent_days
)
select
  period_no,
  array_to_json(array_agg(silent_days order by silent_days)) as silent_days,
  array_to_json(array_agg(returned_count order by silent_days)) as returned_counts,
  array_to_json(array_agg(open_count order by silent_days)) as open_counts
from length_of
group by period_no
;
