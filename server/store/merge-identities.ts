/** Accounts of one person: identities that share a person are counted as one, in whatever source they are. */
import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Database } from './connection.ts'
import { DAYS_OF_PEOPLE } from './days-of-people.ts'
import { dismissPairs, takeBackDismissal } from './dismiss-identities.ts'
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

/** The numbers were being worked out all the while; nothing was changed. */
export class RefreshRunsError extends Error {
  override name = 'RefreshRunsError'
}

const waitForRefresh = async (client: PoolClient, communityId: string, patience: number | null): Promise<void> => {
  const setTimeout = (timeout: string) => client.query(`select set_config('lock_timeout', $1, true)`, [timeout])
  if (patience !== null) await setTimeout(`${patience}ms`)
  try {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`refresh ${communityId}`])
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) throw new RefreshRunsError('The numbers are being worked out.')
    throw error
  }
  if (patience !== null) await setTimeout('0')
}
const LOCK_NOT_AVAILABLE = '55P03'

/** `patience`: milliseconds to wait for a refresh that runs, null for as long as it takes; then a RefreshRunsError is thrown. */
type Waiting = { patience?: number | null }

/** One list of accounts for each person, the one with the first account first. */
const byPerson = (identities: readonly StoredIdentity[]): StoredIdentity[][] => [
  ...Map.groupBy(identities, (identity) => identity.person_id).values(),
]

/**
 * Says that these accounts, and all that were said before to be of the same people, are one person's: that of `personId`, or of
 * the first account. Marks the days that this changes and leaves the rest to the next refresh. Gives the accounts of that
 * person, and as `before` how they were people until now; null when an account is not known.
 */
export const mergeIdentities = async (
  { pool }: Database,
  {
    communityId,
    identityKeys,
    personId,
    patience = null,
  }: { communityId: string; identityKeys: readonly string[]; personId?: string } & Waiting,
): Promise<{ person_id: string; identities: StoredIdentity[]; before: StoredIdentity[][] } | null> =>
  inTransaction(pool, async (client) => {
    await waitForRefresh(client, communityId, patience)
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
    // a later word that they are one person takes back an earlier one that they are not
    await takeBackDismissal(client, { communityId, identityKeys: identities.map((identity) => identity.identity_key) })
    return { person_id, identities: identities.map((identity) => ({ ...identity, person_id })), before: byPerson(identities) }
  })

/**
 * The way back: these accounts of one person are together a person of their own. Those that went by the key of an account they lose
 * go by the first of their own. With `dismissedAt` the two sides are remembered as different people, so that they are not suggested
 * again. Gives the accounts that stay together without them, none where all were named; null when an account is not known or they
 * are not of one person.
 */
export const splitIdentity = async (
  { pool }: Database,
  {
    communityId,
    identityKeys,
    dismissedAt,
    patience = null,
  }: { communityId: string; identityKeys: readonly string[]; dismissedAt: Date | null } & Waiting,
): Promise<{ identities: StoredIdentity[] } | null> =>
  inTransaction(pool, async (client) => {
    await waitForRefresh(client, communityId, patience)
    const identities = await readIdentities(client, communityId, identityKeys)
    const split = identities.filter((identity) => identityKeys.includes(identity.identity_key))
    const others = identities.filter((identity) => !identityKeys.includes(identity.identity_key))
    const person_id = identities[0]?.person_id
    const [first] = split
    if (first === undefined || new Set(identities.map((one) => one.person_id)).size > 1 || split.length < new Set(identityKeys).size)
      return null
    const [firstOther] = others
    if (firstOther === undefined || person_id === undefined) return { identities: [] }
    const isTheirs = split.some((one) => one.identity_key === person_id)
    const split_id = isTheirs ? person_id : first.identity_key
    const others_id = isTheirs ? firstOther.identity_key : person_id
    await markDays(client, communityId, [person_id])
    await client.query(
      `update identity set person_id = case when identity_key = any ($3::uuid[]) then $4::uuid else $5::uuid end
       where community_id = $1 and identity_key = any ($2::uuid[])`,
      [communityId, identities.map((one) => one.identity_key), split.map((one) => one.identity_key), split_id, others_id],
    )
    if (dismissedAt !== null) {
      const pairs = split.flatMap((one) => others.map((other) => [one.identity_key, other.identity_key] as const))
      await dismissPairs(client, { communityId, pairs, now: dismissedAt })
    }
    return { identities: others.map((identity) => ({ ...identity, person_id: others_id })) }
  })
