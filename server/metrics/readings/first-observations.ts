import { waitingChangesAt } from '../measure-waiting.ts'
import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { IS_OBSERVED, REMOVED_THREAD_CTE } from './observed-ctes.ts'

/** People whose first view of an answered thread lies in the period and who had not contributed before it. Both lists rise. */
export type FirstObservations = {
  /** Seconds from the first view to the first contribution, one a person who has contributed since. */
  contributed_seconds: number[]
  /** Seconds from the first view to the time known by, one a person who has not. */
  waiting_seconds: number[]
}

const LAGS = `select
  period_no,
  coalesce(array_agg(extract(epoch from first_contribution_at - first_viewed_at)::float8 order by first_contribution_at - first_viewed_at)
    filter (where first_contribution_at is not null), '{}') as contributed_seconds,
  coalesce(array_agg(extract(epoch from known_by - first_viewed_at)::float8 order by known_by - first_viewed_at)
    filter (where first_contribution_at is null), '{}') as waiting_seconds
from first_view
where first_contribution_at is null or first_contribution_at >= first_viewed_at
group by period_no`

export const firstObservations: Reading<FirstObservations> = {
  id: 'first-observations',
  grain: 'one row a period: how long those who began by reading in it took to contribute',
  tables: ['observation', 'contribution'],
  reach: 'own-period',
  changesAt: (row, knownBy) => waitingChangesAt({ answer_seconds: row.contributed_seconds, waiting_seconds: row.waiting_seconds }, knownBy),
  empty: { contributed_seconds: [], waiting_seconds: [] },
  sql: `-- grain: one row a period in which somebody first read an answered thread
with ${PERIOD_CTE},
${REMOVED_THREAD_CTE},
-- a series is known by one time, so all that was ever read is gone through once
known as (
  select distinct known_by from period
),
first_known as (
  select p.known_by, o.person_id, min(o.viewed_at) as first_viewed_at
  from known p
  join observation o on o.community_id = $1 and ${IS_OBSERVED}
  group by p.known_by, o.person_id
),
first_view as (
  select p.period_no, p.known_by, f.first_viewed_at, w.first_contribution_at
  from period p
  join first_known f on f.known_by = p.known_by and f.first_viewed_at >= p.starts_at and f.first_viewed_at < p.ends_at
  left join lateral (
    select c.occurred_at as first_contribution_at
    from contribution c
    where c.community_id = $1 and c.person_id = f.person_id and ${IS_VISIBLE}
    order by c.occurred_at
    limit 1
  ) w on true
)
${LAGS}`,
  now: {
    tables: ['observer'],
    sql: `-- grain: one row a period in which somebody first read an answered thread
with ${PERIOD_CTE},
first_view as (
  select p.period_no, p.known_by, o.first_viewed_at, o.first_contribution_at
  from period p
  join observer o on o.community_id = $1 and o.first_viewed_on >= p.from_on and o.first_viewed_on < p.to_on
)
${LAGS}`,
  },
}
