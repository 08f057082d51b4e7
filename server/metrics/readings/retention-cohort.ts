import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf } from '../../rollup/local-day.ts'
import { PERIOD_CTE, type Reading } from '../reading.ts'
import { MAX_RETENTION_DAYS } from '../retention-ages.ts'
import { MIN_AT_RISK } from '../sample-minima.ts'
import { findThinning, fitSurvivalOfCounts, survivalQuantile } from '../statistics/kaplan-meier.ts'

/**
 * The people who began in a calendar month, and when they were gone: by leaving, or by falling silent until a lapse. Ages
 * are whole local days since each began. Arrays of one kind are aligned and rise by day, each day once.
 */
export type RetentionCohort = {
  /** Everyone who began in the month. */
  started_count: number
  /** Of them: began so late that nothing can be said of them yet. */
  too_young_count: number
  /** Of them: began before the first activity there is, so that who had gone by then is not known. */
  predating_count: number
  /** 1: no joining is known, and they were seen for the first time. */
  is_first_seen: number
  /** 1: activity is known, so silence counts as going. */
  is_lapse_known: number
  /** On the age of exit_days so many were gone; so many others had been followed so far. */
  exit_days: number[]
  gone_counts: number[]
  followed_counts: number[]
  /** Of those who began before the data: the age at which so many came under observation. */
  entry_days: number[]
  entry_counts: number[]
}

/** A curve of counts, as fitSurvivalOfCounts takes it. */
export const countsOfCohort = (row: RetentionCohort) => ({
  exits: row.exit_days.map((time, i) => ({
    time,
    event_count: row.gone_counts[i] as number,
    censored_count: row.followed_counts[i] as number,
  })),
  lateEntries: row.entry_days.map((time, i) => ({ time, count: row.entry_counts[i] as number })),
})

/**
 * Time alone says more of people still followed: whenever some are who have not passed the last age shown, or while the
 * median is still open. Of people from before the data more may turn up too, and nobody is told which months they touch.
 */
const changesAt = (row: RetentionCohort, knownBy: Date): Date | null => {
  if (row.too_young_count > 0 || row.predating_count > 0 || row.is_lapse_known === 0) return knownBy
  const { exits, lateEntries } = countsOfCohort(row)
  const youngest = exits.find((exit) => exit.censored_count > 0)?.time
  if (youngest === undefined) return null
  if (youngest < MAX_RETENTION_DAYS) return knownBy
  const median = survivalQuantile(fitSurvivalOfCounts(exits, lateEntries), 0.5)
  const isSettled = median !== null && median < youngest && findThinning(exits, lateEntries, MIN_AT_RISK) <= youngest
  return isSettled ? null : knownBy
}

/**
 * From `starter` (period_no, whole_on, begins_on, person_id, started_on, sign_on, left_on) to one row a month. Whoever left
 * was gone on that day, unless silence had made them lapse before. Whether silence is a lapse shows only LAPSE_DAYS later:
 * so everyone is followed up to that many days before the end of the last whole day, and what came after waits.
 */
const COHORT_CTES = `outcome as (
  select
    period_no,
    started_on,
    begins_on,
    whole_on - case when begins_on is null then 0 else ${LAPSE_DAYS} end as followed_on,
    case
      when begins_on is null or sign_on >= left_on - ${LAPSE_DAYS} then left_on
      when left_on is not null or sign_on <= whole_on - ${LAPSE_DAYS} then sign_on
    end as gone_on
  from starter
),
aged as (
  select
    period_no,
    least(gone_on, followed_on) - started_on as exit_day,
    coalesce(gone_on <= followed_on, false) as is_gone,
    followed_on < started_on as is_too_young,
    case when begins_on > started_on then begins_on - started_on end as entry_day
  from outcome
),
counted as (
  select period_no, exit_day as day, count(*) filter (where is_gone) as gone, count(*) filter (where not is_gone) as followed
  from aged
  where not is_too_young and exit_day > coalesce(entry_day, -1)
  group by period_no, exit_day
),
entered as (
  select period_no, entry_day as day, count(*) as entered
  from aged
  where not is_too_young and exit_day > entry_day
  group by period_no, entry_day
),
exit_list as (
  select
    period_no,
    array_agg(day order by day) as exit_days,
    array_agg(gone::int order by day) as gone_counts,
    array_agg(followed::int order by day) as followed_counts
  from counted
  group by period_no
),
entry_list as (
  select period_no, array_agg(day order by day) as entry_days, array_agg(entered::int order by day) as entry_counts
  from entered
  group by period_no
),
size as (
  select
    period_no,
    count(*)::int as started_count,
    count(*) filter (where is_too_young)::int as too_young_count,
    count(*) filter (where entry_day is not null)::int as predating_count
  from aged
  group by period_no
)
select
  s.period_no,
  s.started_count,
  s.too_young_count,
  s.predating_count,
  (not m.is_join_known)::int as is_first_seen,
  (m.begins_on is not null)::int as is_lapse_known,
  coalesce(x.exit_days, '{}') as exit_days,
  coalesce(x.gone_counts, '{}') as gone_counts,
  coalesce(x.followed_counts, '{}') as followed_counts,
  coalesce(e.entry_days, '{}') as entry_days,
  coalesce(e.entry_counts, '{}') as entry_counts
from size s
join month m on m.period_no = s.period_no
left join exit_list x on x.period_no = s.period_no
left join entry_list e on e.period_no = s.period_no`

