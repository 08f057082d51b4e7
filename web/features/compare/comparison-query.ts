import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Comparison } from '../../../shared/contract/comparison.ts'
import { get } from '../../app/api.ts'

/** Asked again once a minute: no single community's events tell of all of them. */
export const comparisonQuery = (slugs: readonly string[], days: 90 | 365) =>
  queryOptions({
    queryKey: ['comparison', slugs, days],
    queryFn: ({ signal }) =>
      get<Comparison>(`/api/v1/comparison?${new URLSearchParams({ of: slugs.join(','), days: String(days) })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
