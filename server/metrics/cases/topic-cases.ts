import type { CaseList } from './case-list.ts'

/** The topics of a period, a topic being the channel in which a question was asked, with what became of its questions whenever it did. */
export const topicCases: CaseList = {
  id: 'topic-cases',
  kind: 'topics',
  grain: 'one row a topic with questions asked in the period',
  tables: ['help_episode', 'help_edge'],
  columns: [
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'questions', title: 'Questions', format: 'count' },
    { id: 'answered', title: 'Answered', format: 'count' },
    { id: 'answers', title: 'Answers', format: 'count' },
    { id: 'helpers', title: 'Helpers', format: 'count' },
  ],
  sql: `with question as (
  select q.question_key, q.channel, q.answer_count
  from period p
  join help_episode q
    on q.community_id = $1
    and q.asked_at >= p.starts_at
    and q.asked_at < p.ends_at
    and q.channel is not null
),
asked as (
  select
    channel,
    count(*)::int as questions,
    count(*) filter (where answer_count > 0)::int as answered,
    sum(answer_count)::int as answers
  from question
  group by channel
),
helped as (
  select q.channel, count(distinct e.helper_id)::int as helpers, sum(e.answer_count)::int as answers
  from question q
  join help_edge e on e.community_id = $1 and e.question_key = q.question_key
  group by q.channel
),
topic as (
  select
    a.channel,
    a.questions,
    a.answered,
    a.answers,
    -- answers beyond those of known helpers are by anonymous people, who count as one
    coalesce(h.helpers, 0) + case when a.answers > coalesce(h.answers, 0) then 1 else 0 end as helpers
  from asked a
  left join helped h on h.channel = a.channel
)
select
  channel as key,
  questions::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  channel,
  questions,
  answered,
  answers,
  helpers,
  (select percentile_cont(0.5) within group (order by t.questions) from topic t) as median_questions,
  (select percentile_cont(0.5) within group (order by t.answers) from topic t) as median_answers
from topic`,
}
