import { localDayOf } from '../../rollup/local-day.ts'
import { UNTOUCHED_DAYS } from '../../rollup/untouched-days.ts'
import type { CaseList } from './case-list.ts'

/** The practices there are at the end of a period, and what was done with each in it. */
export const practiceCases: CaseList = {
  id: 'practice-cases',
  kind: 'practices',
  grain: 'one row a practice shared by the end of the period and not taken back',
  tables: ['practice', 'practice_use'],
  columns: [
    { id: 'shared_at', title: 'Shared', format: 'time' },
    { id: 'author_id', title: 'By', format: 'person' },
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'views', title: 'Views by others in the period', format: 'count' },
    { id: 'reuses', title: 'Reuses by others in the period', format: 'count' },
    { id: 'last_touched_on', title: 'Last touched by its end', format: 'day' },
  ],
  sql: `with ending as (
  select
    p.*,
    least(p.ends_at, p.known_by) as stops_at,
    ${localDayOf(`(least(p.ends_at, p.known_by) - interval '1 microsecond')`, '$6')} as last_on
  from period p
),
used as (
  select
    u.practice_key,
    count(*) filter (where u.use = 'viewed' and u.used_on >= e.from_on)::int as views,
    count(*) filter (where u.use = 'reused' and u.used_on >= e.from_on)::int as reuses,
    max(u.used_on) as last_used_on
  from ending e
  join practice_use u
    on u.community_id = $1
    and u.used_at < e.stops_at
    and u.is_counted
  group by u.practice_key
)
select
  s.practice_key::text as key,
  extract(epoch from s.shared_at) as sort,
  s.practice_key as place_key,
  s.url,
  s.shared_at,
  s.author_id,
  s.channel,
  coalesce(u.views, 0) as views,
  coalesce(u.reuses, 0) as reuses,
  greatest(s.shared_on, u.last_used_on) as last_touched_on,
  s.shared_on >= e.from_on as is_new,
  greatest(s.shared_on, u.last_used_on) <= e.last_on - ${UNTOUCHED_DAYS} as is_untouched
from ending e
join practice s
  on s.community_id = $1
  and s.shared_at < e.stops_at
  and (s.removed_at is null or s.removed_at >= e.known_by)
left join used u on u.practice_key = s.practice_key`,
}
