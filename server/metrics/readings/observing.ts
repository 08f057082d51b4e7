import { PERIOD_CTE, type Reading } from '../reading.ts'
import { SUMMED_CTES } from './membership-stock.ts'
import { IS_OBSERVED, REMOVED_THREAD_CTE } from './observed-ctes.ts'

/** Who read answers given to others, and how many members there are at the end of the period. */
export type Observing = {
  /** People with a view of an answered thread that they had not written in. */
  observer_count: number
  /** Of them: members at the end of the period. */
  member_observer_count: number
  members_at_end: number
  /** Everyone seen by the end, for sources that cannot tell joins. */
  seen_at_end: number
}

// an unfinished period ends at the time it is known by
const MEMBER_OBSERVERS = `member_observer as (
  select o.period_no, count(*)::int as observer_count, count(*) filter (where exists (
    select from membership_spell s
    where s.community_id = $1
      and s.person_id = o.person_id
      and s.joined_at < least(p.ends_at, p.known_by)
      and (s.left_at is null or s.left_at >= least(p.ends_at, p.known_by))
  ))::int as member_observer_count
  from observed o
  join period p on p.period_no = o.period_no
  group by o.period_no
)`

export const observing: Reading<Observing> = {
  id: 'observing',
  grain: 'one row a period: people who read answered threads they had not written in, and the members at its end',
  tables: ['observation', 'contribution', 'membership_spell', 'activity_day'],
  reach: 'onward',
  empty: { observer_count: 0, member_observer_count: 0, members_at_end: 0, seen_at_end: 0 },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
${REMOVED_THREAD_CTE},
observed as (
  select distinct p.period_no, o.person_id
  from period p
  join observation o
    on o.community_id = $1
    and o.day_on >= p.from_on
    and o.day_on < p.to_on
    and ${IS_OBSERVED}
),
${MEMBER_OBSERVERS},
first_seen as (
  select person_id, min(first_at) as first_at from activity_day where community_id = $1 group by person_id
)
select
  p.period_no,
  coalesce(m.observer_count, 0) as observer_count,
  coalesce(m.member_observer_count, 0) as member_observer_count,
  (
    select count(distinct s.person_id)
    from membership_spell s
    where s.community_id = $1
      and s.joined_at < least(p.ends_at, p.known_by)
      and (s.left_at is null or s.left_at >= least(p.ends_at, p.known_by))
  )::int as members_at_end,
  (select count(*) from first_seen f where f.first_at < least(p.ends_at, p.known_by))::int as seen_at_end
from period p
left join member_observer m on m.period_no = p.period_no`,
  now: {
    tables: ['observation', 'membership_day', 'membership_spell'],
    sql: `-- grain: one row a period
with ${PERIOD_CTE},
${SUMMED_CTES},
observed as (
  select distinct p.period_no, o.person_id
  from period p
  join observation o on o.community_id = $1 and o.day_on >= p.from_on and o.day_on < p.to_on and o.is_counted
),
${MEMBER_OBSERVERS}
select
  s.period_no,
  coalesce(m.observer_count, 0) as observer_count,
  coalesce(m.member_observer_count, 0) as member_observer_count,
  coalesce(s.members, 0)::int as members_at_end,
  coalesce(s.seen, 0)::int as seen_at_end
from summed s
left join member_observer m on m.period_no = s.period_no
where s.side = 'end'`,
  },
}
