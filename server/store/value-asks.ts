/** Who was asked what an answer was worth, and who never wants to be. */
import type { ClientBase, Pool } from 'pg'
import { emailKey } from '../ingest/email-key.ts'
import { eventKey } from '../ingest/keys.ts'
import { valueEventId } from '../ingest/own-events.ts'
import { inTransaction } from './in-transaction.ts'
import { takeBackMails } from './outbox-list.ts'

export type NewAsk = {
  communityId: string
  askId: string
  question_key: string
  identity_key: string
  /** Of the question and its asker. */
  source: string
  how: 'link' | 'mail'
  mailKey: string | null
  now: Date
  expiresAt: Date
  by: string | null
}

/** One at a time a community: what may be asked is what the asks before left, whoever makes them and in which process. */
export const lockAsks = async (client: ClientBase, communityId: string): Promise<void> => {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`asks ${communityId}`])
}

/** A mail counts as asked as it is put into the outbox, a link once it is posted. */
export const insertAsk = async (client: ClientBase, ask: NewAsk): Promise<void> => {
  await client.query(
    `insert into value_ask (community_id, ask_id, question_key, event_key, identity_key, how, made_at, made_by, asked_at, expires_at, mail_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ask.communityId,
      ask.askId,
      ask.question_key,
      eventKey(ask.source, valueEventId(ask.askId)),
      ask.identity_key,
      ask.how,
      ask.now,
      ask.by,
      ask.how === 'mail' ? ask.now : null,
      ask.expiresAt,
      ask.mailKey,
    ],
  )
}

/** The link was posted: from now on it takes an answer. Posting again changes nothing. False where there is no such link. */
export const markPosted = async (
  pool: Pool,
  { communityId, askId, now, expiresAt }: { communityId: string; askId: string; now: Date; expiresAt: Date },
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `update value_ask set
       asked_at = coalesce(asked_at, $3), expires_at = case when asked_at is null then $4 else expires_at end
     where community_id = $1 and ask_id = $2 and how = 'link'`,
    [communityId, askId, now, expiresAt],
  )
  return rowCount === 1
}

/** A link that was not posted, and a mail that did not get out, are as if they had never been. What reached somebody stays. */
export const takeBackAsk = async (pool: Pool, communityId: string, askId: string): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `delete from value_ask a
     where a.community_id = $1 and a.ask_id = $2 and a.answered_at is null
       and case
         when a.how = 'link' then a.asked_at is null
         else exists (select from outbox o where o.community_id = $1 and o.mail_key = a.mail_key and o.state in ('refused', 'cancelled'))
       end`,
    [communityId, askId],
  )
  return rowCount === 1
}

export type MadeAsk = {
  ask_id: string
  how: 'link' | 'mail'
  made_at: Date
  asked_at: Date | null
  expires_at: Date
  is_expired: boolean
  source: string
  source_event_id: string | null
  channel: string | null
  url: string | null
  asked_question_at: Date | null
  display_name: string | null
  source_actor_id: string
  /** Of the mail, as the outbox has it; null for a link. */
  mail_state: string | null
}

/** The asks made last, the newest first. Whether somebody replied does not stand beside their name. */
export const listAsks = async (
  db: Pool | ClientBase,
  communityId: string,
  { now, limit, askId = null }: { now: Date; limit: number; askId?: string | null },
): Promise<MadeAsk[]> => {
  const { rows } = await db.query<MadeAsk>(
    `select
       a.ask_id, a.how, a.made_at, a.asked_at, a.expires_at, a.expires_at <= $2 as is_expired,
       i.source, q.source_event_id, q.channel, q.url, q.occurred_at as asked_question_at, i.display_name, i.source_actor_id, o.state as mail_state
     from value_ask a
     join identity i on i.community_id = $1 and i.identity_key = a.identity_key
     left join event q on q.community_id = $1 and q.event_key = a.question_key
     left join outbox o on o.community_id = $1 and o.mail_key = a.mail_key
     where a.community_id = $1 and ($4::uuid is null or a.ask_id = $4::uuid)
     order by a.asked_at is not null, a.made_at desc, a.ask_id
     limit $3`,
    [communityId, now, limit, askId],
  )
  return rows
}

/**
 * Never again: every account of the asker, every hash of an address of theirs. Mails that wait are called back, and the addresses that
 * managers gave are forgotten. Holds for ever, however accounts are merged, split or imported anew. False where there is no such ask.
 */
export const optOut = (pool: Pool, { communityId, askId, now }: { communityId: string; askId: string; now: Date }): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    // an ask on its way to the same person is waited for, and found
    await lockAsks(client, communityId)
    const { rows } = await client.query<{ identity_key: string }>(
      `select p.identity_key
       from value_ask a
       join identity i on i.community_id = $1 and i.identity_key = a.identity_key
       join identity p on p.community_id = $1 and p.person_id = i.person_id
       where a.community_id = $1 and a.ask_id = $2`,
      [communityId, askId],
    )
    if (rows.length === 0) return false
    const accounts = rows.map((row) => row.identity_key)
    await client.query(
      `insert into ask_opt_out (community_id, out_key, kind, opted_out_at)
       select $1, k.out_key, min(k.kind), $3::timestamptz
       from (
         select i.identity_key as out_key, 'account' as kind from identity i where i.community_id = $1 and i.identity_key = any ($2::uuid[])
         union all
         select i.email_key, 'address' from identity i where i.community_id = $1 and i.identity_key = any ($2::uuid[])
         union all
         select m.address_key, 'address' from member_contact m where m.community_id = $1 and m.identity_key = any ($2::uuid[])
       ) k
       where k.out_key is not null
       group by k.out_key
       on conflict do nothing`,
      [communityId, accounts, now],
    )
    const mailed = await client.query<{ to_address: string }>(
      `select distinct o.to_address
       from value_ask a
       join outbox o on o.community_id = $1 and o.mail_key = a.mail_key
       where a.community_id = $1 and a.identity_key = any ($2::uuid[])`,
      [communityId, accounts],
    )
    for (const { to_address: toAddress } of mailed.rows) {
      await takeBackMails(client, { communityId, kinds: ['value-ask'], toAddress }, 'They asked not to be asked.', now)
      // a manager may have forgotten the address since; its owner means it all the same
      const key = emailKey({ id: '', email: toAddress })
      await client.query(
        `insert into ask_opt_out (community_id, out_key, kind, opted_out_at)
         select $1, $2, 'address', $3::timestamptz where $2::uuid is not null
         on conflict do nothing`,
        [communityId, key, now],
      )
    }
    await client.query(
      `delete from member_contact m
       where m.community_id = $1
         and (m.identity_key = any ($2::uuid[]) or m.address_key in (select o.out_key from ask_opt_out o where o.community_id = $1))`,
      [communityId, accounts],
    )
    return true
  })

/** How many people do not want to be asked. */
export const countOptOuts = async (db: Pool | ClientBase, communityId: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(distinct i.person_id)::int as count
     from ask_opt_out o
     join identity i on i.community_id = $1 and o.out_key in (i.identity_key, i.email_key)
     where o.community_id = $1`,
    [communityId],
  )
  return rows[0]?.count ?? 0
}

