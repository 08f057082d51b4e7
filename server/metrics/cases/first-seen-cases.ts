import { type CaseList, personKey } from './case-list.ts'

/** People whose first activity of any kind lies in the period. */
export const firstSeenCases: CaseList = {
  id: 'first-seen-cases',
  kind: 'people',
  grain: 'one row a person first seen in the period',
  tables: ['person'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'first_seen_at', title: 'First seen', format: 'time' },
    { id: 'joined_at', title: 'Joined', format: 'time' },
    { id: 'first_contribution_at', title: 'First contribution', format: 'time' },
    { id: 'last_active_on', title: 'Last active', format: 'day' },
  ],
  sql: `select
  ${personKey('n.person_id')} as key,
  extract(epoch from n.first_seen_at) as sort,
  null::uuid as place_key,
  null::text as url,
  n.person_id,
  n.first_seen_at,
  n.joined_at,
  n.first_contribution_at,
  n.last_active_on
from period p
join person n
  on n.community_id = $1
  and n.first_seen_at >= p.starts_at
  and n.first_seen_at < p.ends_at`,
}
