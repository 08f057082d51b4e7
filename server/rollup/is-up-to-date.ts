import type { ClientBase, Pool } from 'pg'
import { addDays } from '../../shared/period.ts'
import { startOfDay } from './local-day.ts'

/**
 * Whether the numbers stand as the events up to the end of the local day `until_on` have them: no batch of these days waits, and they
 * were refreshed since, unless the data had ended before and time alone changes nothing.
 */
export const isUpToDate = async (
  db: Pool | ClientBase,
  { community_id, time_zone }: { community_id: string; time_zone: string },
  until_on: string,
): Promise<boolean> => {
  const { rows } = await db.query<{ is_fresh: boolean }>(
    `select
       not exists (select from stale_day d where d.community_id = $1 and d.day_on <= $2::date)
       and (s.refreshed_at >= ${startOfDay('$3::date', '$4')} or s.known_by is null or s.known_by < s.refreshed_at) as is_fresh
     from community_state s
     where s.community_id = $1 and s.refreshed_at is not null`,
    [community_id, until_on, addDays(until_on, 1), time_zone],
  )
  return rows[0]?.is_fresh ?? false
}