/** The earliest activity there is: before it nobody can be followed. */
export const EARLIEST_CTE = `earliest as (
  select min(day_on) as day_on, min(first_at) as first_at
  from activity_day
  where community_id = $1
)`

/** Of the spans asked for, those that are calendar months, with the last local day that is over by the time they are known by. */
const IS_MONTH = `extract(day from p.from_on) = 1 and p.to_on = (p.from_on + interval '1 month')::date`

export const retentionCohort: Reading<RetentionCohort> = {
  id: 'retention-cohort',
  grain: 'one row a calendar month: the people who began in it, and when they were gone',
  tables: ['membership_spell', 'activity_day'],
  reach: 'onward',
  grains: ['month'],
  changesAt,
  empty: {
    started_count: 0,
    too_young_count: 0,
    predating_count: 0,
    is_first_seen: 0,
    is_lapse_known: 0,
    exit_days: [],
    gone_counts: [],
    followed_counts: [],
    entry_days: [],
    entry_counts: [],
  },
  sql: `-- grain: one row a calendar month in which somebody began
with ${PERIOD_CTE},
${EARLIEST_CTE},
month as (
  select
    p.*,
    ${localDayOf('p.known_by', '$6')} - 1 as whole_on,
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
    on s.community_id = $1 and s.joined_on >= m.from_on and s.joined_on < m.to_on and s.joined_at < m.known_by
  where not exists (
    select from membership_spell e where e.community_id = $1 and e.person_id = s.person_id and e.joined_at < s.joined_at
  )
  union all
  select m.*, a.person_id, a.day_on
  from month m
  join activity_day a
    on a.community_id = $1 and a.day_on >= m.from_on and a.day_on < m.to_on and a.first_at < m.known_by
  where not m.is_join_known
    and not exists (
      select from activity_day e where e.community_id = $1 and e.person_id = a.person_id and e.day_on < a.day_on
    )
),
starter as (
  select
    s.period_no, s.whole_on, s.begins_on, s.person_id, s.started_on, spell.left_on,
    greatest(s.started_on, spell.joined_on, active.day_on) as sign_on
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
),
${COHORT_CTES}`,
  now: {
    tables: ['person', 'person_start'],
    sql: `-- grain: one row a calendar month in which somebody began
with ${PERIOD_CTE},
known as (
  select min(first_seen_on) as begins_on, coalesce(bool_or(joined_on is not null), false) as is_join_known
  from person
  where community_id = $1
),
month as (
  select p.period_no, p.from_on, p.to_on, k.*, ${localDayOf('$5::timestamptz', '$6')} - 1 as whole_on
  from period p
  cross join known k
  where ${IS_MONTH}
),
began as (
  select n.*, case when k.is_join_known then n.joined_on else n.first_seen_on end as started_on
  from person n
  cross join known k
  where n.community_id = $1 and (not k.is_join_known or not n.is_since_before)
),
starter as (
  select
    m.period_no, m.whole_on, m.begins_on, b.person_id, b.started_on, b.left_on,
    greatest(b.started_on, again.joined_on, b.last_active_on) as sign_on
  from began b
  join month m on m.from_on = date_trunc('month', b.started_on)::date
  -- joining again is a sign of life too
  left join lateral (
    select max(s.joined_on) as joined_on
    from membership_spell s
    where b.first_left_at is not null and s.community_id = $1 and s.person_id = b.person_id
  ) again on true
),
${COHORT_CTES}`,
  },
}
