/** Which accounts are programs: what was found of them, and what managers say. Their word comes before the source's. */
import type { ClientBase, Pool } from 'pg'
import type { BotReason } from '../../shared/contract/bot.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredBot = {
  identity_key: string
  source: string
  source_actor_id: string
  display_name: string | null
  is_bot: boolean
  reasons: BotReason[]
  is_recognised: boolean
  ruling: boolean | null
  ruled_at: Date | null
  contributions: number
  /** In the 90 days up to the end of the data. */
  recent_contributions: number
  first_seen_at: Date | null
  last_seen_at: Date | null
  other_accounts: number
}

const RECENT_DAYS = 90

/** Where accounts are one person's, only the events tell them apart; else contributions are in order by person, and quick. */
const WRITTEN = `(
    select c.occurred_at
    from contribution c
    where c.community_id = $1 and c.person_id = a.person_id and a.other_accounts = 0
    union all
    select c.occurred_at
    from contribution c
    join event e on e.community_id = $1 and e.event_key = c.event_key and e.identity_key = a.identity_key
    where c.community_id = $1 and c.person_id = a.person_id and a.other_accounts > 0
  ) as w`

/** $1 community_id · $2 identity_key uuid[], or null for every account of which something was found or said */
const BOTS = `with account as materialized (
  select
    i.identity_key,
    i.source,
    i.source_actor_id,
    i.display_name,
    i.person_id,
    i.is_bot,
    coalesce(b.reasons, '[]') as reasons,
    coalesce(b.is_recognised, false) or i.is_bot_by_source as is_recognised,
    b.ruling,
    b.ruled_at,
    (
      select count(*)::int from identity o
      where o.community_id = $1 and o.person_id = i.person_id and o.identity_key <> i.identity_key
    ) as other_accounts
  from identity i
  left join bot_account b on b.community_id = $1 and b.identity_key = i.identity_key
  where i.community_id = $1
    and (case when $2::uuid[] is null then b.identity_key is not null else i.identity_key = any ($2::uuid[]) end)
)
select a.identity_key, a.source, a.source_actor_id, a.display_name, a.is_bot, a.reasons, a.is_recognised, a.ruling, a.ruled_at,
  a.other_accounts, seen.*
from account a
cross join lateral (
  select
    count(*)::int as contributions,
    count(*) filter (
      where w.occurred_at >= (select s.known_by from community_state s where s.community_id = $1) - interval '${RECENT_DAYS} days'
    )::int as recent_contributions,
    min(w.occurred_at) as first_seen_at,
    max(w.occurred_at) as last_seen_at
  from ${WRITTEN}
) seen
order by seen.contributions desc, a.source collate "C", a.source_actor_id collate "C"`

/** Where everyone's times are rounded, what would have spoken against somebody does not. */
const isFound = (bot: StoredBot): boolean =>
  bot.ruling !== null || bot.reasons.some((reason) => reason.by !== 'behaviour' || !reason.held_back.includes('shared_clock'))

/** Accounts that look like programs or were ruled on, those with most contributions first. */
export const listBots = async (db: Pool | ClientBase, communityId: string): Promise<StoredBot[]> =>
  (await db.query<StoredBot>(BOTS, [communityId, null])).rows.filter(isFound)

/**
 * A manager's word on an account: a bot, a person, or (null) nothing any longer. Counts follow with the next refresh. Null
 * where no event has shown such an account.
 */
export const ruleOnBot = async (
  pool: Pool,
  { communityId, identityKey, ruling, now }: { communityId: string; identityKey: string; ruling: boolean | null; now: Date },
): Promise<StoredBot | null> =>
  inTransaction(pool, async (client) => {
    if (ruling === null)
      await client.query('update bot_account set ruling = null, ruled_at = null where community_id = $1 and identity_key = $2', [
        communityId,
        identityKey,
      ])
    else
      await client.query(
        `insert into bot_account as b (community_id, identity_key, reasons, is_recognised, ruling, ruled_at)
         select i.community_id, i.identity_key, '[]', false, $3, $4 from identity i where i.community_id = $1 and i.identity_key = $2
         on conflict (community_id, identity_key) do update set ruling = excluded.ruling, ruled_at = excluded.ruled_at
         where b.ruling is distinct from excluded.ruling`,
        [communityId, identityKey, ruling, now],
      )
    await client.query(
      `update identity i
       set is_bot = coalesce($3, i.is_bot_by_source or coalesce(
         (select b.is_recognised from bot_account b where b.community_id = $1 and b.identity_key = $2), false))
       where i.community_id = $1 and i.identity_key = $2`,
      [communityId, identityKey, ruling],
    )
    return (await client.query<StoredBot>(BOTS, [communityId, [identityKey]])).rows[0] ?? null
  })
