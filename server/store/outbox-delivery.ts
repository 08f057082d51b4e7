/**
 * Who sends which mail of the outbox, and what came of it. Several processes may send at once: a mail is in one pair of hands at a time, and
 * whoever has lost it can change nothing any more.
 */
import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { inTransaction } from './in-transaction.ts'
import type { MailKind } from './outbox.ts'

export type ClaimedMail = {
  mail_key: string
  /** of the first of its copies */
  message_key: string
  mail_id: string
  kind: MailKind
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

type Claim = { now: Date; leaseMs: number; perMinute: number }

/** Takes the mail that is due first, or null where none is or where enough were tried within the last minute. */
export const claimDueMail = async (pool: Pool, { now, leaseMs, perMinute }: Claim): Promise<ClaimedMail | null> => {
  const claim = randomUUID()
  const { rows } = await pool.query<Omit<ClaimedMail, 'claim' | 'message_key'>>(
    `with due as (
       select mail_key from outbox
       where ((state = 'waiting' and next_try_at <= $1) or (state = 'claimed' and lease_until <= $1))
         and (select count(*) from outbox where tried_at > $1::timestamptz - interval '1 minute') < $4
       order by next_try_at, mail_key
       limit 1
       for update skip locked
     )
     update outbox o
     set state = 'claimed', claimed_by = $2, lease_until = $3, tried_at = $1, attempt_count = attempt_count + 1
     from due
     where o.mail_key = due.mail_key
     returning o.mail_key, o.mail_id, o.kind, o.attempt_count, o.to_address, o.to_name, o.subject, o.text_body, o.html_body, o.headers`,
    [now, claim, new Date(now.getTime() + leaseMs), perMinute],
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

/** What was being handed over by a process that has died is uncertain. Returns how many. */
export const giveUpLostMails = async (pool: Pool, now: Date, answer: string): Promise<number> => {
  const { rowCount } = await pool.query(
    `update outbox set state = 'uncertain', answer = $2, settled_at = $1, lease_until = null
     where state = 'handing_over' and lease_until <= $1`,
    [now, answer],
  )
  return rowCount ?? 0
}

/** What has waited since before `putBefore` is not sent any more. Returns how many. */
export const cancelOldMails = async (
  pool: Pool,
  { putBefore, now, neverTried, tried }: { putBefore: Date; now: Date; neverTried: string; tried: string },
): Promise<number> => {
  const { rowCount } = await pool.query(
    `update outbox
     set state = 'cancelled', settled_at = $2, lease_until = null, claimed_by = null, changed_by = null,
       answer = case when attempt_count = 0 then $3 else concat_ws(' ', $4::text, answer) end
     where put_at <= $1 and (state = 'waiting' or (state = 'claimed' and lease_until <= $2))`,
    [putBefore, now, neverTried, tried],
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
