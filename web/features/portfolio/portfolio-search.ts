import { VERDICT_NAMES, type VerdictName } from './verdict-names.ts'

const SORTS = ['name', 'verdict', 'trajectory', 'members', 'answered', 'activity'] as const
export type Sort = (typeof SORTS)[number]
/** The whole state of the portfolio, as its address holds it. */
export type PortfolioSearch = { sort?: Sort; down?: boolean; q?: string; verdict?: VerdictName }

/** Reads the address; what it cannot understand is as if it were not there. */
export const readPortfolioSearch = (search: Record<string, unknown>): PortfolioSearch => {
  const read: PortfolioSearch = {
    sort: SORTS.find((sort) => sort === search.sort),
    down: search.down === true ? true : undefined,
    // the address "?q=2025" arrives as a number
    q: typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).slice(0, 200) || undefined : undefined,
    verdict: VERDICT_NAMES.find((verdict) => verdict === search.verdict),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}
