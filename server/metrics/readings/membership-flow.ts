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

export const membershipFlow: Reading<MembershipFlow> = {
  id: 'membership-flow',
  grain: 'one row a period: joins, rejoins, leaves and first sightings in it',
  tables: ['membership_spell', 'activity_day'],
  reach: 'own-period',
  empty: { joined: 0, rejoined: 0, left: 0, first_seen: 0, most_joined_in_a_minute: 0, most_left_in_a_minute: 0 },
  sql: `-- grain: one row a period with any of these
with ${PERIOD_CTE},
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
-- how many of the same kind lie in the minute that begins with each
paced as (
  select
    at,
    what,
    count(*) over (
      partition by what = 'leave', what = 'first_seen'
      order by at
      range between current row and interval '1 minute' following
    ) as in_the_minute
  from change
)
select
  p.period_no,
  count(*) filter (where c.what in ('join', 'rejoin'))::int as joined,
  count(*) filter (where c.what = 'rejoin')::int as rejoined,
  count(*) filter (where c.what = 'leave')::int as left,
  count(*) filter (where c.what = 'first_seen')::int as first_seen,
  coalesce(max(c.in_the_minute) filter (where c.what in ('join', 'rejoin')), 0)::int as most_joined_in_a_minute,
  coalesce(max(c.in_the_minute) filter (where c.what = 'leave'), 0)::int as most_left_in_a_minute
from period p
join paced c on c.at >= p.starts_at and c.at < least(p.ends_at, p.known_by)
group by p.period_no`,
}
