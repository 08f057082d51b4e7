import { each, NO_RANK, rankOf, TOP_COUNTS } from './without-top-ctes.ts'

// without-top-ctes.ts from the answerers to the edges, as known now: from the rollups a day

export const TOP_NOW = `top as materialized (
  select p.*, t.helper_count, t.top_ids
  from period p
  cross join lateral (
    with answerer as (
      select d.person_id, sum(d.answer_count) as answers
      from person_day d
      where d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on and d.answer_count > 0
      group by d.person_id
    )
    select
      (select count(*)::int from answerer) as helper_count,
      array(select person_id from answerer order by answers desc, person_id limit ${TOP_COUNTS.length}) as top_ids
  ) as t
)`
export const EPISODE_NOW = `question as materialized (
  select
    p.period_no,
    p.known_by,
    p.top_ids,
    e.question_key,
    e.asked_at,
    e.first_answered_at,
    e.answer_count,
    e.is_answered_elsewhere as is_elsewhere,
    ${rankOf('e.asker_id', 'p.top_ids')} as asker_rank,
    case when e.accepted_at is null then 0 else ${NO_RANK} end as accepted_rank
  from top p
  join help_episode e on e.community_id = $1 and e.asked_at >= p.starts_at and e.asked_at < p.ends_at
),
-- the few questions that one of the top people answered; of all others everything stays
touched as (
  select distinct p.period_no, h.question_key
  from top p
  join help_edge h
    on h.community_id = $1
    and h.asked_at >= p.starts_at
    and h.asked_at < p.ends_at
    and h.helper_id = any (p.top_ids)
),
again as materialized (
  select q.period_no, q.question_key, given.*, accepted.accepted_rank
  from question q
  join touched t on t.period_no = q.period_no and t.question_key = q.question_key
  cross join lateral (
    select ${each((k) => `min(first_at) filter (where answerer_rank > ${k}) as at_${k}`)}
    from (
      select h.first_at, ${rankOf('h.helper_id', 'q.top_ids')} as answerer_rank
      from help_edge h
      where h.community_id = $1 and h.question_key = q.question_key
      union all
      -- anonymous people have no edge: their answers are what the edges leave of the count
      select c.occurred_at, ${NO_RANK}
      from contribution c
      where c.community_id = $1
        and c.question_key = q.question_key
        and c.is_counted
        and c.person_id is null
        and q.answer_count > (
          select sum(h.answer_count) from help_edge h where h.community_id = $1 and h.question_key = q.question_key
        )
    ) as answer
  ) as given
  cross join lateral (
    select coalesce(max(${rankOf('c.person_id', 'q.top_ids')}), 0) as accepted_rank
    from acceptance s
    join contribution c on c.community_id = $1 and c.event_key = s.answer_key and c.is_counted
    where s.community_id = $1
      and s.question_key = q.question_key
      and s.unaccepted_at is null
      and q.accepted_rank > 0
  ) as accepted
),
episode as (
  select
    q.period_no,
    q.known_by,
    q.asked_at,
    q.asker_rank,
    q.is_elsewhere,
    coalesce(a.accepted_rank, q.accepted_rank) as accepted_rank,
    ${each((k) => `case when a.question_key is null then q.first_answered_at else a.at_${k} end as at_${k}`)}
  from question q
  left join again a on a.period_no = q.period_no and a.question_key = q.question_key
)`
export const RANKED_EDGE_NOW = `ranked_edge as (
  select
    p.period_no,
    e.helper_id,
    e.asker_id,
    ${rankOf('e.helper_id', 'p.top_ids')} as helper_rank,
    ${rankOf('e.asker_id', 'p.top_ids')} as asker_rank
  from top p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
)`
