import type { ClientBase, Pool } from 'pg'
import type { ReadParams } from '../../metrics/measure-periods.ts'
import { PERIOD_CTE } from '../../metrics/reading.ts'

/**
 * Accounts left out as bots that wrote in each of the periods, in their order, the end of what was known then. Bots are few, and
 * each is asked for one contribution in the period: what everyone wrote is not read.
 */
export const readWindowBots = async (db: Pool | ClientBase, params: Omit<ReadParams, 'isNow'>): Promise<number[]> => {
  const { communityId, periods, knownBy, timeZone } = params
  if (periods.length === 0) return []
  const { rows } = await db.query<{ bot_account_count: number }>(
    `with ${PERIOD_CTE},
     bot as materialized (
       select
         i.identity_key,
         i.person_id,
         not exists (
           select from identity o where o.community_id = $1 and o.person_id = i.person_id and o.identity_key <> i.identity_key
         ) as is_alone
       from identity i
       where i.community_id = $1 and i.is_bot
     )
     select
       (
         select count(*)::int
         from bot b
         where exists (
           select
           from contribution c
           where c.community_id = $1
             and c.person_id = b.person_id
             and c.occurred_at >= p.starts_at
             and c.occurred_at < p.known_by
             and c.is_bot
             -- where accounts are one person's, only the events tell them apart
             and (b.is_alone or exists (
               select from event e where e.community_id = $1 and e.event_key = c.event_key and e.identity_key = b.identity_key
             ))
         )
       ) as bot_account_count
     from period p
     order by p.period_no`,
    [
      communityId,
      periods.map((period) => period.from_on),
      periods.map((period) => period.to_on),
      periods.map((period) => period.is_as_known_then),
      knownBy,
      timeZone,
    ],
  )
  return rows.map((row) => row.bot_account_count)
}
