import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf, startOfDay } from '../../rollup/local-day.ts'

/** Pieces of SQL that the readings of who stays share: who began when, and how long they could be followed. */

/** Of the spans asked for, those that are calendar months: `p` is period. */
const IS_MONTH = `extract(day from p.from_on) = 1 and p.to_on = (p.from_on + interval '1 month')::date`

/** When the local day of `p.known_by` is over: only then does time alone tell more of who stays. */
export const UNTIL_NEXT_DAY = `extract(epoch from ${startOfDay(`${localDayOf('p.known_by', '$6')} + 1`, '$6')} - p.known_by)::float8`

/** The same time, from the seconds a row gives. */
export const nextDayOf = (seconds: number, knownBy: Date): Date => new Date(knownBy.getTime() + Math.max(0, Math.floor(seconds * 1000)))

/** The last day up to which silence can be told from a pause; all days where no activity is known. */
const followedOn = (row: string) => `${row}.whole_on - case when ${row}.begins_on is null then 0 else ${LAPSE_DAYS} end`

/** The earliest activity there is: before it nobody can be followed. */
export const EARLIEST_CTE = `earliest as (
  select min(day_on) as day_on, min(first_at) as first_at
  from activity_day
  where community_id = $1
)`

/**
 * From `period` to `starter`: one row a month and person who began in the `months` months up to its end, as known by the period's
 * time: whole_on (the last local day that is over), begins_on (of the earliest activity), started_on, sign_on (their last
 * sign of life), left_on (null: not gone by leaving). They began by joining first, or, where no joining is known, by being seen.
 * `more` adds columns over `s`, the person and the month.
 */
export const starterCtes = (months: number, more = ''): string => `${EARLIEST_CTE},
month as (
  select
    p.period_no,
    (p.to_on - interval '${months} months')::date as since_on,
    p.to_on,
    p.known_by,
    ${localDayOf('p.known_by', '$6')} - 1 as whole_on,
    ${UNTIL_NEXT_DAY} as until_next_day,
    case when a.first_at < p.known_by then a.day_on end as begins_on,
    exists (
      select from membership_spell s where s.community_id = $1 and s.joined_at > '-infinity' and s.joined_at < p.known_by
    ) as is_join_known
  from period p
  cross join earliest a
  where ${IS_MONTH}
),
started as (
  -- the first spell of a person, unless they had been a member since before the data
  select m.*, s.person_id, s.joined_on as started_on
  from month m
  join membership_spell s
    on s.community_id = $1 and s.joined_on >= m.since_on and s.joined_on < m.to_on and s.joined_at < m.known_by
  where not exists (
    select from membership_spell e where e.community_id = $1 and e.person_id = s.person_id and e.joined_at < s.joined_at
  )
  union all
  select m.*, a.person_id, a.day_on
  from month m
  join activity_day a
    on a.community_id = $1 and a.day_on >= m.since_on and a.day_on < m.to_on and a.first_at < m.known_by
  where not m.is_join_known
    and not exists (
      select from activity_day e where e.community_id = $1 and e.person_id = a.person_id and e.day_on < a.day_on
    )
),
starter as (
  select s.*, spell.left_on, greatest(s.started_on, spell.joined_on, active.day_on) as sign_on${more}
  from started s
  left join lateral (
    select l.joined_on, case when l.left_at < s.known_by then l.left_on end as left_on
    from membership_spell l
    where l.community_id = $1 and l.person_id = s.person_id and l.joined_at < s.known_by
      -- somebody since before the data is known to have been a member only from leaving on
      and (l.joined_at > '-infinity' or l.left_at < s.known_by)
    order by l.joined_at desc
    limit 1
  ) spell on true
  left join lateral (
    select max(a.day_on) as day_on
    from activity_day a
    where a.community_id = $1 and a.person_id = s.person_id and a.first_at < s.known_by
  ) active on true
)`

/**
 * The same as known now, from the people kept: one row a person, whatever the period, and the months asked for as `month`.
 * Of those who began in none of the `months` months up to the end of any, some are left out. `more` adds columns over `b`, the person.
 */
export const starterNowCtes = (months: number, more = ''): string => `known as (
  select of_people.*, ${localDayOf('p.known_by', '$6')} - 1 as whole_on, ${UNTIL_NEXT_DAY} as until_next_day
  from (select known_by from period limit 1) as p
  cross join (
    select min(first_seen_on) as begins_on, coalesce(bool_or(joined_on is not null), false) as is_join_known
    from person
    where community_id = $1
  ) as of_people
),
month as (
  select p.period_no, p.from_on, p.to_on, k.*, ${followedOn('k')} as followed_on
  from period p
  cross join known k
  where ${IS_MONTH}
),
began as (
  select n.*, k.begins_on, k.whole_on, k.is_join_known, case when k.is_join_known then n.joined_on else n.first_seen_on end as started_on
  from person n
  cross join known k
  where n.community_id = $1
    and (not k.is_join_known or not n.is_since_before)
    and case when k.is_join_known then n.joined_on else n.first_seen_on end
      between (select min(from_on) - interval '${months - 1} months' from month) and (select max(to_on) from month)
),
again as (
  -- joining again is a sign of life too
  select person_id, max(joined_on) as joined_on
  from membership_spell
  where community_id = $1 and is_rejoin
  group by person_id
),
starter as (
  select b.*, greatest(b.started_on, again.joined_on, b.last_active_on) as sign_on${more}
  from began b
  left join again on again.person_id = b.person_id
)`

/**
 * From `starter` to `aged`: exit_day is the age in days at which each was gone (is_gone) or could be followed no further;
 * entry_day, where they began before the earliest activity, the age at which they came under observation. Whoever left was gone on that
 * day, unless silence had made them lapse before. Whether silence is a lapse shows only LAPSE_DAYS later: so everyone
 * is followed up to that many days before the end of the last whole day, and what came after waits.
 */
export const AGED_CTES = `outcome as materialized (
  select
    s.*,
    ${followedOn('s')} as followed_on,
    case
      -- who is known by being seen may have left before that
      when left_on >= started_on and (begins_on is null or sign_on >= left_on - ${LAPSE_DAYS}) then left_on
      when begins_on is not null and (left_on >= started_on or sign_on <= whole_on - ${LAPSE_DAYS}) then sign_on
    end as gone_on
  from starter s
),
-- once: what uses it would else work each expression out again wherever it stands
aged as materialized (
  select
    o.*,
    least(gone_on, followed_on) - started_on as exit_day,
    coalesce(gone_on <= followed_on, false) as is_gone,
    followed_on < started_on as is_too_young,
    case when begins_on > started_on then begins_on - started_on end as entry_day
  from outcome o
)`
