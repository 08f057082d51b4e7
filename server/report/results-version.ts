import type { Pool } from 'pg'

/**
 * A text that differs whenever a report of the community could: the revision of its results and when they were made (a restored
 * backup counts anew), whether newer events wait, and what its sources say they can tell. Null while there are no results.
 */
export const readResultsVersion = async (pool: Pool, communityId: string): Promise<string | null> => {
  const { rows } = await pool.query<{ version: string }>(
    `select json_build_array(
       s.revision,
       s.refreshed_at,
       exists (select from stale_day d where d.community_id = $1),
       (select json_agg(json_build_array(f.source, f.tells) order by f.source) from source f where f.community_id = $1)
     )::text as version
     from community_state s
     where s.community_id = $1 and s.refreshed_at is not null`,
    [communityId],
  )
  return rows[0]?.version ?? null
}
