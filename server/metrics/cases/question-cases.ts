import { ANSWER_DAYS } from '../readings/episodes.ts'
import type { CaseList } from './case-list.ts'

/** The questions of a period and what became of each: its help episodes. */
export const questionCases: CaseList = {
  id: 'question-cases',
  kind: 'questions',
  grain: 'one row a question asked in the period',
  tables: ['help_episode'],
  columns: [
    { id: 'asked_at', title: 'Asked', format: 'time' },
    { id: 'asker_id', title: 'By', format: 'person' },
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'first_answered_at', title: 'First answer', format: 'time' },
    { id: 'waited_hours', title: 'Waited, hours', format: 'hours' },
    { id: 'is_answered', title: 'Answered', format: 'yes_no' },
    { id: 'is_accepted', title: 'Accepted', format: 'yes_no' },
    { id: 'is_acknowledged', title: 'Thanked', format: 'yes_no' },
    { id: 'helper_count', title: 'Helpers', format: 'count' },
    { id: 'answer_count', title: 'Answers', format: 'count' },
  ],
  sql: `select
  q.question_key::text as key,
  extract(epoch from q.asked_at) as sort,
  q.question_key as place_key,
  q.url,
  q.asked_at,
  q.asker_id,
  q.channel,
  q.first_answered_at,
  -- a question still open has waited until now
  extract(epoch from coalesce(q.first_answered_at, p.known_by) - q.asked_at)::float8 / 3600 as waited_hours,
  q.first_answered_at is not null as is_answered,
  q.accepted_at is not null as is_accepted,
  q.acknowledged_at is not null as is_acknowledged,
  q.helper_count,
  q.answer_count,
  not q.is_answered_elsewhere as is_told,
  not q.is_answered_elsewhere and q.asked_at <= p.known_by - interval '${ANSWER_DAYS * 24} hours' as is_ripe,
  not q.is_answered_elsewhere
    and coalesce(q.first_answered_at <= q.asked_at + interval '${ANSWER_DAYS * 24} hours', false) as is_answered_in_time
from period p
join help_episode q
  on q.community_id = $1
  and q.asked_at >= p.starts_at
  and q.asked_at < p.ends_at`,
}

/** The questions that have had their time to be answered, for shares of them. */
export const RIPE = { where: 'is_ripe', words: `questions at least ${ANSWER_DAYS} days old` } as const
