import type { Role } from '../../../shared/contract/access.ts'
import type { ReportContent, ValueReport } from '../../../shared/contract/value-report.ts'
import { isAboutMoney } from './compare-reports.ts'

/** Who runs a community and who pays for it read what it costs; viewers and keys do not. */
export const mayReadMoney = (role: Role | null): boolean => role === 'administrator' || role === 'manager' || role === 'sponsor'

export const MONEY_HIDDEN = 'What it costs is shown to those who run this community and to its sponsor.'

/** The content without what it costs and what follows from that. Break-even is the one part that speaks of money. */
export const hideMoneyOfContent = (content: ReportContent): ReportContent => ({
  ...content,
  pays: { ...content.pays, break_even: { sentence: MONEY_HIDDEN, figures: [] } },
})

/** The report without what it costs, nor what a correction changed of that: for viewers, and for keys of programs. */
export const hideMoney = (report: ValueReport): ValueReport => ({
  ...report,
  corrections: report.corrections.map((one) => ({ ...one, changes: one.changes.filter((change) => !isAboutMoney(change)) })),
  content: hideMoneyOfContent(report.content),
})
