import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { GRAPH_CTES } from './help-graph.ts'

/**
 * The help graph of a period without direction: `node_count` people known by name who contributed in it, or were helped. A tie
 * joins two of whom one helped the other, once however often; people have any numbers, the same wherever they stand. Arrays are
 * aligned, in any order.
 */
export type HelpStructure = {
  node_count: number
  tie_from: number[]
  tie_to: number[]
}

// numbered once for all periods, and nothing sorted: of all readings this one holds the most rows
const TIED = `numbered as (
  select person_id, (row_number() over (order by person_id) - 1)::int as person_no
  from person
  where community_id = $1
),
graph as (
  select t.period_no, array_agg(a.person_no) as tie_from, array_agg(b.person_no) as tie_to
  from tie t
  join numbered a on a.person_id = t.one_id
  join numbered b on b.person_id = t.other_id
  group by t.period_no
),
node as (
  select period_no, person_id
  from (
    select period_no, person_id from active
    union all
    select period_no, one_id from tie
    union all
    select period_no, other_id from tie
  ) as someone
  group by period_no, person_id
),
size as (
  select period_no, count(*)::int as node_count
  from node
  group by period_no
)
select
  s.period_no,
  s.node_count,
  coalesce(g.tie_from, '{}') as tie_from,
  coalesce(g.tie_to, '{}') as tie_to
from size s
left join graph g on g.period_no = s.period_no`

export const helpStructure: Reading<HelpStructure> = {
  id: 'help-structure',
  grain: 'one row a period: who was active in it, and who is tied to whom by help',
  tables: ['contribution', 'person'],
  reach: 'own-period',
  // help between people of one day is no structure, and it would be the dearest of all readings
  grains: ['week', 'month'],
  empty: { node_count: 0, tie_from: [], tie_to: [] },
  sql: `-- grain: one row a period with anybody active
with ${PERIOD_CTE},
${GRAPH_CTES},
active as (
  select distinct p.period_no, c.person_id
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.person_id is not null
    and ${IS_VISIBLE}
),
tie as (
  select distinct period_no, least(helper_id, asker_id) as one_id, greatest(helper_id, asker_id) as other_id
  from edge
),
${TIED}`,
  now: {
    tables: ['help_edge', 'person_day'],
    sql: `-- grain: one row a period with anybody active
with ${PERIOD_CTE},
tie as (
  select distinct p.period_no, least(e.helper_id, e.asker_id) as one_id, greatest(e.helper_id, e.asker_id) as other_id
  from period p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
),
active as (
  select distinct p.period_no, d.person_id
  from period p
  join person_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
),
${TIED}`,
  },
}
