import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { ripensAt } from './ripens-at.ts'

/** First questions and first posts of people, by the period in which they were written. Anonymous people have no first. */
export type FirstStarts = {
  /** One a person and kind: somebody's first question and first post count once each. */
  start_count: number
  /** Of them: questions answered elsewhere on a manager's word, in none of the numbers below. */
  elsewhere_count: number
  /** Starts at least 7 days old at the time the period is known by. */
  ripe_count: number
  /** Of the ripe ones: somebody else wrote an answer or a reply in the thread within 7 days. */
  ripe_replied_count: number
  /** Age of the oldest start that is not yet 7 days old; null for none. */
  oldest_unripe_seconds: number | null
}

/** Days a first start has to find a reply, as long as a question has to find an answer. */
export const REPLY_DAYS = 7

const COUNTS = `select
  period_no,
  count(*)::int as start_count,
  count(*) filter (where is_elsewhere)::int as elsewhere_count,
  count(*) filter (where is_ripe)::int as ripe_count,
  count(*) filter (where is_ripe and is_replied)::int as ripe_replied_count,
  (extract(epoch from max(age) filter (where not is_ripe and not is_elsewhere)))::float8 as oldest_unripe_seconds
from start
group by period_no`

export const firstStarts: Reading<FirstStarts> = {
  id: 'first-starts',
  grain: 'one row a period: the first questions and first posts of people written in it, and those that found a reply',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { start_count: 0, elsewhere_count: 0, ripe_count: 0, ripe_replied_count: 0, oldest_unripe_seconds: null },
  changesAt: (row, knownBy) => ripensAt(row.oldest_unripe_seconds, knownBy, REPLY_DAYS),
  sql: `-- grain: one row a period with first starts
with ${PERIOD_CTE},
written as (
  select p.period_no, p.known_by, c.event_key, c.thread_key, c.kind, c.person_id, c.occurred_at, c.is_answered_elsewhere
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind in ('question', 'post')
    and c.person_id is not null
    and ${IS_VISIBLE}
),
first as (
  select p.*
  from written p
  where not exists (
    select from contribution c
    where c.community_id = $1
      and c.person_id = p.person_id
      and c.kind = p.kind
      and (c.occurred_at, c.event_key) < (p.occurred_at, p.event_key)
      and ${IS_VISIBLE}
  )
),
start as (
  select
    p.period_no,
    p.known_by - p.occurred_at as age,
    p.is_answered_elsewhere as is_elsewhere,
    not p.is_answered_elsewhere and p.occurred_at <= p.known_by - interval '${REPLY_DAYS * 24} hours' as is_ripe,
    exists (
      select from contribution c
      where c.community_id = $1
        and c.thread_key = p.thread_key
        and c.kind in ('answer', 'reply')
        and c.occurred_at between p.occurred_at and p.occurred_at + interval '${REPLY_DAYS * 24} hours'
        and c.person_id is distinct from p.person_id
        and ${IS_VISIBLE}
    ) as is_replied
  from first p
)
${COUNTS}`,
  now: {
    tables: ['first_start'],
    sql: `-- grain: one row a period with first starts
with ${PERIOD_CTE},
start as (
  select
    p.period_no,
    p.known_by - f.started_at as age,
    f.is_answered_elsewhere as is_elsewhere,
    not f.is_answered_elsewhere and f.started_at <= p.known_by - interval '${REPLY_DAYS * 24} hours' as is_ripe,
    coalesce(f.first_reply_at <= f.started_at + interval '${REPLY_DAYS * 24} hours', false) as is_replied
  from period p
  join first_start f on f.community_id = $1 and f.started_at >= p.starts_at and f.started_at < p.ends_at
)
${COUNTS}`,
  },
}
