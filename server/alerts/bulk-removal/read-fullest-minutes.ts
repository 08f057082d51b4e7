import type { ClientBase, Pool } from 'pg'

export type FullestMinute = { week_on: string; most_joined: number; most_left: number }

/** Most joins and most leaves within any one minute of each local week that has more than twenty of either. */
export const readFullestMinutes = async (db: Pool | ClientBase, communityId: string, timeZone: string): Promise<FullestMinute[]> => {
  const { rows } = await db.query<FullestMinute>(
    `with
     move as (
       select joined_at as at, 'joined' as what from membership_spell where community_id = $1 and joined_at > '-infinity'
       union all
       select left_at, 'left' from membership_spell where community_id = $1 and left_at is not null
     ),
     paced as (
       select
         what,
         date_trunc('week', at at time zone $2::text)::date as week_on,
         count(*) over (partition by what, date_trunc('week', at at time zone $2::text) order by at range between current row and interval '1 minute' following)::int as most
       from move
     )
     select
       week_on,
       coalesce(max(most) filter (where what = 'joined'), 0)::int as most_joined,
       coalesce(max(most) filter (where what = 'left'), 0)::int as most_left
     from paced
     group by week_on
     order by week_on`,
    [communityId, timeZone],
  )
  return rows
}
