import { PERIOD_CTE, type Reading } from '../reading.ts'
import type { GraphCounts } from '../statistics/reciprocity.ts'
import { GRAPH_CTES, GRAPH_NOW_CTES } from './help-graph.ts'

/** The help graph of a period, counted: people are those who gave or received help (`node_count`), edges pairs of helper and asker. */
export type HelpExchange = GraphCounts & {
  /** People who gave help and received some. */
  two_way_count: number
  asker_count: number
  /** Askers who gave help. */
  asker_helper_count: number
  /** People who asked or gave help. */
  asker_or_helper_count: number
}

// a graph of thousands of edges is counted where it lies
const COUNTS = `tie as (
  select
    e.period_no,
    count(*)::int as edge_count,
    count(back.weight)::int as mutual_edge_count,
    sum(e.weight)::int as weight,
    coalesce(sum(least(e.weight, back.weight)) filter (where back.weight is not null), 0)::int as mutual_weight
  from edge e
  left join edge back
    on back.period_no = e.period_no
    and back.helper_id = e.asker_id
    and back.asker_id = e.helper_id
  group by e.period_no
),
participant as (
  select period_no, person_id, bool_or(has_given) as has_given, bool_or(has_received) as has_received, bool_or(has_asked) as has_asked
  from (
    select period_no, helper_id as person_id, true as has_given, false as has_received, false as has_asked from edge
    union all
    select period_no, asker_id, false, true, false from edge
    union all
    select period_no, person_id, false, false, true from asker
  ) as part
  group by period_no, person_id
),
people as (
  select
    period_no,
    count(*) filter (where has_given or has_received)::int as node_count,
    count(*) filter (where has_given and has_received)::int as two_way_count,
    count(*) filter (where has_asked)::int as asker_count,
    count(*) filter (where has_asked and has_given)::int as asker_helper_count,
    count(*) filter (where has_asked or has_given)::int as asker_or_helper_count
  from participant
  group by period_no
)
select
  p.period_no,
  p.node_count,
  coalesce(t.edge_count, 0) as edge_count,
  coalesce(t.mutual_edge_count, 0) as mutual_edge_count,
  coalesce(t.weight, 0) as weight,
  coalesce(t.mutual_weight, 0) as mutual_weight,
  p.two_way_count,
  p.asker_count,
  p.asker_helper_count,
  p.asker_or_helper_count
from people p
left join tie t on t.period_no = p.period_no`

export const helpExchange: Reading<HelpExchange> = {
  id: 'help-exchange',
  grain: 'one row a period: its help graph, counted',
  tables: ['contribution'],
  reach: 'own-period',
  empty: {
    node_count: 0,
    edge_count: 0,
    mutual_edge_count: 0,
    weight: 0,
    mutual_weight: 0,
    two_way_count: 0,
    asker_count: 0,
    asker_helper_count: 0,
    asker_or_helper_count: 0,
  },
  sql: `-- grain: one row a period with help or questions
with ${PERIOD_CTE},
${GRAPH_CTES},
${COUNTS}`,
  now: {
    tables: ['help_edge', 'person_day'],
    sql: `-- grain: one row a period with help or questions
with ${PERIOD_CTE},
${GRAPH_NOW_CTES},
${COUNTS}`,
  },
}
