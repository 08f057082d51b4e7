/** Links that managers make to open reports without signing in. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { MAX_LINKS } from '../../shared/contract/report-link.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredLink = {
  link_id: string
  label: string
  /** Null: always the latest report. */
  month: string | null
  created_at: Date
  /** Name of an account. */
  created_by: string | null
  expires_at: Date | null
  last_opened_on: string | null
  open_count: number
}

const COLUMNS = `l.link_id, l.label, l.month, l.created_at, u.name as created_by, l.expires_at,
  l.last_opened_on::text as last_opened_on, l.open_count`
const FROM = 'from report_link l left join "user" u on u.id = l.created_by'

/** The newest first. */
export const listReportLinks = async (db: Pool | ClientBase, communityId: string): Promise<StoredLink[]> => {
  const { rows } = await db.query<StoredLink>(`select ${COLUMNS} ${FROM} where l.community_id = $1 order by l.created_at desc, l.link_id`, [
    communityId,
  ])
  return rows
}

type Making = { communityId: string; label: string; month: string | null; expiresAt: Date | null; userId: string | null; now: Date }

export const addReportLink = async (pool: Pool, making: Making): Promise<StoredLink | 'too_many' | 'gone'> =>
  inTransaction(pool, async (client) => {
    const { communityId, label, month, expiresAt, userId, now } = making
    // one at a time: two who add at once would both find room for one more
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'gone'
    const before = await listReportLinks(client, communityId)
    if (before.length >= MAX_LINKS) return 'too_many'
    const id = randomUUID()
    await client.query(
      `insert into report_link (community_id, link_id, label, month, created_at, created_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [communityId, id, label, month, now, userId, expiresAt],
    )
    return (await findReportLink(client, communityId, id)) as StoredLink
  })

/** Null where it was never made, or was revoked. */
export const findReportLink = async (db: Pool | ClientBase, communityId: string, id: string): Promise<StoredLink | null> => {
  const { rows } = await db.query<StoredLink>(`select ${COLUMNS} ${FROM} where l.community_id = $1 and l.link_id = $2`, [communityId, id])
  return rows[0] ?? null
}

/** Of an opening the day is kept and no more: who it was is nobody's business. */
export const noteOpening = async (db: Pool | ClientBase, communityId: string, id: string, on: string): Promise<void> => {
  await db.query('update report_link set last_opened_on = $3::date, open_count = open_count + 1 where community_id = $1 and link_id = $2', [
    communityId,
    id,
    on,
  ])
}

/** False where there is none. */
export const revokeReportLink = async (db: Pool | ClientBase, communityId: string, id: string): Promise<boolean> =>
  (await db.query('delete from report_link where community_id = $1 and link_id = $2', [communityId, id])).rowCount === 1
