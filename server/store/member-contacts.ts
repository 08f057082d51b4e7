/** Addresses of members that managers gave, for asking and nothing else. */
import type { ClientBase, Pool } from 'pg'
import { emailKey } from '../ingest/email-key.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredContact = {
  identity_key: string
  source: string
  source_actor_id: string
  display_name: string | null
  address: string
  added_at: Date
}

export const listContacts = async (db: Pool | ClientBase, communityId: string, limit: number): Promise<StoredContact[]> => {
  const { rows } = await db.query<StoredContact>(
    `select m.identity_key, i.source, i.source_actor_id, i.display_name, m.address, m.added_at
     from member_contact m
     join identity i on i.community_id = $1 and i.identity_key = m.identity_key
     where m.community_id = $1
     order by coalesce(i.display_name, i.source_actor_id), m.identity_key
     limit $2`,
    [communityId, limit],
  )
  return rows
}

export const countContacts = async (db: Pool | ClientBase, communityId: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from member_contact where community_id = $1', [
    communityId,
  ])
  return rows[0]?.count ?? 0
}

export const removeContact = async (pool: Pool, communityId: string, identityKey: string): Promise<boolean> => {
  const { rowCount } = await pool.query('delete from member_contact where community_id = $1 and identity_key = $2', [
    communityId,
    identityKey,
  ])
  return rowCount === 1
}

export const removeAllContacts = async (pool: Pool, communityId: string): Promise<number> =>
  (await pool.query('delete from member_contact where community_id = $1', [communityId])).rowCount ?? 0

/** An address, with the account it is of where the manager says so; else the account that came with this address. */
export type GivenContact = { line: number; address: string; account: string | null; source: string | null }
export type ContactOutcome = 'added' | 'same' | 'unknown' | 'ambiguous' | 'opted_out'

/**
 * Keeps the addresses whose account is known. Without an account the hash of the address says whose it is. Gives what became of each, in
 * their order.
 */
export const addContacts = (
  pool: Pool,
  { communityId, contacts, now, by }: { communityId: string; contacts: readonly GivenContact[]; now: Date; by: string | null },
): Promise<ContactOutcome[]> =>
  inTransaction(pool, async (client) => {
    const outcomes: ContactOutcome[] = []
    for (const given of contacts) outcomes.push(await addOne(client, communityId, given, now, by))
    return outcomes
  })

type Found = { identity_key: string; person_id: string; has_opted_out: boolean }

const addOne = async (
  client: ClientBase,
  communityId: string,
  { address, account, source }: GivenContact,
  now: Date,
  by: string | null,
): Promise<ContactOutcome> => {
  const key = emailKey({ id: '', email: address })
  if (key === null) return 'unknown'
  const { rows } = await client.query<Found>(
    `select
       i.identity_key, i.person_id,
       exists (
         select from identity p
         join ask_opt_out o on o.community_id = $1 and o.out_key in (p.identity_key, p.email_key, $2)
         where p.community_id = $1 and p.person_id = i.person_id
       ) as has_opted_out
     from identity i
     where i.community_id = $1 and not i.is_bot
       and case when $3::text is null then i.email_key = $2 else i.source_actor_id = $3 and ($4::text is null or i.source = $4) end
     order by i.identity_key`,
    [communityId, key, account, source],
  )
  if (rows.length === 0) return 'unknown'
  if (new Set(rows.map((row) => row.person_id)).size > 1 && account !== null) return 'ambiguous'
  if (rows.some((row) => row.has_opted_out)) return 'opted_out'
  const { rowCount } = await client.query(
    `insert into member_contact as m (community_id, identity_key, address, address_key, added_at, added_by)
     select $1, k, $3, $4, $5, $6 from unnest($2::uuid[]) as k
     on conflict (community_id, identity_key) do update set
       address = excluded.address, address_key = excluded.address_key, added_at = excluded.added_at, added_by = excluded.added_by
     where m.address <> excluded.address`,
    [communityId, rows.map((row) => row.identity_key), address, key, now, by],
  )
  return rowCount === 0 ? 'same' : 'added'
}
