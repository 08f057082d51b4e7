/** What somebody says of how they, or others, are told of alerts. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { AlertRuleId } from '../../shared/contract/alert.ts'
import { type AlertWay, MAX_ALERT_ADDRESSES } from '../../shared/contract/alert-recipient.ts'
import { addressKey } from '../../shared/contract/report-subscription.ts'
import { hashAddress } from './address-hash.ts'
import { findAlertRecipient, listAlertPeople, type StoredAlertRecipient } from './alert-recipients.ts'
import { inTransaction } from './in-transaction.ts'
import { takeBackMails } from './outbox-list.ts'

type Who = { communityId: string; key: string; now: Date }
type Choice = { how: AlertWay; rules: AlertRuleId[] | null }

/** Whoever else changes the list waits until this transaction is over: two at once would both find room for one more. */
const lockList = async (client: ClientBase, communityId: string): Promise<boolean> =>
  (await client.query('select from community where community_id = $1 for no key update', [communityId])).rowCount === 1

/** What nobody has begun to send is not sent, what failed is not sent again, and no digest tells what waits for it. */
const takeBack = async (client: ClientBase, { communityId, key, now }: Who, address: string): Promise<void> => {
  await takeBackMails(
    client,
    { communityId, kinds: ['alert'], toAddress: address },
    'They wanted no more of these before this was sent.',
    now,
  )
  await client.query('delete from alert_digest_entry where community_id = $1 and recipient_key = $2 and digested_on is null', [
    communityId,
    key,
  ])
}

const write = async (
  client: ClientBase,
  { communityId, now }: Who,
  stored: StoredAlertRecipient,
  { how, rules, saidNoAt, byUserId }: Choice & { saidNoAt: Date | null; byUserId: string | null },
): Promise<void> => {
  if (stored.user_id === null)
    await client.query(
      `update alert_recipient set how = $3, rules = $4, said_no_at = $5, version = version + 1
       where community_id = $1 and recipient_id = $2`,
      [communityId, stored.recipient_id, how, rules, saidNoAt],
    )
  else
    await client.query(
      `insert into alert_recipient (community_id, recipient_id, user_id, how, rules, said_no_at, created_at, created_by, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
       on conflict (community_id, user_id) do update set
         how = excluded.how, rules = excluded.rules, said_no_at = excluded.said_no_at, version = alert_recipient.version + 1`,
      [communityId, randomUUID(), stored.user_id, how, rules, saidNoAt, now, byUserId],
    )
}

export type SetOutcome = { set: StoredAlertRecipient } | { other: StoredAlertRecipient } | 'said_no' | 'unknown'

/**
 * Sets how somebody is told. `version` null: whatever stands, as by a link of a mail. `isOwn`: they themself say it; else a no of theirs
 * stands unless `isAgain`. `rules` undefined: as they are.
 */
export const setAlertRecipient = (
  pool: Pool,
  change: Who & {
    how: AlertWay
    rules?: AlertRuleId[] | null
    version: number | null
    isOwn: boolean
    isAgain?: boolean
    byUserId: string | null
  },
): Promise<SetOutcome> =>
  inTransaction(pool, async (client) => {
    const { communityId, key, how, isOwn, now } = change
    await lockList(client, communityId)
    const stored = await findAlertRecipient(client, communityId, key)
    if (stored === null) return 'unknown'
    const rules = change.rules === undefined ? stored.rules : change.rules
    const isSame = stored.version > 0 && stored.how === how && String(stored.rules) === String(rules)
    // asked twice, as by a second click
    if (isSame && (!isOwn || (how === 'none') === (stored.said_no_at !== null))) return { set: stored }
    if (change.version !== null && change.version !== stored.version) return { other: stored }
    if (!isOwn && stored.said_no_at !== null && how !== 'none' && !change.isAgain) return 'said_no'
    const saidNoAt = how !== 'none' ? null : (stored.said_no_at ?? (isOwn ? now : null))
    await write(client, change, stored, { how, rules, saidNoAt, byUserId: change.byUserId })
    if (how === 'none') await takeBack(client, change, stored.address)
    return { set: (await findAlertRecipient(client, communityId, key)) as StoredAlertRecipient }
  })

type Adding = Choice & { communityId: string; address: string; name: string | null; isAgain: boolean; byUserId: string | null; now: Date }

