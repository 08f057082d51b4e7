import type { CaseList } from './case-list.ts'

/** The contributions of a period, one by one. */
export const contributionCases: CaseList = {
  id: 'contribution-cases',
  kind: 'contributions',
  grain: 'one row a contribution of the period',
  tables: ['contribution'],
  columns: [
    { id: 'occurred_at', title: 'When', format: 'time' },
    { id: 'person_id', title: 'By', format: 'person' },
    { id: 'kind', title: 'Kind', format: 'text' },
    { id: 'category', title: 'Counts as', format: 'text' },
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'is_start', title: 'Starts a thread', format: 'yes_no' },
    { id: 'is_answer', title: 'Answers someone', format: 'yes_no' },
  ],
  sql: `select
  c.event_key::text as key,
  extract(epoch from c.occurred_at) as sort,
  c.event_key as place_key,
  c.url,
  c.occurred_at,
  c.person_id,
  c.kind,
  c.category,
  c.channel,
  c.is_start,
  c.is_answer
from period p
join contribution c
  on c.community_id = $1
  and c.occurred_at >= p.starts_at
  and c.occurred_at < p.ends_at
  and c.is_counted`,
}