export type AskSetting = { is_mailing: boolean; version: number }

export const readAskSetting = async (db: Pool | ClientBase, communityId: string): Promise<AskSetting> => {
  const { rows } = await db.query<AskSetting>('select is_mailing, version from ask_setting where community_id = $1', [communityId])
  return rows[0] ?? { is_mailing: false, version: 0 }
}

/** Null where another version stands by now: somebody changed it meanwhile. */
export const writeAskSetting = async (
  pool: Pool,
  {
    communityId,
    is_mailing,
    version,
    now,
    by,
  }: { communityId: string; is_mailing: boolean; version: number; now: Date; by: string | null },
): Promise<AskSetting | null> => {
  const { rows } = await pool.query<AskSetting>(
    `insert into ask_setting as s (community_id, is_mailing, version, updated_at, updated_by)
     select $1, $2, $3::int + 1, $4, $5
     where $3::int = coalesce((select version from ask_setting where community_id = $1), 0)
     on conflict (community_id) do update set
       is_mailing = excluded.is_mailing, version = excluded.version, updated_at = excluded.updated_at, updated_by = excluded.updated_by
     where s.version = excluded.version - 1
     returning is_mailing, version`,
    [communityId, is_mailing, version, now, by],
  )
  return rows[0] ?? null
}

/** Communities whose askers are mailed by themselves. */
export const listMailing = async (
  db: Pool | ClientBase,
): Promise<{ community_id: string; name: string; slug: string; time_zone: string }[]> => {
  const { rows } = await db.query<{ community_id: string; name: string; slug: string; time_zone: string }>(
    `select c.community_id, c.name, c.slug, c.time_zone
     from community c
     join ask_setting s on s.community_id = c.community_id and s.is_mailing
     order by c.community_id`,
  )
  return rows
}
