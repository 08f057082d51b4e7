/** What managers write for a month's report before it is made. */
import type { ClientBase, Pool } from 'pg'
import { inTransaction } from './in-transaction.ts'
import { lockReport, readLastRevisionNo } from './reports.ts'

export type StoredDraft = {
  ask: string | null
  /** Null: the report chooses by itself. */
  story_keys: string[] | null
  /** 0: nobody has written anything. */
  version: number
  updated_at: Date | null
  /** Name of the account; null where there is none any more. */
  updated_by: string | null
}
const NOTHING: StoredDraft = { ask: null, story_keys: null, version: 0, updated_at: null, updated_by: null }

export const readDraft = async (db: Pool | ClientBase, communityId: string, month: string): Promise<StoredDraft> => {
  const { rows } = await db.query<StoredDraft>(
    `select d.ask, d.story_keys, d.version, d.updated_at, u.name as updated_by
     from report_draft d
     left join "user" u on u.id = d.updated_by
     where d.community_id = $1 and d.month = $2`,
    [communityId, month],
  )
  return rows[0] ?? NOTHING
}

/** What came of it: what stands now, or instead of the version that was to be changed; 'made' where the report is made already. */
export type ChangedDraft = { changed: StoredDraft } | { other: StoredDraft } | 'made' | 'gone'

/** Changes the version named, and no other, as long as the report is not made. */
export const changeDraft = (
  pool: Pool,
  change: {
    communityId: string
    month: string
    ask: string | null
    storyKeys: string[] | null
    version: number
    userId: string | null
    now: Date
  },
): Promise<ChangedDraft> =>
  inTransaction(pool, async (client) => {
    const { communityId, month } = change
    if (!(await lockReport(client, communityId, month))) return 'gone'
    if ((await readLastRevisionNo(client, communityId, month)) !== null) return 'made'
    const stands = await readDraft(client, communityId, month)
    if (stands.version !== change.version) return { other: stands }
    await client.query(
      `insert into report_draft (community_id, month, ask, story_keys, version, updated_at, updated_by)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (community_id, month) do update set
         ask = excluded.ask,
         story_keys = excluded.story_keys,
         version = excluded.version,
         updated_at = excluded.updated_at,
         updated_by = excluded.updated_by`,
      [communityId, month, change.ask, change.storyKeys, stands.version + 1, change.now, change.userId],
    )
    return { changed: await readDraft(client, communityId, month) }
  })
