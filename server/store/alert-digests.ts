/** What waits for the weekly digests of those who prefer these. */
import type { ClientBase, Pool } from 'pg'
import type { AlertContent, AlertNotice, AlertRuleId } from '../../shared/contract/alert.ts'

export type NoticeOf = { communityId: string; alertId: string; notice: AlertNotice; on: string }

/** In the transaction that tells the notice. False where it is noted already. */
export const noteForDigest = async (
  client: ClientBase,
  { communityId, alertId, notice, on, key }: NoticeOf & { key: string },
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await client.query(
    `insert into alert_digest_entry (community_id, alert_id, notice, noticed_on, recipient_key, added_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (community_id, alert_id, notice, noticed_on, recipient_key) do nothing`,
    [communityId, alertId, notice, on, key, now],
  )
  return rowCount === 1
}

/** Somebody's key in a community: an account has one everywhere, an address one a community. */
export type KeyIn = { communityId: string; key: string }

/**
 * The communities of which somebody gets digests, with their key in each. `key` is of any of them.
 */
export const listDigested = async (db: Pool | ClientBase, key: string): Promise<KeyIn[]> => {
  const { rows } = await db.query<{ community_id: string; key: string }>(
    `select r.community_id, case when r.user_id is null then 'r-' || r.recipient_id else 'u-' || r.user_id end as key
     from alert_recipient r
     where r.how = 'digest' and r.removed_at is null
       and ('u-' || r.user_id = $1 or r.address_hash = (select t.address_hash from alert_recipient t where 'r-' || t.recipient_id = $1))
     order by r.community_id`,
    [key],
  )
  return rows.map((row) => ({ communityId: row.community_id, key: row.key }))
}

/** Whoever something waits for: an account or an address, with their key in each community of which something waits. */
export const listWaiting = async (db: Pool | ClientBase): Promise<{ reader: string; keys: KeyIn[] }[]> => {
  const { rows } = await db.query<{ reader: string; keys: { community_id: string; key: string }[] }>(
    `select coalesce('a-' || encode(r.address_hash, 'hex'), e.recipient_key) as reader,
       jsonb_agg(distinct jsonb_build_object('community_id', e.community_id, 'key', e.recipient_key)) as keys
     from alert_digest_entry e
       left join alert_recipient r on r.community_id = e.community_id and 'r-' || r.recipient_id = e.recipient_key
     where e.digested_on is null
     group by 1 order by 1`,
  )
  return rows.map(({ reader, keys }) => ({ reader, keys: keys.map((one) => ({ communityId: one.community_id, key: one.key })) }))
}

export type Waiting = {
  alert_id: string
  notice: AlertNotice
  noticed_on: string
  added_at: Date
  content: AlertContent
}

/** What waits for somebody of one community, the first told first, held for the transaction: nobody else puts it into a digest meanwhile. */
export const holdWaiting = async (client: ClientBase, { communityId, key }: KeyIn): Promise<Waiting[]> => {
  const { rows } = await client.query<Waiting>(
    `select e.alert_id, e.notice, e.noticed_on::text, e.added_at, n.content
     from alert_digest_entry e
       join alert_notice n on n.community_id = e.community_id and n.alert_id = e.alert_id and n.notice = e.notice
         and n.noticed_on = e.noticed_on
     where e.community_id = $1 and e.recipient_key = $2 and e.digested_on is null
     order by e.added_at, e.noticed_on, e.alert_id for update of e`,
    [communityId, key],
  )
  return rows
}

export const markDigested = async (client: ClientBase, { communityId, key }: KeyIn, told: Waiting, monday: string): Promise<void> => {
  await client.query(
    `update alert_digest_entry set digested_on = $6
     where community_id = $1 and recipient_key = $2 and alert_id = $3 and notice = $4 and noticed_on = $5`,
    [communityId, key, told.alert_id, told.notice, told.noticed_on, monday],
  )
}

/** Nobody is there any more whom to tell. */
export const forgetWaiting = async (client: ClientBase, { communityId, key }: KeyIn): Promise<void> => {
  await client.query('delete from alert_digest_entry where community_id = $1 and recipient_key = $2 and digested_on is null', [
    communityId,
    key,
  ])
}

export type Standing = { alert_id: string; rule: AlertRuleId; headline: string; told_at: Date }

/** Alerts that have not ended and of which somebody was told, the oldest first. */
export const listStanding = async (db: Pool | ClientBase, communityId: string): Promise<Standing[]> => {
  const { rows } = await db.query<Standing>(
    `select a.alert_id, a.rule_id as rule, n.content ->> 'headline' as headline, n.told_at
     from alert a
       join lateral (
         select t.content, t.told_at from alert_notice t
         where t.community_id = a.community_id and t.alert_id = a.alert_id and t.sent in ('sent', 'nobody')
         order by t.told_at desc, t.noticed_on desc limit 1
       ) n on true
     where a.community_id = $1 and a.state = 'open' and not a.is_history
     order by a.began_on, a.alert_id`,
    [communityId],
  )
  return rows
}
