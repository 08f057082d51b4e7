import { localDayOf } from '../../rollup/local-day.ts'
import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { EARLIEST_CTE } from './starter-ctes.ts'

/** How newcomers begin. What has had its days of follow-up, with the last of them over, is ripe. */
export type NewcomerStarts = {
  /** People who first joined in the period. */
  joined_count: number
  /** Of them: had written on a day before they joined. */
  experienced_count: number
  /** Of the others: joined before the first activity there is, so that what they wrote first is not known. */
  predating_count: number
  /** Of those left: joined at least the days ago; and of these, wrote within the days. */
  ripe_joined_count: number
  ripe_joined_active_count: number
  /** People whose first contribution lies in the period; at least the days ago; and of these, wrote again within the days. */
  first_count: number
  ripe_first_count: number
  ripe_first_again_count: number
  /** Whole days until the next of them is ripe; null: all are. */
  days_until_ripe: number | null
}

/** Days in which a newcomer is to write something, and after it something more: the second is a house rule. */
export const NEWCOMER_DAYS = 30

const DAY_MS = 86_400_000

/** From `known` (period_no, whole_on, begins_on), `joined` (period_no, joined_on, first_on) and `began` (period_no, first_on, second_on). */
const COUNT_CTES = `joined_aged as (
  select
    j.period_no,
    coalesce(j.first_on < j.joined_on, false) as is_experienced,
    coalesce(j.joined_on < k.begins_on, false) as is_predating,
    k.whole_on - j.joined_on - ${NEWCOMER_DAYS} as days_since_ripe,
    coalesce(j.first_on <= j.joined_on + ${NEWCOMER_DAYS}, false) as is_active
  from joined j
  join known k on k.period_no = j.period_no
),
began_aged as (
  select
    b.period_no,
    k.whole_on - b.first_on - ${NEWCOMER_DAYS} as days_since_ripe,
    coalesce(b.second_on <= b.first_on + ${NEWCOMER_DAYS}, false) as is_again
  from began b
  join known k on k.period_no = b.period_no
),
of_joined as (
  select
    period_no,
    count(*)::int as joined_count,
    count(*) filter (where is_experienced)::int as experienced_count,
    count(*) filter (where is_predating and not is_experienced)::int as predating_count,
    count(*) filter (where is_new and days_since_ripe >= 0)::int as ripe_joined_count,
    count(*) filter (where is_new and days_since_ripe >= 0 and is_active)::int as ripe_joined_active_count,
    min(-days_since_ripe) filter (where is_new and days_since_ripe < 0) as days_until_ripe
  from (select *, not is_experienced and not is_predating as is_new from joined_aged) as either
  group by period_no
),
of_began as (
  select
    period_no,
    count(*)::int as first_count,
    count(*) filter (where days_since_ripe >= 0)::int as ripe_first_count,
    count(*) filter (where days_since_ripe >= 0 and is_again)::int as ripe_first_again_count,
    min(-days_since_ripe) filter (where days_since_ripe < 0) as days_until_ripe
  from began_aged
  group by period_no
)
select
  period_no,
  coalesce(j.joined_count, 0) as joined_count,
  coalesce(j.experienced_count, 0) as experienced_count,
  coalesce(j.predating_count, 0) as predating_count,
  coalesce(j.ripe_joined_count, 0) as ripe_joined_count,
  coalesce(j.ripe_joined_active_count, 0) as ripe_joined_active_count,
  coalesce(b.first_count, 0) as first_count,
  coalesce(b.ripe_first_count, 0) as ripe_first_count,
  coalesce(b.ripe_first_again_count, 0) as ripe_first_again_count,
  least(j.days_until_ripe, b.days_until_ripe) as days_until_ripe
from of_joined j
full join of_began b using (period_no)`

export const newcomerStarts: Reading<NewcomerStarts> = {
  id: 'newcomer-starts',
  grain: 'one row a period: its joiners and those who first wrote in it, and what they did next',
  tables: ['membership_spell', 'activity_day', 'contribution'],
  reach: 'own-period',
  // a day early for the zone, one more for clocks that leap
  changesAt: (row, knownBy) =>
    row.days_until_ripe === null ? null : new Date(knownBy.getTime() + Math.max(0, row.days_until_ripe - 2) * DAY_MS),
  empty: {
    joined_count: 0,
    experienced_count: 0,
    predating_count: 0,
    ripe_joined_count: 0,
    ripe_joined_active_count: 0,
    first_count: 0,
    ripe_first_count: 0,
    ripe_first_again_count: 0,
    days_until_ripe: null,
  },
  sql: `-- grain: one row a period in which somebody joined, or wrote for the first time
with ${PERIOD_CTE},
${EARLIEST_CTE},
known as (
  select p.*, ${localDayOf('p.known_by', '$6')} - 1 as whole_on, case when a.first_at < p.known_by then a.day_on end as begins_on
  from period p
  cross join earliest a
),
joined as (
  select p.period_no, s.joined_on, wrote.first_on
  from known p
  join membership_spell s
    on s.community_id = $1 and s.joined_on >= p.from_on and s.joined_on < p.to_on and s.joined_at < p.known_by
  cross join lateral (
    select ${localDayOf('min(c.occurred_at)', '$6')} as first_on
    from contribution c
    where c.community_id = $1 and c.person_id = s.person_id and ${IS_VISIBLE}
  ) wrote
  where not exists (
    select from membership_spell e where e.community_id = $1 and e.person_id = s.person_id and e.joined_at < s.joined_at
  )
),
wrote_in as (
  select distinct p.period_no, p.starts_at, p.known_by, c.person_id
  from known p
  join contribution c
    on c.community_id = $1 and c.occurred_at >= p.starts_at and c.occurred_at < p.ends_at and c.person_id is not null and ${IS_VISIBLE}
),
began as (
  select
    p.period_no,
    ${localDayOf('wrote.times[1]', '$6')} as first_on,
    ${localDayOf('wrote.times[2]', '$6')} as second_on
  from wrote_in p
  cross join lateral (
    select array_agg(occurred_at order by occurred_at) as times
    from (
      select c.occurred_at
      from contribution c
      where c.community_id = $1 and c.person_id = p.person_id and ${IS_VISIBLE}
      order by c.occurred_at
      limit 2
    ) as first_two
  ) wrote
  where wrote.times[1] >= p.starts_at
),
${COUNT_CTES}`,
  now: {
    // all days of joining, when activity turns out to begin on another day than was known
    tables: ['person_start'],
    sql: `-- grain: one row a period in which somebody joined, or wrote for the first time
with ${PERIOD_CTE},
known as (
  select
    period_no, from_on, to_on, ${localDayOf('$5::timestamptz', '$6')} - 1 as whole_on,
    (select min(first_seen_on) from person where community_id = $1) as begins_on
  from period
),
joined as (
  select k.period_no, n.joined_on, n.first_contribution_on as first_on
  from known k
  join person n
    on n.community_id = $1 and n.joined_on >= k.from_on and n.joined_on < k.to_on and not n.is_since_before
),
began as (
  select k.period_no, n.first_contribution_on as first_on, n.second_contribution_on as second_on
  from known k
  join person n
    on n.community_id = $1 and n.first_contribution_on >= k.from_on and n.first_contribution_on < k.to_on
),
${COUNT_CTES}`,
  },
}
