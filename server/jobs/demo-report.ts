import { dayInZone } from '../../shared/format.ts'
import { shiftPeriod } from '../../shared/period.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { makeReport, type ReportParts } from './make-report.ts'

/**
 * A demonstration shows what a sponsor reads: of a demo community the last whole month of its data gets a report as soon as there are
 * numbers, sent to nobody. Others, and demo communities that have one, are left alone. Returns the month, or null where there is nothing to make.
 */
export const makeDemoReport = async (parts: ReportParts, communityId: string): Promise<string | null> => {
  const { rows } = await parts.db.pool.query<ReportedCommunity & { known_by: Date }>(
    `select c.community_id, c.slug, c.name, c.time_zone, c.is_demo, c.demo_note, s.known_by
     from community c
     join community_state s on s.community_id = c.community_id
     where c.community_id = $1 and c.is_demo and s.known_by is not null
       -- loaded to its end: of a half the numbers would be frozen
       and exists (select from demo_load l where l.slug in (c.slug, regexp_replace(c.slug, '-demo$', '')))
       and not exists (select from stale_day d where d.community_id = $1)
       and not exists (select from report_revision r where r.community_id = $1)`,
    [communityId],
  )
  const [community] = rows
  if (community === undefined) return null
  const month = shiftPeriod(dayInZone(community.known_by.toISOString(), community.time_zone).slice(0, 7), 'month', -1)
  const made = await makeReport(parts, community, month, { userId: null, isMailed: false })
  return made?.is_new === true ? month : null
}
