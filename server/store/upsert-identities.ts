/** The accounts that a batch of events shows: whichever order events arrive in, the same row is left. */
import type { PoolClient } from 'pg'
import { readBotName } from '../ingest/classify/read-bot-name.ts'
import type { ActorRow, EventRow } from '../ingest/event-row.ts'
import { nameKey } from '../ingest/name-key.ts'

export type IdentitySight = ActorRow & { named_at: string | null }

/** By bytes of UTF-8, as the database compares under the collation "C". */
const isGreater = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0

/** The latest name wins, at the same instant the greater one; a bot is one as soon as any event says so. */
const mergeSights = (a: IdentitySight, b: IdentitySight): IdentitySight => {
  const isLater =
    b.named_at !== null &&
    (a.named_at === null || b.named_at > a.named_at || (b.named_at === a.named_at && isGreater(b.display_name ?? '', a.display_name ?? '')))
  const named = isLater ? b : a
  return {
    ...a,
    display_name: named.display_name,
    named_at: named.named_at,
    is_bot: a.is_bot || b.is_bot,
    email_key: a.email_key ?? b.email_key,
  }
}

/** One sight for each account in the events, in the order of their keys. */
export const collectIdentities = (rows: readonly EventRow[]): IdentitySight[] => {
  const sights = new Map<string, IdentitySight>()
  for (const row of rows)
    for (const actor of [row.actor, row.target_actor]) {
      if (actor === null) continue
      const sight = { ...actor, named_at: actor.display_name === null ? null : row.occurred_at }
      const known = sights.get(actor.identity_key)
      sights.set(actor.identity_key, known ? mergeSights(known, sight) : sight)
    }
  return [...sights.values()].sort((a, b) => (a.identity_key < b.identity_key ? -1 : 1))
}

/**
 * Inserts the accounts that are new and updates those whose name is later or whom the source turns out to call bots. Rows are locked in
 * the order of their keys, and only those that change. A new account is a person of its own until someone links it.
 */
export const upsertIdentities = async (client: PoolClient, communityId: string, sights: readonly IdentitySight[]): Promise<void> => {
  if (sights.length === 0) return
  await client.query(
    `with
    sight as (
      select *
      from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[], $8::uuid[], $9::uuid[])
        as s (identity_key, source, source_actor_id, display_name, named_at, is_bot, email_key, name_key)
    ),
    news as (
      -- a manager who says that it is a person is believed, not the source
      select s.*, s.is_bot and coalesce(b.ruling, true) as counts_as_bot
      from sight s
      left join identity i on i.community_id = $1 and i.identity_key = s.identity_key
      left join bot_account b on b.community_id = $1 and b.identity_key = s.identity_key
      where i.identity_key is null
        or (s.is_bot and not i.is_bot_by_source)
        or (s.email_key is not null and i.email_key is null)
        or (s.named_at is not null and (i.named_at is null or (s.named_at, s.display_name collate "C") > (i.named_at, i.display_name collate "C")))
    )
    insert into identity as i (
      community_id, identity_key, source, source_actor_id, display_name, named_at, person_id, is_bot, is_bot_by_source, email_key, name_key
    )
    select $1, identity_key, source, source_actor_id, display_name, named_at, identity_key, counts_as_bot, is_bot, email_key, name_key
    from news
    order by identity_key
    on conflict (community_id, identity_key) do update set
      display_name = case
        when excluded.named_at is not null and (i.named_at is null or (excluded.named_at, excluded.display_name collate "C") > (i.named_at, i.display_name collate "C"))
        then excluded.display_name else i.display_name end,
      name_key = case
        when excluded.named_at is not null and (i.named_at is null or (excluded.named_at, excluded.display_name collate "C") > (i.named_at, i.display_name collate "C"))
        then excluded.name_key else i.name_key end,
      named_at = greatest(i.named_at, excluded.named_at),
      is_bot = i.is_bot or excluded.is_bot,
      is_bot_by_source = i.is_bot_by_source or excluded.is_bot_by_source,
      -- the first one stays, whatever order events come in
      email_key = coalesce(i.email_key, excluded.email_key)`,
    [
      communityId,
      sights.map((s) => s.identity_key),
      sights.map((s) => s.source),
      sights.map((s) => s.source_actor_id),
      sights.map((s) => s.display_name),
      sights.map((s) => s.named_at),
      sights.map((s) => s.is_bot),
      sights.map((s) => s.email_key),
      sights.map((s) => nameKey(s.display_name)),
    ],
  )
  // whatever becomes of the event until then, the next refresh looks at them
  const suspects = sights.filter((s) => s.is_bot || readBotName(s.display_name, s.source_actor_id) !== null)
  if (suspects.length > 0)
    await client.query(
      `insert into bot_account (community_id, identity_key, reasons, is_recognised)
       select $1, s.identity_key, '[]', false from unnest($2::uuid[]) as s (identity_key) order by s.identity_key
       on conflict do nothing`,
      [communityId, suspects.map((s) => s.identity_key)],
    )
}
