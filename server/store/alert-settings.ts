/** How the alerts of a community are set: which rules are watched, how strict their limits are, and until when nobody is told. */
import type { ClientBase, Pool } from 'pg'
import type { AlertRuleId } from '../../shared/contract/alert.ts'
import { inTransaction } from './in-transaction.ts'

export type RuleSetting = {
  rule: AlertRuleId
  is_on: boolean
  /** Null: the usual, or what the budget takes. */
  strictness: number | null
  /** Nobody is told until then; may be over. */
  snoozed_until: Date | null
  snoozed_at: Date | null
  /** Names; null: by a link of a mail, or somebody who is gone. */
  snoozed_by: string | null
  version: number
  updated_at: Date
  updated_by: string | null
}

const SELECT = `select s.rule_id as rule, s.is_on, s.strictness, s.snoozed_until, s.snoozed_at, coalesce(n.name, (select t.name from alert_recipient t where t.community_id = s.community_id and 'recipient:' || t.recipient_id = s.snoozed_by)) as snoozed_by, s.version, s.updated_at, u.name as updated_by
  from alert_rule_setting s
  left join "user" n on n.id = s.snoozed_by
  left join "user" u on u.id = s.updated_by
  where s.community_id = $1`

/** The rules that are set otherwise than by default, or were once. */
export const listRuleSettings = async (db: Pool | ClientBase, communityId: string): Promise<RuleSetting[]> =>
  (await db.query<RuleSetting>(`${SELECT} order by s.rule_id`, [communityId])).rows

const findRuleSetting = async (db: Pool | ClientBase, communityId: string, rule: AlertRuleId): Promise<RuleSetting | null> =>
  (await db.query<RuleSetting>(`${SELECT} and s.rule_id = $2`, [communityId, rule])).rows[0] ?? null

type Who = { communityId: string; rule: AlertRuleId; userId: string | null; now: Date }

/**
 * Sets a rule, made of the version named: 0 where it was never set. Gives what stands now, or what stood where that was another version.
 * What becomes of an alert that is open is for the next judgement.
 */
export const changeRuleSetting = (
  pool: Pool,
  { communityId, rule, version, is_on, strictness, userId, now }: Who & { version: number; is_on: boolean; strictness: number | null },
): Promise<{ changed: RuleSetting } | { other: RuleSetting } | 'unknown'> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      version === 0
        ? `insert into alert_rule_setting (community_id, rule_id, is_on, strictness, version, updated_at, updated_by)
           values ($1, $2, $4, $5, $3 + 1, $6, $7) on conflict (community_id, rule_id) do nothing`
        : `update alert_rule_setting set is_on = $4, strictness = $5, version = version + 1, updated_at = $6, updated_by = $7
           where community_id = $1 and rule_id = $2 and version = $3`,
      [communityId, rule, version, is_on, strictness, now, userId],
    )
    const stands = await findRuleSetting(client, communityId, rule)
    if (stands === null) return 'unknown'
    return rowCount === 0 ? { other: stands } : { changed: stands }
  })

/** Tells nobody of a rule until then; null: as usual again. `isOnByDefault` says how a rule is set that never was. */
export const snoozeRule = async (
  db: Pool | ClientBase,
  { communityId, rule, until, userId, now, isOnByDefault = true }: Who & { until: Date | null; isOnByDefault?: boolean },
): Promise<void> => {
  await db.query(
    `insert into alert_rule_setting
       (community_id, rule_id, is_on, snoozed_until, snoozed_at, snoozed_by, version, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, 1, $7, $8)
     on conflict (community_id, rule_id) do update set
       snoozed_until = excluded.snoozed_until, snoozed_at = excluded.snoozed_at, snoozed_by = excluded.snoozed_by,
       version = alert_rule_setting.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [communityId, rule, isOnByDefault, until, until === null ? null : now, until === null ? null : userId, now, userId],
  )
}
