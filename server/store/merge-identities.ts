/** Accounts of one person: identities that share a person are counted as one, in whatever source they are. */
import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Database } from './connection.ts'
import { DAYS_OF_PEOPLE } from './days-of-people.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredIdentity = {
  identity_key: string
  source: string
  source_actor_id: string
  display_name: string | null
  person_id: string
}

/** Everyone's accounts that belong to these, and those themselves, in the order of their keys. */
const readIdentities = async (client: PoolClient, communityId: string, identityKeys: readonly string[]): Promise<StoredIdentity[]> => {
  const { rows } = await client.query<StoredIdentity>(
    `select i.identity_key, i.source, i.source_actor_id, i.display_name, i.person_id
     from identity i
     where i.community_id = $1
       and i.person_id in (select n.person_id from identity n where n.community_id = $1 and n.identity_key = any ($2::uuid[]))
     order by i.identity_key
     for update`,
    [communityId, identityKeys],
  )
  return rows
}

/**
 * Marks each day on which these people are to be seen in the rollups, as wholly stale. A refresh that runs is waited for:
 * it may be rolling up days that would not be found here, by who was who before.
 */
const markDays = async (client: PoolClient, communityId: string, people: string[]): Promise<void> => {
  await client.query(
    `insert into stale_day (community_id, day_on, batch_id)
     select $1, greatest(seen.day_on, '0001-01-01'::date), $4::uuid
     from (${DAYS_OF_PEOPLE}) as seen
     on conflict do nothing`,
    [communityId, people, await readTimeZone(client, communityId), randomUUID()],
  )
}

const readTimeZone = async (client: PoolClient, communityId: string): Promise<string> => {
  const { rows } = await client.query<{ time_zone: string }>('select time_zone from community where community_id = $1', [communityId])
  return rows[0]?.time_zone ?? 'UTC'
}

const waitForRefresh = (client: PoolClient, communityId: string) =>
  client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`refresh ${communityId}`])

/**
 * Says that these accounts, and all that were said before to be of the same people, are one person's: that of `personId`, or of
 * the first account. Marks the days that this changes and leaves the rest to the next refresh. Gives the accounts of that
 * person; null when an account is not known.
 */
export const mergeIdentities = async (
  { pool }: Database,
  { communityId, identityKeys, personId }: { communityId: string; identityKeys: readonly string[]; personId?: string },
): Promise<{ person_id: string; identities: StoredIdentity[] } | null> =>
  inTransaction(pool, async (client) => {
    await waitForRefresh(client, communityId)
    const identities = await readIdentities(client, communityId, identityKeys)
    const byKey = new Map(identities.map((identity) => [identity.identity_key, identity]))
    if (identityKeys.some((key) => !byKey.has(key))) return null
    const person_id = personId ?? byKey.get(identityKeys[0] ?? '')?.person_id
    if (person_id === undefined) return null
    const moved = identities.filter((identity) => identity.person_id !== person_id)
    await markDays(client, communityId, [...new Set(moved.map((identity) => identity.person_id))])
    await client.query('update identity set person_id = $3 where community_id = $1 and identity_key = any ($2::uuid[])', [
      communityId,
      moved.map((identity) => identity.identity_key),
      person_id,
    ])
    return { person_id, identities: identities.map((identity) => ({ ...identity, person_id })) }
  })

/**
 * The way back: this account is a person of its own again. Where the others went by its key, they go by the first of their
 * own. Gives the accounts that stay together without it; null when the account is not known.
 */
export const splitIdentity = async (
  { pool }: Database,
  { communityId, identityKey }: { communityId: string; identityKey: string },
): Promise<{ identities: StoredIdentity[] } | null> =>
  inTransaction(pool, async (client) => {
    await waitForRefresh(client, communityId)
    const identities = await readIdentities(client, communityId, [identityKey])
    const split = identities.find((identity) => identity.identity_key === identityKey)
    if (!split) return null
    const others = identities.filter((identity) => identity !== split)
    const others_id = split.person_id === identityKey ? others[0]?.identity_key : split.person_id
    if (others_id === undefined) return { identities: [] }
    await markDays(client, communityId, [split.person_id])
    await client.query(
      `update identity set person_id = case when identity_key = $3 then $3 else $4::uuid end
       where community_id = $1 and identity_key = any ($2::uuid[])`,
      [communityId, identities.map((identity) => identity.identity_key), identityKey, others_id],
    )
    return { identities: others.map((identity) => ({ ...identity, person_id: others_id })) }
  })
