import { type CaseList, personKey } from './case-list.ts'

/** Joinings and leavings of a period. Someone who joined and left in it has two rows. */
export const membershipChangeCases: CaseList = {
  id: 'membership-change-cases',
  kind: 'changes',
  grain: 'one row a joining or leaving in the period',
  tables: ['membership_spell'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'what', title: 'What', format: 'text' },
    { id: 'changed_at', title: 'When', format: 'time' },
  ],
  sql: `with change as (
  select person_id, joined_at as changed_at, case when is_rejoin then 'came back' else 'joined' end as what
  from membership_spell
  where community_id = $1 and joined_at > '-infinity'
  union all
  select person_id, left_at, 'left'
  from membership_spell
  where community_id = $1 and left_at is not null
)
select
  ${personKey('c.person_id')} || ' ' || c.what || ' ' || extract(epoch from c.changed_at)::text as key,
  extract(epoch from c.changed_at) as sort,
  null::uuid as place_key,
  null::text as url,
  c.person_id,
  c.what,
  c.changed_at,
  case when c.what = 'left' then -1 else 1 end as change
from period p
join change c on c.changed_at >= p.starts_at and c.changed_at < p.ends_at`,
}
