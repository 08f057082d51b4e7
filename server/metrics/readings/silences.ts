import { ORDINARY_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf } from '../../rollup/local-day.ts'
import { PERIOD_CTE, type Reading } from '../reading.ts'

/**
 * How long people had been silent, of all silences longer than is ordinary: the days from one active day of a person to
 * the next, or to the end of what is known. The arrays are aligned and rise by length, each length once.
 */
export type Silences = {
  silent_days: number[]
  /** Of this length, and ended: the person came back. */
  returned_counts: number[]
  /** Of this length so far. */
  open_counts: number[]
}

/** The period in which what is known ends: how people come back is told of the present alone. */
const LAST_PERIOD_CTE = `last_period as (
  select period_no, known_by, ${localDayOf(`(known_by - interval '1 microsecond')`, '$6')} as known_on
  from period
  where starts_at < known_by and ends_at >= known_by
)`

// json, because a driver takes lists of numbers apart letter by letter
const LENGTHS = `length_of as (
  select period_no, silent_days, sum(returned)::int as returned_count, sum(open)::int as open_count
  from silence
  where silent_days > ${ORDINARY_DAYS}
  group by period_no, silent_days
)
select
  period_no,
  array_to_json(array_agg(silent_days order by silent_days)) as silent_days,
  array_to_json(array_agg(returned_count order by silent_days)) as returned_counts,
  array_to_json(array_agg(open_count order by silent_days)) as open_counts
from length_of
group by period_no`

export const silences: Reading<Silences> = {
  id: 'silences',
  grain: 'one row for the period in which what is known ends: how long silences lasted, or have lasted so far',
  tables: ['activity_day'],
  // of earlier periods it says nothing, and the last one is read again each time
  reach: 'onward',
  empty: { silent_days: [], returned_counts: [], open_counts: [] },
  sql: `-- grain: one row for the period in which what is known ends
with ${PERIOD_CTE},
${LAST_PERIOD_CTE},
active_day as (
  select p.period_no, p.known_on, a.day_on, lead(a.day_on) over (partition by p.period_no, a.person_id order by a.day_on) as next_on
  from last_period p
  join activity_day a on a.community_id = $1 and a.first_at < p.known_by
),
silence as (
  select
    period_no,
    coalesce(next_on, known_on) - day_on as silent_days,
    (next_on is not null)::int as returned,
    (next_on is null)::int as open
  from active_day
),
${LENGTHS}`,
  now: {
    // the period in which the data end is read on each refresh, and no other has anything to say
    tables: [],
    sql: `-- grain: one row for the period in which what is known ends
with ${PERIOD_CTE},
${LAST_PERIOD_CTE},
silence as (
  select p.period_no, s.silent_days, s.returned_count as returned, 0 as open
  from last_period p
  join silence_length s on s.community_id = $1
  union all
  select p.period_no, p.known_on - d.day_on, 0, d.last_active_count
  from last_period p
  join membership_day d on d.community_id = $1 and d.day_on < p.known_on and d.last_active_count > 0
),
${LENGTHS}`,
  },
}
