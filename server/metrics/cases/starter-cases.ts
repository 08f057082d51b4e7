import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf } from '../../rollup/local-day.ts'
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
  sql: `with known as (
  select min(first_seen_on) as begins_on, coalesce(bool_or(joined_on is not null), false) as is_join_known
  from person
  where community_id = $1
),
began as (
  select
    n.person_id,
    n.left_on,
    k.begins_on,
    k.is_join_known,
    case when k.is_join_known then n.joined_on else n.first_seen_on end as started_on,
    greatest(
      case when k.is_join_known then n.joined_on else n.first_seen_on end,
      n.last_active_on,
      (select max(s.joined_on) from membership_spell s where s.community_id = $1 and s.person_id = n.person_id and s.joined_at > '-infinity')
    ) as last_sign_on,
    -- what happened after the last whole day is not looked at yet; silence shows ${LAPSE_DAYS} days later
    ${localDayOf('p.known_by', '$6')} - 1 as whole_on
  from period p
  cross join known k
  join person n
    on n.community_id = $1
    and (not k.is_join_known or not n.is_since_before)
    and case when k.is_join_known then n.joined_on else n.first_seen_on end >= p.from_on
    and case when k.is_join_known then n.joined_on else n.first_seen_on end < p.to_on
  where extract(day from p.from_on) = 1 and p.to_on = (p.from_on + interval '1 month')::date
),
outcome as (
  select
    *,
    whole_on - case when begins_on is null then 0 else ${LAPSE_DAYS} end as followed_on,
    case
      when begins_on is null or last_sign_on >= left_on - ${LAPSE_DAYS} then left_on
      when left_on is not null or last_sign_on <= whole_on - ${LAPSE_DAYS} then last_sign_on
    end as gone_on
  from began
),
aged as (
  select
    *,
    least(gone_on, followed_on) - started_on as exit_day,
    coalesce(gone_on <= followed_on, false) as is_gone,
    case when begins_on > started_on then begins_on - started_on end as entry_day
  from outcome
)
select
  ${personKey('person_id')} as key,
  (started_on - date '1970-01-01')::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  person_id,
  started_on,
  last_sign_on,
  left_on,
  is_gone,
  case when exit_day >= 0 then exit_day end as exit_day,
  entry_day,
  -- too young, or gone before anybody could be followed: nothing can be said of them
  followed_on >= started_on and exit_day > coalesce(entry_day, -1) as is_followed,
  is_join_known,
  begins_on is not null as is_activity_known,
  count(*) over () as started_count
from aged`,
}

/** What would show that people joined, or that they are active, is told and has not come yet: then nobody has begun. */
export const knownStarters = ({ canTell }: CaseChoice['context']): string =>
  [
    canTell('joins') ? 'is_join_known' : 'true',
    (['contributions', 'views', 'reactions'] as const).some(canTell) ? 'is_activity_known' : 'true',
  ].join(' and ')

/** Those a curve of who stays rests on. */
export const followedStarters = (context: CaseChoice['context']): string => `is_followed and ${knownStarters(context)}`
