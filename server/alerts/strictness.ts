import type { ClientBase, Pool } from 'pg'
import { type AlertRuleId, STRICTNESS } from '../../shared/contract/alert.ts'

/** How strict the limits of a rule are in a community: as set for it, else what the budget of the installation takes, else the usual. */
export const loadStrictness = async (db: Pool | ClientBase, communityId: string, rule: AlertRuleId): Promise<number> => {
  const { rows } = await db.query<{ strictness: number | null }>(
    'select strictness from alert_rule_setting where community_id = $1 and rule_id = $2',
    [communityId, rule],
  )
  return rows[0]?.strictness ?? STRICTNESS.usual
}