/** `said_no`: this address wants none, and nobody says that it wants them back. One that is told already stays as it is. */
export const addAlertAddress = (pool: Pool, adding: Adding): Promise<StoredAlertRecipient | 'said_no' | 'too_many' | 'gone'> =>
  inTransaction(pool, async (client) => {
    const { communityId, address, how, rules, now } = adding
    if (!(await lockList(client, communityId))) return 'gone'
    const people = await listAlertPeople(client, communityId)
    const held = people.find(
      (one) => addressKey(one.address) === addressKey(address) && (one.user_id === null || one.version > 0 || one.how !== 'none'),
    )
    if (held !== undefined && held.how !== 'none') return held
    if (held !== undefined && held.said_no_at !== null && !adding.isAgain) return 'said_no'
    if (held !== undefined) {
      await write(client, { communityId, key: held.key, now }, held, { how, rules, saidNoAt: null, byUserId: adding.byUserId })
      return (await findAlertRecipient(client, communityId, held.key)) as StoredAlertRecipient
    }
    const hash = hashAddress(address)
    const { rows } = await client.query<{ said_no: boolean }>(
      'select said_no_at is not null as said_no from alert_recipient where community_id = $1 and address_hash = $2',
      [communityId, hash],
    )
    if (rows[0]?.said_no && !adding.isAgain) return 'said_no'
    if (people.filter(({ user_id }) => user_id === null).length >= MAX_ALERT_ADDRESSES) return 'too_many'
    // another id: links in mails of before stay closed where somebody was taken off the list
    await client.query('delete from alert_recipient where community_id = $1 and address_hash = $2', [communityId, hash])
    const id = randomUUID()
    await client.query(
      `insert into alert_recipient (community_id, recipient_id, address_hash, address, name, how, rules, created_at, created_by, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
      [communityId, id, hash, address.trim().normalize('NFC'), adding.name || null, how, rules, now, adding.byUserId],
    )
    return (await findAlertRecipient(client, communityId, `r-${id}`)) as StoredAlertRecipient
  })

/**
 * An address off the list, an account back to what comes by default. Of who had said no that is kept, of an address as a hash.
 * False where there is none.
 */
export const removeAlertRecipient = (pool: Pool, { communityId, key, now }: Who): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await lockList(client, communityId)
    const stored = await findAlertRecipient(client, communityId, key)
    if (stored === null || stored.recipient_id === null) return false
    await takeBack(client, { communityId, key, now }, stored.address)
    if (stored.said_no_at === null)
      await client.query('delete from alert_recipient where community_id = $1 and recipient_id = $2', [communityId, stored.recipient_id])
    else if (stored.user_id === null)
      await client.query(
        `update alert_recipient set address = null, name = null, created_by = null, removed_at = $3, version = version + 1
         where community_id = $1 and recipient_id = $2`,
        [communityId, stored.recipient_id, now],
      )
    return true
  })

// the key of a mail ends in the recipient's, but for :again: behind it

export type LastAlertMail = { key: string; state: string; sent_at: Date | null; at: Date; answer: string | null }

/** What became of the last mail to each recipient. */
export const readLastAlertMails = async (db: Pool | ClientBase, communityId: string): Promise<Map<string, LastAlertMail>> => {
  const { rows } = await db.query<LastAlertMail>(
    `select distinct on (key) key, state, sent_at, at, answer
     from (
       select split_part(mail_key, ':', 5) as key, state, sent_at, put_at as at, answer
       from outbox where community_id = $1 and kind in ('alert', 'test') and state in ('sent', 'refused')
     ) mails
     where key ~ '^[ru]-' order by key, at desc`,
    [communityId],
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/** The key of a test to somebody. */
export const alertTestKey = (communityId: string, id: string, key: string): string => `test:${communityId}:${id}:alert:${key}`

/** Tests put in for somebody since a time. */
export const countAlertTests = async (db: Pool | ClientBase, communityId: string, key: string, since: Date): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from outbox
     where community_id = $1 and kind = 'test' and split_part(mail_key, ':', 4) = 'alert' and split_part(mail_key, ':', 5) = $2 and put_at > $3`,
    [communityId, key, since],
  )
  return rows[0]?.count ?? 0
}
