import { DAY_PERIOD_CTE, IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Whether what is about persons may be told of a period at all. */
export type Anonymity = { contribution_count: number; anonymous_count: number }

export const anonymity: Reading<Anonymity> = {
  id: 'anonymity',
  grain: 'one row a period: its contributions, and those without a known author',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { contribution_count: 0, anonymous_count: 0 },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE}
select
  p.period_no,
  count(*)::int as contribution_count,
  count(*) filter (where c.person_id is null)::int as anonymous_count
from period p
join contribution c
  on c.community_id = $1
  and c.occurred_at >= p.starts_at
  and c.occurred_at < p.ends_at
  and ${IS_VISIBLE}
group by p.period_no`,
  now: {
    tables: ['contribution_day'],
    sql: `-- grain: one row a period with contributions
with ${DAY_PERIOD_CTE}
select
  p.period_no,
  sum(d.contribution_count)::int as contribution_count,
  sum(d.anonymous_count)::int as anonymous_count
from period p
join contribution_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
group by p.period_no
having sum(d.contribution_count) > 0`,
  },
}
