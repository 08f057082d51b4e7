import { DAY_PERIOD_CTE, IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** How much of a period lies in flat chats, whose threads are inferred. */
export type Inference = {
  /** Questions of the period, and those of them that were asked in flat chats. */
  question_count: number
  inferred_question_count: number
  /** Contributions in flat chats; of these the replies found by a name, and those found by who spoke last. */
  inferred_count: number
  named_reply_count: number
  guessed_reply_count: number
}

export const inference: Reading<Inference> = {
  id: 'inference',
  grain: 'one row a period: how much of it lies in flat chats, whose threads are inferred',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { question_count: 0, inferred_question_count: 0, inferred_count: 0, named_reply_count: 0, guessed_reply_count: 0 },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE}
select
  p.period_no,
  count(*) filter (where c.kind = 'question')::int as question_count,
  count(*) filter (where c.kind = 'question' and c.inferred_link is not null)::int as inferred_question_count,
  count(c.inferred_link)::int as inferred_count,
  count(*) filter (where c.inferred_link = 'named')::int as named_reply_count,
  count(*) filter (where c.inferred_link = 'guess')::int as guessed_reply_count
from period p
join contribution c
  on c.community_id = $1
  and c.occurred_at >= p.starts_at
  and c.occurred_at < p.ends_at
  and ${IS_VISIBLE}
group by p.period_no`,
  now: {
    tables: ['contribution_day'],
    sql: `-- grain: one row a period with contributions
with ${DAY_PERIOD_CTE}
select
  p.period_no,
  sum(d.question_count)::int as question_count,
  sum(d.inferred_question_count)::int as inferred_question_count,
  sum(d.inferred_count)::int as inferred_count,
  sum(d.named_reply_count)::int as named_reply_count,
  sum(d.guessed_reply_count)::int as guessed_reply_count
from period p
join contribution_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
group by p.period_no
having sum(d.contribution_count) > 0`,
  },
}
