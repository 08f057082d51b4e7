/** The last revisions of a month's reports of many communities. */
import type { ClientBase, Pool } from 'pg'
import type { ReportContent } from '../../shared/contract/value-report.ts'

export type PortfolioRow = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  first_event_on: string | null
  /** The last local day of its data. */
  known_on: string | null
  skipped_reason: string | null
  revision: number | null
  made_at: Date | null
  content: ReportContent | null
  inputs: Record<string, unknown> | null
}

/** One row a community, by name; without a report its parts are null. */
export const readPortfolioRows = async (db: Pool | ClientBase, communityIds: readonly string[], month: string): Promise<PortfolioRow[]> => {
  const { rows } = await db.query<PortfolioRow>(
    `with latest as (
       select distinct on (community_id) community_id, revision, made_at, content, inputs
       from report_revision
       where community_id = any ($1::uuid[]) and month = $2
       order by community_id, revision desc
     )
     select
       c.community_id, c.slug, c.name, c.time_zone, c.is_demo, s.first_event_on, p.skipped_reason,
       ((s.known_by - interval '1 millisecond') at time zone c.time_zone)::date as known_on,
       l.revision, l.made_at, l.content, l.inputs
     from community c
     left join community_state s on s.community_id = c.community_id
     left join report_schedule p on p.community_id = c.community_id and p.month = $2
     left join latest l on l.community_id = c.community_id
     where c.community_id = any ($1::uuid[])
     order by lower(c.name), c.slug`,
    [communityIds, month],
  )
  return rows
}

/** Months of which any of them has a report, the newest first. */
export const listReportedMonths = async (db: Pool | ClientBase, communityIds: readonly string[]): Promise<string[]> => {
  const { rows } = await db.query<{ month: string }>(
    `select distinct month collate "C" as month from report_revision where community_id = any ($1::uuid[]) order by 1 desc`,
    [communityIds],
  )
  return rows.map(({ month }) => month)
}
