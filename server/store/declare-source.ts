import type { Capability } from '../../shared/contract/metric.ts'
import type { Database } from './connection.ts'

/**
 * Keeps what a source can tell, added to what it was known to tell, and how far its feed is known to reach (the later
 * of the two). `tells` null leaves it to the types of its events.
 */
export const declareSource = async (
  { pool }: Database,
  {
    communityId,
    source,
    tells,
    observedUntil,
  }: { communityId: string; source: string; tells: readonly Capability[] | null; observedUntil: Date | null },
): Promise<void> => {
  await pool.query(
    `insert into source (community_id, source, tells, observed_until) values ($1, $2, $3, $4)
     on conflict (community_id, source) do update set
       tells = case
         when excluded.tells is null then source.tells
         when source.tells is null then excluded.tells
         else (select array_agg(distinct tell order by tell) from unnest(source.tells || excluded.tells) as tell)
       end,
       observed_until = greatest(source.observed_until, excluded.observed_until)`,
    [communityId, source, tells === null ? null : [...tells].sort(), observedUntil],
  )
}
