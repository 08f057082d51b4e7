import { IS_VISIBLE } from '../reading.ts'
import { ANSWER_DAYS } from './episodes.ts'

/** How many of the top people are left out: one, two, three. */
export const TOP_COUNTS = [1, 2, 3] as const
export type TopCount = (typeof TOP_COUNTS)[number]

/** In place of a rank: not among the top. */
export const NO_RANK = 9
/** 1 for who answered most … 3, and 9 for everyone else, anonymous people too. */
export const rankOf = (person: string, topIds: string) => `coalesce(array_position(${topIds}, ${person}), ${NO_RANK})`
/** The text for each number of top people. */
export const each = (text: (k: TopCount) => string) => TOP_COUNTS.map(text).join(',\n    ')
// json, because a driver takes lists of numbers apart letter by letter; in no order, because leftWithout sorts them sooner
const listOf = (seconds: string, which: string) => `coalesce(json_agg(${seconds}) filter (where ${which}), '[]')`

/** From `answerer` (period_no, person_id, answers): ties go to the smaller id of the person, as in person-counts. */
export const TOP = `ranked as (
  select period_no, person_id, row_number() over (partition by period_no order by answers desc, person_id) as top_rank
  from answerer
),
top as materialized (
  select
    p.*,
    coalesce(r.helper_count, 0) as helper_count,
    coalesce(r.top_ids, '{}') as top_ids
  from period p
  left join (
    select
      period_no,
      count(*)::int as helper_count,
      array_agg(person_id order by top_rank) filter (where top_rank <= ${TOP_COUNTS.length}) as top_ids
    from ranked
    group by period_no
  ) as r on r.period_no = p.period_no
)`

/** From `top`, `episode` and `ranked_edge` on, both versions are the same. */
export const REST = `-- held, or each of the many sums below works the seconds out again
timed as materialized (
  select
    period_no,
    -- answered elsewhere is neither answered nor not: out of everything, whoever asked
    case when is_elsewhere then 0 else asker_rank end as asker_rank,
    case when is_elsewhere then asker_rank else 0 end as elsewhere_rank,
    accepted_rank,
    asked_at <= known_by - interval '${ANSWER_DAYS * 24} hours' as is_ripe,
    asker_rank = ${NO_RANK} and not is_elsewhere and at_1 is not distinct from at_3 as is_same,
    extract(epoch from known_by - asked_at)::float8 as waiting,
    ${each((k) => `extract(epoch from at_${k} - asked_at)::float8 as seconds_${k}`)}
  from episode
),
helped as (
  select
    period_no,
    ${each((k) => `count(*) filter (where asker_rank > ${k})::int as question_count_${k}`)},
    ${each((k) => `count(*) filter (where elsewhere_rank > ${k})::int as elsewhere_count_${k}`)},
    ${each((k) => `count(*) filter (where asker_rank > ${k} and is_ripe)::int as ripe_count_${k}`)},
    ${each(
      (k) =>
        `count(*) filter (where asker_rank > ${k} and is_ripe and seconds_${k} <= ${ANSWER_DAYS} * 86400)::int as ripe_answered_count_${k}`,
    )},
    ${each((k) => `count(*) filter (where asker_rank > ${k} and is_ripe and accepted_rank > ${k})::int as ripe_accepted_count_${k}`)},
    ${listOf('seconds_1', 'is_same and seconds_1 is not null')} as answer_seconds,
    ${listOf('waiting', 'is_same and seconds_1 is null')} as waiting_seconds,
    ${each((k) => `${listOf(`seconds_${k}`, `asker_rank > ${k} and not is_same and seconds_${k} is not null`)} as answer_seconds_${k}`)},
    ${each((k) => `${listOf('waiting', `asker_rank > ${k} and not is_same and seconds_${k} is null`)} as waiting_seconds_${k}`)}
    ,max(waiting) filter (where not is_ripe and asker_rank > 0) as oldest_unripe_seconds
  from timed
  group by period_no
),
-- whoever gave only to people left out, or received only from them, is left with nothing
participant as (
  select
    period_no,
    person_rank,
    coalesce(max(partner_rank) filter (where is_giving), 0) as gave_rank,
    coalesce(max(partner_rank) filter (where not is_giving), 0) as received_rank
  from (
    select period_no, helper_id as person_id, helper_rank as person_rank, asker_rank as partner_rank, true as is_giving from ranked_edge
    union all
    select period_no, asker_id, asker_rank, helper_rank, false from ranked_edge
  ) as side
  group by period_no, person_id, person_rank
),
graph as (
  select
    period_no,
    ${each((k) => `count(*) filter (where person_rank > ${k} and greatest(gave_rank, received_rank) > ${k})::int as participant_count_${k}`)},
    ${each((k) => `count(*) filter (where person_rank > ${k} and least(gave_rank, received_rank) > ${k})::int as two_way_count_${k}`)}
  from participant
  group by period_no
)
select
  p.period_no,
  p.helper_count,
  h.oldest_unripe_seconds,
  ${['question', 'elsewhere', 'ripe', 'ripe_answered', 'ripe_accepted'].map((name) => each((k) => `coalesce(h.${name}_count_${k}, 0) as ${name}_count_${k}`)).join(',\n    ')},
  coalesce(h.answer_seconds, '[]') as answer_seconds,
  coalesce(h.waiting_seconds, '[]') as waiting_seconds,
  ${['answer', 'waiting'].map((name) => each((k) => `coalesce(h.${name}_seconds_${k}, '[]') as ${name}_seconds_${k}`)).join(',\n    ')},
  ${['participant', 'two_way'].map((name) => each((k) => `coalesce(g.${name}_count_${k}, 0) as ${name}_count_${k}`)).join(',\n    ')}
from top p
left join helped h on h.period_no = p.period_no
left join graph g on g.period_no = p.period_no
where p.helper_count > 0 or h.period_no is not null or g.period_no is not null`

