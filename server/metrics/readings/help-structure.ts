import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { GRAPH_CTES, GRAPH_NOW_CTES } from './help-graph.ts'

/**
 * The help graph of a period without direction, its nodes numbered from 0: everyone known by name who contributed in it, or was
 * helped. A tie joins two people of whom one helped the other, once however often. Arrays are aligned.
 */
export type HelpStructure = {
  node_count: number
  tie_from: number[]
  tie_to: number[]
}

const NUMBERED = `node as (
  select period_no, person_id, (row_number() over (partition by period_no order by person_id) - 1)::int as node_no
  from (
    select period_no, person_id from active
    union
    select period_no, helper_id from edge
    union
    select period_no, asker_id from edge
  ) as someone
),
tie as (
  select distinct period_no, least(helper_id, asker_id) as one_id, greatest(helper_id, asker_id) as other_id
  from edge
),
graph as (
  select
    t.period_no,
    array_agg(a.node_no order by a.node_no, b.node_no) as tie_from,
    array_agg(b.node_no order by a.node_no, b.node_no) as tie_to
  from tie t
  join node a on a.period_no = t.period_no and a.person_id = t.one_id
  join node b on b.period_no = t.period_no and b.person_id = t.other_id
  group by t.period_no
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
  tables: ['contribution'],
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
${NUMBERED}`,
  now: {
    tables: ['help_edge', 'help_episode', 'person_day'],
    sql: `-- grain: one row a period with anybody active
with ${PERIOD_CTE},
${GRAPH_NOW_CTES},
active as (
  select distinct p.period_no, d.person_id
  from period p
  join person_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
),
${NUMBERED}`,
  },
}
