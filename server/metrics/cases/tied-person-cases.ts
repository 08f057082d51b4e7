import { type CaseList, personKey } from './case-list.ts'

/** Everyone active in a period, and how many people each is tied to by help given or received. */
export const tiedPersonCases: CaseList = {
  id: 'tied-person-cases',
  kind: 'people',
  grain: 'one row a person known who contributed in the period, or was helped in it',
  tables: ['person_day', 'help_edge'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'ties', title: 'People tied to', format: 'count' },
  ],
  sql: `with edge as (
  select distinct e.helper_id, e.asker_id
  from period p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
),
tie as (
  select helper_id as person_id, asker_id as other_id from edge
  union
  select asker_id, helper_id from edge
),
active as (
  select d.person_id
  from period p
  join person_day d
    on d.community_id = $1
    and d.day_on >= p.from_on
    and d.day_on < p.to_on
  union
  select person_id from tie
)
select
  ${personKey('a.person_id')} as key,
  count(t.other_id)::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  a.person_id,
  count(t.other_id)::int as ties
from active a
left join tie t on t.person_id = a.person_id
group by a.person_id`,
}
