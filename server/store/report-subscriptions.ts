/** Who gets a community's report by mail: subscribed by a manager or by themself, and who said no. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { Role } from '../../shared/contract/access.ts'
import { addressKey, MAX_SUBSCRIPTIONS } from '../../shared/contract/report-subscription.ts'
import { hashAddress } from './address-hash.ts'
import { inTransaction } from './in-transaction.ts'
import { takeBackMails } from './outbox-list.ts'

export type StoredSubscription = {
  subscription_id: string
  /** As it was typed. */
  address: string
  name: string | null
  /** The account that subscribed itself; null where a manager did. */
  user_id: string | null
  /** What that account is in the community. */
  role: Role | null
  created_at: Date
  /** Name of an account. */
  created_by: string | null
  unsubscribed_at: Date | null
}

const COLUMNS = `s.subscription_id, s.address, s.name, s.user_id, s.created_at, u.name as created_by, s.unsubscribed_at,
  (select g.role from role_grant g where g.user_id = s.user_id and (g.community_id = s.community_id or g.role = 'administrator')
   order by g.role = 'administrator' desc limit 1) as role`
const FROM = 'from report_subscription s left join "user" u on u.id = s.created_by'

/** Who subscribed themself gets it only as long as they may see the community. */
const MAY_STILL_SEE = `(s.user_id is null or exists (
  select from role_grant g where g.user_id = s.user_id and (g.community_id = s.community_id or g.role = 'administrator')))`

/** All on the list, by address; those whose account may not see the community any more are not on it. */
export const listSubscriptions = async (db: Pool | ClientBase, communityId: string): Promise<StoredSubscription[]> => {
  const { rows } = await db.query<StoredSubscription>(
    `select ${COLUMNS} ${FROM}
     where s.community_id = $1 and s.removed_at is null and ${MAY_STILL_SEE}
     order by lower(s.address), s.subscription_id`,
    [communityId],
  )
  return rows
}

/** Those to send to. */
export const listActiveSubscriptions = async (db: Pool | ClientBase, communityId: string): Promise<StoredSubscription[]> =>
  (await listSubscriptions(db, communityId)).filter(({ unsubscribed_at }) => unsubscribed_at === null)

/** Nothing is kept of who subscribed themself and may not see the community any more, unless they had said no. */
export const forgetLapsed = async (db: Pool | ClientBase, communityId: string): Promise<void> => {
  await db.query(
    `delete from report_subscription s where s.community_id = $1 and s.unsubscribed_at is null and s.removed_at is null and not ${MAY_STILL_SEE}`,
    [communityId],
  )
}

/** Null where there is none on the list. */
export const findSubscription = async (db: Pool | ClientBase, communityId: string, id: string): Promise<StoredSubscription | null> => {
  const { rows } = await db.query<StoredSubscription>(
    `select ${COLUMNS} ${FROM}
     where s.community_id = $1 and s.subscription_id = $2 and s.removed_at is null and ${MAY_STILL_SEE}`,
    [communityId, id],
  )
  return rows[0] ?? null
}

/** A person's own: by their account, else by their address. */
export const findOwnSubscription = async (
  db: Pool | ClientBase,
  communityId: string,
  { userId, address }: { userId: string; address: string },
): Promise<StoredSubscription | null> => {
  const { rows } = await db.query<StoredSubscription>(
    `select ${COLUMNS} ${FROM}
     where s.community_id = $1 and (s.user_id = $2 or s.address_hash = $3) and s.removed_at is null and ${MAY_STILL_SEE}
     order by s.unsubscribed_at nulls first, s.user_id = $2 desc nulls last limit 1`,
    [communityId, userId, addressKey(address) === null ? null : hashAddress(address)],
  )
  return rows[0] ?? null
}

type Adding = {
  communityId: string
  address: string
  name: string | null
  /** Of the account that does it. */
  byUserId: string | null
  /** It is the person themself, or a manager who knows that they want it: then it comes back after a no. */
  isAgain: boolean
  /** The person themself. */
  isOwn: boolean
  now: Date
}

