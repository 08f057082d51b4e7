import { localDayOf } from '../../rollup/local-day.ts'
import { NEWCOMER_DAYS } from '../readings/newcomer-starts.ts'
import { type CaseList, personKey } from './case-list.ts'

const COLUMNS = [
  { id: 'person_id', title: 'Who', format: 'person' },
  { id: 'joined_on', title: 'Joined', format: 'day' },
  { id: 'first_contribution_at', title: 'First contribution', format: 'time' },
  { id: 'second_contribution_at', title: 'Second contribution', format: 'time' },
] as const

const WHOLE_ON = `${localDayOf('p.known_by', '$6')} - 1`

/** People who first joined in the period, and when they first wrote something. */
export const newcomerCases: CaseList = {
  id: 'newcomer-cases',
  kind: 'people',
  grain: 'one row a person who first joined in the period',
  tables: ['person'],
  columns: COLUMNS,
  sql: `select
  ${personKey('n.person_id')} as key,
  extract(epoch from n.joined_at) as sort,
  null::uuid as place_key,
  null::text as url,
  n.person_id,
  n.joined_on,
  n.first_contribution_at,
  n.second_contribution_at,
  coalesce(n.first_contribution_on < n.joined_on, false)
    or coalesce(n.joined_on < (select min(first_seen_on) from person where community_id = $1), false) as is_no_newcomer,
  ${WHOLE_ON} - n.joined_on >= ${NEWCOMER_DAYS} as is_ripe,
  coalesce(n.first_contribution_on <= n.joined_on + ${NEWCOMER_DAYS}, false) as is_in_time
from period p
join person n
  on n.community_id = $1
  and n.joined_on >= p.from_on
  and n.joined_on < p.to_on
  and not n.is_since_before`,
}

/** People whose first contribution lies in the period, and when the second came. */
export const firstContributionCases: CaseList = {
  id: 'first-contribution-cases',
  kind: 'people',
  grain: 'one row a person whose first contribution lies in the period',
  tables: ['person'],
  columns: COLUMNS,
  sql: `select
  ${personKey('n.person_id')} as key,
  extract(epoch from n.first_contribution_at) as sort,
  null::uuid as place_key,
  null::text as url,
  n.person_id,
  n.joined_on,
  n.first_contribution_at,
  n.second_contribution_at,
  ${WHOLE_ON} - n.first_contribution_on >= ${NEWCOMER_DAYS} as is_ripe,
  coalesce(n.second_contribution_on <= n.first_contribution_on + ${NEWCOMER_DAYS}, false) as is_again
from period p
join person n
  on n.community_id = $1
  and n.first_contribution_on >= p.from_on
  and n.first_contribution_on < p.to_on`,
}
