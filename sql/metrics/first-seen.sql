-- first-seen: How many people did something here for the first time?
-- generated from server/metrics/membership/first-seen.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading membership-flow: one row a period: joins, rejoins, leaves and first sightings in it
-- grain: one row a period with any of these
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
first_activity as (
  select person_id, min(first_at) as at
  from activity_day
  where community_id = $1
  group by person_id
),
change as (
  select joined_at as at, case when is_rejoin then 'rejoin' else 'join' end as what
  from membership_spell
  where community_id = $1 and joined_at > '-infinity'
  union all
  select left_at, 'leave'
  from membership_spell
  where community_id = $1 and left_at is not null
  union all
  select at, 'first_seen'
  from first_activity
),
-- every day a period may touch: a join on equal days is a hash join, one on spans of time would compare all with all.
-- A day more on either side, because a midnight that happens twice lies in two local days
period_day as (
  select p.period_no, p.starts_at, least(p.ends_at, p.known_by) as stops_at, p.from_on - 1 + offset_days as day_on
  from period p
  cross join lateral generate_series(0, p.to_on - p.from_on + 1) as offset_days
),
-- how many of the same kind and period lie in the minute that begins with each
paced as (
  select
    p.period_no,
    c.what,
    count(*) over (
      partition by p.period_no, c.what = 'leave', c.what = 'first_seen'
      order by c.at
      range between current row and interval '1 minute' following
    ) as in_the_minute
  from period_day p
  join change c
    on (c.at at time zone $6::text)::date = p.day_on
    and c.at >= p.starts_at
    and c.at < p.stops_at
),
flow as (
  select
    period_no,
    count(*) filter (where what in ('join', 'rejoin'))::int as joined,
    count(*) filter (where what = 'rejoin')::int as rejoined,
    count(*) filter (where what = 'leave')::int as "left",
    count(*) filter (where what = 'first_seen')::int as first_seen,
    coalesce(max(in_the_minute) filter (where what in ('join', 'rejoin')), 0)::int as most_joined_in_a_minute,
    coalesce(max(in_the_minute) filter (where what = 'leave'), 0)::int as most_left_in_a_minute
  from paced
  group by period_no
)
select * from flow
;