/** From `period` to `answerer` and, with `top`, to `episode`: exact as known at any time. */
export const ANSWERER = `answerer as (
  select p.period_no, c.person_id, count(*) as answers
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.is_answer
    and c.person_id is not null
    and ${IS_VISIBLE}
  group by p.period_no, c.person_id
)`
export const EPISODE = `question as (
  select p.period_no, p.known_by, p.top_ids, c.event_key, c.occurred_at as asked_at, ${rankOf('c.person_id', 'p.top_ids')} as asker_rank,
    c.is_answered_elsewhere as is_elsewhere
  from top p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and ${IS_VISIBLE}
),
answered as (
  select
    p.period_no,
    p.event_key,
    ${each((k) => `min(c.occurred_at) filter (where ${rankOf('c.person_id', 'p.top_ids')} > ${k}) as at_${k}`)}
  from question p
  join contribution c on c.community_id = $1 and c.question_key = p.event_key and ${IS_VISIBLE}
  group by p.period_no, p.event_key
),
accepted as (
  select p.period_no, p.event_key, max(${rankOf('c.person_id', 'p.top_ids')}) as accepted_rank
  from question p
  join acceptance s
    on s.community_id = $1
    and s.question_key = p.event_key
    and s.accepted_at < p.known_by
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
  join contribution c on c.community_id = $1 and c.event_key = s.answer_key and ${IS_VISIBLE}
  group by p.period_no, p.event_key
),
episode as (
  select
    q.period_no,
    q.known_by,
    q.asked_at,
    q.asker_rank,
    q.is_elsewhere,
    coalesce(s.accepted_rank, 0) as accepted_rank,
    ${each((k) => `a.at_${k}`)}
  from question q
  left join answered a on a.period_no = q.period_no and a.event_key = q.event_key
  left join accepted s on s.period_no = q.period_no and s.event_key = q.event_key
)`

/** From `edge` of help-graph. */
export const RANKED_EDGE = `ranked_edge as (
  select e.*, ${rankOf('e.helper_id', 'p.top_ids')} as helper_rank, ${rankOf('e.asker_id', 'p.top_ids')} as asker_rank
  from top p
  join edge e on e.period_no = p.period_no
)`
