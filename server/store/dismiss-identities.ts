/** Accounts that a person said are not of one person: such a pair is not suggested again. */
import type { ClientBase, Pool } from 'pg'
import type { Database } from './connection.ts'
import { inTransaction } from './in-transaction.ts'

type Db = Pool | ClientBase
export type Pair = readonly [string, string]

const inOrder = ([a, b]: Pair): Pair => (a < b ? [a, b] : [b, a])

/** Remembers pairs of accounts as different people's; again changes nothing. */
export const dismissPairs = async (
  db: Db,
  { communityId, pairs, now }: { communityId: string; pairs: readonly Pair[]; now: Date },
): Promise<void> => {
  const ordered = pairs.map(inOrder)
  await db.query(
    `insert into identity_dismissal (community_id, identity_key, other_key, dismissed_at)
     select distinct $1::uuid, p.identity_key, p.other_key, $4::timestamptz
     from unnest($2::uuid[], $3::uuid[]) as p (identity_key, other_key)
     where p.identity_key <> p.other_key
     order by 2, 3
     on conflict (community_id, identity_key, other_key) do nothing`,
    [communityId, ordered.map(([a]) => a), ordered.map(([, b]) => b), now],
  )
}

/**
 * Says that these accounts are different people's: each pair of them that is not one person's already. Gives the number of pairs now
 * held of them; null when an account is not known.
 */
export const dismissIdentities = async (
  { pool }: Database,
  { communityId, identityKeys, now }: { communityId: string; identityKeys: readonly string[]; now: Date },
): Promise<number | null> =>
  inTransaction(pool, async (client) => {
    const keys = [...new Set(identityKeys)]
    const { rows } = await client.query<{ identity_key: string; person_id: string }>(
      'select identity_key, person_id from identity where community_id = $1 and identity_key = any ($2::uuid[]) order by identity_key',
      [communityId, keys],
    )
    if (rows.length < keys.length) return null
    const pairs = rows.flatMap((one, i) =>
      rows.slice(i + 1).flatMap((other): Pair[] => (other.person_id === one.person_id ? [] : [[one.identity_key, other.identity_key]])),
    )
    await dismissPairs(client, { communityId, pairs, now })
    return pairs.length
  })

/** Takes it back between every two of these accounts: where they are alike they are suggested again. Gives the number of pairs. */
export const takeBackDismissal = async (
  db: Db,
  { communityId, identityKeys }: { communityId: string; identityKeys: readonly string[] },
): Promise<number> => {
  const { rowCount } = await db.query(
    `delete from identity_dismissal
     where community_id = $1 and identity_key = any ($2::uuid[]) and other_key = any ($2::uuid[])`,
    [communityId, identityKeys],
  )
  return rowCount ?? 0
}

type ShownAccount = { source: string; source_actor_id: string; display_name: string | null }
export type StoredDismissal = { accounts: [ShownAccount, ShownAccount]; dismissed_at: Date }

/** The pairs said to be different people's, the latest first, and how many there are in all. */
export const listDismissedPairs = async (
  db: Db,
  communityId: string,
  limit: number,
): Promise<{ pairs: StoredDismissal[]; total: number }> => {
  const account = (alias: string) =>
    `json_build_object('source', ${alias}.source, 'source_actor_id', ${alias}.source_actor_id, 'display_name', ${alias}.display_name)`
  const { rows } = await db.query<StoredDismissal & { total: string }>(
    `select json_build_array(${account('one')}, ${account('other')}) as accounts, d.dismissed_at, count(*) over () as total
     from identity_dismissal d
     join identity one on one.community_id = $1 and one.identity_key = d.identity_key
     join identity other on other.community_id = $1 and other.identity_key = d.other_key
     where d.community_id = $1
     order by d.dismissed_at desc, d.identity_key, d.other_key
     limit $2`,
    [communityId, limit],
  )
  return { pairs: rows.map(({ accounts, dismissed_at }) => ({ accounts, dismissed_at })), total: Number(rows[0]?.total ?? 0) }
}
