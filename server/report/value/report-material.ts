import type { SourceStatus } from '../../../shared/contract/health-report.ts'
import type { Measured } from '../../../shared/contract/metric.ts'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import type { ThreadBasis } from '../../metrics/metric.ts'
import type { CostAndClaims } from './break-even.ts'
import type { Confirmations } from './read-claims.ts'
import type { ReportDays, SpanName } from './report-days.ts'
import type { Story } from './stories.ts'

/** What managers add to the numbers. */
export type ReportWords = {
  ask: { text: string; by: string | null } | null
  /** The events that hold the stories to show; null: the report chooses by itself. */
  story_keys: string[] | null
}

/** What each metric found in one span of days, by series. */
export type Findings = Record<string, Measured>

/** A month of the growth table and of the chart, as known now. */
export type MonthFindings = { month: string; found: Findings; is_unfinished: boolean }

/**
 * Everything a report is written from, and nothing else is: kept beside it, so that whoever doubts a sentence years later finds what
 * it says was counted from, and the same text can be written from it again.
 */
export type ReportMaterial = {
  community: { slug: string; name: string; time_zone: string; is_demo: boolean; demo_note: string | null }
  month: string
  /** Today where the community lives. */
  today: string
  /** Null where no data have come. */
  known_by: string | null
  /** What the figures of the report were measured with: nothing later is used. */
  measured_by: string | null
  /** Local days before this one are over. */
  whole_until: string | null
  first_on: string | null
  known_on: string | null
  /** Events have arrived that are not in the numbers yet. */
  is_stale: boolean
  sources: SourceStatus[]
  threads: ThreadBasis
  verdict: Verdict | null
  /** The thresholds of the verdict in force, the community's own among them. */
  thresholds: Record<string, number>
  rules_version: string
  days: ReportDays | null
  /** By span, as report-days.ts names them. */
  found: {
    month: Findings
    quarter: Findings
    year: Findings
    before_month: Findings
    before_quarter: Findings
    before_year: Findings
  } | null
  /** What askers said who were asked on those days; null where no data reach the month. */
  confirmations: Record<SpanName, Confirmations> | null
  /** Thirteen months up to the report's own. */
  months: MonthFindings[]
  cost_and_claims: CostAndClaims
  stories: Story[]
  words: ReportWords
}
