import { AGED_CTES, nextDayOf, starterNowCtes, starterCtes } from './starter-ctes.ts'
import { PERIOD_CTE, type Reading } from '../reading.ts'
import { MAX_RETENTION_DAYS } from '../retention-ages.ts'
import { MIN_AT_RISK } from '../sample-minima.ts'
import { findThinning, fitSurvivalOfCounts } from '../statistics/kaplan-meier.ts'

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
  /** Seconds until the local day is over: within it, time tells nothing new. */
  until_next_day: number
  /** On the age of exit_days so many were gone; so many others had been followed so far. */
  exit_days: number[]
  gone_counts: number[]
  followed_counts: number[]
  /** Of those who began before the data: the age at which so many came under observation. */
  entry_days: number[]
  entry_counts: number[]
}

export type CohortCounts = Pick<RetentionCohort, 'exit_days' | 'gone_counts' | 'followed_counts' | 'entry_days' | 'entry_counts'>

/** A curve of counts, as fitSurvivalOfCounts takes it. */
export const countsOfCohort = (row: CohortCounts) => ({
  exits: row.exit_days.map((time, i) => ({
    time,
    event_count: row.gone_counts[i] as number,
    censored_count: row.followed_counts[i] as number,
  })),
  lateEntries: row.entry_days.map((time, i) => ({ time, count: row.entry_counts[i] as number })),
})

/** Several months as one cohort: of people of different ages, so each counts only for as long as they could be followed. */
export const poolCohorts = (rows: readonly RetentionCohort[]): RetentionCohort => {
  const sum = (count: (row: RetentionCohort) => number) => rows.reduce((total, row) => total + count(row), 0)
  const daysOf = (list: (row: RetentionCohort) => number[]) => [...new Set(rows.flatMap(list))].toSorted((a, b) => a - b)
  const countsOn = (days: number[], of: 'exit_days' | 'entry_days', counts: 'gone_counts' | 'followed_counts' | 'entry_counts') => {
    const byDay = new Map(days.map((day) => [day, 0]))
    for (const row of rows) for (const [i, day] of row[of].entries()) byDay.set(day, (byDay.get(day) ?? 0) + (row[counts][i] as number))
    return days.map((day) => byDay.get(day) as number)
  }
  const exit_days = daysOf((row) => row.exit_days)
  const entry_days = daysOf((row) => row.entry_days)
  return {
    started_count: sum((row) => row.started_count),
    too_young_count: sum((row) => row.too_young_count),
    predating_count: sum((row) => row.predating_count),
    is_first_seen: Math.max(0, ...rows.map((row) => row.is_first_seen)),
    is_lapse_known: Math.max(0, ...rows.map((row) => row.is_lapse_known)),
    until_next_day: Math.min(...rows.map((row) => row.until_next_day)),
    exit_days,
    gone_counts: countsOn(exit_days, 'exit_days', 'gone_counts'),
    followed_counts: countsOn(exit_days, 'exit_days', 'followed_counts'),
    entry_days,
    entry_counts: countsOn(entry_days, 'entry_days', 'entry_counts'),
  }
}

/**
 * Time alone says more of people still followed: whenever some are who have not passed the last age shown, or while the
 * median is still open. All of it by whole days.
 */
const changesAt = (row: RetentionCohort, knownBy: Date): Date | null => {
  if (row.started_count === 0) return null
  // earlier activity may turn up at any time, and is noted under its own day alone
  if (row.predating_count > 0 || row.is_lapse_known === 0) return knownBy
  const nextDay = nextDayOf(row.until_next_day, knownBy)
  if (row.too_young_count > 0) return nextDay
  const { exits } = countsOfCohort(row)
  const youngest = exits.find((exit) => exit.censored_count > 0)?.time
  if (youngest === undefined) return null
  if (youngest < MAX_RETENTION_DAYS) return nextDay
  // up to the youngest the curve stays as it is: is its end there, or the whole band of the median?
  const isAtEnd = findThinning(exits, [], MIN_AT_RISK) <= youngest
  const isBelow = fitSurvivalOfCounts(exits).steps.some((step) => step.time <= youngest && step.high !== null && step.high < 0.499)
  return isAtEnd || isBelow ? null : nextDay
}

/**
 * From `aged` to one row a month, counted by `part`, of which `month` is then found by the condition: a join of people with
 * months is one the planner may get wrong.
 */
const cohortCtes = (part: string, isItsMonth: string): string => `placed as materialized (
  select ${part} as part, exit_day, is_gone, is_too_young, entry_day from aged
),
counted as (
  select part, exit_day as day, count(*) filter (where is_gone) as gone, count(*) filter (where not is_gone) as followed
  from placed
  where not is_too_young and exit_day > coalesce(entry_day, -1)
  group by part, exit_day
),
entered as (
  select part, entry_day as day, count(*) as entered
  from placed
  where not is_too_young and exit_day > entry_day
  group by part, entry_day
),
exit_list as (
  select
    part,
    array_agg(day order by day) as exit_days,
    array_agg(gone::int order by day) as gone_counts,
    array_agg(followed::int order by day) as followed_counts
  from counted
  group by part
),
entry_list as (
  select part, array_agg(day order by day) as entry_days, array_agg(entered::int order by day) as entry_counts
  from entered
  group by part
),
size as (
  select
    part,
    count(*)::int as started_count,
    count(*) filter (where is_too_young)::int as too_young_count,
    count(*) filter (where entry_day is not null)::int as predating_count
  from placed
  group by part
)
select
  m.period_no,
  s.started_count,
  s.too_young_count,
  s.predating_count,
  (not m.is_join_known)::int as is_first_seen,
  (m.begins_on is not null)::int as is_lapse_known,
  m.until_next_day,
  coalesce(x.exit_days, '{}') as exit_days,
  coalesce(x.gone_counts, '{}') as gone_counts,
  coalesce(x.followed_counts, '{}') as followed_counts,
  coalesce(e.entry_days, '{}') as entry_days,
  coalesce(e.entry_counts, '{}') as entry_counts
from size s
join month m on ${isItsMonth}
left join exit_list x on x.part = s.part
left join entry_list e on e.part = s.part`

export const retentionCohort: Reading<RetentionCohort> = {
  id: 'retention-cohort',
  grain: 'one row a calendar month: the people who began in it, and when they were gone',
  tables: ['membership_spell', 'activity_day'],
  reach: 'own-period',
  grains: ['month'],
  changesAt,
  empty: {
    started_count: 0,
    too_young_count: 0,
    predating_count: 0,
    is_first_seen: 0,
    is_lapse_known: 0,
    until_next_day: 0,
    exit_days: [],
    gone_counts: [],
    followed_counts: [],
    entry_days: [],
    entry_counts: [],
  },
  sql: `-- grain: one row a calendar month in which somebody began
with ${PERIOD_CTE},
${starterCtes(1)},
${AGED_CTES},
${cohortCtes('period_no', 'm.period_no = s.part')}`,
  now: {
    tables: ['person_stay'],
    sql: `-- grain: one row a calendar month in which somebody began
with ${PERIOD_CTE},
${starterNowCtes(1)},
${AGED_CTES},
${cohortCtes("date_trunc('month', started_on::timestamp)::date", 'm.from_on = s.part')}`,
  },
}
