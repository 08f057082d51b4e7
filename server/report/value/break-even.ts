import type { Pool } from 'pg'
import type { ReportContent } from '../../../shared/contract/value-report.ts'
import type { ReportedCommunity } from '../health-report.ts'

export type CostAndClaims = {
  break_even: ReportContent['pays']['break_even']
  claims: ReportContent['pays']['claims']
  footnotes: ReportContent['footnotes']
  inputs: Record<string, unknown>
}

/** What each confirmed answer must save for the community to have paid its way, and what members say they saved. */
export const buildCostAndClaims = async (_pool: Pool, _community: ReportedCommunity, _month: string): Promise<CostAndClaims> => ({
  break_even: { sentence: 'Nobody has said what the community costs.', figures: [] },
  claims: {
    sentence: 'Nobody has been asked what an answer saved.',
    claim_count: 0,
    asked_count: null,
    low_hours: null,
    central_hours: null,
    high_hours: null,
    outliers: [],
    note: null,
  },
  footnotes: [],
  inputs: {},
})
