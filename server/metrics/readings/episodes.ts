import { earliest, waitingChangesAt } from '../measure-waiting.ts'
import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Help episodes by the period in which the question was asked. */
export type Episodes = {
  question_count: number
  /** Of them: answered elsewhere on a manager's word, so neither answered nor not, and in none of the numbers below. */
  elsewhere_count: number
  /** Questions at least 7 days old at the time the period is known by. */
  ripe_count: number
  /** Of the ripe ones: answered by someone else within 7 days. */
  ripe_answered_count: number
  /** Of the ripe ones: an answer stands accepted. */
  ripe_accepted_count: number
  /** Seconds from the question to its first answer by someone else, one an answered question. */
  answer_seconds: number[]
  /** Seconds from the question to the known-by time, one a question still unanswered (censored). */
  waiting_seconds: number[]
  /** Age of the oldest question that is not yet 7 days old; null for none. */
  oldest_unripe_seconds: number | null
}

/** Days a question has to find an answer before it counts in the answered share (measurement.md). */
export const ANSWER_DAYS = 7

// a millisecond early: seconds are rounded
const ripensAt = (age: number, knownBy: Date) => new Date(knownBy.getTime() + Math.floor((ANSWER_DAYS * 86_400 - age) * 1000) - 1)

// json, because a driver takes lists of numbers apart letter by letter
const COUNTS = `select
  period_no,
  count(*)::int as question_count,
  count(*) filter (where is_elsewhere)::int as elsewhere_count,
  count(*) filter (where is_ripe)::int as ripe_count,
  count(*) filter (where is_ripe and answer_seconds <= ${ANSWER_DAYS} * 86400)::int as ripe_answered_count,
  count(*) filter (where is_ripe and is_accepted)::int as ripe_accepted_count,
  array_to_json(coalesce(array_agg(answer_seconds order by answer_seconds) filter (where answer_seconds is not null and not is_elsewhere), '{}')) as answer_seconds,
  array_to_json(coalesce(array_agg(waiting_seconds order by waiting_seconds) filter (where answer_seconds is null and not is_elsewhere), '{}')) as waiting_seconds,
  max(waiting_seconds) filter (where not is_ripe and not is_elsewhere) as oldest_unripe_seconds
from episode
group by period_no`

export const episodes: Reading<Episodes> = {
  id: 'episodes',
  grain: 'one row a period: the questions asked in it and what became of them',
  tables: ['contribution', 'acceptance'],
  reach: 'own-period',
  changesAt: (row, knownBy) =>
    earliest(row.oldest_unripe_seconds === null ? null : ripensAt(row.oldest_unripe_seconds, knownBy), waitingChangesAt(row, knownBy)),
  empty: {
    question_count: 0,
    elsewhere_count: 0,
    ripe_count: 0,
    ripe_answered_count: 0,
    ripe_accepted_count: 0,
    answer_seconds: [],
    waiting_seconds: [],
    oldest_unripe_seconds: null,
  },
  sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
question as (
  select p.period_no, p.known_by, c.event_key, c.occurred_at as asked_at, c.is_answered_elsewhere as is_elsewhere
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and ${IS_VISIBLE}
),
first_answer as (
  select p.period_no, p.event_key, min(c.occurred_at) as answered_at
  from question p
  join contribution c
    on c.community_id = $1
    and c.question_key = p.event_key
    and ${IS_VISIBLE}
  group by p.period_no, p.event_key
),
accepted as (
  select distinct p.period_no, p.event_key
  from question p
  join acceptance s
    on s.community_id = $1
    and s.question_key = p.event_key
    and s.accepted_at < p.known_by
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
  join contribution c
    on c.community_id = $1
    and c.event_key = s.answer_key
    and ${IS_VISIBLE}
),
episode as (
  select
    q.period_no,
    q.is_elsewhere,
    -- hours: an interval of days is as long as the time zone of the session makes it
    not q.is_elsewhere and q.asked_at <= q.known_by - interval '${ANSWER_DAYS * 24} hours' as is_ripe,
    extract(epoch from a.answered_at - q.asked_at)::float8 as answer_seconds,
    extract(epoch from q.known_by - q.asked_at)::float8 as waiting_seconds,
    accepted.event_key is not null as is_accepted
  from question q
  left join first_answer a on a.period_no = q.period_no and a.event_key = q.event_key
  left join accepted on accepted.period_no = q.period_no and accepted.event_key = q.event_key
)
${COUNTS}`,
  now: {
    tables: ['help_episode'],
    sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
episode as (
  select
    p.period_no,
    e.is_answered_elsewhere as is_elsewhere,
    not e.is_answered_elsewhere and e.asked_at <= p.known_by - interval '${ANSWER_DAYS * 24} hours' as is_ripe,
    extract(epoch from e.first_answered_at - e.asked_at)::float8 as answer_seconds,
    extract(epoch from p.known_by - e.asked_at)::float8 as waiting_seconds,
    e.accepted_at is not null as is_accepted
  from period p
  join help_episode e
    on e.community_id = $1
    and e.asked_at >= p.starts_at
    and e.asked_at < p.ends_at
)
${COUNTS}`,
  },
}
