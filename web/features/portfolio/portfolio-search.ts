import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { VERDICT_NAMES, type VerdictName } from './verdict-names.ts'

const SORTS = ['needs', 'name', 'verdict', 'trajectory', 'members', 'answered', 'alert', 'activity'] as const
export type Sort = (typeof SORTS)[number]
export type Trajectory = CommunitySummary['trajectory']
export const TRAJECTORY_NAMES: readonly Trajectory[] = ['growing', 'steady', 'declining', 'forming', 'unknown']
const ONLY = ['needs', 'not_as_meant', 'demo', 'own'] as const
export type Only = (typeof ONLY)[number]
const GROUPINGS = ['verdict', 'trajectory'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** The whole state of the portfolio, as its address holds it. */
export type PortfolioSearch = {
  sort?: Sort
  down?: boolean
  q?: string
  verdict?: VerdictName
  trajectory?: Trajectory
  only?: Only
  by?: Grouping
  /** Slugs chosen to be compared, joined by dots. */
  pick?: string
}

/** Reads the address; what it cannot understand is as if it were not there. */
export const readPortfolioSearch = (search: Record<string, unknown>): PortfolioSearch => {
  const oneOf = <T>(names: readonly T[], value: unknown): T | undefined => names.find((name) => name === value)
  const read: PortfolioSearch = {
    sort: oneOf(SORTS, search.sort),
    down: search.down === true ? true : undefined,
    // the address "?q=2025" arrives as a number
    q: typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).slice(0, 200) || undefined : undefined,
    verdict: oneOf(VERDICT_NAMES, search.verdict),
    trajectory: oneOf(TRAJECTORY_NAMES, search.trajectory),
    only: oneOf(ONLY, search.only),
    by: oneOf(GROUPINGS, search.by),
    pick: typeof search.pick === 'string' && /^[a-z0-9.-]{1,400}$/.test(search.pick) ? search.pick : undefined,
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}
