import type { ClientBase, Pool } from 'pg'
import { type AlertRuleId, STRICTNESS } from '../../shared/contract/alert.ts'
import { ruleOf } from './catalogue.ts'

/** How strict the limits of a rule are in a community: as set for it, else what the budget of the installation takes, else the usual. */
export const loadStrictness = async (db: Pool | ClientBase, communityId: string, rule: AlertRuleId): Promise<number> => {
  const { rows } = await db.query<{ own: number | null; budget: number | null }>(
    `select (select strictness from alert_rule_setting where community_id = $1 and rule_id = $2) as own,
       (select strictness from alert_budget) as budget`,
    [communityId, rule],
  )
  const { own = null, budget = null } = rows[0] ?? {}
  if (own !== null) return own
  return ruleOf(rule).has_limits ? (budget ?? STRICTNESS.usual) : STRICTNESS.usual
}
