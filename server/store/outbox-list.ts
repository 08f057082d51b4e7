/** The outbox as people look after it: what is in it, taking back what waits, sending again what did not arrive. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { Channel, MailState } from '../../shared/contract/mail.ts'
import { inTransaction } from './in-transaction.ts'
import { kindsSentOnce, type MailKind } from './outbox.ts'

export type StoredMail = {
  mail_id: string
  community_slug: string | null
  community_name: string | null
  kind: MailKind
  channel: Channel
  to_address: string
  to_name: string | null
  subject: string
  state: MailState
  put_at: Date
  attempt_count: number
  tried_at: Date | null
  next_try_at: Date
  settled_at: Date | null
  answer: string | null
  /** Name of the account. */
  changed_by: string | null
  again_of: string | null
  sent_again_as: string | null
  can_resend: boolean
}
export type StoredMailText = StoredMail & { text_body: string; html_body: string; is_text_dropped: boolean }

/** Null: of all communities and of none. */
export type Whose = string | null

const STATE = `case when o.state in ('claimed', 'handing_over') then 'sending' else o.state end`
const CAN_RESEND = `(o.state in ('refused', 'uncertain', 'cancelled') and again.mail_id is null and not o.is_text_dropped and not o.is_closed
  and o.kind <> all ($2))`
const COLUMNS = `o.mail_id, c.slug as community_slug, c.name as community_name, o.kind, o.channel, o.to_address, o.to_name, o.subject,
  ${STATE} as state, o.put_at, o.attempt_count, o.tried_at, o.next_try_at, o.settled_at, o.answer, u.name as changed_by,
  first.mail_id as again_of, again.mail_id as sent_again_as, ${CAN_RESEND} as can_resend`
const FROM = `from outbox o
  left join community c on c.community_id = o.community_id
  left join "user" u on u.id = o.changed_by
  left join outbox first on first.mail_key = o.again_of
  left join outbox again on again.again_of = o.mail_key`
const WHERE = 'where ($1::uuid is null or o.community_id = $1)'

/** The newest first. `before`: a mail; only those put in earlier than it. */
export const listMails = async (
  pool: Pool,
  whose: Whose,
  { state, before, limit }: { state: MailState | null; before: string | null; limit: number },
): Promise<StoredMail[]> => {
  const { rows } = await pool.query<StoredMail>(
    `select ${COLUMNS} ${FROM} ${WHERE} and ($3::text is null or ${STATE} = $3)
       and ($4::uuid is null or (o.put_at, o.mail_id) < (select put_at, mail_id from outbox where mail_id = $4))
     order by o.put_at desc, o.mail_id desc limit $5`,
    [whose, kindsSentOnce, state, before, limit],
  )
  return rows
}

export const countMails = async (pool: Pool, whose: Whose): Promise<Partial<Record<MailState, number>>> => {
  const { rows } = await pool.query<{ state: MailState; count: number }>(
    `select ${STATE} as state, count(*)::int as count from outbox o ${WHERE} group by 1`,
    [whose],
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

export const findMail = async (db: Pool | ClientBase, whose: Whose, mailId: string): Promise<StoredMailText | null> => {
  const { rows } = await db.query<StoredMailText>(
    `select ${COLUMNS}, o.text_body, o.html_body, o.is_text_dropped ${FROM} ${WHERE} and o.mail_id = $3`,
    [whose, kindsSentOnce, mailId],
  )
  return rows[0] ?? null
}

type Change = { mailId: string; userId: string | null; now: Date }

/**
 * Puts a copy of a mail that did not arrive, or of which nobody knows, into the outbox. Each mail has one copy at most, so that pressing
 * twice sends once; where the copy fails, that one can be sent again. Null where there is no such mail, or where it cannot be (any more).
 */
export const resendMail = (pool: Pool, whose: Whose, { mailId, userId, now }: Change): Promise<StoredMailText | null> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ mail_key: string }>(
      `select o.mail_key from outbox o where ($1::uuid is null or o.community_id = $1) and o.mail_id = $2 for update`,
      [whose, mailId],
    )
    const found = rows[0] && (await findMail(client, whose, mailId))
    if (!rows[0] || !found?.can_resend) return null
    const copyId = randomUUID()
    await client.query(
      `insert into outbox (mail_key, mail_id, community_id, kind, to_address, to_name, subject, text_body, html_body, headers, channel, hook_id,
         put_at, state, next_try_at, again_of, changed_by)
       select $2, $3, community_id, kind, to_address, to_name, subject, text_body, html_body, headers, channel, hook_id,
         $4, 'waiting', $4, mail_key, $5
       from outbox where mail_key = $1`,
      [rows[0].mail_key, copyKey(rows[0].mail_key), copyId, now, userId],
    )
    return findMail(client, whose, copyId)
  })

/** `x` is followed by `x:again:1`, and that by `x:again:2`. */
const copyKey = (mailKey: string): string => {
  const [, first, times] = /^(.*?)(?::again:(\d+))?$/s.exec(mailKey) as unknown as [string, string, string | undefined]
  return `${first}:again:${Number(times ?? 0) + 1}`
}

/** Takes back a mail that waits. False where there is none, or where it does not wait (any more). */
export const cancelMail = async (pool: Pool, whose: Whose, { mailId, userId, now }: Change): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `update outbox o set state = 'cancelled', settled_at = $3, changed_by = $4,
       answer = concat_ws(' ', 'Taken back before it was sent.', case when answer is not null then 'Last answer before that: ' || answer end)
     ${WHERE} and o.mail_id = $2 and o.state = 'waiting'`,
    [whose, mailId, now, userId],
  )
  return rowCount === 1
}

/**
 * What has not left yet of these kinds for somebody who wants no more of them, is taken back, and what failed cannot be sent again by hand.
 * To be called in the transaction that keeps what they said. `communityId` null: mails that speak of several communities. `reason`: a sentence. Returns how many were taken back.
 */
export const takeBackMails = async (
  db: Pool | ClientBase,
  { communityId, kinds, toAddress }: { communityId: string | null; kinds: MailKind[]; toAddress: string },
  reason: string,
  now: Date,
): Promise<number> => {
  const of = 'community_id is not distinct from $1 and kind = any ($2) and lower(to_address) = lower($3)'
  await db.query(`update outbox set is_closed = true where ${of}`, [communityId, kinds, toAddress])
  const { rowCount } = await db.query(
    `update outbox set state = 'cancelled', settled_at = $5, answer = $4, lease_until = null, claimed_by = null, changed_by = null
     where ${of} and state in ('waiting', 'claimed')`,
    [communityId, kinds, toAddress, reason, now],
  )
  return rowCount ?? 0
}
