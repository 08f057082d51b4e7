import { AGED_CTES, starterNowCtes } from '../readings/starter-ctes.ts'
import { type CaseChoice, type CaseList, personKey } from './case-list.ts'

/** Everyone who began in a calendar month, and until which day of their stay they were there, or are followed so far. */
export const starterCases: CaseList = {
  id: 'starter-cases',
  kind: 'people',
  grain: 'one row a person who first joined in the calendar month; where no joining is known, first seen in it',
  tables: ['person', 'membership_spell'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'started_on', title: 'Began', format: 'day' },
    { id: 'last_sign_on', title: 'Last sign of life', format: 'day' },
    { id: 'left_on', title: 'Left', format: 'day' },
    { id: 'is_gone', title: 'Gone', format: 'yes_no' },
    { id: 'exit_day', title: 'Gone, or followed until, day', format: 'count' },
    { id: 'entry_day', title: 'Followed from day', format: 'count' },
  ],
  sql: `with ${starterNowCtes(1)},
${AGED_CTES}
select
  ${personKey('a.person_id')} as key,
  (a.started_on - date '1970-01-01')::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  a.person_id,
  a.started_on,
  a.sign_on as last_sign_on,
  a.left_on,
  a.is_gone,
  case when a.exit_day >= 0 then a.exit_day end as exit_day,
  a.entry_day,
  -- too young, or gone before anybody could be followed: nothing can be said of them
  not a.is_too_young and a.exit_day > coalesce(a.entry_day, -1) as is_followed,
  a.is_join_known,
  a.begins_on is not null as is_activity_known,
  count(*) over () as started_count
from aged a
join month m on a.started_on >= m.from_on and a.started_on < m.to_on`,
}

/** What would show that people joined, or that they are active, is told and has not come yet: then nobody has begun. */
export const knownStarters = ({ canTell }: CaseChoice['context']): string =>
  [
    canTell('joins') ? 'is_join_known' : 'true',
    (['contributions', 'views', 'reactions'] as const).some(canTell) ? 'is_activity_known' : 'true',
  ].join(' and ')

/** Those a curve of who stays rests on. */
export const followedStarters = (context: CaseChoice['context']): string => `is_followed and ${knownStarters(context)}`
