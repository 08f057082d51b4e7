import type { Pool } from 'pg'
import { REPORT_FORMAT, type ReportContent, type ReportFigure } from '../../../shared/contract/value-report.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { addDays, daysOfPeriod } from '../../../shared/period.ts'
import { RULES_VERSION } from '../../diagnosis/thresholds.ts'
import { buildHealthReport, type ReportedCommunity } from '../health-report.ts'

/** What managers add to the numbers. */
export type ReportWords = {
  ask: { text: string; by: string | null } | null
  /** The events that hold the stories to show; null: the report chooses by itself. */
  story_keys: string[] | null
}

/** Everything a report was made of, kept with it: whoever doubts a figure years later finds what it was counted from. */
export type ReportInputs = Record<string, unknown>

/**
 * The value report of a month of the community's own calendar, as known now, in words and figures. Works for any month: one before the
 * community existed, one that is running, one without data; what cannot be told says why. Reads the store and never the clock: `now`
 * only decides which days are over.
 */
export const buildReport = async (
  pool: Pool,
  community: ReportedCommunity,
  month: string,
  { words, now }: { words: ReportWords; now: Date },
): Promise<{ content: ReportContent; inputs: ReportInputs }> => {
  const { from_on, to_on } = daysOfPeriod(month, 'month')
  const health = await buildHealthReport(pool, community, { from: month, to: month, grain: 'month' }, now)
  const nothing = (id: string, label: string): ReportFigure => ({
    id,
    label,
    value: null,
    reason: 'Not measured yet.',
    metric: null,
    period: null,
    when: null,
    numerator: null,
    denominator: null,
    note: null,
  })
  const content: ReportContent = {
    format: REPORT_FORMAT,
    community: health.community,
    month,
    title: formatPeriod(month),
    days: { from: from_on, to: addDays(to_on, -1) },
    known_by: health.known_by,
    is_month_whole: false,
    rules_version: RULES_VERSION,
    caveats: [],
    opening: { headline: '', verdict: null, trajectory: null, sentences: [] },
    benefits: [],
    pays: {
      sentence: '',
      benefited: nothing('benefited', 'Members who got something out of it'),
      retention: { sentence: '', figures: [], caveat: '' },
      break_even: { sentence: '', figures: [] },
      claims: {
        sentence: '',
        claim_count: 0,
        asked_count: null,
        low_hours: null,
        central_hours: null,
        high_hours: null,
        outliers: [],
        note: null,
      },
    },
    growth: { sentence: '', columns: ['', '', ''], rows: [], trend: [] },
    stories: [],
    stories_note: null,
    ask: words.ask,
    footnotes: [],
  }
  return { content, inputs: { words } }
}
