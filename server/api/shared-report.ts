/** The report behind a token: of a link that a manager made, or of a mail. What it shows is what a sponsor may see. */
import type pg from 'pg'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { dayInZone } from '../../shared/format.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { showToReader } from '../jobs/report-mails.ts'
import { readReportToken } from '../report/report-token.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { findReportLink, noteOpening } from '../store/report-links.ts'
import { findSubscription } from '../store/report-subscriptions.ts'
import { ProblemError } from './problem.ts'

export type SharedReportParts = { pool: pg.Pool; secretKey: string; now: () => Date }

const unknown = () =>
  new ProblemError({
    status: 404,
    type: 'no-shared-report',
    title: 'This link opens nothing',
    detail: 'It has ended or never was, or there is no report yet. Ask whoever gave it to you for another one.',
  })

const findCommunity = async (pool: pg.Pool, communityId: string): Promise<ReportedCommunity> => {
  const { rows } = await pool.query<ReportedCommunity>(
    'select community_id, slug, name, time_zone, is_demo, demo_note from community where community_id = $1',
    [communityId],
  )
  if (rows[0] === undefined) throw unknown()
  return rows[0]
}

export type SharedReading = { report: ValueReport; expires_at: string | null; communityId: string }

/**
 * Only what is frozen, in its last revision. `isOpening`: counted as one. Throws one and the same problem for a token that is none,
 * that has ended or that was revoked: nobody finds out which links there are.
 */
export const readSharedReport = async (
  { pool, secretKey, now }: SharedReportParts,
  token: string,
  { isOpening = false }: { isOpening?: boolean } = {},
): Promise<SharedReading> => {
  const opening = readReportToken(secretKey, token)
  if (opening === null) throw unknown()
  const community = await findCommunity(pool, opening.communityId)
  if (opening.of === 'subscription') {
    // dies with the subscription; what was sent to somebody who wants no more they may still read
    const subscription = await findSubscription(pool, opening.communityId, opening.subscriptionId)
    if (subscription === null) throw unknown()
    const report = await readFrozenReport(pool, community, opening.month)
    if (report === null) throw unknown()
    return { report: showToReader(report, subscription), expires_at: null, communityId: opening.communityId }
  }
  const link = await findReportLink(pool, opening.communityId, opening.linkId)
  if (link === null || (link.expires_at !== null && link.expires_at <= now())) throw unknown()
  const report = await readFrozenReport(pool, community, link.month ?? 'latest')
  if (report === null) throw unknown()
  if (isOpening) await noteOpening(pool, opening.communityId, opening.linkId, dayInZone(now().toISOString(), community.time_zone))
  return {
    report: { ...report, made_by: null },
    expires_at: link.expires_at?.toISOString() ?? null,
    communityId: opening.communityId,
  }
}
