import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf, startOfDay } from '../../rollup/local-day.ts'
import { PERIOD_CTE, type Reading } from '../reading.ts'

/** Membership at the edges of a period; an unfinished period ends at the time it is known by. */
export type MembershipStock = {
  members_at_start: number
  members_at_end: number
  /** Everyone seen by the end, for sources that cannot tell joins. */
  seen_at_start: number
  seen_at_end: number
  /** Of those at the end: without any activity, nor a joining, on its last LAPSE_DAYS local days. */
  lapsed_members: number
  lapsed_seen: number
  /** Days to come until LAPSE_DAYS have passed since the end; 0 when they have. */
  provisional_days: number
}

const DAY_MS = 86_400_000

/**
 * Until the lapse has passed once more the number is called provisional; a period not finished loses and gains as it goes.
 * Two days early: days are as long as the clocks make them, and the first of them has begun.
 */
const changesAt = ({ provisional_days }: MembershipStock, knownBy: Date): Date | null => {
  if (provisional_days === 0) return null
  return provisional_days >= LAPSE_DAYS ? knownBy : new Date(knownBy.getTime() + Math.max(0, provisional_days - 2) * DAY_MS)
}

/** From `period` to the two edges of each: the instant, and the last local day that begins before it. */
const EDGE_CTE = `edge_at as (
  select period_no, 'start' as side, least(starts_at, known_by) as at, known_by from period
  union all
  select period_no, 'end', least(ends_at, known_by), known_by from period
),
edge as (
  select
    period_no,
    side,
    at,
    ${localDayOf(`(at - interval '1 microsecond')`, '$6')} as last_on,
    ${localDayOf(`(known_by - interval '1 microsecond')`, '$6')} as known_on
  from edge_at
)`

/** From `period` to `summed`, one row a period and side: what the changes up to the last day before that edge add up to. */
export const SUMMED_CTES = `${EDGE_CTE},
swept as (
  select
    period_no,
    side,
    last_on,
    known_on,
    sum(member_change) over up_to_edge as members,
    sum(first_seen_count) over up_to_edge as seen,
    sum(present_member_change) over up_to_edge as present_members,
    sum(present_seen_change) over up_to_edge as present_seen
  from (
    select
      day_on, 0 as is_edge, member_change, first_seen_count, present_member_change, present_seen_change,
      null::bigint as period_no, null::text as side, null::date as last_on, null::date as known_on
    from membership_day
    where community_id = $1
    union all
    select last_on, 1, 0, 0, 0, 0, period_no, side, last_on, known_on
    from edge
  ) as line
  window up_to_edge as (order by day_on, is_edge rows between unbounded preceding and current row)
),
summed as (
  select * from swept where period_no is not null
)`

const STOCK = `select
  period_no,
  coalesce(max(members) filter (where side = 'start'), 0)::int as members_at_start,
  coalesce(max(members) filter (where side = 'end'), 0)::int as members_at_end,
  coalesce(max(seen) filter (where side = 'start'), 0)::int as seen_at_start,
  coalesce(max(seen) filter (where side = 'end'), 0)::int as seen_at_end,
  coalesce(max(members - present_members) filter (where side = 'end'), 0)::int as lapsed_members,
  coalesce(max(seen - present_seen) filter (where side = 'end'), 0)::int as lapsed_seen,
  max(greatest(0, last_on + ${LAPSE_DAYS} - known_on)) filter (where side = 'end') as provisional_days`

export const membershipStock: Reading<MembershipStock> = {
  id: 'membership-stock',
  grain: 'one row a period: members at its start and end, and how many of them had lapsed',
  tables: ['membership_spell', 'activity_day'],
  reach: 'onward',
  changesAt,
  empty: {
    members_at_start: 0,
    members_at_end: 0,
    seen_at_start: 0,
    seen_at_end: 0,
    lapsed_members: 0,
    lapsed_seen: 0,
    provisional_days: 0,
  },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
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
    before_on is null or before_on + ${LAPSE_DAYS} <= day_on as is_begin,
    after_on is null or day_on + ${LAPSE_DAYS} <= after_on as is_end
  from active_day
  where before_on is null or after_on is null or before_on + ${LAPSE_DAYS} <= day_on or day_on + ${LAPSE_DAYS} <= after_on
),
stretch as (
  select
    person_id,
    is_begin,
    first_at,
    (case when is_end then day_on else lead(day_on) over (partition by person_id order by day_on) end) + ${LAPSE_DAYS} as to_on
  from stretch_edge
),
joining as (
  select person_id, joined_at, ${localDayOf('joined_at', '$6')} + ${LAPSE_DAYS} as to_on
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
    select person_id, first_at as active_at, tstzrange(first_at, ${startOfDay('to_on', '$6')}) as span
    from stretch
    where is_begin
    union all
    select person_id, null, tstzrange(joined_at, ${startOfDay('to_on', '$6')})
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
${EDGE_CTE},
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
${STOCK}
from swept
where period_no is not null
group by period_no`,
  now: {
    tables: ['membership_day'],
    sql: `-- grain: one row a period
with ${PERIOD_CTE},
${SUMMED_CTES}
${STOCK}
from summed
group by period_no`,
  },
}
