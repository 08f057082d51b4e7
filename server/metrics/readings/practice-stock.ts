import { localDayOf } from '../../rollup/local-day.ts'
import { UNTOUCHED_DAYS } from '../../rollup/untouched-days.ts'
import { PERIOD_CTE, type Reading } from '../reading.ts'

/** Practices at the end of a period; an unfinished period ends at the time it is known by. */
export type PracticeStock = {
  practice_count: number
  /** Shared, edited, viewed or reused on none of its last UNTOUCHED_DAYS local days. */
  untouched_count: number
}

/** From `period` to the end of each: the instant, and the last local day that begins before it. */
const END_CTE = `ending as (
  select
    period_no,
    known_by,
    least(ends_at, known_by) as ends_at,
    ${localDayOf(`(least(ends_at, known_by) - interval '1 microsecond')`, '$6')} as last_on
  from period
)`

export const practiceStock: Reading<PracticeStock> = {
  id: 'practice-stock',
  grain: 'one row a period: practices at its end, and those untouched for a year',
  tables: ['practice', 'practice_use'],
  reach: 'onward',
  empty: { practice_count: 0, untouched_count: 0 },
  sql: `-- grain: one row a period by whose end a practice was shared
with ${PERIOD_CTE},
${END_CTE},
standing as (
  select p.period_no, s.practice_key, s.shared_on > p.last_on - ${UNTOUCHED_DAYS} as is_fresh
  from ending p
  join practice s
    on s.community_id = $1
    and s.shared_at < p.ends_at
    and (s.removed_at is null or s.removed_at >= p.known_by)
),
touched as (
  select distinct p.period_no, u.practice_key
  from ending p
  join practice_use u
    on u.community_id = $1
    and u.used_on > p.last_on - ${UNTOUCHED_DAYS}
    and u.used_on <= p.last_on
    and u.used_at < p.ends_at
    and (u.removed_at is null or u.removed_at >= p.known_by)
)
select
  s.period_no,
  count(*)::int as practice_count,
  count(*) filter (where not s.is_fresh and t.practice_key is null)::int as untouched_count
from standing s
left join touched t on t.period_no = s.period_no and t.practice_key = s.practice_key
group by s.period_no`,
  now: {
    tables: ['practice_day'],
    sql: `-- grain: one row a period by whose end a practice was shared
with ${PERIOD_CTE},
${END_CTE},
swept as (
  select
    period_no,
    sum(shared_count) over up_to_end as shared,
    sum(touched_change) over up_to_end as touched
  from (
    select day_on, 0 as is_end, shared_count, touched_change, null::bigint as period_no
    from practice_day
    where community_id = $1
    union all
    select last_on, 1, 0, 0, period_no
    from ending
  ) as line
  window up_to_end as (order by day_on, is_end rows between unbounded preceding and current row)
)
select period_no, shared::int as practice_count, (shared - touched)::int as untouched_count
from swept
where period_no is not null and shared > 0`,
  },
}
