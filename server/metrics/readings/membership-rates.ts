import { PERIOD_CTE, type Reading } from '../reading.ts'
import { FLOW_CTES, FLOW_NOW_CTES, type MembershipFlow, membershipFlow } from './membership-flow.ts'
import { SUMMED_CTES } from './membership-stock.ts'

/** What happened to membership in a period, beside the members it happened to. */
export type MembershipRates = MembershipFlow & { members_at_start: number }

const COLUMNS = `coalesce(f.joined, 0) as joined,
  coalesce(f.rejoined, 0) as rejoined,
  coalesce(f."left", 0) as "left",
  coalesce(f.first_seen, 0) as first_seen,
  coalesce(f.most_joined_in_a_minute, 0) as most_joined_in_a_minute,
  coalesce(f.most_left_in_a_minute, 0) as most_left_in_a_minute`

export const membershipRates: Reading<MembershipRates> = {
  id: 'membership-rates',
  grain: 'one row a period: members at its start, and joins and leaves in it',
  tables: ['membership_spell', 'activity_day'],
  reach: 'onward',
  empty: { ...membershipFlow.empty, members_at_start: 0 },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
${FLOW_CTES},
-- +1 at each joining, −1 at each leaving; the sum of those before a period's start is its members at the start
step as (
  select joined_at as at, 1 as members from membership_spell where community_id = $1
  union all
  select left_at, -1 from membership_spell where community_id = $1 and left_at is not null
),
swept as (
  select period_no, sum(members) over (order by at, is_step rows between unbounded preceding and current row) as members
  from (
    select at, 1 as is_step, members, null::bigint as period_no from step
    union all
    select least(starts_at, known_by), 0, 0, period_no from period
  ) as line
)
select
  s.period_no,
  coalesce(s.members, 0)::int as members_at_start,
  ${COLUMNS}
from swept s
left join flow f on f.period_no = s.period_no
where s.period_no is not null`,
  now: {
    tables: ['membership_day', 'membership_spell'],
    sql: `-- grain: one row a period
with ${PERIOD_CTE},
${FLOW_NOW_CTES},
${SUMMED_CTES}
select
  s.period_no,
  s.members::int as members_at_start,
  ${COLUMNS}
from summed s
left join flow f on f.period_no = s.period_no
where s.side = 'start'`,
  },
}
