import type { ClientBase, Pool } from 'pg'
import type { Role } from '../../shared/contract/access.ts'
import { addressKey } from '../../shared/contract/report-subscription.ts'

export type DraftReader = { user_id: string; name: string; email: string; role: Role }

/** The managers of a community; its administrators where there is none; of them, whom mail can reach. By address. */
export const listDraftReaders = async (db: Pool | ClientBase, communityId: string): Promise<DraftReader[]> => {
  const { rows } = await db.query<DraftReader>(
    `select u.id as user_id, u.name, u.email, g.role
     from role_grant g join "user" u on u.id = g.user_id
     where (g.community_id = $1 and g.role = 'manager')
        or (g.role = 'administrator'
            and not exists (select from role_grant m where m.community_id = $1 and m.role = 'manager'))
     order by u.email`,
    [communityId],
  )
  return rows.filter(({ email }) => addressKey(email) !== null)
}
