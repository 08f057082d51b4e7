/** Which report is open: the month, and a revision of it where not the last. */
export type ReportSearch = { month?: string; revision?: number }

export const readReportSearch = (search: Record<string, unknown>): ReportSearch => ({
  month: typeof search.month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(search.month) ? search.month : undefined,
  revision: Number.isInteger(search.revision) && (search.revision as number) > 0 ? (search.revision as number) : undefined,
})
