/** Whether there is anything to report of a month, and whether what would be reported is up to date. */
import type { Pool } from 'pg'
import { addDays, daysOfPeriod, shiftPeriod } from '../../../shared/period.ts'
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

/**
 * Whether the numbers stand as the events up to the end of the local day `until_on` have them: no batch of these days waits, and they
 * were refreshed since, unless the data had ended before and time alone changes nothing.
 */
export const isUpToDate = async (pool: Pool, { community_id, time_zone }: Community, until_on: string): Promise<boolean> => {
  const { rows } = await pool.query<{ is_fresh: boolean }>(
    `select
       not exists (select from stale_day d where d.community_id = $1 and d.day_on <= $2::date)
       and (s.refreshed_at >= ${startOfDay('$3::date', '$4')} or s.known_by is null or s.known_by < s.refreshed_at) as is_fresh
     from community_state s
     where s.community_id = $1 and s.refreshed_at is not null`,
    [community_id, until_on, addDays(until_on, 1), time_zone],
  )
  return rows[0]?.is_fresh ?? false
}
