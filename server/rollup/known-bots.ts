import type { ClientBase } from 'pg'
import { DAYS_OF_PEOPLE } from '../store/days-of-people.ts'
import type { StaleMark } from './stale-days.ts'

/**
 * Marks for the days on which somebody did something who has turned out to be a bot since rollups were last refreshed.
 * An account that is new has nothing there, and costs nothing.
 */
export const readMarksOfBots = async (
  client: ClientBase,
  communityId: string,
  timeZone: string,
): Promise<Pick<StaleMark, 'day_on' | 'received_at'>[]> => {
  const changed = await client.query<{ person_id: string }>(
    `select i.person_id
     from identity i
     where i.community_id = $1 and i.is_bot
       and not exists (select from known_bot k where k.community_id = $1 and k.identity_key = i.identity_key)
     union
     select i.person_id
     from known_bot k
     join identity i on i.community_id = $1 and i.identity_key = k.identity_key and not i.is_bot
     where k.community_id = $1`,
    [communityId],
  )
  if (changed.rows.length === 0) return []
  const { rows } = await client.query<{ day_on: string }>(DAYS_OF_PEOPLE, [communityId, changed.rows.map((row) => row.person_id), timeZone])
  return rows.map(({ day_on }) => ({ day_on, received_at: null }))
}

/** Remembers whom the rollups take for a bot. */
export const writeKnownBots = async (client: ClientBase, communityId: string): Promise<void> => {
  await client.query(
    `delete from known_bot k
     where k.community_id = $1
       and not exists (select from identity i where i.community_id = $1 and i.identity_key = k.identity_key and i.is_bot)`,
    [communityId],
  )
  await client.query(
    `insert into known_bot (community_id, identity_key)
     select i.community_id, i.identity_key
     from identity i
     where i.community_id = $1 and i.is_bot
       and not exists (select from known_bot k where k.community_id = $1 and k.identity_key = i.identity_key)
     on conflict do nothing`,
    [communityId],
  )
}
