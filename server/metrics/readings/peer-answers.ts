import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { ANSWER_DAYS } from './episodes.ts'
import { ripensAt } from './ripens-at.ts'

/** Questions by the period in which they were asked, and those that somebody answered who is no facilitator. */
export type PeerAnswers = {
  question_count: number
  /** Of them: answered elsewhere on a manager's word, and in none of the numbers below. */
  elsewhere_count: number
  /** Questions at least 7 days old at the time the period is known by. */
  ripe_count: number
  /** Of the ripe ones: answered within 7 days by a person who is known and no facilitator. */
  ripe_answered_by_peers_count: number
  /** People named as facilitators, whenever that was. */
  facilitator_count: number
  /** Age of the oldest question that is not yet 7 days old; null for none. */
  oldest_unripe_seconds: number | null
}

// whoever is behind a named account, with all accounts of the same person
const FACILITATING = `facilitating as (
  select distinct i.person_id
  from facilitator f
  join identity i on i.community_id = $1 and i.identity_key = f.identity_key
  where f.community_id = $1
)`

const IS_RIPE = `not q.is_elsewhere and q.asked_at <= q.known_by - interval '${ANSWER_DAYS * 24} hours'`

const COUNTS = `select
  q.period_no,
  count(*)::int as question_count,
  count(*) filter (where q.is_elsewhere)::int as elsewhere_count,
  count(*) filter (where ${IS_RIPE})::int as ripe_count,
  count(*) filter (where ${IS_RIPE} and q.is_answered_by_peer)::int as ripe_answered_by_peers_count,
  (select count(*)::int from facilitating) as facilitator_count,
  (extract(epoch from max(q.known_by - q.asked_at) filter (where not (${IS_RIPE}) and not q.is_elsewhere)))::float8 as oldest_unripe_seconds
from question q
group by q.period_no`

export const peerAnswers: Reading<PeerAnswers> = {
  id: 'peer-answers',
  grain: 'one row a period: the questions asked in it, and those that somebody answered who is no facilitator',
  tables: ['contribution', 'facilitator'],
  reach: 'own-period',
  empty: {
    question_count: 0,
    elsewhere_count: 0,
    ripe_count: 0,
    ripe_answered_by_peers_count: 0,
    facilitator_count: 0,
    oldest_unripe_seconds: null,
  },
  changesAt: (row, knownBy) => ripensAt(row.oldest_unripe_seconds, knownBy, ANSWER_DAYS),
  sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
${FACILITATING},
asked as (
  select p.period_no, p.known_by, c.event_key, c.occurred_at as asked_at, c.is_answered_elsewhere as is_elsewhere
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and ${IS_VISIBLE}
),
question as (
  select
    p.*,
    exists (
      select from contribution c
      where c.community_id = $1
        and c.question_key = p.event_key
        and c.occurred_at <= p.asked_at + interval '${ANSWER_DAYS * 24} hours'
        and c.person_id is not null
        and c.person_id not in (select person_id from facilitating)
        and ${IS_VISIBLE}
    ) as is_answered_by_peer
  from asked p
)
${COUNTS}`,
  now: {
    tables: ['help_episode', 'help_edge'],
    sql: `-- grain: one row a period with questions
with ${PERIOD_CTE},
${FACILITATING},
question as (
  select
    p.period_no,
    p.known_by,
    e.asked_at,
    e.is_answered_elsewhere as is_elsewhere,
    -- the later answers are looked at only where the first was a facilitator's, or nobody knows whose
    case
      when e.first_answered_at is null or e.first_answered_at > e.asked_at + interval '${ANSWER_DAYS * 24} hours' then false
      when e.first_helper_id is not null and e.first_helper_id not in (select person_id from facilitating) then true
      else exists (
        select from help_edge h
        where h.community_id = $1
          and h.question_key = e.question_key
          and h.first_at <= e.asked_at + interval '${ANSWER_DAYS * 24} hours'
          and h.helper_id not in (select person_id from facilitating)
      )
    end as is_answered_by_peer
  from period p
  join help_episode e on e.community_id = $1 and e.asked_at >= p.starts_at and e.asked_at < p.ends_at
)
${COUNTS}`,
  },
}
