import type { Pool } from 'pg'
import type { ReportContent } from '../../../shared/contract/value-report.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { type CostFacts, readCostFacts } from './read-cost-facts.ts'
import { writeBreakEven } from './write-break-even.ts'
import { CLAIMS_FOOTNOTE, writeClaims } from './write-claims.ts'

export type CostAndClaims = {
  break_even: ReportContent['pays']['break_even']
  claims: ReportContent['pays']['claims']
  footnotes: ReportContent['footnotes']
  inputs: Record<string, unknown>
}

/** Written from these facts and nothing else. */
export const writeCostAndClaims = (facts: CostFacts): CostAndClaims => {
  const { break_even, footnotes } = writeBreakEven(facts)
  const claims = writeClaims(facts)
  return { break_even, claims, footnotes: [...footnotes, ...(claims.note === null ? [] : [CLAIMS_FOOTNOTE])], inputs: facts }
}

/** What each confirmed answer must save for the community to have paid its way, and what members say they saved. */
export const buildCostAndClaims = async (pool: Pool, community: ReportedCommunity, month: string): Promise<CostAndClaims> =>
  writeCostAndClaims(await readCostFacts(pool, community, month))
