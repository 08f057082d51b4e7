import type { ReportList } from '../../../shared/contract/report-settings.ts'
import { periodsBetween } from '../../../shared/period.ts'

export type ReportMonth = {
  month: string
  /** frozen: made · running: not over yet · missing: over, and none was made */
  state: 'frozen' | 'running' | 'missing'
  /** Why none was made, where that is known. */
  reason: string | null
}

/**
 * The months there can be a report of, the newest first: up to the running one, from the first of which anything is known. Who reads frozen
 * reports only is offered those.
 */
export const listMonths = (list: ReportList, mayPreview: boolean): ReportMonth[] => {
  const frozen = new Set(list.reports.map(({ month }) => month))
  if (!mayPreview) return [...frozen].map((month) => ({ month, state: 'frozen', reason: null }))
  const first = [list.first_month ?? list.running_month, ...frozen].reduce((a, b) => (a < b ? a : b))
  return periodsBetween(first, list.running_month, 'month')
    .reverse()
    .map((month) => ({
      month,
      state: frozen.has(month) ? 'frozen' : month === list.running_month ? 'running' : 'missing',
      reason: list.skipped.find((one) => one.month === month)?.reason ?? null,
    }))
}

/**
 * The month to show when none is asked for: the last that was made, else the last of which anything is known, which is the running one
 * unless the data end before it.
 */
export const usualMonth = (months: readonly ReportMonth[], lastKnownMonth: string | null): ReportMonth | undefined =>
  months.find(({ state }) => state === 'frozen') ?? months.find(({ month }) => month === lastKnownMonth) ?? months[0]
