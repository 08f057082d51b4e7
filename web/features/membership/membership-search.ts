import { oneOf, type PeriodSearch, readPeriodSearch, withoutAbsent } from '../period/period-search.ts'

const COHORTS = ['month', 'quarter', 'year'] as const
export type CohortSize = (typeof COHORTS)[number]

/** What the page of membership keeps in its address beside the periods: how long cohorts are, and which stand against all together. */
export type MembershipSearch = PeriodSearch & {
  by?: CohortSize
  /** The first months of the chosen cohorts, joined by dots. */
  cohorts?: string
}

/** Curves that can stand against that of all without being taken for each other. */
export const MOST_CHOSEN = 2

export const readMembershipSearch = (search: Record<string, unknown>): MembershipSearch =>
  withoutAbsent({
    ...readPeriodSearch(search),
    by: oneOf(COHORTS, search.by),
    cohorts: typeof search.cohorts === 'string' && /^\d{4}-\d\d(\.\d{4}-\d\d)?$/.test(search.cohorts) ? search.cohorts : undefined,
  })

export const listChosen = (cohorts: string | undefined): string[] => (cohorts === undefined ? [] : cohorts.split('.'))

/** Chosen or given up; the one chosen longest ago makes room. */
export const toggleChosen = (cohorts: string | undefined, month: string): string | undefined => {
  const chosen = listChosen(cohorts)
  const next = chosen.includes(month) ? chosen.filter((one) => one !== month) : [...chosen, month].slice(-MOST_CHOSEN)
  return next.length === 0 ? undefined : next.join('.')
}
