/** The people who may sign in. */
import type pg from 'pg'
import type { Grant } from './caller.ts'
import { inTransaction } from './in-transaction.ts'
import { withdrawLinks } from './one-time-link.ts'

export type ListedPerson = { user_id: string; name: string; email: string; has_signed_in: boolean; grants: Pick<Grant, 'role' | 'slug'>[] }

/** Everybody, by name, with what they may do. */
export const listPeople = async (pool: pg.Pool): Promise<ListedPerson[]> => {
  const found = await pool.query<ListedPerson>(
    `select u.id as user_id, u.name, u.email, u.last_signed_in_at is not null as has_signed_in,
       coalesce(json_agg(json_build_object('role', g.role, 'slug', c.slug) order by c.name nulls first, c.slug) filter (where g.role is not null), '[]') as grants
     from "user" u
     left join role_grant g on g.user_id = u.id
     left join community c on c.community_id = g.community_id
     group by u.id order by lower(u.name), u.email`,
  )
  return found.rows
}

/**
 * Removes somebody with their sessions, roles and unused links. Never the last administrator: nobody could let anybody in
 * any more. Rows of administrators are locked, so that two who remove each other at once cannot both succeed.
 */
export const removePerson = (pool: pg.Pool, userId: string): Promise<'removed' | 'unknown' | 'last_administrator'> =>
  inTransaction(pool, async (client) => {
    const administrators = await client.query<{ user_id: string }>(
      `select user_id from role_grant where role = 'administrator' order by user_id for update`,
    )
    if (administrators.rows.length === 1 && administrators.rows[0]!.user_id === userId) return 'last_administrator'
    const removed = await client.query<{ email: string }>('delete from "user" where id = $1 returning email', [userId])
    const person = removed.rows[0]
    if (person === undefined) return 'unknown'
    await withdrawLinks(client, person.email)
    return 'removed'
  })
