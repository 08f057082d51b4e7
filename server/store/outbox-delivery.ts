/**
 * Who sends which mail of the outbox, and what came of it. Several processes may send at once: a mail is in one pair of hands at a time, and
 * whoever has lost it can change nothing any more.
 */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { inTransaction } from './in-transaction.ts'
import type { MailKind } from './outbox.ts'

export type ClaimedMail = {
  mail_key: string
  /** of the first of its copies */
  message_key: string
  mail_id: string
  community_id: string | null
  kind: MailKind
  hook_id: string | null
  /** whose it is from now on: another one that takes it over has another */
  claim: string
  /** 1: for the first time */
  attempt_count: number
  to_address: string
  to_name: string | null
  subject: string
  text_body: string
  html_body: string
  headers: Record<string, string>
}

/** What goes by mail, and what goes to hooks, are sent by different hands: neither waits for the other. */
export type Lane = 'mail' | 'hooks'

type Claim = { lane: Lane; now: Date; leaseMs: number; perMinute: number }

/**
 * Of a lane. A hook that does not answer holds up those of other hooks as little as it can: one of its messages is in somebody's hands at a
 * time, and of several that are due together, the one that was not tried yet comes first.
 */
const DUE: Record<Lane, string> = {
  mail: `hook_id is null order by next_try_at, mail_key`,
  hooks: `hook_id is not null and not exists (
      select from outbox busy where busy.hook_id = outbox.hook_id and busy.state in ('claimed', 'handing_over') and busy.lease_until > $1
    ) order by next_try_at, tried_at nulls first, put_at, mail_key`,
}

/** Takes the mail that is due first, or null where none is or where enough were tried within the last minute. */
export const claimDueMail = (pool: Pool, claim: Claim): Promise<ClaimedMail | null> =>
  claim.lane === 'mail'
    ? claimDue(pool, claim)
    : inTransaction(pool, async (client) => {
        // one after the other: two at the same moment would not see that the other one takes up the same hook
        await client.query(`select pg_advisory_xact_lock(hashtextextended('claim for a hook', 0))`)
        return claimDue(client, claim)
      })

const claimDue = async (db: Pool | ClientBase, { lane, now, leaseMs, perMinute }: Claim): Promise<ClaimedMail | null> => {
  const claim = randomUUID()
  const { rows } = await db.query<Omit<ClaimedMail, 'claim' | 'message_key'>>(
    `with due as (
       select mail_key from outbox
       where ((state = 'waiting' and next_try_at <= $1) or (state = 'claimed' and lease_until <= $1))
         and (select count(*) from outbox where tried_at > $1::timestamptz - interval '1 minute' and (hook_id is null) = $5) < $4
         and ${DUE[lane]}
       limit 1
       for update skip locked
     )
     update outbox o
     set state = 'claimed', claimed_by = $2, lease_until = $3, tried_at = $1, attempt_count = attempt_count + 1
     from due
     where o.mail_key = due.mail_key
     returning o.mail_key, o.mail_id, o.community_id, o.kind, o.hook_id, o.attempt_count, o.to_address, o.to_name, o.subject, o.text_body,
       o.html_body, o.headers`,
    [now, claim, new Date(now.getTime() + leaseMs), perMinute, lane === 'mail'],
  )
  const [mail] = rows
  return mail === undefined ? null : { ...mail, claim, message_key: firstKey(mail.mail_key) }
}

/** The key of the mail that this one is a copy of, sent again by a person; its own where it is none. */
const firstKey = (mailKey: string): string => mailKey.replace(/(:again:\d+)+$/, '')

/**
 * Commits that the message itself leaves now. False: it is in other hands, and must not be sent. From now on nobody sends it again by
 * itself, whatever happens to this process.
 */
export const beginHandingOver = (pool: Pool, { mail_key, claim }: ClaimedMail, leaseUntil: Date): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    // a database that may forget its last commits would let it be sent twice
    await client.query('set local synchronous_commit to on')
    const { rowCount } = await client.query(
      `update outbox set state = 'handing_over', lease_until = $3 where mail_key = $1 and claimed_by = $2 and state = 'claimed'`,
      [mail_key, claim, leaseUntil],
    )
    return rowCount === 1
  })

export type Settled = { state: 'sent' | 'refused' | 'uncertain'; answer: string } | { state: 'waiting'; answer: string; nextTryAt: Date }

