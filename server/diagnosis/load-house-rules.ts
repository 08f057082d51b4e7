import type { ClientBase, Pool } from 'pg'
import type { Purpose } from '../../shared/contract/charter.ts'
import { DEFAULT_HOUSE_RULES, type HouseRules } from './house-rules.ts'
import { THRESHOLDS } from './thresholds.ts'

/** What the managers of a community set, over the defaults. A stored threshold that no longer exists is passed over. */
export const loadHouseRules = async (db: Pool | ClientBase, communityId: string): Promise<HouseRules> => {
  const { rows } = await db.query<{ thresholds: Record<string, number>; purpose: Purpose | null }>(
    `select
       coalesce((select jsonb_object_agg(t.threshold, t.value) from threshold_setting t where t.community_id = $1), '{}') as thresholds,
       (select c.purpose from charter c where c.community_id = $1) as purpose`,
    [communityId],
  )
  const { thresholds = {}, purpose = null } = rows[0] ?? {}
  const own = Object.entries(thresholds).filter(([id]) => id in THRESHOLDS)
  return { thresholds: { ...DEFAULT_HOUSE_RULES.thresholds, ...Object.fromEntries(own) }, charter: purpose }
}

/** A text that is another whenever the house rules are: then the whole history is judged again. */
export const houseRulesVersion = async (db: Pool | ClientBase, communityId: string): Promise<string> =>
  JSON.stringify(await loadHouseRules(db, communityId))
