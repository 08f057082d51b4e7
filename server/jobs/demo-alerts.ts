import { type DueAlertParts, judgeNow } from './due-alerts.ts'

/**
 * A demonstration shows at once what was noticed in its past: a demo community is judged as soon as there are numbers of all its data.
 * What is judged for the first time is history, and nobody is told. How many rules were judged.
 */
export const judgeDemo = async (parts: DueAlertParts, communityId: string): Promise<number> => {
  const { rowCount } = await parts.db.pool.query(
    `select from community c
     where c.community_id = $1 and c.is_demo
       and exists (select from demo_load l where l.slug in (c.slug, regexp_replace(c.slug, '-demo$', '')))
       and not exists (select from stale_day d where d.community_id = $1)
       and not exists (select from alert_watch w where w.community_id = $1)`,
    [communityId],
  )
  return rowCount === 0 ? 0 : (await judgeNow(parts, communityId)).judged
}
