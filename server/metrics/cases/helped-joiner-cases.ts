import { HELPED_BY_LANDMARK_NOW, HELPED_HORIZON_DAYS, HELPED_MONTHS, LANDMARK_DAYS } from '../readings/helped-joiners.ts'
import { AGED_CTES, starterNowCtes } from '../readings/starter-ctes.ts'
import { type CaseList, personKey } from './case-list.ts'

/** Everyone who began in the months up to the end of a calendar month and was there at the landmark, helped by then or not. */
export const helpedJoinerCases: CaseList = {
  id: 'helped-joiner-cases',
  kind: 'people',
  grain: `one row a person who began in the ${HELPED_MONTHS} months up to the end of the calendar month and was there after ${LANDMARK_DAYS} days`,
  tables: ['person', 'membership_spell'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'started_on', title: 'Began', format: 'day' },
    { id: 'first_helped_on', title: 'First answered', format: 'day' },
    { id: 'last_sign_on', title: 'Last sign of life', format: 'day' },
    { id: 'left_on', title: 'Left', format: 'day' },
    { id: 'is_gone', title: 'Gone', format: 'yes_no' },
    { id: 'exit_day', title: 'Gone, or followed until, day', format: 'count' },
  ],
  sql: `with ${starterNowCtes(HELPED_MONTHS, `,\n    ${HELPED_BY_LANDMARK_NOW} as is_helped`)},
${AGED_CTES}
select
  ${personKey('a.person_id')} as key,
  (a.started_on - date '1970-01-01')::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  a.person_id,
  a.started_on,
  a.first_helped_on,
  a.sign_on as last_sign_on,
  a.left_on,
  a.is_gone,
  a.exit_day,
  a.is_helped,
  a.is_gone and a.exit_day <= ${HELPED_HORIZON_DAYS} as is_gone_in_time,
  a.is_join_known,
  a.begins_on is not null as is_activity_known
from aged a
join month m
  on a.started_on >= (m.to_on - interval '${HELPED_MONTHS} months')::date
  and a.started_on < m.to_on
where a.entry_day is null
  and case when a.is_gone then a.exit_day > ${LANDMARK_DAYS} else a.exit_day >= ${LANDMARK_DAYS} end`,
}
