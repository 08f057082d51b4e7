import { DAY_PERIOD_CTE, IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import type { Spread } from '../statistics/spread.ts'

/** Contributions, thread starts and answers of a period, and how each is spread over the people known. */
export type VoiceCounts = {
  contribution_count: number
  start_count: number
  answer_count: number
  contributions: Spread
  starts: Spread
  answers: Spread
}

const NOBODY: Spread = { counts: [], people: [] }

// json, because a driver takes lists of numbers apart letter by letter
const tallyOf = (voice: string) => `json_build_object(
    'counts', coalesce(json_agg(count order by count desc) filter (where voice = '${voice}'), '[]'),
    'people', coalesce(json_agg(people order by count desc) filter (where voice = '${voice}'), '[]')
  ) as ${voice}`

/** From by_person (period_no, person_id, contributions, starts, answers) to rows; one pass for the three voices. */
const TALLIES = `tally as (
  select
    period_no,
    case when grouping(contributions) = 0 then 'contributions' when grouping(starts) = 0 then 'starts' else 'answers' end as voice,
    coalesce(contributions, starts, answers) as count,
    count(*) as people
  from by_person
  where person_id is not null
  group by grouping sets ((period_no, contributions), (period_no, starts), (period_no, answers))
),
spread as (
  select
    period_no,
    ${['contributions', 'starts', 'answers'].map(tallyOf).join(',\n    ')}
  from tally
  where count > 0
  group by period_no
)
select
  t.period_no,
  t.contribution_count,
  t.start_count,
  t.answer_count,
  coalesce(s.contributions, '${JSON.stringify(NOBODY)}') as contributions,
  coalesce(s.starts, '${JSON.stringify(NOBODY)}') as starts,
  coalesce(s.answers, '${JSON.stringify(NOBODY)}') as answers
from total t
left join spread s on s.period_no = t.period_no`

const TOTAL_NOW = `total as (
  select
    p.period_no,
    sum(d.contribution_count)::int as contribution_count,
    sum(d.start_count)::int as start_count,
    sum(d.answer_count)::int as answer_count
  from period p
  join contribution_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  group by p.period_no
  having sum(d.contribution_count) > 0
)`

/** An answer is one given to someone else: Convention "answering yourself is not help" (measurement.md). */
export const voiceCounts: Reading<VoiceCounts> = {
  id: 'voice-counts',
  grain: 'one row a period: its contributions, starts and answers, and how many people made how many of each',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { contribution_count: 0, start_count: 0, answer_count: 0, contributions: NOBODY, starts: NOBODY, answers: NOBODY },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE},
by_person as (
  select
    p.period_no,
    c.person_id,
    count(*)::int as contributions,
    count(*) filter (where c.is_start)::int as starts,
    count(*) filter (where c.is_answer)::int as answers
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and ${IS_VISIBLE}
  group by p.period_no, c.person_id
),
total as (
  select
    period_no,
    sum(contributions)::int as contribution_count,
    sum(starts)::int as start_count,
    sum(answers)::int as answer_count
  from by_person
  group by period_no
),
${TALLIES}`,
  now: {
    tables: ['contribution_day', 'person_day'],
    sql: `-- grain: one row a period with contributions
with ${DAY_PERIOD_CTE},
${TOTAL_NOW},
by_person as (
  select
    p.period_no,
    d.person_id,
    sum(d.contribution_count)::int as contributions,
    sum(d.start_count)::int as starts,
    sum(d.answer_count)::int as answers
  from period p
  join person_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  group by p.period_no, d.person_id
),
${TALLIES}`,
  },
}

/**
 * The same row of one period alone, whose days the planner sees: of years of a large community most of the table is read in its own
 * order instead of by its index, in half the time.
 */
export const voiceCountsOfOne: Reading<VoiceCounts> = {
  ...voiceCounts,
  now: {
    tables: ['contribution_day', 'person_day'],
    sql: `-- grain: one row, of the first period
with ${DAY_PERIOD_CTE},
${TOTAL_NOW},
by_person as (
  select
    1::bigint as period_no,
    d.person_id,
    sum(d.contribution_count)::int as contributions,
    sum(d.start_count)::int as starts,
    sum(d.answer_count)::int as answers
  from person_day d
  where d.community_id = $1 and d.day_on >= ($2::date[])[1] and d.day_on < ($3::date[])[1]
  group by d.person_id
),
${TALLIES}`,
  },
}
