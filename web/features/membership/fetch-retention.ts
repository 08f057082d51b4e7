import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { PooledCohort, Retention } from '../../../shared/contract/retention.ts'
import { shiftPeriod } from '../../../shared/period.ts'
import { get } from '../../app/api.ts'
import type { CohortSize } from './membership-search.ts'

/** The service tells at most so many months in one answer. */
const MOST_MONTHS = 36
/** Two years of joiners at least, so that a year of staying can be seen (our judgement). */
const LEAST_MONTHS = 24

/** The months of joining to show for the months chosen on the page: none before the first event. */
export const cohortMonths = (range: { fromMonth: string; toMonth: string }, firstDay: string): { from: string; to: string } => {
  const to = range.toMonth
  const least = shiftPeriod(to, 'month', 1 - LEAST_MONTHS)
  const most = shiftPeriod(to, 'month', 1 - MOST_MONTHS)
  const wanted = range.fromMonth < least ? range.fromMonth : least
  const from = [wanted < most ? most : wanted, firstDay.slice(0, 7)].toSorted().at(-1) as string
  return { from: from > to ? to : from, to }
}

export const retentionQuery = (slug: string, { from, to }: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['community', slug, 'retention', from, to],
    queryFn: ({ signal }) =>
      get<Retention>(`/api/v1/communities/${encodeURIComponent(slug)}/retention?${new URLSearchParams({ from, to })}`, signal),
    placeholderData: keepPreviousData,
  })

/** People who began in a month, or in several: `from` and `to` are months. */
export type Cohort = PooledCohort & { from: string; to: string }

/** The cohorts of one length, in order of time. */
export const cohortsBy = (retention: Retention, size: CohortSize): Cohort[] =>
  size === 'quarter'
    ? retention.quarters
    : size === 'year'
      ? retention.years
      : retention.cohorts.map((cohort) => ({ ...cohort, from: cohort.period, to: cohort.period }))

const isLarge = (cohort: Cohort): boolean => cohort.shares.some((share) => share.status === 'ok')

/** Months, or quarters where most months are too small for a share and most quarters are not; months again where counts have to do. */
export const usualSize = (retention: Retention): CohortSize =>
  (['month', 'quarter'] as const).find((size) => {
    const told = cohortsBy(retention, size).filter((cohort) => cohort.started_count > 0)
    return told.filter(isLarge).length * 2 > told.length
  }) ?? 'month'
