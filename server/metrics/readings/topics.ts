import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Questions of a period by topic, the channel in which each was asked. Arrays are aligned: element i is the same topic. */
export type Topics = {
  /** With or without a topic. */
  question_count: number
  questions_by_topic: number[]
  /** Of these questions, whenever they were answered. */
  answered_by_topic: number[]
  answers_by_topic: number[]
  /** Distinct people who answered; all anonymous ones are one. */
  helpers_by_topic: number[]
}

// json, because a driver takes lists of numbers apart letter by letter
const ROW = `select
  q.period_no,
  q.question_count,
  coalesce(t.questions_by_topic, '[]') as questions_by_topic,
  coalesce(t.answered_by_topic, '[]') as answered_by_topic,
  coalesce(t.answers_by_topic, '[]') as answers_by_topic,
  coalesce(t.helpers_by_topic, '[]') as helpers_by_topic
from (select period_no, count(*)::int as question_count from question group by period_no) as q
left join (
  select
    period_no,
    json_agg(questions order by channel collate "C") as questions_by_topic,
    json_agg(answered order by channel collate "C") as answered_by_topic,
    json_agg(answers order by channel collate "C") as answers_by_topic,
    json_agg(helpers order by channel collate "C") as helpers_by_topic
  from topic
  group by period_no
) as t on t.period_no = q.period_no`

export const topics: Reading<Topics> = {
  id: 'topics',
  grain: 'one row a period: the questions asked in it by the channel they were asked in, and who answered them',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { question_count: 0, questions_by_topic: [], answered_by_topic: [], answers_by_topic: [], helpers_by_topic: [] },
  sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
question as (
  select p.period_no, p.known_by, c.event_key as question_key, c.channel
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and ${IS_VISIBLE}
),
answer as (
  select p.period_no, p.channel, p.question_key, c.person_id
  from question p
  join contribution c on c.community_id = $1 and c.question_key = p.question_key and ${IS_VISIBLE}
  where p.channel is not null
),
answered as (
  select
    period_no,
    channel,
    count(distinct question_key)::int as answered,
    count(*)::int as answers,
    (count(distinct person_id) + max((person_id is null)::int))::int as helpers
  from answer
  group by period_no, channel
),
asked as (
  select period_no, channel, count(*)::int as questions from question where channel is not null group by period_no, channel
),
topic as (
  select q.*, coalesce(a.answered, 0) as answered, coalesce(a.answers, 0) as answers, coalesce(a.helpers, 0) as helpers
  from asked q
  left join answered a on a.period_no = q.period_no and a.channel = q.channel
)
${ROW}`,
  now: {
    tables: ['help_episode', 'help_edge'],
    sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
question as (
  select p.period_no, e.question_key, e.channel, e.answer_count
  from period p
  join help_episode e on e.community_id = $1 and e.asked_at >= p.starts_at and e.asked_at < p.ends_at
),
asked as (
  select
    period_no,
    channel,
    count(*)::int as questions,
    count(*) filter (where answer_count > 0)::int as answered,
    sum(answer_count)::int as answers
  from question
  where channel is not null
  group by period_no, channel
),
helped as (
  select q.period_no, q.channel, count(distinct h.helper_id)::int as known_helpers, sum(h.answer_count)::int as known_answers
  from question q
  join help_edge h on h.community_id = $1 and h.question_key = q.question_key
  where q.channel is not null
  group by q.period_no, q.channel
),
topic as (
  select
    q.*,
    -- answers beyond those of known helpers are by anonymous people
    coalesce(h.known_helpers, 0) + case when q.answers > coalesce(h.known_answers, 0) then 1 else 0 end as helpers
  from asked q
  left join helped h on h.period_no = q.period_no and h.channel = q.channel
)
${ROW}`,
  },
}
