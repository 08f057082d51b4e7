/** The monthly reports as they were made: a row a revision, put in once and never changed. */
import type { ClientBase, Pool } from 'pg'
import type { ReportContent } from '../../shared/contract/value-report.ts'

export type StoredRevision = {
  month: string
  revision: number
  made_at: Date
  /** Name of the account, or the operator’s command; null: made by itself, or an account that is gone. */
  made_by: string | null
  reason: string | null
  changes: string[] | null
  content: ReportContent
  inputs: Record<string, unknown>
}

/**
 * Whoever makes, corrects or drafts a month's report does so one at a time, until the end of the transaction. False where the
 * community is gone; until then it stays.
 */
export const lockReport = async (client: ClientBase, communityId: string, month: string): Promise<boolean> => {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`report ${communityId} ${month}`])
  const { rowCount } = await client.query('select from community where community_id = $1 for key share', [communityId])
  return rowCount === 1
}

/** Null where the report is not made. */
export const readLastRevisionNo = async (db: Pool | ClientBase, communityId: string, month: string): Promise<number | null> => {
  const { rows } = await db.query<{ revision: number | null }>(
    'select max(revision) as revision from report_revision where community_id = $1 and month = $2',
    [communityId, month],
  )
  return rows[0]?.revision ?? null
}

/** A revision, the last one unless told; null where there is none. */
export const readRevision = async (
  db: Pool | ClientBase,
  communityId: string,
  month: string,
  revision: number | null = null,
): Promise<StoredRevision | null> => {
  const { rows } = await db.query<StoredRevision>(
    `select r.month, r.revision, r.made_at, coalesce(u.name, case when r.made_by = 'operator' then 'the operator' end) as made_by, r.reason, r.changes, r.content, r.inputs
     from report_revision r
     left join "user" u on u.id = r.made_by
     where r.community_id = $1 and r.month = $2 and ($3::integer is null or r.revision = $3)
     order by r.revision desc
     limit 1`,
    [communityId, month, revision],
  )
  return rows[0] ?? null
}

/** What was corrected of a month, in order. */
export const listCorrections = async (
  db: Pool | ClientBase,
  communityId: string,
  month: string,
): Promise<{ revision: number; made_at: Date; reason: string; changes: string[] }[]> => {
  const { rows } = await db.query<{ revision: number; made_at: Date; reason: string; changes: string[] }>(
    `select revision, made_at, reason, changes from report_revision
     where community_id = $1 and month = $2 and revision > 1
     order by revision`,
    [communityId, month],
  )
  return rows
}

/** The last revision of each month, the newest month first. */
export const listReports = async (
  db: Pool | ClientBase,
  communityId: string,
): Promise<{ month: string; revision: number; made_at: Date; headline: string }[]> => {
  const { rows } = await db.query<{ month: string; revision: number; made_at: Date; headline: string }>(
    `select distinct on (month collate "C") month, revision, made_at, content -> 'opening' ->> 'headline' as headline
     from report_revision
     where community_id = $1
     order by month collate "C" desc, revision desc`,
    [communityId],
  )
  return rows
}

/** The newest month of which a report is made; null where none is. */
export const readLastMonth = async (db: Pool | ClientBase, communityId: string): Promise<string | null> => {
  const { rows } = await db.query<{ month: string | null }>(
    'select max(month collate "C") as month from report_revision where community_id = $1',
    [communityId],
  )
  return rows[0]?.month ?? null
}

/** False where this revision is there already: it stays as it is. */
export const addRevision = async (
  client: ClientBase,
  made: {
    communityId: string
    month: string
    revision: number
    now: Date
    userId: string | null
    reason: string | null
    changes: string[] | null
    content: ReportContent
    inputs: Record<string, unknown>
  },
): Promise<boolean> => {
  const { rowCount } = await client.query(
    `insert into report_revision (community_id, month, revision, made_at, made_by, reason, changes, content, inputs)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (community_id, month, revision) do nothing`,
    [
      made.communityId,
      made.month,
      made.revision,
      made.now,
      made.userId,
      made.reason,
      made.changes === null ? null : JSON.stringify(made.changes),
      JSON.stringify(made.content),
      JSON.stringify(made.inputs),
    ],
  )
  if (rowCount !== 1) return false
  // open pages look for a new revision of the results, and find the report as well
  await client.query('update community_state set revision = revision + 1 where community_id = $1', [made.communityId])
  return true
}