/** `said_no`: this address has unsubscribed, and nobody says that it wants the report back. Subscribing again changes nothing. */
export const addSubscription = async (pool: Pool, adding: Adding): Promise<StoredSubscription | 'said_no' | 'too_many' | 'gone'> =>
  inTransaction(pool, async (client) => {
    const { communityId, now } = adding
    // one at a time: two who add at once would both find room for one more, or the same address missing
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'gone'
    const hash = hashAddress(adding.address)
    const { rows } = await client.query<{ subscription_id: string; unsubscribed_at: Date | null; is_there: boolean; has_lapsed: boolean }>(
      `select s.subscription_id, s.unsubscribed_at, s.removed_at is null as is_there, not ${MAY_STILL_SEE} as has_lapsed
       from report_subscription s where s.community_id = $1 and s.address_hash = $2`,
      [communityId, hash],
    )
    const known = rows[0]
    if (known !== undefined && known.unsubscribed_at !== null && !adding.isAgain) return 'said_no'
    if (known?.is_there && !known.has_lapsed && known.unsubscribed_at === null)
      return (await findSubscription(client, communityId, known.subscription_id)) as StoredSubscription
    const counted = await client.query<{ count: number }>(
      'select count(*)::int as count from report_subscription where community_id = $1 and removed_at is null',
      [communityId],
    )
    if (!known?.is_there && (counted.rows[0]?.count ?? 0) >= MAX_SUBSCRIPTIONS) return 'too_many'
    // another id: links in mails of before stay closed where somebody was taken off the list
    const id = known?.is_there ? known.subscription_id : randomUUID()
    if (known !== undefined && !known.is_there)
      await client.query('delete from report_subscription where community_id = $1 and subscription_id = $2', [
        communityId,
        known.subscription_id,
      ])
    await client.query(
      `insert into report_subscription (community_id, subscription_id, address_hash, address, name, user_id, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (community_id, subscription_id) do update set
         address = excluded.address, name = coalesce(excluded.name, report_subscription.name), user_id = excluded.user_id,
         created_at = excluded.created_at, created_by = excluded.created_by, unsubscribed_at = null`,
      [
        communityId,
        id,
        hash,
        adding.address.trim().normalize('NFC'),
        adding.name || null,
        adding.isOwn ? adding.byUserId : null,
        now,
        adding.byUserId,
      ],
    )
    return (await findSubscription(client, communityId, id)) as StoredSubscription
  })

/** What nobody has begun to send is not sent, and what failed is not sent again. */
const takeBack = async (client: ClientBase, communityId: string, id: string, now: Date): Promise<void> => {
  const { rows } = await client.query<{ address: string | null }>(
    'select address from report_subscription where community_id = $1 and subscription_id = $2',
    [communityId, id],
  )
  const toAddress = rows[0]?.address
  if (toAddress)
    await takeBackMails(
      client,
      { communityId, kinds: ['value-report', 'test'], toAddress },
      'The subscription ended before this was sent.',
      now,
    )
}

/** The person wants no more. A second time changes nothing; null where there is no such subscription any more. */
export const endSubscription = (pool: Pool, communityId: string, id: string, now: Date): Promise<StoredSubscription | null> =>
  inTransaction(pool, async (client) => {
    await client.query(
      `update report_subscription set unsubscribed_at = coalesce(unsubscribed_at, $3)
       where community_id = $1 and subscription_id = $2 and removed_at is null`,
      [communityId, id, now],
    )
    await takeBack(client, communityId, id, now)
    return findSubscription(client, communityId, id)
  })

/** The person wants it back. */
export const resumeSubscription = async (db: Pool, communityId: string, id: string): Promise<StoredSubscription | null> => {
  await db.query(
    'update report_subscription set unsubscribed_at = null where community_id = $1 and subscription_id = $2 and removed_at is null',
    [communityId, id],
  )
  return findSubscription(db, communityId, id)
}

/**
 * Off the list, with the links that were mailed. Of one that had unsubscribed only a hash is kept, so that the no still holds.
 * False where there is none.
 */
export const removeSubscription = (pool: Pool, communityId: string, id: string, now: Date): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await takeBack(client, communityId, id, now)
    const gone = await client.query(
      `delete from report_subscription where community_id = $1 and subscription_id = $2 and unsubscribed_at is null and removed_at is null`,
      [communityId, id],
    )
    if (gone.rowCount === 1) return true
    const kept = await client.query(
      `update report_subscription set address = null, name = null, user_id = null, created_by = null, removed_at = $3
       where community_id = $1 and subscription_id = $2 and removed_at is null`,
      [communityId, id, now],
    )
    return kept.rowCount === 1
  })

// a mail that was sent again has the key of the first with :again: behind it

/** What became of the last mail to a subscription. */
export type LastMail = { subscription_id: string; state: string; sent_at: Date | null; at: Date; answer: string | null }

export const readLastMails = async (db: Pool | ClientBase, communityId: string): Promise<Map<string, LastMail>> => {
  const { rows } = await db.query<LastMail>(
    `select distinct on (right(split_part(mail_key, ':again:', 1), 36)) right(split_part(mail_key, ':again:', 1), 36) as subscription_id, state, sent_at, put_at as at, answer
     from outbox
     where community_id = $1 and kind in ('value-report', 'test') and state in ('sent', 'refused')
     order by right(split_part(mail_key, ':again:', 1), 36), put_at desc`,
    [communityId],
  )
  return new Map(rows.map((row) => [row.subscription_id, row]))
}

/** Tests put in for a subscription since a time. */
export const countTests = async (db: Pool | ClientBase, communityId: string, id: string, since: Date): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from outbox
     where community_id = $1 and kind = 'test' and right(split_part(mail_key, ':again:', 1), 37) = $2 and put_at > $3`,
    [communityId, `:${id}`, since],
  )
  return rows[0]?.count ?? 0
}

/** Whoever else changes it, or counts its mails to add one, waits until this transaction is over. */
export const lockSubscription = async (client: ClientBase, communityId: string, id: string): Promise<void> => {
  await client.query('select from report_subscription where community_id = $1 and subscription_id = $2 for update', [communityId, id])
}
