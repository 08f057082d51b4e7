import type { Pool } from 'pg'
import type { PersonHelp } from '../../shared/contract/network.ts'
import { daysOfLabel, spanLabel } from '../../shared/period.ts'
import { periodParameters } from '../metrics/cases/read-cases.ts'
import { loadThreadBasis } from '../metrics/capabilities.ts'
import { personKey } from '../metrics/cases/case-list.ts'
import { leavesChatsOut } from '../metrics/inferred-threads.ts'
import { PERIOD_CTE } from '../metrics/reading.ts'
import { twoWayShare } from '../metrics/reciprocity/two-way-share.ts'
import type { ReportedCommunity } from './health-report.ts'
import { whyHidden } from './network.ts'
import { pseudonym } from './pseudonym.ts'
import { buildSpans } from './spans.ts'

/** Listed at most: more nobody reads, and the counts are told in full (our judgement). */
const MAX_HELPS = 200

type Row = {
  helper_id: string
  asker_id: string
  first_at: Date
  channel: string | null
  source: string
  source_event_id: string
  url: string | null
  total: number
}

/**
 * Each help a person gave or received over local days, both included, with the question it was about; the newest first. They are
 * what `buildNetwork` counts of the person, and none where that lists nobody. Throws BadRange.
 */
export const buildPersonHelp = async (
  pool: Pool,
  community: ReportedCommunity,
  days: { from: string; to: string },
  key: string,
  isSponsor: boolean,
): Promise<PersonHelp> => {
  const period = spanLabel(days.from, days.to)
  const { known_by, spans } = await buildSpans(pool, community, [period], [twoWayShare.id])
  const twoWay = spans[0]?.metrics[0]?.point
  if (known_by === null || twoWay === undefined) return { total: 0, helps: [], hidden: null }
  const hidden = whyHidden(twoWay, isSponsor)
  if (hidden !== null) return { total: 0, helps: [], hidden }
  const { community_id: communityId, time_zone: timeZone } = community
  const saidOnly = leavesChatsOut(twoWayShare, await loadThreadBasis(pool, communityId))
  const { rows } = await pool.query<Row>(
    `with ${PERIOD_CTE}
     select e.helper_id, e.asker_id, e.first_at, h.channel, q.source, q.source_event_id, coalesce(h.url, q.url) as url,
       count(*) over ()::int as total
     from period p
     join help_edge e
       on e.community_id = $1
       and e.first_at >= p.starts_at
       and e.first_at < p.ends_at
       and e.asker_id <> e.helper_id
       and $7 in (left(${personKey('e.helper_id')}, 16), left(${personKey('e.asker_id')}, 16))
     join help_episode h on h.community_id = $1 and h.question_key = e.question_key
     join event q on q.community_id = $1 and q.event_key = e.question_key and (not $8 or q.inferred_link is null)
     order by e.first_at desc, e.question_key, e.helper_id
     limit ${MAX_HELPS}`,
    [
      ...periodParameters({
        communityId,
        timeZone,
        knownBy: new Date(known_by),
        ...daysOfLabel(period),
      }),
      key,
      saidOnly,
    ],
  )
  return {
    total: rows[0]?.total ?? 0,
    helps: rows.map((row) => ({
      helper: pseudonym(communityId, row.helper_id),
      helped: pseudonym(communityId, row.asker_id),
      first_at: row.first_at.toISOString(),
      topic: row.channel,
      source: row.source,
      id: row.source_event_id,
      url: row.url,
    })),
    hidden: null,
  }
}
