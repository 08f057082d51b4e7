import type { ClientBase } from 'pg'
import { DAYS_OF_PEOPLE } from '../store/days-of-people.ts'
import { localDayOf } from './local-day.ts'
import type { StaleMark } from './stale-days.ts'

export type Bots = {
  /** All there are now. */
  identityKeys: string[]
  /** The days of those whom the rollups still take for people, or no longer should take for bots. */
  marks: Pick<StaleMark, 'day_on' | 'received_at'>[]
}

/**
 * Who is a bot, and what is to be looked at again because of that. An account that is new has nothing in the rollups, and
 * costs nothing. To be read first and written last: who turns out to be one in between is found by the next refresh.
 */
export const readBots = async (client: ClientBase, communityId: string, timeZone: string): Promise<Bots> => {
  const bots = await client.query<{ identity_key: string; person_id: string; is_known: boolean }>(
    `select i.identity_key, i.person_id, k.identity_key is not null as is_known
     from identity i
     left join known_bot k on k.community_id = $1 and k.identity_key = i.identity_key
     where i.community_id = $1 and i.is_bot`,
    [communityId],
  )
  const cleared = await client.query<{ identity_key: string; person_id: string }>(
    `select i.identity_key, i.person_id
     from known_bot k
     join identity i on i.community_id = $1 and i.identity_key = k.identity_key and not i.is_bot
     where k.community_id = $1`,
    [communityId],
  )
  const identityKeys = bots.rows.map((row) => row.identity_key)
  const people = [...bots.rows.filter((row) => !row.is_known), ...cleared.rows].map((row) => row.person_id)
  if (people.length === 0) return { identityKeys, marks: [] }
  const { rows } = await client.query<{ day_on: string }>(DAYS_OF_PEOPLE, [communityId, people, timeZone])
  const days = new Set(rows.map((row) => row.day_on))
  for (const day of await readEventDays(client, communityId, cleared.rows, timeZone)) days.add(day)
  return { identityKeys, marks: [...days].map((day_on) => ({ day_on, received_at: null })) }
}

/**
 * The days of all that accounts did. What bots view, like or join is in no rollup, so that only the events tell; they are
 * not ordered by account, and all of the community are read for the rare account that is a person after all.
 */
const readEventDays = async (
  client: ClientBase,
  communityId: string,
  accounts: readonly { identity_key: string }[],
  timeZone: string,
): Promise<string[]> => {
  if (accounts.length === 0) return []
  const { rows } = await client.query<{ day_on: string }>(
    `select distinct greatest(${localDayOf('e.occurred_at', '$3')}, '0001-01-01'::date) as day_on
     from event e
     where e.community_id = $1 and e.identity_key = any ($2::uuid[])`,
    [communityId, accounts.map((account) => account.identity_key), timeZone],
  )
  return rows.map((row) => row.day_on)
}

/** Remembers whom the rollups take for a bot. */
export const writeKnownBots = async (client: ClientBase, communityId: string, identityKeys: string[]): Promise<void> => {
  await client.query('delete from known_bot where community_id = $1 and identity_key <> all ($2::uuid[])', [communityId, identityKeys])
  await client.query(
    `insert into known_bot (community_id, identity_key)
     select $1, unnest($2::uuid[])
     on conflict do nothing`,
    [communityId, identityKeys],
  )
}
