import { PERIOD_CTE, type Reading } from '../reading.ts'

/** Practices shared in a period, and those viewed and reused in it by someone other than their author. */
export type PracticeCounts = { shared_count: number; viewed_count: number; reused_count: number }

const IS_STANDING = (row: string, at: string) =>
  `${row}.${at} < p.known_by and (${row}.removed_at is null or ${row}.removed_at >= p.known_by)`

export const practiceCounts: Reading<PracticeCounts> = {
  id: 'practice-counts',
  grain: 'one row a period: practices shared, viewed and reused in it',
  tables: ['practice', 'practice_use'],
  reach: 'own-period',
  empty: { shared_count: 0, viewed_count: 0, reused_count: 0 },
  sql: `-- grain: one row a period in which practices were shared or used
with ${PERIOD_CTE},
shared as (
  select p.period_no, count(*)::int as shared_count
  from period p
  join practice s on s.community_id = $1 and s.shared_on >= p.from_on and s.shared_on < p.to_on and ${IS_STANDING('s', 'shared_at')}
  group by p.period_no
),
used as (
  select
    p.period_no,
    count(distinct u.practice_key) filter (where u.use = 'viewed')::int as viewed_count,
    count(distinct u.practice_key) filter (where u.use = 'reused')::int as reused_count
  from period p
  join practice_use u on u.community_id = $1 and u.used_on >= p.from_on and u.used_on < p.to_on and ${IS_STANDING('u', 'used_at')}
  join practice s on s.community_id = $1 and s.practice_key = u.practice_key and ${IS_STANDING('s', 'shared_at')}
  where u.use in ('viewed', 'reused')
  group by p.period_no
)
select
  p.period_no,
  coalesce(s.shared_count, 0) as shared_count,
  coalesce(u.viewed_count, 0) as viewed_count,
  coalesce(u.reused_count, 0) as reused_count
from period p
left join shared s on s.period_no = p.period_no
left join used u on u.period_no = p.period_no
where s.period_no is not null or u.period_no is not null`,
}
