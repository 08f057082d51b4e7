import { type CaseList, personKey } from './case-list.ts'

/** Who gave help, received it or asked in a period. */
export const helpPersonCases: CaseList = {
  id: 'help-person-cases',
  kind: 'people',
  grain: 'one row a person who helped, was helped or asked in the period',
  tables: ['help_edge', 'help_episode'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'gave', title: 'Questions helped with', format: 'count' },
    { id: 'received', title: 'Help received', format: 'count' },
    { id: 'asked', title: 'Questions asked', format: 'count' },
  ],
  sql: `with edge as (
  select e.helper_id, e.asker_id
  from period p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
),
part_taken as (
  select helper_id as person_id, 1 as gave, 0 as received, 0 as asked from edge
  union all
  select asker_id, 0, 1, 0 from edge
  union all
  select q.asker_id, 0, 0, 1
  from period p
  join help_episode q
    on q.community_id = $1
    and q.asked_at >= p.starts_at
    and q.asked_at < p.ends_at
    and q.asker_id is not null
)
select
  ${personKey('person_id')} as key,
  sum(gave)::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  person_id,
  sum(gave)::int as gave,
  sum(received)::int as received,
  sum(asked)::int as asked
from part_taken
group by person_id`,
}
