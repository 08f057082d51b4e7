import { localDayOf } from '../../rollup/local-day.ts'
import { IS_VISIBLE } from '../reading.ts'
import { IS_OBSERVED, REMOVED_THREAD_CTE } from './observed-ctes.ts'

/**
 * From `period` (PERIOD_CTE) to `ending`, its last local day and instant, and `benefit` (period_no, person_id, day_on, at, benefit): what
 * people had of the community on the last `days` local days of each period, as known then. An unfinished period ends at the
 * time it is known by. Exact as known at any time; the same as benefit_day as known now.
 *
 * helped: a question of theirs had its first answer by someone else · observed: they viewed an answered thread in which they had
 * not written · reused: they reused somebody else's practice · confirmed: they reported value, or accepted an answer to their
 * own question, which still stands accepted.
 */
export const benefitCtes = (days: number): string => `benefit_end as (
  select
    period_no,
    known_by,
    least(ends_at, known_by) as ends_at,
    ${localDayOf(`(least(ends_at, known_by) - interval '1 microsecond')`, '$6')} as last_on
  from period
),
ending as (
  -- in hours and one day more: the days are told from the local day of each benefit
  select *, ends_at - interval '${(days + 1) * 24} hours' as looks_at from benefit_end
),
${REMOVED_THREAD_CTE},
answered as (
  select p.period_no, p.known_by, p.looks_at, p.last_on, c.question_key, min(c.occurred_at) as at
  from ending p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.looks_at
    and c.occurred_at < p.ends_at
    and c.question_key is not null
    and ${IS_VISIBLE}
  group by p.period_no, p.known_by, p.looks_at, p.last_on, c.question_key
),
helped as (
  select p.period_no, p.last_on, c.person_id, p.at
  from answered p
  join contribution c on c.community_id = $1 and c.event_key = p.question_key and c.person_id is not null and ${IS_VISIBLE}
  -- the first answer, whenever it came
  where not exists (
    select from contribution c
    where c.community_id = $1 and c.question_key = p.question_key and c.occurred_at < p.looks_at and ${IS_VISIBLE}
  )
),
accepted as (
  select p.period_no, p.last_on, p.known_by, s.answer_key, s.question_key, s.accepted_at as at
  from ending p
  join acceptance s
    on s.community_id = $1
    and s.accepted_at >= p.looks_at
    and s.accepted_at < p.ends_at
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
),
-- an answer that was taken back confirms nothing
standing as (
  select p.*
  from accepted p
  join contribution c on c.community_id = $1 and c.event_key = p.answer_key and ${IS_VISIBLE}
),
confirmed as (
  select p.period_no, p.last_on, c.person_id, p.at
  from standing p
  join contribution c on c.community_id = $1 and c.event_key = p.question_key and c.person_id is not null and ${IS_VISIBLE}
  where exists (
    select from event e
    join identity i on i.community_id = $1 and i.identity_key = e.identity_key
    where e.community_id = $1
      and e.target_key = p.answer_key
      and e.type = 'answer.accepted'
      and e.occurred_at = p.at
      and i.person_id = c.person_id
  )
),
benefit_at as (
  select period_no, last_on, person_id, at, 'helped' as benefit from helped
  union all
  select p.period_no, p.last_on, o.person_id, o.viewed_at, 'observed'
  from ending p
  join observation o on o.community_id = $1 and o.day_on > p.last_on - ${days} and o.day_on <= p.last_on and o.viewed_at < p.ends_at and ${IS_OBSERVED}
  union all
  select p.period_no, p.last_on, u.person_id, u.used_at, 'reused'
  from ending p
  join practice_use u
    on u.community_id = $1
    and u.used_on > p.last_on - ${days}
    and u.used_on <= p.last_on
    and u.used_at < p.ends_at
    and u.use = 'reused'
    and u.person_id is not null
    and (u.removed_at is null or u.removed_at >= p.known_by)
  join practice s on s.community_id = $1 and s.practice_key = u.practice_key and (s.removed_at is null or s.removed_at >= p.known_by)
  union all
  select p.period_no, p.last_on, v.person_id, v.reported_at, 'confirmed'
  from ending p
  join value_report v
    on v.community_id = $1
    and v.reported_on > p.last_on - ${days}
    and v.reported_on <= p.last_on
    and v.reported_at < p.ends_at
    and (v.removed_at is null or v.removed_at >= p.known_by)
  union all
  select period_no, last_on, person_id, at, 'confirmed' from confirmed
),
benefit_on as (
  select period_no, last_on, person_id, at, benefit, ${localDayOf('at', '$6')} as day_on from benefit_at
),
benefit as (
  select period_no, person_id, day_on, at, benefit
  from benefit_on
  where day_on > last_on - ${days} and day_on <= last_on
)`
