/** The budget of false alarms of this installation, and what is watched in its communities. */
import type { ClientBase, Pool } from 'pg'
import type { AlertRuleId } from '../../shared/contract/alert.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredBudget = {
  /** A year; null: none is set. */
  false_alarms: number | null
  strictness: number
  /** 0: it was never set. */
  version: number
  updated_at: Date | null
  updated_by: string | null
  tightened_at: Date | null
}

const NEVER_SET: StoredBudget = {
  false_alarms: null,
  strictness: 1,
  version: 0,
  updated_at: null,
  updated_by: null,
  tightened_at: null,
}

export const readBudget = async (db: Pool | ClientBase): Promise<StoredBudget> => {
  const { rows } = await db.query<StoredBudget>(
    `select b.false_alarms, b.strictness, b.version, b.updated_at, u.name as updated_by, b.tightened_at
     from alert_budget b left join "user" u on u.id = b.updated_by`,
  )
  return rows[0] ?? NEVER_SET
}

type Change = { falseAlarms: number | null; strictness: number; version: number; userId: string | null; now: Date }

/** Sets it, made of the version named: 0 where it was never set. Gives what stands now, or what stood where that was another version. */
export const changeBudget = (
  pool: Pool,
  { falseAlarms, strictness, version, userId, now }: Change,
): Promise<{ changed: StoredBudget } | { other: StoredBudget }> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      version === 0
        ? `insert into alert_budget (false_alarms, strictness, version, updated_at, updated_by) values ($1, $2, $3 + 1, $4, $5)
           on conflict (is_only) do nothing`
        : `update alert_budget set false_alarms = $1, strictness = $2, version = version + 1, updated_at = $4, updated_by = $5,
             tightened_at = null
           where version = $3`,
      [falseAlarms, strictness, version, now, userId],
    )
    const stands = await readBudget(client)
    return rowCount === 0 ? { other: stands } : { changed: stands }
  })

/** Makes limits stricter by themselves. False where they are as strict already, or the budget was set anew meanwhile. */
export const tightenBudget = async (
  db: Pool,
  { strictness, version, now }: { strictness: number; version: number; now: Date },
): Promise<boolean> => {
  const { rowCount } = await db.query(
    'update alert_budget set strictness = $1, tightened_at = $3 where version = $2 and strictness < $1 and false_alarms is not null',
    [strictness, version, now],
  )
  return rowCount === 1
}

/** How a rule is set and stood last in a community; null where it never was. */
export type WatchedRow = {
  community_id: string
  rule: AlertRuleId
  is_on: boolean | null
  own: number | null
  watched_from: string | null
  judged_on: string | null
  cannot_judge: string | null
  swing: number | null
  /** Of what was told since it is watched. */
  told: number
  false_alarms: number
  right: number
}

/** Of each of these communities and rules one row. */
export const listWatchedRows = async (
  db: Pool | ClientBase,
  communityIds: readonly string[],
  rules: readonly AlertRuleId[],
): Promise<WatchedRow[]> => {
  const { rows } = await db.query<WatchedRow>(
    `with told as (
       select a.community_id, a.rule_id, count(*)::int as told,
         count(*) filter (where a.ruling = 'false_alarm')::int as false_alarms,
         count(*) filter (where a.ruling = 'right')::int as right
       from alert a
       join alert_watch w on w.community_id = a.community_id and w.rule_id = a.rule_id
       where a.community_id = any ($1::uuid[]) and not a.is_history and a.began_on >= w.watched_from
       group by 1, 2
     )
     select c.community_id, r.rule, s.is_on, s.strictness as own, w.watched_from, w.judged_on,
       w.standing ->> 'cannot_judge' as cannot_judge, (w.standing ->> 'swing')::double precision as swing,
       coalesce(t.told, 0) as told, coalesce(t.false_alarms, 0) as false_alarms, coalesce(t.right, 0) as right
     from unnest($1::uuid[]) as c (community_id)
     cross join unnest($2::text[]) as r (rule)
     left join alert_rule_setting s on s.community_id = c.community_id and s.rule_id = r.rule
     left join alert_watch w on w.community_id = c.community_id and w.rule_id = r.rule
     left join told t on t.community_id = c.community_id and t.rule_id = r.rule`,
    [communityIds, rules],
  )
  return rows
}

export const everyCommunityId = async (db: Pool | ClientBase): Promise<string[]> =>
  (await db.query<{ community_id: string }>('select community_id from community')).rows.map((row) => row.community_id)

export type StandingAlert = {
  community_id: string
  alert_id: string
  rule: AlertRuleId
  began_on: string
  is_history: boolean
  headline: string
}

/** What stands in these communities and was not called a false alarm, the newest first. */
export const listStanding = async (db: Pool | ClientBase, communityIds: readonly string[]): Promise<StandingAlert[]> => {
  const { rows } = await db.query<StandingAlert>(
    `select a.community_id, a.alert_id, a.rule_id as rule, a.began_on, a.is_history, n.headline
     from alert a
     join lateral (
       select n.content ->> 'headline' as headline from alert_notice n
       where n.community_id = a.community_id and n.alert_id = a.alert_id
       order by n.told_at desc, n.noticed_on desc limit 1
     ) n on true
     where a.community_id = any ($1::uuid[]) and a.state = 'open' and a.ruling is distinct from 'false_alarm'
     order by a.began_on desc, a.alert_id`,
    [communityIds],
  )
  return rows
}
