/** Whether there is anything to report of a month. */
import type { Pool } from 'pg'
import { daysOfPeriod, shiftPeriod } from '../../../shared/period.ts'
import { startOfDay } from '../../rollup/local-day.ts'

type Community = { community_id: string; time_zone: string }

/** Whether something happened in a local month, or its feed is known to have been whole until its end. */
const isHeard = async (pool: Pool, { community_id, time_zone }: Community, month: string): Promise<boolean> => {
  const { from_on, to_on } = daysOfPeriod(month, 'month')
  const { rows } = await pool.query<{ is_heard: boolean }>(
    `with span as (select ${startOfDay('$2::date', '$4')} as from_at, ${startOfDay('$3::date', '$4')} as to_at)
     select exists (
       select from event e, span where e.community_id = $1 and e.occurred_at >= span.from_at and e.occurred_at < span.to_at
     ) or exists (select from source s, span where s.community_id = $1 and s.observed_until >= span.to_at) as is_heard
     from span`,
    [community_id, from_on, to_on, time_zone],
  )
  return rows[0]?.is_heard ?? false
}

/** Nothing was heard in this month, nor in the one before: the first silent month is news, and the next is not. */
export const isStillSilent = async (pool: Pool, community: Community, month: string): Promise<boolean> =>
  !(await isHeard(pool, community, month)) && !(await isHeard(pool, community, shiftPeriod(month, 'month', -1)))
