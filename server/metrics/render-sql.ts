import type { AnyMetric } from './metric.ts'

/** A metric's SQL as it is sent, with what its parameters mean: for reading and for EXPLAIN. */
export const renderSql = (metric: AnyMetric): string => `-- ${metric.id}: ${metric.question}
-- generated from server/metrics/${metric.family}/${metric.id}.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading ${metric.reading.id}: ${metric.reading.grain}
${metric.reading.sql}
;
`
