import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Who helped whom in a period: one edge a (helper, asker), its weight the questions helped with. Anonymous people are left out. */
export type HelpGraph = {
  helper_ids: string[]
  asker_ids: string[]
  weights: number[]
  /** Everyone who asked a question in the period. */
  people_who_asked: string[]
}

/** From `period` to `edge` (period_no, helper_id, asker_id, weight) and `asker` (period_no, person_id). */
export const GRAPH_CTES = `answer as (
  select p.period_no, p.starts_at, p.known_by, c.person_id as helper_id, c.question_key
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.question_key is not null
    and c.person_id is not null
    and ${IS_VISIBLE}
  group by p.period_no, p.starts_at, p.known_by, c.person_id, c.question_key
),
-- leave out a helper who had answered the same question in an earlier period
first_answer as (
  select p.*
  from answer p
  where not exists (
    select from contribution c
    where c.community_id = $1
      and c.question_key = p.question_key
      and c.person_id = p.helper_id
      and c.occurred_at < p.starts_at
      and ${IS_VISIBLE}
  )
),
edge as (
  select p.period_no, p.helper_id, c.person_id as asker_id, count(*)::int as weight
  from first_answer p
  join contribution c
    on c.community_id = $1
    and c.event_key = p.question_key
    and c.person_id is not null
    and ${IS_VISIBLE}
  where c.person_id <> p.helper_id
  group by p.period_no, p.helper_id, c.person_id
),
asker as (
  select p.period_no, c.person_id
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and c.person_id is not null
    and ${IS_VISIBLE}
  group by p.period_no, c.person_id
)`

/** The same as known now. Askers are read by the day they asked: their episodes change with each answer, and this does not. */
export const GRAPH_NOW_CTES = `edge as (
  select p.period_no, e.helper_id, e.asker_id, count(*)::int as weight
  from period p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
  group by p.period_no, e.helper_id, e.asker_id
),
asker as (
  select p.period_no, d.person_id
  from period p
  join person_day d
    on d.community_id = $1
    and d.day_on >= p.from_on
    and d.day_on < p.to_on
    and d.question_count > 0
  group by p.period_no, d.person_id
)`

const GRAPH = `graph as (
  select
    period_no,
    array_agg(helper_id order by helper_id, asker_id) as helper_ids,
    array_agg(asker_id order by helper_id, asker_id) as asker_ids,
    array_agg(weight order by helper_id, asker_id) as weights
  from edge
  group by period_no
),
asking as (
  select period_no, array_agg(person_id order by person_id) as people
  from asker
  group by period_no
)
select
  p.period_no,
  coalesce(g.helper_ids, '{}') as helper_ids,
  coalesce(g.asker_ids, '{}') as asker_ids,
  coalesce(g.weights, '{}') as weights,
  coalesce(a.people, '{}') as people_who_asked
from period p
left join graph g on g.period_no = p.period_no
left join asking a on a.period_no = p.period_no
where g.period_no is not null or a.period_no is not null`

/** A help edge is one per (helper, question), at the helper's first answer; it lies in the period of that answer (measurement.md). */
export const helpGraph: Reading<HelpGraph> = {
  id: 'help-graph',
  grain: 'one row a period: the edges of help given in it, and who asked in it',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { helper_ids: [], asker_ids: [], weights: [], people_who_asked: [] },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
${GRAPH_CTES},
${GRAPH}`,
  now: {
    tables: ['help_edge', 'person_day'],
    sql: `-- grain: one row a period
with ${PERIOD_CTE},
${GRAPH_NOW_CTES},
${GRAPH}`,
  },
}
