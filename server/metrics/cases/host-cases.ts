import { type CaseList, personKey } from './case-list.ts'

/** In whose threads the contributions of a period lie; those in nobody's stand in one row without a person. */
export const hostCases: CaseList = {
  id: 'host-cases',
  kind: 'people',
  grain: 'one row a person in whose threads contributions of the period lie, and one for all that lie in nobody’s',
  tables: ['contribution_day', 'host_day'],
  columns: [
    { id: 'host_id', title: 'Whose threads', format: 'person' },
    { id: 'contributions', title: 'Contributions in them', format: 'count' },
  ],
  sql: `with hosted as (
  select d.host_id, sum(d.contribution_count)::int as contributions
  from period p
  join host_day d
    on d.community_id = $1
    and d.day_on >= p.from_on
    and d.day_on < p.to_on
  group by d.host_id
),
counted as (
  select host_id, contributions from hosted
  union all
  select null, e.contributions - h.contributions
  from (
    select coalesce(sum(d.contribution_count), 0)::int as contributions
    from period p
    join contribution_day d
      on d.community_id = $1
      and d.day_on >= p.from_on
      and d.day_on < p.to_on
  ) as e
  cross join (select coalesce(sum(contributions), 0)::int as contributions from hosted) as h
  where e.contributions > h.contributions
)
select
  coalesce(${personKey('host_id')}, 'nobody') as key,
  contributions::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  host_id,
  contributions,
  row_number() over (order by host_id is null, contributions desc, host_id) as place
from counted`,
}
