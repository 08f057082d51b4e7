import { localDayOf } from '../../rollup/local-day.ts'
import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { AGED_CTES, nextDayOf, starterNowCtes, starterCtes } from './starter-ctes.ts'

/**
 * People who began in the months up to the end of a calendar month and were still there at the landmark, apart by whether they
 * had been helped by then. Days are ages, whole local days since each began, the last of them beyond the horizon; the
 * arrays of one group are aligned and rise by day.
 */
export type HelpedJoiners = {
  /** Everyone who began and could be followed to the landmark; of them, gone by then. */
  landmark_count: number
  gone_before_count: number
  /** Began, but cannot be followed to the landmark yet; or began before the first activity there is. */
  too_young_count: number
  predating_count: number
  /** 1: no joining is known, and they were seen for the first time. */
  is_first_seen: number
  /** 1: activity is known, so silence counts as going. */
  is_lapse_known: number
  /** Seconds until the local day is over: within it, time tells nothing new. */
  until_next_day: number
  helped_exit_days: number[]
  helped_gone_counts: number[]
  helped_followed_counts: number[]
  unhelped_exit_days: number[]
  unhelped_gone_counts: number[]
  unhelped_followed_counts: number[]
}

/** Who is there after so many days is looked at: helped by then, or not (house rule) … */
export const LANDMARK_DAYS = 30
/** … and who of them is there after so many (house rule) … */
export const HELPED_HORIZON_DAYS = 180
/** … of those who began in so many months, since a month alone holds too few of either (house rule). */
export const HELPED_MONTHS = 12

/** A question of theirs had an answer by someone else by the landmark; before they began counts too. `s` is the person and what is known by then. */
const HELPED_BY_LANDMARK = `
      select
      from contribution q
      join contribution c on c.community_id = $1 and c.question_key = q.event_key and ${IS_VISIBLE.replaceAll('p.', 's.')}
      where q.community_id = $1
        and q.person_id = s.person_id
        and q.kind = 'question'
        and ${IS_VISIBLE.replaceAll('p.', 's.').replaceAll('c.', 'q.')}
        and ${localDayOf('c.occurred_at', '$6')} <= s.started_on + ${LANDMARK_DAYS}
    `

/** The month in which somebody began. */
const MONTH = "date_trunc('month', started_on::timestamp)::date"

/** The same as known now; `b` is the person kept. */
export const HELPED_BY_LANDMARK_NOW = `coalesce(b.first_helped_on <= b.started_on + ${LANDMARK_DAYS}, false)`

/** Of the months up to `to_on`, somebody cannot be followed to the horizon yet. */
const isOpen = (to_on: string, followed_on: string) => `${to_on} > ${followed_on} - ${HELPED_HORIZON_DAYS - 1}`

/**
 * From `aged` with is_helped to counts by `part`. Beyond the horizon all days are one; with everybody followed to it, all days
 * up to it too: the order of going changes nothing then, neither the share nor its interval.
 */
const groupCtes = (part: string, isPartOpen: string): string => `judged as (
  select
    ${part} as part,
    is_helped,
    entry_day is not null as is_predating,
    coalesce(entry_day is null and not is_gone and exit_day < ${LANDMARK_DAYS}, false) as is_too_young,
    entry_day is null and is_gone and exit_day <= ${LANDMARK_DAYS} as is_gone_before,
    is_gone and exit_day <= ${HELPED_HORIZON_DAYS} as is_gone,
    least(greatest(exit_day, case when ${isPartOpen} then 0 else ${HELPED_HORIZON_DAYS} end), ${HELPED_HORIZON_DAYS + 1}) as day
  from aged
),
counted as materialized (
  select
    part,
    case
      when is_predating then 'predating'
      when is_too_young then 'too young'
      when is_gone_before then 'gone before'
      when is_helped then 'helped'
      else 'unhelped'
    end as what,
    case when not is_predating and not is_too_young and not is_gone_before then day end as day,
    count(*) filter (where is_gone) as gone,
    count(*) filter (where not is_gone) as followed,
    count(*) as people
  from judged
  group by 1, 2, 3
)`

