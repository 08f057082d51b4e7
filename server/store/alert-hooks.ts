/** Where the managers of a community have alerts sent to besides mail. Addresses and secrets are kept sealed, and opened for one delivery. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { AlertRuleId } from '../../shared/contract/alert.ts'
import { type HookKind, MOST_HOOKS, OLD_SECRET_HOURS } from '../../shared/contract/alert-hook.ts'
import type { MailState } from '../../shared/contract/mail.ts'
import { inTransaction } from './in-transaction.ts'
import { cancelOfHook } from './outbox-delivery.ts'
import { openSecret, sealSecret } from './seal-secret.ts'

export type StoredHook = {
  hook_id: string
  kind: HookKind
  label: string
  host: string
  rules: AlertRuleId[] | null
  is_on: boolean
  off_reason: string | null
  old_secret_until: Date | null
  created_at: Date
  /** Names; null: by itself, or by somebody who is gone. */
  created_by: string | null
  updated_at: Date
  updated_by: string | null
  version: number
  waiting_count: number
  /** What was put into the outbox last for it. */
  last: LastSent | null
}
export type LastSent = {
  mail_id: string
  kind: string
  subject: string
  state: MailState
  put_at: string
  tried_at: string | null
  next_try_at: string
  settled_at: string | null
  attempt_count: number
  answer: string | null
}

const SELECT = `select h.hook_id, h.kind, h.label, h.host, h.rules, h.is_on, h.off_reason, h.old_secret_until, h.created_at,
    c.name as created_by, h.updated_at, u.name as updated_by, h.version,
    (select count(*)::int from outbox o where o.hook_id = h.hook_id and o.state = 'waiting') as waiting_count,
    (select json_build_object('mail_id', o.mail_id, 'kind', o.kind, 'subject', o.subject,
         'state', case when o.state in ('claimed', 'handing_over') then 'sending' else o.state end,
         'put_at', o.put_at, 'tried_at', o.tried_at, 'next_try_at', o.next_try_at, 'settled_at', o.settled_at,
         'attempt_count', o.attempt_count, 'answer', o.answer)
       from outbox o where o.hook_id = h.hook_id order by o.put_at desc, o.mail_key desc limit 1) as last
  from alert_hook h
  left join "user" c on c.id = h.created_by
  left join "user" u on u.id = h.updated_by
  where h.community_id = $1`

/** The oldest first. */
export const listHooks = async (db: Pool | ClientBase, communityId: string): Promise<StoredHook[]> =>
  (await db.query<StoredHook>(`${SELECT} order by h.created_at, h.hook_id`, [communityId])).rows

export const findHook = async (db: Pool | ClientBase, communityId: string, hookId: string): Promise<StoredHook | null> =>
  (await db.query<StoredHook>(`${SELECT} and h.hook_id = $2`, [communityId, hookId])).rows[0] ?? null

/** Tests put in for a hook since a time. */
export const countHookTests = async (db: Pool | ClientBase, hookId: string, since: Date): Promise<number> =>
  (
    await db.query<{ count: number }>(`select count(*)::int as count from outbox where hook_id = $1 and kind = 'test' and put_at > $2`, [
      hookId,
      since,
    ])
  ).rows[0]?.count ?? 0

/** One column of one row is not opened as another. */
const ownerOf = (hookId: string, part: 'address' | 'secret'): string => `alert-hook:${hookId}:${part}`

type Who = { userId: string | null; now: Date }
type Typed = { label: string; rules: AlertRuleId[] | null }
export type NewHook = Who & Typed & { communityId: string; kind: HookKind; address: string; host: string; secret: string | null }

/** 'too_many': the community has as many as it may. */
export const addHook = (pool: Pool, secretKey: string, made: NewHook): Promise<StoredHook | 'too_many' | 'gone'> =>
  inTransaction(pool, async (client) => {
    // one at a time: two who add at once would both find room for one more
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [made.communityId])
    if (rowCount === 0) return 'gone'
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from alert_hook where community_id = $1', [
      made.communityId,
    ])
    if ((rows[0]?.count ?? 0) >= MOST_HOOKS) return 'too_many'
    const hookId = randomUUID()
    await client.query(
      `insert into alert_hook (community_id, hook_id, kind, label, host, sealed_address, sealed_secret, rules, is_on, created_at, created_by,
         version, updated_at, updated_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, true, $9, $10, 1, $9, $10)`,
      [
        made.communityId,
        hookId,
        made.kind,
        made.label,
        made.host,
        sealSecret(secretKey, ownerOf(hookId, 'address'), made.address),
        made.secret === null ? null : sealSecret(secretKey, ownerOf(hookId, 'secret'), made.secret),
        made.rules,
        made.now,
        made.userId,
      ],
    )
    return (await findHook(client, made.communityId, hookId)) as StoredHook
  })

export type HookChanged = { changed: StoredHook } | { other: StoredHook } | 'unknown'
type Place = Who & { communityId: string; hookId: string; version: number }

