import { type CaseList, personKey } from './case-list.ts'

/** People who began by reading: their first view of an answered thread lies in the period, and they had contributed nothing before it. */
export const firstReaderCases: CaseList = {
  id: 'first-reader-cases',
  kind: 'people',
  grain: 'one row a person who first read an answered thread in the period and had contributed nothing before',
  tables: ['observer'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'first_viewed_at', title: 'First read', format: 'time' },
    { id: 'first_contribution_at', title: 'First contribution', format: 'time' },
    { id: 'waited_days', title: 'Days between, or so far', format: 'number' },
    { id: 'has_contributed', title: 'Has contributed', format: 'yes_no' },
  ],
  sql: `select
  ${personKey('o.person_id')} as key,
  extract(epoch from o.first_viewed_at) as sort,
  null::uuid as place_key,
  null::text as url,
  o.person_id,
  o.first_viewed_at,
  o.first_contribution_at,
  extract(epoch from coalesce(o.first_contribution_at, p.known_by) - o.first_viewed_at)::float8 / 86400 as waited_days,
  o.first_contribution_at is not null as has_contributed
from period p
join observer o
  on o.community_id = $1
  and o.first_viewed_at >= p.starts_at
  and o.first_viewed_at < p.ends_at
  and (o.first_contribution_at is null or o.first_contribution_at >= o.first_viewed_at)`,
}
