/** The whole state of the comparison, as its address holds it: slugs joined by dots. */
export type CompareSearch = { of?: string }

/** Reads the address; what it cannot understand is as if it were not there. */
export const readCompareSearch = (search: Record<string, unknown>): CompareSearch =>
  typeof search.of === 'string' && /^[a-z0-9.-]{1,400}$/.test(search.of) ? { of: search.of } : {}