const changeOf = (pool: Pool, place: Place, apply: (client: ClientBase, stands: StoredHook) => Promise<unknown>): Promise<HookChanged> =>
  inTransaction(pool, async (client) => {
    const { communityId, hookId, version } = place
    await client.query('select from alert_hook where community_id = $1 and hook_id = $2 for update', [communityId, hookId])
    const stands = await findHook(client, communityId, hookId)
    if (stands === null) return 'unknown'
    if (stands.version !== version) return { other: stands }
    await apply(client, stands)
    return { changed: (await findHook(client, communityId, hookId)) ?? stands }
  })

/** Changes the version named, and no other. `address` null: as it is. What waits for one that is switched off is not sent. */
export const changeHook = (
  pool: Pool,
  secretKey: string,
  change: Place & Typed & { isOn: boolean; address: { text: string; host: string } | null },
): Promise<HookChanged> =>
  changeOf(pool, change, async (client, stands) => {
    const { communityId, hookId, now, address } = change
    await client.query(
      `update alert_hook
       set label = $3, rules = $4, is_on = $5, off_reason = null, version = version + 1, updated_at = $6, updated_by = $7,
         sealed_address = coalesce($8, sealed_address), host = coalesce($9, host)
       where community_id = $1 and hook_id = $2`,
      [
        communityId,
        hookId,
        change.label,
        change.rules,
        change.isOn,
        now,
        change.userId,
        address === null ? null : sealSecret(secretKey, ownerOf(hookId, 'address'), address.text),
        address?.host ?? null,
      ],
    )
    if (stands.is_on && !change.isOn)
      await cancelOfHook(client, { hookId, reason: 'The hook was switched off before it was sent.', isForGood: false, now })
  })

/** Gives a webhook another secret; the one before it signs as well for a day, so that its receiver can take the new one in between. */
export const rotateSecret = (pool: Pool, secretKey: string, change: Place & { secret: string }): Promise<HookChanged> =>
  changeOf(pool, change, (client) =>
    client.query(
      `update alert_hook
       set sealed_old_secret = sealed_secret, old_secret_until = $4, sealed_secret = $3, version = version + 1, updated_at = $5,
         updated_by = $6
       where community_id = $1 and hook_id = $2`,
      [
        change.communityId,
        change.hookId,
        sealSecret(secretKey, ownerOf(change.hookId, 'secret'), change.secret),
        new Date(change.now.getTime() + OLD_SECRET_HOURS * 3_600_000),
        change.now,
        change.userId,
      ],
    ),
  )

/** Removes the version named, and no other; what waits for it is never sent. */
export const removeHook = (pool: Pool, place: Place): Promise<HookChanged> =>
  changeOf(pool, place, async (client) => {
    const { communityId, hookId, now } = place
    await client.query('delete from alert_hook where community_id = $1 and hook_id = $2', [communityId, hookId])
    await cancelOfHook(client, { hookId, reason: 'The hook was removed before it was sent.', isForGood: true, now })
  })

/** The receiver wants no more. `reason`: a sentence. */
export const switchOffHook = (pool: Pool, hook: { communityId: string; hookId: string; reason: string; now: Date }): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { communityId, hookId, reason, now } = hook
    await client.query(
      `update alert_hook set is_on = false, off_reason = $3, version = version + 1, updated_at = $4, updated_by = null
       where community_id = $1 and hook_id = $2 and is_on`,
      [communityId, hookId, reason, now],
    )
    await cancelOfHook(client, { hookId, reason: 'The hook was switched off, because its receiver wants no more.', isForGood: false, now })
  })

export type OpenedHook = { kind: HookKind; is_on: boolean; address: string; secrets: string[] }

/** With its address and the secrets that sign at `at`; 'sealed' where they were sealed with another SECRET_KEY. */
export const openHook = async (
  db: Pool,
  secretKey: string,
  { communityId, hookId, at }: { communityId: string; hookId: string; at: Date },
): Promise<OpenedHook | 'sealed' | null> => {
  const { rows } = await db.query<{
    kind: HookKind
    is_on: boolean
    sealed_address: Buffer
    sealed_secret: Buffer | null
    sealed_old_secret: Buffer | null
  }>(
    `select kind, is_on, sealed_address, sealed_secret, case when old_secret_until > $3 then sealed_old_secret end as sealed_old_secret
     from alert_hook where community_id = $1 and hook_id = $2`,
    [communityId, hookId, at],
  )
  const [row] = rows
  if (row === undefined) return null
  const address = openSecret(secretKey, ownerOf(hookId, 'address'), row.sealed_address)
  const sealed = [row.sealed_secret, row.sealed_old_secret].filter((one) => one !== null)
  const secrets = sealed.map((one) => openSecret(secretKey, ownerOf(hookId, 'secret'), one)).filter((one) => one !== null)
  if (address === null || (row.kind === 'webhook' && secrets.length === 0)) return 'sealed'
  return { kind: row.kind, is_on: row.is_on, address, secrets }
}
