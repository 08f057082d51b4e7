import { type CaseList, personKey } from './case-list.ts'

/** Who helped whom: help given lies in the period of the helper's first answer to the question. */
export const helpPairCases: CaseList = {
  id: 'help-pair-cases',
  kind: 'pairs',
  grain: 'one row a helper and person helped, both known, with help given in the period',
  tables: ['help_edge'],
  columns: [
    { id: 'helper_id', title: 'Helper', format: 'person' },
    { id: 'asker_id', title: 'Helped', format: 'person' },
    { id: 'questions', title: 'Questions', format: 'count' },
    { id: 'questions_back', title: 'Questions the other way', format: 'count' },
  ],
  sql: `with edge as (
  select e.helper_id, e.asker_id, count(*)::int as questions
  from period p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
  group by e.helper_id, e.asker_id
)
select
  ${personKey('e.helper_id')} || ' ' || ${personKey('e.asker_id')} as key,
  e.questions::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  e.helper_id,
  e.asker_id,
  e.questions,
  coalesce(back.questions, 0) as questions_back
from edge e
left join edge back on back.helper_id = e.asker_id and back.asker_id = e.helper_id`,
}
