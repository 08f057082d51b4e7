/** How a community's monthly report is made: one row where managers have said so, else as stands here. */
import type { ClientBase, Pool } from 'pg'
import { DEFAULT_DRAFT_DAYS, type ReportSettingsInput } from '../../shared/contract/report-settings.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredReportSettings = {
  is_made: boolean
  draft_days: number
  version: number
  /** Months that end before this are not made by themselves; null: from when the community was set up. */
  made_since: Date | null
}
const DEFAULTS: StoredReportSettings = { is_made: true, draft_days: DEFAULT_DRAFT_DAYS, version: 0, made_since: null }

export const readReportSettings = async (db: Pool | ClientBase, communityId: string): Promise<StoredReportSettings> => {
  const { rows } = await db.query<StoredReportSettings>(
    'select is_made, draft_days, version, made_since from report_setting where community_id = $1',
    [communityId],
  )
  return rows[0] ?? DEFAULTS
}

/** What came of a change: what stands now, or what stands instead of the version that was to be changed. */
export type ChangedSettings = { changed: StoredReportSettings } | { other: StoredReportSettings } | 'gone'

/** Changes the version named, and no other. Months that ended while it was switched off are not made once it is switched on. */
export const changeReportSettings = (
  pool: Pool,
  { communityId, input, userId, now }: { communityId: string; input: ReportSettingsInput; userId: string | null; now: Date },
): Promise<ChangedSettings> =>
  inTransaction(pool, async (client) => {
    // one at a time: two who change at once would both find the version they know
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'gone'
    const stands = await readReportSettings(client, communityId)
    if (stands.version !== input.version) return { other: stands }
    const made_since = input.is_made && !stands.is_made ? now : stands.made_since
    await client.query(
      `insert into report_setting (community_id, is_made, draft_days, version, updated_at, updated_by, made_since)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (community_id) do update set
         is_made = excluded.is_made,
         draft_days = excluded.draft_days,
         version = excluded.version,
         updated_at = excluded.updated_at,
         updated_by = excluded.updated_by,
         made_since = excluded.made_since`,
      [communityId, input.is_made, input.draft_days, stands.version + 1, now, userId, made_since],
    )
    return { changed: await readReportSettings(client, communityId) }
  })
