import type { ClientBase, Pool } from 'pg'

export type FoundAccount = { source: string; source_actor_id: string; display_name: string | null; is_facilitator: boolean }

/** Before a character that means something to `like`. */
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

/**
 * Accounts whose name or id holds a text, whatever its case: those that begin with it first. Bots are left out; of a person
 * with several accounts each is its own row.
 */
export const findAccounts = async (db: Pool | ClientBase, communityId: string, text: string, limit: number): Promise<FoundAccount[]> => {
  const held = escapeLike(text)
  const { rows } = await db.query<FoundAccount>(
    `select i.source, i.source_actor_id, i.display_name,
       exists (
         select from facilitator f
         join identity named on named.community_id = $1 and named.identity_key = f.identity_key
         where f.community_id = $1 and named.person_id = i.person_id
       ) as is_facilitator
     from identity i
     where i.community_id = $1 and not i.is_bot and (i.display_name ilike $2 or i.source_actor_id ilike $2)
     order by (i.display_name ilike $3 or i.source_actor_id ilike $3) is true desc,
       coalesce(i.display_name, i.source_actor_id), i.source collate "C", i.source_actor_id collate "C"
     limit $4`,
    [communityId, `%${held}%`, `${held}%`, limit],
  )
  return rows
}
