import { ANSWER_DAYS } from '../readings/episodes.ts'
import type { CaseList } from './case-list.ts'
import { questionCases } from './question-cases.ts'

/** The questions of a period, and whether somebody known who is no facilitator answered each in time. */
export const peerQuestionCases: CaseList = {
  ...questionCases,
  id: 'peer-question-cases',
  tables: ['help_episode', 'help_edge'],
  columns: [...questionCases.columns, { id: 'is_answered_by_peer', title: `By a peer within ${ANSWER_DAYS} days`, format: 'yes_no' }],
  sql: `with question as (
  ${questionCases.sql}
),
facilitating as (
  select distinct i.person_id
  from facilitator f
  join identity i on i.community_id = $1 and i.identity_key = f.identity_key
  where f.community_id = $1
)
select
  q.*,
  exists (
    select from help_edge e
    where e.community_id = $1
      and e.question_key = q.place_key
      and e.first_at <= q.asked_at + interval '${ANSWER_DAYS * 24} hours'
      and e.helper_id not in (select person_id from facilitating)
  ) as is_answered_by_peer
from question q`,
}
