/** As in shared/contract/comparison.ts, which would bring its schemas along. */
export const MIN_COMPARED = 2
export const MAX_COMPARED = 5
export const TABLE_IDS = ['membership', 'helping', 'voices', 'content-mix', 'overlap'] as const
export type TableId = (typeof TABLE_IDS)[number]

/** The whole state of the comparison, as its address holds it: slugs joined by dots, days, and figures shown as tables. */
export type CompareSearch = { of?: string; days?: 365; tables?: string }

/** The slugs of an address, each once, in their order; more than five are left to the page to refuse. */
export const readSlugs = (of: string | undefined): string[] => [...new Set((of ?? '').split('.').filter((slug) => slug !== ''))]
export const writeSlugs = (slugs: readonly string[]): string | undefined => slugs.join('.') || undefined

/** Reads the address; what it cannot understand is as if it were not there. */
export const readCompareSearch = (search: Record<string, unknown>): CompareSearch => {
  const of = String(search.of ?? '')
  const tables = TABLE_IDS.filter((id) =>
    String(search.tables ?? '')
      .split('.')
      .includes(id),
  )
  return {
    ...(/^[a-z0-9.-]{1,400}$/.test(of) ? { of } : {}),
    ...(search.days === 365 ? { days: 365 as const } : {}),
    ...(tables.length > 0 ? { tables: tables.join('.') } : {}),
  }
}
