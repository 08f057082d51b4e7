import type { CaseList } from './case-list.ts'
import { memberCases } from './member-cases.ts'

/** Members at the end of a period, or everyone seen by then, and what each read in it of answers given to others. */
export const readerCases: CaseList = {
  ...memberCases,
  id: 'reader-cases',
  tables: [...memberCases.tables, 'observation'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'joined_at', title: 'Joined', format: 'time' },
    { id: 'threads', title: 'Answered threads read', format: 'count' },
    { id: 'first_viewed_at', title: 'First read', format: 'time' },
  ],
  sql: `with someone as (
  ${memberCases.sql}
),
viewed as (
  select o.person_id, count(distinct o.thread_key)::int as threads, min(o.viewed_at) as first_viewed_at
  from period p
  join observation o
    on o.community_id = $1
    and o.day_on >= p.from_on
    and o.day_on < p.to_on
    and o.is_counted
  group by o.person_id
)
select s.*, coalesce(v.threads, 0) as threads, v.first_viewed_at
from someone s
left join viewed v on v.person_id = s.person_id`,
}
