import type { ClientBase, Pool } from 'pg'

/**
 * People with an account that looks like a bot, is counted all the same, and that no manager has spoken about, in the order
 * of their ids. Where they write much, what is said of the place is less sure. It follows from the events and the rulings.
 */
export const readSuspects = async (db: Pool | ClientBase, communityId: string): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>(
    `select distinct i.person_id
     from bot_account b
     join identity i on i.community_id = $1 and i.identity_key = b.identity_key and not i.is_bot
     where b.community_id = $1
       and b.ruling is null
       -- where everyone's times are rounded, habits alone are no sign
       and (b.reasons @> '[{"by": "name"}]' or (b.reasons @> '[{"by": "behaviour"}]' and not b.reasons @> '[{"held_back": ["shared_clock"]}]'))
     order by i.person_id`,
    [communityId],
  )
  return rows.map((row) => row.person_id)
}
