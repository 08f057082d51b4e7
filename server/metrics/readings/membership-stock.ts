import { PERIOD_CTE, type Reading } from '../reading.ts'

/** Membership at the edges of a period; an unfinished period ends at the time it is known by. */
export type MembershipStock = {
  members_at_start: number
  members_at_end: number
  /** Everyone seen by the end, for sources that cannot tell joins. */
  seen_at_start: number
  seen_at_end: number
  /** Of those at the end: without any activity for the lapse threshold (never active: since they joined). */
  lapsed_members: number
  lapsed_seen: number
}

/** Days without any activity after which a member has lapsed: a house rule (measurement.md). */
export const LAPSE_DAYS = 90
const LAPSE_HOURS = LAPSE_DAYS * 24

export const membershipStock: Reading<MembershipStock> = {
  id: 'membership-stock',
  grain: 'one row a period: members at its start and end, and how many of them had lapsed',
  tables: ['membership_spell', 'activity_day'],
  reach: 'onward',
  empty: { members_at_start: 0, members_at_end: 0, seen_at_start: 0, seen_at_end: 0, lapsed_members: 0, lapsed_seen: 0 },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
-- when each person was a member
spell as (
  select person_id, range_agg(tstzrange(joined_at, left_at)) as spans
  from membership_spell
  where community_id = $1
  group by person_id
),
-- a person counts as present from each activity, and from joining, for the lapse threshold; in hours, because an
-- interval of days is as long as the time zone of the session makes it
active_day as (
  select
    person_id,
    first_at,
    last_at,
    max(last_at) over (partition by person_id order by first_at rows between unbounded preceding and 1 preceding) as last_before_at
  from activity_day
  where community_id = $1
),
-- days in a row without a lapse between them are one stretch: few spans to add up instead of one for each day
stretch_begin as (
  select *, count(*) filter (where last_before_at is null or first_at > last_before_at + interval '${LAPSE_HOURS} hours')
    over (partition by person_id order by first_at rows between unbounded preceding and current row) as stretch_no
  from active_day
),
stretch as (
  select person_id, min(first_at) as first_at, max(last_at) as last_at
  from stretch_begin
  group by person_id, stretch_no
),
presence as (
  select
    person_id,
    range_agg(span) as spans,
    range_agg(span) filter (where active_at is not null) as active_spans,
    min(active_at) as first_seen_at
  from (
    select person_id, first_at as active_at, tstzrange(first_at, last_at + interval '${LAPSE_HOURS} hours') as span
    from stretch
    union all
    select person_id, null, tstzrange(joined_at, joined_at + interval '${LAPSE_HOURS} hours')
    from membership_spell
    where community_id = $1 and joined_at > '-infinity'
  ) as sign_of_life
  group by person_id
),
member_span as (
  select unnest(spans) as span from spell
),
present_member_span as (
  select unnest(spell.spans * presence.spans) as span
  from spell
  join presence on presence.person_id = spell.person_id
),
-- someone who joined and has done nothing yet has not been seen
present_span as (
  select unnest(active_spans) as span from presence where active_spans is not null
),
change as (
  select lower(span) as at, 1 as members, 0 as seen, 0 as present_members, 0 as present_seen from member_span
  union all
  select upper(span), -1, 0, 0, 0 from member_span where not upper_inf(span)
  union all
  select first_seen_at, 0, 1, 0, 0 from presence where first_seen_at is not null
  union all
  select lower(span), 0, 0, 1, 0 from present_member_span
  union all
  select upper(span), 0, 0, -1, 0 from present_member_span where not upper_inf(span)
  union all
  select lower(span), 0, 0, 0, 1 from present_span
  union all
  select upper(span), 0, 0, 0, -1 from present_span
),
edge as (
  select period_no, 'start' as side, least(starts_at, known_by) as at from period
  union all
  select period_no, 'end', least(ends_at, known_by) from period
),
-- one pass over edges and changes in order of time: an edge sees every change before it, none at its own instant
swept as (
  select
    period_no,
    side,
    sum(members) over before_edge as members,
    sum(seen) over before_edge as seen,
    sum(present_members) over before_edge as present_members,
    sum(present_seen) over before_edge as present_seen
  from (
    select coalesce(at, '-infinity') as at, 1 as is_change, members, seen, present_members, present_seen, null::bigint as period_no, null::text as side
    from change
    union all
    select at, 0, 0, 0, 0, 0, period_no, side
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
  coalesce(max(seen - present_seen) filter (where side = 'end'), 0)::int as lapsed_seen
from swept
where period_no is not null
group by period_no`,
}
