/** What the schedule of reports has done and decided. */
import type { ClientBase, Pool } from 'pg'

export type ScheduledCommunity = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  demo_note: string | null
  created_at: Date
  /** Null in all four where nothing is set. */
  draft_days: number | null
  made_since: Date | null
  /** The newest month that the schedule made or skipped. */
  last_month: string | null
}

/** The communities whose reports are made by themselves, by name; or one of them. */
export const listScheduled = async (db: Pool | ClientBase, communityId: string | null = null): Promise<ScheduledCommunity[]> => {
  const { rows } = await db.query<ScheduledCommunity>(
    `select c.community_id, c.slug, c.name, c.time_zone, c.is_demo, c.demo_note, c.created_at, s.draft_days, s.made_since,
       greatest(
         (
           select max(r.month collate "C") from report_revision r
           where r.community_id = c.community_id and r.revision = 1 and r.made_by is null
         ),
         (select max(t.month collate "C") from report_schedule t where t.community_id = c.community_id and t.skipped_at is not null)
       ) as last_month
     from community c
     left join report_setting s on s.community_id = c.community_id
     where coalesce(s.is_made, true) and ($1::uuid is null or c.community_id = $1)
     order by c.name, c.slug`,
    [communityId],
  )
  return rows
}

/** Since when the due report of a month waits for its numbers: from now on where it did not yet. */
export const waitSince = async (db: Pool | ClientBase, communityId: string, month: string, now: Date): Promise<Date> => {
  const { rows } = await db.query<{ waiting_since: Date }>(
    `insert into report_schedule (community_id, month, waiting_since)
     select community_id, $2, $3 from community where community_id = $1
     on conflict (community_id, month) do update set waiting_since = coalesce(report_schedule.waiting_since, excluded.waiting_since)
     returning waiting_since`,
    [communityId, month, now],
  )
  return rows[0]?.waiting_since ?? now
}

/** False where another process has skipped it already, or the community is gone. */
export const skipMonth = async (db: Pool | ClientBase, communityId: string, month: string, reason: string, now: Date): Promise<boolean> => {
  const { rowCount } = await db.query(
    `insert into report_schedule (community_id, month, skipped_at, skipped_reason)
     select community_id, $2, $3, $4 from community where community_id = $1
     on conflict (community_id, month) do update set
       waiting_since = null,
       skipped_at = excluded.skipped_at,
       skipped_reason = excluded.skipped_reason
     where report_schedule.skipped_at is null`,
    [communityId, month, now, reason],
  )
  return rowCount === 1
}

/** True for the one who is to send the draft; false where it was sent. */
export const noteDrafted = async (client: ClientBase, communityId: string, month: string, now: Date): Promise<boolean> => {
  const { rowCount } = await client.query(
    `insert into report_schedule (community_id, month, drafted_at) values ($1, $2, $3)
     on conflict (community_id, month) do update set drafted_at = excluded.drafted_at
     where report_schedule.drafted_at is null`,
    [communityId, month, now],
  )
  return rowCount === 1
}

export const readSchedule = async (
  db: Pool | ClientBase,
  communityId: string,
  month: string,
): Promise<{ drafted_at: Date | null; waiting_since: Date | null; skipped_reason: string | null }> => {
  const { rows } = await db.query<{ drafted_at: Date | null; waiting_since: Date | null; skipped_reason: string | null }>(
    'select drafted_at, waiting_since, skipped_reason from report_schedule where community_id = $1 and month = $2',
    [communityId, month],
  )
  return rows[0] ?? { drafted_at: null, waiting_since: null, skipped_reason: null }
}

/** Months for which none was made by itself, and none by hand since; the newest first. */
export const listSkipped = async (db: Pool | ClientBase, communityId: string): Promise<{ month: string; reason: string }[]> => {
  const { rows } = await db.query<{ month: string; reason: string }>(
    `select month, skipped_reason as reason from report_schedule t
     where community_id = $1 and skipped_at is not null
       and not exists (select from report_revision r where r.community_id = $1 and r.month = t.month)
     order by month collate "C" desc`,
    [communityId],
  )
  return rows
}
