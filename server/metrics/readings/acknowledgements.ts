import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { ANSWER_DAYS } from './episodes.ts'
import { ripensAt } from './ripens-at.ts'

/** Questions by the period in which they were asked, and those whose asker thanked for an answer or said that it worked. */
export type Acknowledgements = {
  question_count: number
  /** Of them: answered elsewhere on a manager's word, and in none of the numbers below. */
  elsewhere_count: number
  /** Questions of which words were received; of none, nothing shows who thanked. */
  worded_count: number
  /** Questions at least 7 days old at the time the period is known by. */
  ripe_count: number
  /** Of the ripe ones: the asker thanked, or said that it worked, after somebody else had answered. */
  ripe_acknowledged_count: number
  /** Age of the oldest question that is not yet 7 days old; null for none. */
  oldest_unripe_seconds: number | null
}

const IS_RIPE = `not q.is_elsewhere and q.asked_at <= q.known_by - interval '${ANSWER_DAYS * 24} hours'`

const COUNTS = `select
  q.period_no,
  count(*)::int as question_count,
  count(*) filter (where q.is_elsewhere)::int as elsewhere_count,
  count(*) filter (where q.word_count > 0)::int as worded_count,
  count(*) filter (where ${IS_RIPE})::int as ripe_count,
  count(*) filter (where ${IS_RIPE} and q.is_acknowledged)::int as ripe_acknowledged_count,
  (extract(epoch from max(q.known_by - q.asked_at) filter (where not (${IS_RIPE}) and not q.is_elsewhere)))::float8 as oldest_unripe_seconds
from question q
group by q.period_no`

export const acknowledgements: Reading<Acknowledgements> = {
  id: 'acknowledgements',
  grain: 'one row a period: the questions asked in it, and those whose asker thanked for an answer',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { question_count: 0, elsewhere_count: 0, worded_count: 0, ripe_count: 0, ripe_acknowledged_count: 0, oldest_unripe_seconds: null },
  changesAt: (row, knownBy) => ripensAt(row.oldest_unripe_seconds, knownBy, ANSWER_DAYS),
  sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
asked as (
  select p.period_no, p.known_by, c.event_key, c.occurred_at as asked_at, c.word_count, c.is_answered_elsewhere as is_elsewhere
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and ${IS_VISIBLE}
),
thanked as (
  select p.period_no, p.event_key, max(c.occurred_at) as last_thanked_at
  from asked p
  join contribution c
    on c.community_id = $1
    and c.acknowledges_key = p.event_key
    and ${IS_VISIBLE}
  group by p.period_no, p.event_key
),
question as (
  select
    p.*,
    -- thanks before anybody answered thank for nothing yet
    t.last_thanked_at is not null
      and exists (
        select from contribution c
        where c.community_id = $1
          and c.question_key = p.event_key
          and c.occurred_at < t.last_thanked_at
          and ${IS_VISIBLE}
      ) as is_acknowledged
  from asked p
  left join thanked t on t.period_no = p.period_no and t.event_key = p.event_key
)
${COUNTS}`,
  now: {
    tables: ['help_episode', 'contribution'],
    sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
question as (
  select p.period_no, p.known_by, e.asked_at, c.word_count, e.is_answered_elsewhere as is_elsewhere, e.acknowledged_at is not null as is_acknowledged
  from period p
  join help_episode e on e.community_id = $1 and e.asked_at >= p.starts_at and e.asked_at < p.ends_at
  join contribution c on c.community_id = $1 and c.event_key = e.question_key
)
${COUNTS}`,
  },
}
