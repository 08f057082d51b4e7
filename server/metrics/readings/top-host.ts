import { DAY_PERIOD_CTE, PERIOD_CTE, type Reading } from '../reading.ts'
import { BY_HOST_CTE } from './host-counts.ts'

/** The threads of one person that hold most of a period's contributions. */
export type TopHost = { contribution_count: number; top_host_count: number }

export const topHost: Reading<TopHost> = {
  id: 'top-host',
  grain: 'one row a period: its contributions, and those in the threads of the person whose threads, started at any time, hold most',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { contribution_count: 0, top_host_count: 0 },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE},
${BY_HOST_CTE}
select
  period_no,
  sum(contributions)::int as contribution_count,
  coalesce(max(contributions) filter (where host_id is not null), 0)::int as top_host_count
from by_host
group by period_no`,
  now: {
    tables: ['contribution_day', 'host_day'],
    sql: `-- grain: one row a period with contributions
with ${DAY_PERIOD_CTE},
total as (
  select p.period_no, sum(d.contribution_count)::int as contribution_count
  from period p
  join contribution_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  group by p.period_no
),
by_host as (
  select p.period_no, sum(d.contribution_count) as contributions
  from period p
  join host_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  group by p.period_no, d.host_id
),
top as (
  select period_no, max(contributions)::int as top_host_count
  from by_host
  group by period_no
)
select t.period_no, t.contribution_count, coalesce(top.top_host_count, 0) as top_host_count
from total t
left join top on top.period_no = t.period_no`,
  },
}
