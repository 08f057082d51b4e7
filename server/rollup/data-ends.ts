import type { ClientBase, Pool } from 'pg'
import { ALIVE_DAYS } from './data-span.ts'

/**
 * Of those communities whose data have ended, the last local day they reach. An archive is known up to the end of that day, a feed that is
 * alive up to its last refresh; so a day less than makes an archive tells the two apart.
 */
export const readDataEnds = async (db: Pool | ClientBase, communityIds: readonly string[], now: Date): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ community_id: string; ended_on: string }>(
    `select s.community_id, ((s.known_by - interval '1 microsecond') at time zone c.time_zone)::date as ended_on
     from community_state s join community c on c.community_id = s.community_id
     where s.community_id = any ($1::uuid[]) and s.known_by < $2::timestamptz - make_interval(days => $3)`,
    [communityIds, now, ALIVE_DAYS - 1],
  )
  return new Map(rows.map(({ community_id, ended_on }) => [community_id, ended_on]))
}