/** Keeps what came of it. False: it was not in these hands any more. */
export const settleMail = async (pool: Pool, { mail_key, claim }: ClaimedMail, settled: Settled, now: Date): Promise<boolean> => {
  const isEnd = settled.state !== 'waiting'
  const { rowCount } = await pool.query(
    `update outbox
     set state = $3, answer = $4, settled_at = $5, sent_at = $6, next_try_at = coalesce($7, next_try_at), lease_until = null,
       claimed_by = case when $3 = 'waiting' then null else claimed_by end
     where mail_key = $1 and claimed_by = $2
       -- given up as uncertain by somebody whose clock is fast, and then the server's answer came after all
       and (state in ('claimed', 'handing_over') or (state = 'uncertain' and $3 = 'sent'))`,
    [
      mail_key,
      claim,
      settled.state,
      settled.answer,
      isEnd ? now : null,
      settled.state === 'sent' ? now : null,
      settled.state === 'waiting' ? settled.nextTryAt : null,
    ],
  )
  return rowCount === 1
}

/**
 * What was being handed over by a process that has died is uncertain; but a webhook is sent again, since its receiver knows a double by its
 * id. Returns how many became uncertain.
 */
export const giveUpLostMails = async (pool: Pool, now: Date, answer: string): Promise<number> => {
  await pool.query(
    `update outbox set state = 'waiting', answer = $2, next_try_at = $1, lease_until = null, claimed_by = null
     where state = 'handing_over' and lease_until <= $1 and channel = 'webhook'`,
    [now, answer],
  )
  const { rowCount } = await pool.query(
    `update outbox set state = 'uncertain', answer = $2, settled_at = $1, lease_until = null
     where state = 'handing_over' and lease_until <= $1 and channel <> 'webhook'`,
    [now, answer],
  )
  return rowCount ?? 0
}

/** Of a hook that was not to be reached, the others wait as long. */
export const postponeOfHook = async (pool: Pool, hookId: string, until: Date): Promise<void> => {
  await pool.query(`update outbox set next_try_at = $2 where hook_id = $1 and state = 'waiting' and next_try_at < $2`, [hookId, until])
}

/**
 * What waits for a hook that is switched off or removed is not sent. `isForGood`: nor can it be sent again by hand. `reason`: a sentence.
 * In the transaction that switches it off.
 */
export const cancelOfHook = async (
  db: Pool | ClientBase,
  { hookId, reason, isForGood, now }: { hookId: string; reason: string; isForGood: boolean; now: Date },
): Promise<void> => {
  if (isForGood) await db.query('update outbox set is_closed = true where hook_id = $1', [hookId])
  await db.query(
    `update outbox set state = 'cancelled', settled_at = $3, answer = $2, lease_until = null, claimed_by = null, changed_by = null
     where hook_id = $1 and state in ('waiting', 'claimed')`,
    [hookId, reason, now],
  )
}

/** What has waited in a lane since before `putBefore` is not sent any more. Returns how many. */
export const cancelOldMails = async (
  pool: Pool,
  { lane, putBefore, now, neverTried, tried }: { lane: Lane; putBefore: Date; now: Date; neverTried: string; tried: string },
): Promise<number> => {
  const { rowCount } = await pool.query(
    `update outbox
     set state = 'cancelled', settled_at = $2, lease_until = null, claimed_by = null, changed_by = null,
       answer = case when attempt_count = 0 then $3 else concat_ws(' ', $4::text, answer) end
     where put_at <= $1 and (state = 'waiting' or (state = 'claimed' and lease_until <= $2)) and (hook_id is null) = $5`,
    [putBefore, now, neverTried, tried, lane === 'mail'],
  )
  return rowCount ?? 0
}

/** Drops the text of mails that ended before `settledBefore`; that they were sent stays. Returns how many. */
export const dropOldTexts = async (pool: Pool, settledBefore: Date): Promise<number> => {
  const { rowCount } = await pool.query(
    `update outbox set text_body = '', html_body = '', headers = '{}', is_text_dropped = true
     where not is_text_dropped and state in ('sent', 'refused', 'uncertain', 'cancelled') and coalesce(settled_at, put_at) <= $1`,
    [settledBefore],
  )
  return rowCount ?? 0
}
