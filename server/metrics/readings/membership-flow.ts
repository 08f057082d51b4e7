import { PERIOD_CTE, type Reading } from '../reading.ts'

/** What happened to membership in a period. */
export type MembershipFlow = {
  /** Everyone who became a member, those who came back included: members at the end = at the start + joined − left. */
  joined: number
  /** Of the joined: had been a member before. */
  rejoined: number
  left: number
  /** First activity of people, whether or not they ever joined. */
  first_seen: number
  /** Most joins, and most leaves, within any one minute. */
  most_joined_in_a_minute: number
  most_left_in_a_minute: number
}

/** From `period` to `flow`, one row a period with any of these; shared with the rates, which set it against the members at the start. */
export const FLOW_CTES = `first_activity as (
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
)`

/** The same as known now: counts from rows a day, and only what happens within a minute from the moves themselves. */
export const FLOW_NOW_CTES = `counted as (
  select
    p.period_no,
    p.starts_at,
    p.ends_at,
    sum(d.joined_count)::int as joined,
    sum(d.rejoined_count)::int as rejoined,
    sum(d.left_count)::int as "left",
    sum(d.first_seen_count)::int as first_seen
  from period p
  join membership_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  group by p.period_no, p.starts_at, p.ends_at
  having sum(d.joined_count) + sum(d.left_count) + sum(d.first_seen_count) > 0
),
flow as (
  select
    c.period_no,
    c.joined,
    c.rejoined,
    c."left",
    c.first_seen,
    coalesce(joins.most, 0)::int as most_joined_in_a_minute,
    coalesce(leaves.most, 0)::int as most_left_in_a_minute
  from counted c
  left join lateral (
    select max(in_the_minute) as most
    from (
      select count(*) over (order by joined_at range between current row and interval '1 minute' following) as in_the_minute
      from membership_spell
      where community_id = $1 and joined_at >= c.starts_at and joined_at < c.ends_at
    ) as paced
  ) joins on c.joined > 0
  left join lateral (
    select max(in_the_minute) as most
    from (
      select count(*) over (order by left_at range between current row and interval '1 minute' following) as in_the_minute
      from membership_spell
      where community_id = $1 and left_at >= c.starts_at and left_at < c.ends_at
    ) as paced
  ) leaves on c."left" > 0
)`

export const membershipFlow: Reading<MembershipFlow> = {
  id: 'membership-flow',
  grain: 'one row a period: joins, rejoins, leaves and first sightings in it',
  tables: ['membership_spell', 'activity_day'],
  // an earlier sighting or leave that comes late changes whose first, or whose return, a later one was: then the day of
  // that one differs too
  reach: 'own-period',
  empty: { joined: 0, rejoined: 0, left: 0, first_seen: 0, most_joined_in_a_minute: 0, most_left_in_a_minute: 0 },
  sql: `-- grain: one row a period with any of these
with ${PERIOD_CTE},
${FLOW_CTES}
select * from flow`,
  now: {
    tables: ['membership_day', 'membership_spell'],
    sql: `-- grain: one row a period with any of these
with ${PERIOD_CTE},
${FLOW_NOW_CTES}
select * from flow`,
  },
}
