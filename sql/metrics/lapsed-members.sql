-- lapsed-members: How many members have gone quiet?
-- generated from server/metrics/membership/lapsed-members.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading membership-stock: one row a period: members at its start and end, and how many of them had lapsed
-- grain: one row a period
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
-- when each person was a member
spell as (
  select person_id, range_agg(tstzrange(joined_at, left_at)) as spans
  from membership_spell
  where community_id = $1
  group by person_id
),
-- days in a row without a lapse between them are one stretch: few spans to add up instead of one for each day. Where the
-- lapse is over just as the next day begins, two: on that day they are back only from their first activity on
active_day as (
  select
    day_on,
    person_id,
    first_at,
    lag(day_on) over in_order as before_on,
    lead(day_on) over in_order as after_on
  from activity_day
  where community_id = $1
  window in_order as (partition by person_id order by day_on)
),
stretch_edge as (
  select
    person_id,
    day_on,
    first_at,
    before_on is null or before_on + 90 <= day_on as is_begin,
    after_on is null or day_on + 90 <= after_on as is_end
  from active_day
  where before_on is null or after_on is null or before_on + 90 <= day_on or day_on + 90 <= after_on
),
stretch as (
  select
    person_id,
    is_begin,
    first_at,
    (case when is_end then day_on else lead(day_on) over (partition by person_id order by day_on) end) + 90 as to_on
  from stretch_edge
),
joining as (
  select person_id, joined_at, case
      when (joined_at at time zone $6::text)::time between '03:00' and '20:59' then (joined_at at time zone $6::text)::date
      when case
      when ((((joined_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((joined_at at time zone $6::text)::date + 1) then ((joined_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((joined_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= joined_at then (joined_at at time zone $6::text)::date + 1
      when case
      when ((((joined_at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((joined_at at time zone $6::text)::date) then ((joined_at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((joined_at at time zone $6::text)::date)::timestamp at time zone $6::text
    end > joined_at then (joined_at at time zone $6::text)::date - 1
      else (joined_at at time zone $6::text)::date
    end + 90 as to_on
  from membership_spell
  where community_id = $1 and joined_at > '-infinity'
),
alive as (
  select
    person_id,
    range_agg(span) as spans,
    range_agg(span) filter (where active_at is not null) as active_spans,
    min(active_at) as first_seen_at
  from (
    select person_id, first_at as active_at, tstzrange(first_at, case
      when (((to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (to_on) then (to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (to_on)::timestamp at time zone $6::text
    end) as span
    from stretch
    where is_begin
    union all
    select person_id, null, tstzrange(joined_at, case
      when (((to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (to_on) then (to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (to_on)::timestamp at time zone $6::text
    end)
    from joining
  ) as sign_of_life
  group by person_id
),
member_span as (
  select unnest(spans) as span from spell
),
present_member_span as (
  select unnest(spell.spans * alive.spans) as span
  from spell
  join alive on alive.person_id = spell.person_id
),
-- someone who joined and has done nothing yet has not been seen
present_span as (
  select unnest(active_spans) as span from alive where active_spans is not null
),
change as (
  select lower(span) as at, 1 as members, 0 as seen, 0 as present_members, 0 as present_seen from member_span
  union all
  select upper(span), -1, 0, 0, 0 from member_span where not upper_inf(span)
  union all
  select first_seen_at, 0, 1, 0, 0 from alive where first_seen_at is not null
  union all
  select lower(span), 0, 0, 1, 0 from present_member_span
  union all
  select upper(span), 0, 0, -1, 0 from present_member_span where not upper_inf(span)
  union all
  select lower(span), 0, 0, 0, 1 from present_span
  union all
  select upper(span), 0, 0, 0, -1 from present_span
),
edge_at as (
  select period_no, 'start' as side, least(starts_at, known_by) as at, known_by from period
  union all
  select period_no, 'end', least(ends_at, known_by), known_by from period
),
edge as (
  select
    period_no,
    side,
    at,
    case
      when ((at - interval '1 microsecond') at time zone $6::text)::time between '03:00' and '20:59' then ((at - interval '1 microsecond') at time zone $6::text)::date
      when case
      when (((((at - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((at - interval '1 microsecond') at time zone $6::text)::date + 1) then (((at - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (((at - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= (at - interval '1 microsecond') then ((at - interval '1 microsecond') at time zone $6::text)::date + 1
      when case
      when (((((at - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((at - interval '1 microsecond') at time zone $6::text)::date) then (((at - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else (((at - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text
    end > (at - interval '1 microsecond') then ((at - interval '1 microsecond') at time zone $6::text)::date - 1
      else ((at - interval '1 microsecond') at time zone $6::text)::date
    end as last_on,
    case
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
  from edge_at
),
-- one pass over edges and changes in order of time: an edge sees every change before it, none at its own instant
swept as (
  select
    period_no,
    side,
    last_on,
    known_on,
    sum(members) over before_edge as members,
    sum(seen) over before_edge as seen,
    sum(present_members) over before_edge as present_members,
    sum(present_seen) over before_edge as present_seen
  from (
    select
      coalesce(at, '-infinity') as at, 1 as is_change, members, seen, present_members, present_seen,
      null::bigint as period_no, null::text as side, null::date as last_on, null::date as known_on
    from change
    union all
    select at, 0, 0, 0, 0, 0, period_no, side, last_on, known_on
    from edge
  ) as line
  window before_edge as (order by at, is_change rows between unbounded preceding and current row)
)
select
  period_no,
  coalesce(max(members) filter (where side = 'start'), 0)::int as members_at_start,
  coalesce(max(members) filter (where side = 'end'), 0)::int as members_at_end,
  coalesce(max(seen) filter (where side = 'start'), 0)::int as seen_at_start,
  coalesce(max(seen) filter (where side = 'end'), 0)::int as seen_at_end,
  coalesce(max(members - present_members) filter (where side = 'end'), 0)::int as lapsed_members,
  coalesce(max(seen - present_seen) filter (where side = 'end'), 0)::int as lapsed_seen,
  max(greatest(0, last_on + 90 - known_on)) filter (where side = 'end') as provisional_days
from swept
where period_no is not null
group by period_no
;
