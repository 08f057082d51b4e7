/** Who facilitates in a community, as its managers say: those whose answers are their task, and so are nobody's free help. */
import type { ClientBase, Pool } from 'pg'
import { identityKey } from '../ingest/keys.ts'

export type StoredFacilitator = {
  /** Of the account that was named. */
  identity_key: string
  source: string
  source_actor_id: string
  display_name: string | null
  named_at: Date
}

const COLUMNS = 'i.identity_key, i.source, i.source_actor_id, i.display_name, f.named_at'

/** The accounts named, by source and id there. */
export const listFacilitators = async (db: Pool | ClientBase, communityId: string): Promise<StoredFacilitator[]> => {
  const { rows } = await db.query<StoredFacilitator>(
    `select ${COLUMNS}
     from facilitator f
     join identity i on i.community_id = $1 and i.identity_key = f.identity_key
     where f.community_id = $1
     order by i.source collate "C", i.source_actor_id collate "C"`,
    [communityId],
  )
  return rows
}

/**
 * Names the person behind an account; naming again changes nothing. Null where no event has shown such an account, so that a
 * slip of the pen is not taken for a facilitator.
 */
export const addFacilitator = async (
  db: Pool | ClientBase,
  { communityId, source, actorId, now }: { communityId: string; source: string; actorId: string; now: Date },
): Promise<StoredFacilitator | null> => {
  const key = identityKey(source, actorId)
  await db.query(
    `insert into facilitator (community_id, identity_key, named_at)
     select community_id, identity_key, $3 from identity where community_id = $1 and identity_key = $2
     on conflict (community_id, identity_key) do nothing`,
    [communityId, key, now],
  )
  return (await listFacilitators(db, communityId)).find((one) => one.identity_key === key) ?? null
}

/**
 * The person behind an account is no facilitator any longer, by whichever of their accounts they were named. False when
 * they were none.
 */
export const removeFacilitator = async (db: Pool | ClientBase, communityId: string, identityKey: string): Promise<boolean> => {
  const { rowCount } = await db.query(
    `delete from facilitator f
     using identity named, identity given
     where f.community_id = $1
       and given.community_id = $1
       and given.identity_key = $2
       and named.community_id = $1
       and named.person_id = given.person_id
       and f.identity_key = named.identity_key`,
    [communityId, identityKey],
  )
  return (rowCount ?? 0) > 0
}

/** A text that is another whenever other people facilitate, by naming or because accounts came to be one person's: then results are measured again. */
export const facilitatorsVersion = async (db: Pool | ClientBase, communityId: string): Promise<string> => {
  const { rows } = await db.query<{ people: string | null }>(
    `select string_agg(distinct i.person_id::text, ',' order by i.person_id::text) as people
     from facilitator f
     join identity i on i.community_id = $1 and i.identity_key = f.identity_key
     where f.community_id = $1`,
    [communityId],
  )
  return rows[0]?.people ?? ''
}
