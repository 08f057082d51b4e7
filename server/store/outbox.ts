/** Mail that waits to be sent. Whoever tells something by mail puts it here in the transaction that makes it true. */
import type { ClientBase, Pool } from 'pg'
import type { HookKind } from '../../shared/contract/alert-hook.ts'

export const MAIL_KINDS = [
  'value-report',
  'portfolio-report',
  'report-draft',
  'value-ask',
  'alert',
  'alert-digest',
  'alert-hook',
  'test',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]
/** Nobody sends these again, whatever became of them: a member is not asked twice. */
export const kindsSentOnce: MailKind[] = ['value-ask']

export type OutgoingMail = {
  /** What makes it the same mail, such as `value-report:<community_id>:2025-12:1:<subscription_id>`: at most one is ever put in. */
  mail_key: string
  /** Null for a mail that speaks of several communities. */
  community_id: string | null
  kind: MailKind
  to: { address: string; name: string | null }
  subject: string
  text: string
  html: string
  /** Further headers by name, such as List-Unsubscribe. */
  headers?: Record<string, string>
  /** Where it goes instead of by mail. Then `to` names it for people, and `text` is the body as it is posted. */
  hook?: { channel: HookKind; hook_id: string }
}

/** True where it was put in, false where a mail with this key is there already, sent or not. */
export const putInOutbox = async (db: Pool | ClientBase, mail: OutgoingMail, now: Date): Promise<boolean> => {
  const { rowCount } = await db.query(
    `insert into outbox (mail_key, community_id, kind, to_address, to_name, subject, text_body, html_body, headers, put_at, state, next_try_at,
       channel, hook_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $10, $11, $12)
     on conflict (mail_key) do nothing`,
    [
      mail.mail_key,
      mail.community_id,
      mail.kind,
      mail.to.address,
      mail.to.name,
      mail.subject,
      mail.text,
      mail.html,
      JSON.stringify(mail.headers ?? {}),
      now,
      mail.hook?.channel ?? 'mail',
      mail.hook?.hook_id ?? null,
    ],
  )
  return rowCount === 1
}
