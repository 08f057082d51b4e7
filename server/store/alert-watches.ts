/** How each rule stood when it was judged last, what went wrong, and what waits for its numbers. */
import type { ClientBase, Pool } from 'pg'
import type { AlertRuleId, StatedRate } from '../../shared/contract/alert.ts'

/** How a rule stands. */
export type Standing = {
  /** Of the last period, in units of its limit. */
  statistic: number | null
  cannot_judge: string | null
  swing: number | null
  sentence: string
  strictness: number
  /** How often it is false by these limits in a community that swings like this one. */
  stated: StatedRate
  /** What besides events it was judged by, as the rule names it. */
  ruled_by: string | null
  /** It was not waited for longer that the numbers had everything that had arrived. */
  is_behind: boolean
}

export type Watch = {
  rule: AlertRuleId
  watched_from: string
  judged_on: string | null
  judged_at: Date
  judged_by: string
  standing: Standing
}
export type Failure = { rule: AlertRuleId; failed_since: Date; failed_at: Date; failure: string }
const COLUMNS = 'rule_id as rule, watched_from, judged_on, judged_at, judged_by, standing'

/** The rules of a community that were judged, and what went wrong since. */
export const listWatches = async (
  db: Pool | ClientBase,
  communityId: string,
): Promise<(Watch & { failed_since: Date | null; failure: string | null })[]> => {
  const { rows } = await db.query<Watch & { failed_since: Date | null; failure: string | null }>(
    `select w.rule_id as rule, w.watched_from, w.judged_on, w.judged_at, w.judged_by, w.standing, f.failed_since, f.failure
     from alert_watch w
     left join alert_failure f on f.community_id = $1 and f.rule_id = w.rule_id
     where w.community_id = $1 order by w.rule_id`,
    [communityId],
  )
  return rows
}

export const listFailures = async (db: Pool | ClientBase, communityId: string): Promise<Failure[]> =>
  (
    await db.query<Failure>(
      'select rule_id as rule, failed_since, failed_at, failure from alert_failure where community_id = $1 order by rule_id',
      [communityId],
    )
  ).rows

export const readWatch = async (db: Pool | ClientBase, communityId: string, rule: AlertRuleId): Promise<Watch | null> =>
  (await db.query<Watch>(`select ${COLUMNS} from alert_watch where community_id = $1 and rule_id = $2`, [communityId, rule])).rows[0] ??
  null

export const writeWatch = async (client: ClientBase, communityId: string, watch: Watch): Promise<void> => {
  await client.query(
    `insert into alert_watch (community_id, rule_id, watched_from, judged_on, judged_at, judged_by, standing)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (community_id, rule_id) do update set
       watched_from = excluded.watched_from,
       judged_on = excluded.judged_on,
       judged_at = excluded.judged_at,
       judged_by = excluded.judged_by,
       standing = excluded.standing`,
    [communityId, watch.rule, watch.watched_from, watch.judged_on, watch.judged_at, watch.judged_by, JSON.stringify(watch.standing)],
  )
  await client.query('delete from alert_failure where community_id = $1 and rule_id = $2', [communityId, watch.rule])
}

/** Nothing has changed since: it was looked at. */
export const touchWatch = async (db: Pool | ClientBase, communityId: string, rule: AlertRuleId, now: Date): Promise<void> => {
  await db.query('update alert_watch set judged_at = $3 where community_id = $1 and rule_id = $2 and judged_at < $3', [
    communityId,
    rule,
    now,
  ])
  await db.query('delete from alert_failure where community_id = $1 and rule_id = $2', [communityId, rule])
}

/** Nobody watches any more: when it is switched on again, it is judged as for the first time. */
export const endWatch = async (client: ClientBase, communityId: string, rule: AlertRuleId): Promise<void> => {
  await client.query('delete from alert_watch where community_id = $1 and rule_id = $2', [communityId, rule])
  await client.query('delete from alert_failure where community_id = $1 and rule_id = $2', [communityId, rule])
}

export const noteFailure = async (
  db: Pool | ClientBase,
  communityId: string,
  rule: AlertRuleId,
  { failure, now }: { failure: string; now: Date },
): Promise<void> => {
  await db.query(
    `insert into alert_failure (community_id, rule_id, failed_since, failed_at, failure)
     select community_id, $2, $3, $3, $4 from community where community_id = $1
     on conflict (community_id, rule_id) do update set failed_at = excluded.failed_at, failure = excluded.failure`,
    [communityId, rule, now, failure],
  )
}

/** Since when the rules of a community wait for its numbers: from now on where they did not yet. */
export const waitForNumbers = async (db: Pool | ClientBase, communityId: string, now: Date): Promise<Date> => {
  const { rows } = await db.query<{ waiting_since: Date }>(
    `insert into alert_wait (community_id, waiting_since) select community_id, $2 from community where community_id = $1
     on conflict (community_id) do update set waiting_since = least(alert_wait.waiting_since, excluded.waiting_since)
     returning waiting_since`,
    [communityId, now],
  )
  return rows[0]?.waiting_since ?? now
}

export const endWait = async (db: Pool | ClientBase, communityId: string): Promise<void> => {
  await db.query('delete from alert_wait where community_id = $1', [communityId])
}
