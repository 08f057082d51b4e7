import type { ClientBase } from 'pg'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import type { ReportedCommunity } from '../report/health-report.ts'

export type ReportMailParts = { secretKey: string; baseUrl: string; now: Date }

/** Puts a report into the outbox for everybody who is subscribed, in the transaction that freezes it. Returns how many. */
export const addReportMails = async (
  _client: ClientBase,
  _community: ReportedCommunity,
  _report: ValueReport,
  _parts: ReportMailParts,
): Promise<number> => 0

/** Puts the draft of a month into the outbox for the managers of the community. Returns how many. */
export const addDraftMails = async (
  _client: ClientBase,
  _community: ReportedCommunity,
  _draft: ValueReport,
  _parts: ReportMailParts,
): Promise<number> => 0
