import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Contributions of a period by the host of the thread they lie in. */
export type HostCounts = {
  contribution_count: number
  /** In falling order; threads whose start is unknown, anonymous or taken back belong to nobody. */
  contributions_by_host: number[]
  host_ids: string[]
}

/** From `period` to `by_host` (period_no, host_id or null, contributions). */
export const BY_HOST_CTE = `by_host as (
  select p.period_no, start.person_id as host_id, count(*)::int as contributions
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and ${IS_VISIBLE}
  left join contribution start
    on start.community_id = $1
    and start.event_key = c.start_key
    and start.occurred_at < p.known_by
    and (start.removed_at is null or start.removed_at >= p.known_by)
    and not start.is_bot
  group by p.period_no, start.person_id
)`

export const hostCounts: Reading<HostCounts> = {
  id: 'host-counts',
  grain: 'one row a period: its contributions by the person who started their threads, at any time',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { contribution_count: 0, contributions_by_host: [], host_ids: [] },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE},
${BY_HOST_CTE}
select
  period_no,
  sum(contributions)::int as contribution_count,
  coalesce(array_agg(contributions order by contributions desc, host_id) filter (where host_id is not null), '{}') as contributions_by_host,
  coalesce(array_agg(host_id order by contributions desc, host_id) filter (where host_id is not null), '{}') as host_ids
from by_host
group by period_no`,
}