const ROLLED = `select
  r.period_no,
  coalesce(sum(r.people) filter (where r.what in ('gone before', 'helped', 'unhelped')), 0)::int as landmark_count,
  coalesce(sum(r.people) filter (where r.what = 'gone before'), 0)::int as gone_before_count,
  coalesce(sum(r.people) filter (where r.what = 'too young'), 0)::int as too_young_count,
  coalesce(sum(r.people) filter (where r.what = 'predating'), 0)::int as predating_count,
  (not m.is_join_known)::int as is_first_seen,
  (m.begins_on is not null)::int as is_lapse_known,
  m.until_next_day,
  ${['helped', 'unhelped']
    .flatMap((group) =>
      [
        ['day', 'exit_days'],
        ['gone::int', 'gone_counts'],
        ['followed::int', 'followed_counts'],
      ].map(
        ([value, name]) => `coalesce(array_agg(r.${value} order by r.day) filter (where r.what = '${group}'), '{}') as ${group}_${name}`,
      ),
    )
    .join(',\n  ')}
from rolled r
join month m on m.period_no = r.period_no
group by r.period_no, m.is_join_known, m.begins_on, m.until_next_day`

export const helpedJoiners: Reading<HelpedJoiners> = {
  id: 'helped-joiners',
  grain: `one row a calendar month: those who began in the ${HELPED_MONTHS} months up to its end and were there after ${LANDMARK_DAYS} days, helped or not, and when they were gone`,
  tables: ['membership_spell', 'activity_day', 'contribution'],
  reach: 'own-period',
  grains: ['month'],
  changesAt: (row, knownBy) => {
    const isOpen = (days: number[], followed: number[]) => days.some((day, i) => day <= HELPED_HORIZON_DAYS && (followed[i] as number) > 0)
    if (row.landmark_count + row.too_young_count + row.predating_count === 0) return null
    // earlier activity may turn up at any time, and is noted under its own day alone
    if (row.predating_count > 0 || row.is_lapse_known === 0) return knownBy
    const isSettled =
      row.too_young_count === 0 &&
      !isOpen(row.helped_exit_days, row.helped_followed_counts) &&
      !isOpen(row.unhelped_exit_days, row.unhelped_followed_counts)
    return isSettled ? null : nextDayOf(row.until_next_day, knownBy)
  },
  empty: {
    landmark_count: 0,
    gone_before_count: 0,
    too_young_count: 0,
    predating_count: 0,
    is_first_seen: 0,
    is_lapse_known: 0,
    until_next_day: 0,
    helped_exit_days: [],
    helped_gone_counts: [],
    helped_followed_counts: [],
    unhelped_exit_days: [],
    unhelped_gone_counts: [],
    unhelped_followed_counts: [],
  },
  sql: `-- grain: one row a calendar month in whose ${HELPED_MONTHS} months somebody began
with ${PERIOD_CTE},
${starterCtes(HELPED_MONTHS, `,\n    exists (${HELPED_BY_LANDMARK}) as is_helped`)},
${AGED_CTES},
${groupCtes('period_no', isOpen('to_on', 'followed_on'))},
rolled as (
  select part as period_no, what, day, gone, followed, people from counted
)
${ROLLED}`,
  now: {
    tables: ['person_stay_year'],
    // counted by month of beginning first: the twelve months of each period share them
    sql: `-- grain: one row a calendar month in whose ${HELPED_MONTHS} months somebody began
with ${PERIOD_CTE},
${starterNowCtes(HELPED_MONTHS, `,\n    ${HELPED_BY_LANDMARK_NOW} as is_helped`)},
${AGED_CTES},
${groupCtes(MONTH, isOpen(`(${MONTH} + interval '${HELPED_MONTHS} months')::date`, 'followed_on'))},
rolled as (
  select period_no, what, day, sum(gone) as gone, sum(followed) as followed, sum(people) as people
  from (
    select
      m.period_no, c.what, c.gone, c.followed, c.people,
      case when ${isOpen('m.to_on', 'm.followed_on')} then c.day else c.day + greatest(0, ${HELPED_HORIZON_DAYS} - c.day) end as day
    from month m
    cross join generate_series(0, ${HELPED_MONTHS - 1}) as back
    join counted c on c.part = (m.from_on - make_interval(months => back))::date
  ) as either
  group by period_no, what, day
)
${ROLLED}`,
  },
}
